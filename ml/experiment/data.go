package experiment

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/data"
)

// Data says which samples, how they are divided and what is done to each.
type Data struct {
	Source     string
	Settings   data.Source
	Split      data.Split
	Preprocess []Step
}

// A Step is one step of preprocessing.
type Step struct {
	Type     string
	Settings data.Step
}

// Known reports whether the source knows its samples: those of a file that a
// person brings are known when it was read, or when somebody told the source
// what it holds (data.Learner).
func (d Data) Known() bool { return d.Settings != nil && d.Settings.Meta().Known() }

// unknown is what there is to say before that.
var unknown = config.Errors{{Field: "data.source", Msg: "nothing is known of the samples before their file was read; load the data first"}}

// Steps returns the preprocessing in order.
func (d Data) Steps() []data.Step {
	out := make([]data.Step, len(d.Preprocess))
	for i, s := range d.Preprocess {
		out[i] = s.Settings
	}
	return out
}

func (r *reader) data(v *config.Value) {
	if !r.object(v, "data", "source, split and preprocess") {
		return
	}
	d := &r.e.Data
	for _, m := range v.Members {
		switch m.Key {
		case "source":
			typ, settings, ok := r.typed(m.Value, "data.source")
			if !ok {
				continue
			}
			info, ok := data.Lookup(typ)
			if !ok {
				r.errs.Add(m.Value, "", "data.source", "%s", config.Unknown("data source", typ, data.Types()))
				continue
			}
			d.Source, d.Settings = typ, info.New()
			config.Decode(settings, d.Settings.Fields(), "", "data.source.", r.errs, "type")
		case "split":
			fields := []config.Field{
				config.Float("train", &d.Split.Train, 0, 1e9, "").With("samples"),
				config.Float("validation", &d.Split.Validation, 0, 1e9, "").With("samples"),
			}
			d.Split = data.Split{}
			config.Decode(m.Value, fields, "", "data.split.", r.errs)
		case "preprocess":
			r.steps(m.Value)
		case "augment":
			if m.Value.Kind != config.Array || len(m.Value.Items) > 0 {
				r.errs.Add(m.Value, "", "data.augment", "this version has no augmentation yet; leave the list empty")
			}
		default:
			r.errs.Add(&config.Value{Line: m.Line, Col: m.Col}, "", "data."+m.Key, "%s",
				config.Unknown("setting", m.Key, []string{"source", "split", "preprocess", "augment"}))
		}
	}
	if v.Get("source") == nil {
		r.errs.Add(v, "", "data.source", "is missing")
	}
	if d.Known() {
		if _, _, err := d.Split.Cut(d.Settings.Meta().Train); err != nil {
			r.errs.Add(v.Get("split"), "", "data.split", "%v", err)
		}
	}
}

func (r *reader) steps(v *config.Value) {
	if v.Kind != config.Array {
		r.errs.Add(v, "", "data.preprocess", "wants a list of steps")
		return
	}
	for i, item := range v.Items {
		path := fmt.Sprintf("data.preprocess[%d]", i)
		typ, settings, ok := r.typed(item, path)
		if !ok {
			continue
		}
		info, ok := data.LookupStep(typ)
		if !ok {
			r.errs.Add(item, "", path, "%s", config.Unknown("preprocessing step", typ, data.StepTypes()))
			continue
		}
		s := Step{Type: typ, Settings: info.New()}
		config.Decode(settings, s.Settings.Fields(), "", path+".", r.errs, "type")
		r.e.Data.Preprocess = append(r.e.Data.Preprocess, s)
	}
}

func (d *Data) encode() *config.Value {
	source, _ := data.Lookup(d.Source)
	out := []config.Member{{Key: "source", Value: typed(d.Source, d.Settings.Fields(), source.New().Fields())}}
	split := []config.Member{{Key: "validation", Value: config.Num(d.Split.Validation)}}
	if d.Split.Train > 0 {
		split = append([]config.Member{{Key: "train", Value: config.Num(d.Split.Train)}}, split...)
	}
	out = append(out, config.Member{Key: "split", Value: config.Obj(split...)})
	if len(d.Preprocess) > 0 {
		steps := config.List()
		for _, s := range d.Preprocess {
			info, _ := data.LookupStep(s.Type)
			steps.Items = append(steps.Items, typed(s.Type, s.Settings.Fields(), info.New().Fields()))
		}
		out = append(out, config.Member{Key: "preprocess", Value: steps})
	}
	return config.Obj(out...)
}
