package experiment

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/data"
)

// Data says which samples, how they are divided and what is done to each.
type Data struct {
	Source     string
	Settings   data.Source
	Split      data.Split
	LabelNoise float64 // so many percent of the training and validation samples are given a wrong class
	Edits      []Edit  // corrections of single samples
	Preprocess []Step
	Augment    []Augmentation // of the samples that are trained on, before preprocessing
}

// A Step is one step of preprocessing.
type Step struct {
	Type     string
	Settings data.Step
}

// An Augmentation is one of those applied to training samples, in order.
type Augmentation struct {
	Type     string
	Settings data.Augmentation
}

// Fields binds the settings that belong to no catalogue.
func (d *Data) Fields() []config.Field {
	return []config.Field{
		config.Float("label_noise", &d.LabelNoise, 0, 90, "this share of the training and validation samples is given a wrong class, never the test's: for teaching, since a model that learns wrong classes by heart gets worse").With("%"),
	}
}

// Open opens the source, and gives its samples the label noise and the edits
// that are asked for.
func (d *Data) Open(seed uint64, files data.Files, progress func(done, total int64)) (*data.Set, error) {
	set, err := d.Load(seed, files, progress)
	if err != nil {
		return nil, err
	}
	return d.Edited(set)
}

// Load opens the source, and gives its samples the label noise that is asked
// for. Where they have no single class to be wrong, Plan says so.
func (d *Data) Load(seed uint64, files data.Files, progress func(done, total int64)) (*data.Set, error) {
	set, err := d.Settings.Open(seed, files, progress)
	if err != nil || data.CheckLabelNoise(set.Meta) != nil {
		return set, err
	}
	noisy := *set
	noisy.Train = data.LabelNoise(set.Train, len(set.Meta.Classes), d.LabelNoise, seed)
	return &noisy, nil
}

// Known reports whether the source knows its samples: those of a file that a
// person brings are known when it was read, or when somebody told the source
// what it holds (data.Learner).
func (d Data) Known() bool { return d.Settings != nil && d.Settings.Meta().Known() }

// unknown is what there is to say before that.
var unknown = config.Errors{config.Problem("nothing is known of the samples before their file was read; load the data first").At("data.source")}

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
			if source, ok := d.Settings.(data.Checker); ok {
				problems, _ := config.All(source.Check())
				for _, e := range problems {
					e.Line, e.Col = m.Value.Line, m.Value.Col
				}
				*r.errs = append(*r.errs, problems...)
			}
		case "path": // after the source
		case "split":
			d.Split = data.Split{}
			config.Decode(m.Value, d.Split.Fields(), "", "data.split.", r.errs)
		case "preprocess":
			r.steps(m.Value)
		case "augment":
			r.augment(m.Value)
		case "edits": // after the source
		case "label_noise":
			config.Decode(config.Obj(m), d.Fields(), "", "data.", r.errs)
		default:
			r.errs.Add(&config.Value{Line: m.Line, Col: m.Col}, "", "data."+m.Key, "%s",
				config.Unknown("setting", m.Key, []string{"source", "path", "split", "label_noise", "edits", "preprocess", "augment"}))
		}
	}
	if v.Get("source") == nil {
		r.errs.Add(v, "", "data.source", "is missing")
	}
	r.path(v.Get("path"))
	r.edits(v.Get("edits"))
	if d.Known() {
		if _, _, err := d.Split.Cut(d.Meta()); err != nil {
			r.errs.Add(v.Get("split"), "", "data.split", "%v", err)
		}
	}
}

// path reads "path", which is short for the setting "file" of whatever source
// the document has and goes before it, so that a document can be run on another
// file. It is written back as the source's setting.
func (r *reader) path(v *config.Value) {
	d := &r.e.Data
	if v == nil || d.Settings == nil {
		return
	}
	for _, f := range d.Settings.Fields() {
		if f.Form() == "file" {
			f.Name = "path"
			config.Decode(config.Obj(config.Member{Key: f.Name, Value: v}), []config.Field{f}, "", "data.", r.errs)
			return
		}
	}
	r.errs.Add(v, "", "data.path", "the data source %q reads no file of yours, so there is no path to give; leave it out, or choose another source", d.Source)
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
			r.errs.Add(item, "", path, "%s", config.Misnamed("preprocessing step", typ, data.StepTypes(), alsoCalled["preprocess"]))
			continue
		}
		s := Step{Type: typ, Settings: info.New()}
		config.Decode(settings, s.Settings.Fields(), "", path+".", r.errs, "type")
		r.e.Data.Preprocess = append(r.e.Data.Preprocess, s)
	}
}

func (r *reader) augment(v *config.Value) {
	if v.Kind != config.Array {
		r.errs.Add(v, "", "data.augment", "wants a list of augmentations")
		return
	}
	for i, item := range v.Items {
		path := fmt.Sprintf("data.augment[%d]", i)
		typ, settings, ok := r.typed(item, path)
		if !ok {
			continue
		}
		info, ok := data.LookupAugmentation(typ)
		if !ok {
			r.errs.Add(item, "", path, "%s", config.Misnamed("augmentation", typ, data.AugmentationTypes(), alsoCalled["augment"]))
			continue
		}
		a := Augmentation{Type: typ, Settings: info.New()}
		config.Decode(settings, a.Settings.Fields(), "", path+".", r.errs, "type")
		r.e.Data.Augment = append(r.e.Data.Augment, a)
	}
}

// checkNoise returns what is wrong with the label noise.
func (d *Data) checkNoise() config.Errors {
	if d.LabelNoise == 0 || !d.Known() {
		return nil
	}
	if err := data.CheckLabelNoise(d.Settings.Meta()); err != nil {
		return config.Errors{config.About("data.label_noise", err)}
	}
	return nil
}

// Pipeline returns the preprocessing, not yet fitted.
func (d Data) Pipeline() (*data.Pipeline, error) {
	steps := make([]data.Step, len(d.Preprocess))
	for i, s := range d.Preprocess {
		steps[i] = s.Settings
	}
	p, err := data.NewPipeline(d.Settings.Meta().Form(), steps)
	return p, listed("data.preprocess", err)
}

// Augmenter returns what is done to samples that are trained on.
func (d Data) Augmenter(seed uint64) (*data.Augmenter, error) {
	list := make([]data.Augmentation, len(d.Augment))
	for i, a := range d.Augment {
		list[i] = a.Settings
	}
	a, err := data.NewAugmenter(d.Settings.Meta().Form(), list, seed)
	return a, listed("data.augment", err)
}

// place gives problems that have no line the one of what their field names, or
// of as much of its path as the document has: "data.augment[1]" is the second
// item of a list.
func place(doc *config.Value, errs config.Errors) {
	steps := strings.NewReplacer("[", ".", "]", "")
	for _, e := range errs {
		if e.Line > 0 || e.Node != "" || e.Field == "" {
			continue
		}
		at := doc
		for step := range strings.SplitSeq(steps.Replace(e.Field), ".") {
			next := at.Get(step)
			if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(at.Items) {
				next = at.Items[i]
			}
			if next == nil {
				break
			}
			at = next
		}
		e.Line, e.Col = at.Line, at.Col
	}
}

// listed says which item of a list a problem is about.
func listed(field string, err error) error {
	var at *data.StepError
	if errors.As(err, &at) && at.Step >= 0 {
		field = fmt.Sprintf("%s[%d]", field, at.Step)
	}
	if err != nil {
		return config.Errors{config.About(field, err)}
	}
	return nil
}

func (d *Data) encode() *config.Value {
	source, _ := data.Lookup(d.Source)
	out := []config.Member{{Key: "source", Value: typed(d.Source, d.Settings.Fields(), source.New().Fields())}}
	split := []config.Member{{Key: "validation", Value: config.Num(d.Split.Validation)}}
	for _, m := range config.Encode(d.Split.Fields(), new(data.Split).Fields()) {
		switch m.Key {
		case "validation": // always said: without "split" it is another
		case "train":
			split = append([]config.Member{m}, split...)
		default:
			split = append(split, m)
		}
	}
	out = append(out, config.Member{Key: "split", Value: config.Obj(split...)})
	out = append(out, config.Encode(d.Fields(), new(Data).Fields())...)
	if len(d.Edits) > 0 {
		out = append(out, config.Member{Key: "edits", Value: encodeEdits(d.Edits)})
	}
	if len(d.Preprocess) > 0 {
		steps := config.List()
		for _, s := range d.Preprocess {
			info, _ := data.LookupStep(s.Type)
			steps.Items = append(steps.Items, typed(s.Type, s.Settings.Fields(), info.New().Fields()))
		}
		out = append(out, config.Member{Key: "preprocess", Value: steps})
	}
	if len(d.Augment) > 0 {
		list := config.List()
		for _, a := range d.Augment {
			info, _ := data.LookupAugmentation(a.Type)
			list.Items = append(list.Items, typed(a.Type, a.Settings.Fields(), info.New().Fields()))
		}
		out = append(out, config.Member{Key: "augment", Value: list})
	}
	return config.Obj(out...)
}
