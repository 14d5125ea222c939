package session

import "descent/ml/config"

// Said is what a problem's message was made of, so that a user interface can
// say it in another language; see config.Message.
type Said struct {
	Text   string
	Format string
	Args   []Said
}

func problem(e *config.Error) Problem {
	p := Problem{Node: e.Node, Field: e.Field, Line: e.Line, Column: e.Col, Message: e.Msg, Fix: e.Fix}
	if e.Said.Format != "" {
		said := outward(e.Said)
		p.Said = &said
	}
	return p
}

// Error returns the problem as the core has it.
func (p *Problem) Error() *config.Error {
	e := &config.Error{Node: p.Node, Field: p.Field, Line: p.Line, Col: p.Column, Msg: p.Message, Fix: p.Fix}
	if p.Said != nil {
		e.Said = p.Said.inward()
	}
	return e
}

func outward(m config.Message) Said {
	s := Said{Text: m.Text, Format: m.Format}
	for _, a := range m.Args {
		s.Args = append(s.Args, outward(a))
	}
	return s
}

func (s Said) inward() config.Message {
	m := config.Message{Text: s.Text, Format: s.Format}
	for _, a := range s.Args {
		m.Args = append(m.Args, a.inward())
	}
	return m
}
