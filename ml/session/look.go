package session

import (
	"descent/ml/config"
	"descent/ml/data"
)

// look opens a source for what it holds, and forgets it again.
func (s *Session) look(l *Look) {
	fail := func(err error) { s.emit(Event{Error: noData(err)}) }
	typ, source, err := readSource(l.Source)
	if err != nil {
		fail(err)
		return
	}
	set, err := source.Open(1, s.files, s.progress(typ))
	if err != nil {
		fail(err)
		return
	}
	m := set.Meta
	seen := &Seen{Source: l.Source, X: m.X, Y: m.Y, Classes: m.Classes, Tokens: m.Tokens, Train: m.Train, Test: m.Test}
	for _, c := range m.Columns {
		seen.Columns = append(seen.Columns, Column{Name: c.Name, Kind: c.Kind, Role: c.Role, Missing: c.Missing, Values: len(c.Values)})
	}
	s.emit(Event{Seen: seen})
}

// readSource reads {"type": "csv", "file": ...}.
func readSource(text string) (string, data.Source, error) {
	v, err := config.Parse([]byte(text))
	if err != nil {
		return "", nil, err
	}
	typ := ""
	if t := v.Get("type"); t != nil {
		typ = t.Str
	}
	info, ok := data.Lookup(typ)
	if !ok {
		return "", nil, config.Errors{config.Problem("%s", config.Unknown("data source", typ, data.Types())).At("data.source")}
	}
	source := info.New()
	var errs config.Errors
	config.Decode(v, source.Fields(), "", "data.source.", &errs, "type")
	return typ, source, errs.Err()
}
