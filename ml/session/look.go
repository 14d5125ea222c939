package session

import (
	"errors"

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
	instead := ""
	if errors.Is(err, data.ErrNoFeatures) {
		other := textTable(l.Source)
		if typ, source, wrong := readSource(other); wrong == nil {
			if opened, wrong := source.Open(1, s.files, s.progress(typ)); wrong == nil {
				set, instead, err = opened, other, nil
			}
		}
	}
	if err != nil {
		fail(err)
		return
	}
	m := set.Meta
	seen := &Seen{Source: l.Source, Instead: instead, X: m.X, Y: m.Y, Classes: m.Classes, Tokens: m.Tokens, Train: m.Train, Test: m.Test}
	for _, c := range m.Columns {
		seen.Columns = append(seen.Columns, Column{Name: c.Name, Kind: c.Kind, Role: c.Role, Missing: c.Missing, Values: len(c.Values)})
	}
	s.emit(Event{Seen: seen})
}

// textTable is the source that reads the texts and labels of the same table.
func textTable(source string) string {
	v, _ := config.Parse([]byte(source)) // it was read before
	return string(config.Obj(config.Member{Key: "type", Value: config.Text("text_table")},
		config.Member{Key: "file", Value: v.Get("file")}).Append(nil, ""))
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
