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
	p.Said = said(e.Said)
	return p
}

// said is a message for a user interface, nil where only its text is known.
func said(m config.Message) *Said {
	if m.Format == "" {
		return nil
	}
	s := outward(m)
	return &s
}

// failure is an error of which its text and what that was made of is told.
func failure(code string, m config.Message) *Error {
	return &Error{Code: code, Message: m.Text, Said: said(m)}
}

// noData says why data could not be loaded: one reason, or what is wrong with
// the settings of its source.
func noData(err error) *Error {
	e := failure(NoData, config.Told(err))
	if _, ok := config.All(err); ok && e.Said == nil {
		e.Problems = problems(err)
	}
	return e
}

// Error returns the problem as the core has it.
func (p *Problem) Error() *config.Error {
	return &config.Error{Node: p.Node, Field: p.Field, Line: p.Line, Col: p.Column, Msg: p.Message, Fix: p.Fix, Said: p.Said.message(p.Message)}
}

// Text returns what Message was made of.
func (e *Error) Text() config.Message { return e.Said.message(e.Message) }

// Why returns what Stopped was made of.
func (s *State) Why() config.Message { return s.Said.message(s.Stopped) }

// Why returns what the trouble is.
func (k *Kept) Why() config.Message { return k.Said.message("") }

// message returns what was made of s; of nothing but its text where s is nil.
func (s *Said) message(text string) config.Message {
	if s == nil {
		return config.Message{Text: text}
	}
	return s.inward()
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
