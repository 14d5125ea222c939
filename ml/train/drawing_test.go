package train

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/optim"
	"descent/ml/tensor"
)

// A drawing draws documents from the catalogues, with settings from all of
// their ranges, small numbers more often than large ones.
type drawing struct{ *rand.Rand }

func (r drawing) one(names []string) string { return names[r.IntN(len(names))] }

// number draws from a range: an end of it now and then, and otherwise by size.
func (r drawing) number(low, high float64) float64 {
	switch r.IntN(12) {
	case 0:
		return low
	case 1:
		return min(high, 1e4)
	}
	span := min(high-low, 1e4)
	return low + math.Exp(r.Float64()*math.Log(1+span)) - 1
}

// settings draws members for some of the fields.
func (r drawing) settings(fields []config.Field, often float64) (out []config.Member) {
	for _, f := range fields {
		if r.Float64() > often || f.Name == "file" {
			continue
		}
		whole := func() *config.Value { return config.Num(math.Floor(r.number(f.Min, min(f.Max, 40)))) }
		var v *config.Value
		switch f.Form() {
		case "int":
			v = whole()
		case "float":
			v = config.Num(r.number(f.Min, f.Max))
		case "toggle":
			v = config.Flag(r.IntN(2) == 0)
		case "choice":
			v = config.Text(r.one(f.Choices))
			if len(f.Amounts) > 0 && r.IntN(3) == 0 {
				v = config.Text(fmt.Sprintf("%s(%v)", r.one(f.Amounts), r.NormFloat64()))
			}
		case "pair":
			v = config.List(config.Num(math.Floor(r.number(f.Min, 5))), config.Num(math.Floor(r.number(f.Min, 5))))
		case "numbers":
			if v = config.List(); len(f.Choices) > 0 && r.IntN(2) == 0 {
				v = config.Text(r.one(f.Choices))
				break
			}
			for range r.IntN(5) {
				v.Items = append(v.Items, config.Num(math.Floor(r.number(f.Min, min(f.Max, 6)))))
			}
		default:
			continue
		}
		out = append(out, config.Member{Key: f.Name, Value: v})
	}
	return out
}

// typed draws {"type": ..., ...}.
func (r drawing) typed(typ string, fields []config.Field, often float64) *config.Value {
	return config.Obj(append([]config.Member{{Key: "type", Value: config.Text(typ)}}, r.settings(fields, often)...)...)
}

// A shelf is files by name.
type shelf map[string]string

func (s shelf) Open(name string, _ func(done, total int64)) ([]byte, error) {
	return []byte(s[name]), nil
}

// files are what drawn documents name: a text, and a table with numbers,
// categories, words, cells without a value and classes.
var files = shelf{"drawn.txt": babble(900), "drawn.csv": func() string {
	s, out := tensor.NewStream(6, "table"), "length,colour,note,width,kind\n"
	for i := range 60 {
		width := fmt.Sprintf("%.2f", s.Normal(uint64(i)))
		if i%7 == 3 {
			width = "NA"
		}
		out += fmt.Sprintf("%.3f,%s,note %d,%s,%c\n", 10*s.Normal(uint64(100+i)), []string{"red", "blue", ""}[i%3], i, width, 'a'+rune(i%4))
	}
	return out
}()}

// source draws a source that needs no files but those, with few samples.
func (r drawing) source() *config.Value {
	named := map[string]string{"csv": "drawn.csv", "text": "drawn.txt"}
	var made []data.Info
	for _, info := range data.Sources() {
		if info.Made || named[info.Type] != "" {
			made = append(made, info)
		}
	}
	info := made[r.IntN(len(made))]
	v := r.typed(info.Type, info.New().Fields(), 0.2)
	if file := named[info.Type]; file != "" {
		v.Set("file", config.Text(file))
	}
	for _, f := range info.New().Fields() {
		if f.Name == "samples" || f.Name == "test_samples" {
			v.Set(f.Name, config.Num(max(f.Min, float64(10+r.IntN(50)))))
		}
	}
	return v
}

// train draws how to train.
func (r drawing) train() *config.Value {
	named := func(key string, v *config.Value) config.Member { return config.Member{Key: key, Value: v} }
	opt := optim.Optimizers()[r.IntN(len(optim.Optimizers()))]
	members := []config.Member{named("optimizer", r.typed(opt.Type, opt.New().Fields(), 0.15)),
		named("batch", config.Num(float64(1+r.IntN(20)))), named("shards", config.Num(float64(r.IntN(5)))),
		named("accumulate", config.Num(float64(1+r.IntN(2)))), named("epochs", config.Num(3))}
	loss := nn.Losses()[r.IntN(len(nn.Losses()))]
	members = append(members, named("loss", r.typed(loss.Type, loss.New().Fields(), 0.2)))
	if r.IntN(3) == 0 {
		s := optim.Schedules()[r.IntN(len(optim.Schedules()))]
		members = append(members, named("schedule", r.typed(s.Type, s.New().Fields(), 0.5)))
	}
	for _, key := range []string{"ema", "l1", "l2", "clip_norm", "clip_value"} {
		if r.IntN(8) == 0 {
			members = append(members, named(key, config.Num(r.Float64()/10)))
		}
	}
	if r.IntN(4) == 0 {
		members = append(members, named("early_stopping", config.Obj(named("patience", config.Num(1)), named("metric", config.Text(r.one(experiment.MetricTypes()))))))
	}
	return config.Obj(members...)
}

// document draws an experiment that can be read: layers are added as long as
// they fit what is there, and then whatever brings the result to the target.
func (r drawing) document() (*experiment.Experiment, error) {
	d := []config.Member{{Key: "source", Value: r.source()}, {Key: "split", Value: config.Obj(config.Member{Key: "validation", Value: config.Num(0.2)})}}
	prepare := config.List()
	if d[0].Value.Get("type").Str == "csv" { // whose cells lack values
		prepare.Items = append(prepare.Items, config.Text("fill_missing"))
	}
	for steps := data.Steps(); r.IntN(3) == 0; {
		s := steps[r.IntN(len(steps))]
		prepare.Items = append(prepare.Items, r.typed(s.Type, s.New().Fields(), 0.3))
	}
	if len(prepare.Items) > 0 {
		d = append(d, config.Member{Key: "preprocess", Value: prepare})
	}
	if all := data.Augmentations(); r.IntN(4) == 0 {
		a := all[r.IntN(len(all))]
		d = append(d, config.Member{Key: "augment", Value: config.List(r.typed(a.Type, a.New().Fields(), 0.3))})
	}
	list := config.List()
	doc := config.Obj(config.Member{Key: "version", Value: config.Num(1)}, config.Member{Key: "seed", Value: config.Num(float64(r.IntN(1000)))},
		config.Member{Key: "data", Value: config.Obj(d...)}, config.Member{Key: "model", Value: config.Obj(config.Member{Key: "nodes", Value: list})},
		config.Member{Key: "train", Value: r.train()})
	add := func(typ string, from []string, members ...config.Member) bool {
		id := fmt.Sprint("n", len(list.Items))
		node := config.Obj(config.Member{Key: "id", Value: config.Text(id)}, config.Member{Key: "type", Value: config.Text(typ)},
			config.Member{Key: "config", Value: config.Obj(members...)})
		if len(from) > 0 {
			v := config.List()
			for _, name := range from {
				v.Items = append(v.Items, config.Text(name))
			}
			node.Members = append(node.Members, config.Member{Key: "from", Value: v})
		}
		if r.IntN(12) == 0 {
			node.Members = append(node.Members, config.Member{Key: "trainable", Value: config.Flag(false)})
		}
		list.Items = append(list.Items, node)
		shape, err := result(doc)
		if err != nil || shape.Len() > 1<<16 {
			list.Items = list.Items[:len(list.Items)-1]
			return false
		}
		return true
	}
	for range r.IntN(12) {
		info := nn.Layers()[r.IntN(len(nn.Layers()))]
		var from []string
		if info.Inputs[1] > 1 || r.IntN(6) == 0 {
			for range max(1, info.Inputs[0]) + r.IntN(2) {
				at := r.IntN(len(list.Items) + 1)
				from = append(from, append([]string{nn.InputName}, names(list)...)[at])
			}
		}
		add(info.Type, from, r.settings(info.New().Fields(), 0.3)...)
	}
	shape, err := result(doc)
	if err != nil {
		return nil, err
	}
	_, err = read(doc)
	units, rank := 1, 1
	if meta := meta(doc); meta.X != nil {
		units = max(1, len(meta.Classes))
		if rank = len(meta.Y); meta.Y.Len() > 1 {
			rank = 2
		}
	}
	if err != nil {
		if len(shape) > rank {
			add("flatten", nil)
		}
		add("dense", nil, config.Member{Key: "units", Value: config.Num(float64(units))})
	}
	return read(doc)
}

// read reads a document, and its data where nothing else is known of it.
func read(doc *config.Value) (*experiment.Experiment, error) {
	e, err := experiment.Read(doc)
	if err != nil || e.Data.Known() {
		return e, err
	}
	if _, err := e.Data.Open(e.Seed, files, nil); err != nil {
		return nil, config.Errors{config.Problem("%v", err)}
	}
	_, err = e.Plan()
	return e, err
}

func names(list *config.Value) (out []string) {
	for _, n := range list.Items {
		out = append(out, n.Get("id").Str)
	}
	return out
}

func meta(doc *config.Value) data.Meta {
	v := doc.Get("data").Get("source")
	info, _ := data.Lookup(v.Get("type").Str)
	source := info.New()
	var errs config.Errors
	config.Decode(v, source.Fields(), "", "", &errs, "type")
	if !source.Meta().Known() {
		source.Open(1, files, nil) // where that fails, nothing is known
	}
	return source.Meta()
}

// result returns what the layers so far make of a sample.
func result(doc *config.Value) (tensor.Shape, error) {
	m := meta(doc)
	if !m.Known() {
		return nil, config.Errors{config.Problem("the data cannot be read")}
	}
	if len(doc.Get("model").Get("nodes").Items) == 0 {
		return m.X, nil
	}
	var errs config.Errors
	model := nn.Decode(doc.Get("model"), &errs)
	if errs.Err() != nil {
		return nil, errs
	}
	g := graph.NewBuilder()
	out, _ := model.Build(g, m.X.With(1), nn.Options{Tokens: m.Tokens})
	if g.Err() != nil {
		return nil, g.Err()
	}
	return g.Shape(out)[1:], nil
}
