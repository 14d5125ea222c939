package config

import "strings"

// Decode sets the fields from an object's members, noting every problem.
// Members named in skip belong to somebody else ("type", "id").
func Decode(v *Value, fields []Field, node, prefix string, errs *Errors, skip ...string) {
	if v == nil {
		return
	}
	if v.Kind != Object {
		errs.Add(v, node, strings.TrimSuffix(prefix, "."), "wants an object with %s, not %s", nameList(fields), describe(v))
		return
	}
members:
	for _, m := range v.Members {
		for _, s := range skip {
			if m.Key == s {
				continue members
			}
		}
		for _, f := range fields {
			if f.Name == m.Key {
				if problem := f.set(m.Value); problem.Text != "" {
					errs.Add(m.Value, node, prefix+m.Key, "%s", problem)
				}
				continue members
			}
		}
		at := &Value{Line: m.Line, Col: m.Col}
		if len(fields) == 0 {
			errs.Add(at, node, prefix+m.Key, "there are no settings here, so %q cannot be set", m.Key)
			continue
		}
		errs.Add(at, node, prefix+m.Key, "%s", Unknown("setting", m.Key, names(fields)))
	}
}

// Encode returns the members for the fields that differ from base, the fields
// of a fresh owner; so a document says only what somebody chose.
func Encode(fields, base []Field) []Member {
	var out []Member
	for i, f := range fields {
		v := f.Value()
		if i < len(base) && string(v.Append(nil, "")) == string(base[i].Value().Append(nil, "")) {
			continue
		}
		out = append(out, Member{Key: f.Name, Value: v})
	}
	return out
}

func names(fields []Field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.Name
	}
	return out
}

func nameList(fields []Field) Message {
	if len(fields) == 0 {
		return Word("no members")
	}
	return Message{Text: strings.Join(names(fields), ", ")}
}
