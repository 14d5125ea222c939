package experiment

import "descent/ml/config"

// Value returns the document. What has its default is left out, so it says
// what somebody chose.
func (e *Experiment) Value() *config.Value {
	var doc []config.Member
	add := func(key string, v *config.Value) { doc = append(doc, config.Member{Key: key, Value: v}) }
	add("version", config.Num(Version))
	if e.Name != "" {
		add("name", config.Text(e.Name))
	}
	if e.Doc != "" {
		add("doc", config.Text(e.Doc))
	}
	add("seed", config.Num(float64(e.Seed)))
	add("data", e.Data.encode())
	add("model", e.Model.Encode())

	add("train", e.Train.encode())
	return config.Obj(doc...)
}

// typed writes "name", or {"type": "name", ...} when settings differ from the defaults.
func typed(typ string, fields, base []config.Field) *config.Value {
	set := config.Encode(fields, base)
	if len(set) == 0 {
		return config.Text(typ)
	}
	return config.Obj(append([]config.Member{{Key: "type", Value: config.Text(typ)}}, set...)...)
}

// Format returns the document as text, indented for people.
func (e *Experiment) Format() []byte { return append(e.Value().Append(nil, "  "), '\n') }
