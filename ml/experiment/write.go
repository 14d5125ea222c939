package experiment

import (
	"descent/ml/config"
	"descent/ml/data"
)

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

	source, _ := data.Lookup(e.Data.Source)
	d := []config.Member{{Key: "source", Value: typed(e.Data.Source, e.Data.Settings.Fields(), source.New().Fields())}}
	split := []config.Member{{Key: "validation", Value: config.Num(e.Data.Split.Validation)}}
	if e.Data.Split.Train > 0 {
		split = append([]config.Member{{Key: "train", Value: config.Num(e.Data.Split.Train)}}, split...)
	}
	d = append(d, config.Member{Key: "split", Value: config.Obj(split...)})
	if len(e.Data.Preprocess) > 0 {
		steps := config.List()
		for _, s := range e.Data.Preprocess {
			info, _ := data.LookupStep(s.Type)
			steps.Items = append(steps.Items, typed(s.Type, s.Settings.Fields(), info.New().Fields()))
		}
		d = append(d, config.Member{Key: "preprocess", Value: steps})
	}
	add("data", config.Obj(d...))
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
