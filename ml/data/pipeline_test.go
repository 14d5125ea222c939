package data

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"descent/ml/config"
	"descent/ml/tensor"
)

// newStep returns a step of the catalogue with settings such as `{"size": 3}`.
func newStep(t *testing.T, typ, settings string) Step {
	t.Helper()
	info, ok := LookupStep(typ)
	if !ok {
		t.Fatalf("there is no step %s", typ)
	}
	s := info.New()
	decode(t, settings, s.Fields())
	return s
}

func decode(t *testing.T, settings string, fields []config.Field) {
	t.Helper()
	for _, f := range fields {
		if problem := f.Set(f.Value()); problem != "" || f.Doc == "" {
			t.Errorf("field %s: %q", f.Name, problem)
		}
	}
	if settings == "" {
		return
	}
	v, err := config.Parse([]byte(settings))
	if err != nil {
		t.Fatal(err)
	}
	var errs config.Errors
	if config.Decode(v, fields, "", "", &errs); len(errs) > 0 {
		t.Fatal(errs)
	}
}

func values(shape tensor.Shape, x ...float32) *rows {
	n := len(x) / shape.Len()
	return &rows{x: x, y: make([]float32, n), width: shape.Len(), tall: 1}
}

// features returns the features of all samples.
func features(d Dataset, shape tensor.Shape) []float32 {
	var out []float32
	for i := range d.Len() {
		x, y := make([]float32, shape.Len()), make([]float32, 1)
		d.Read(i, x, y)
		out = append(out, x...)
	}
	return out
}

func TestSteps(t *testing.T) {
	nan := float32(math.NaN())
	number := func(names ...string) (out []Column) {
		for _, n := range names {
			out = append(out, Column{Name: n, Kind: Number, Role: Feature, Missing: 1})
		}
		return out
	}
	colours := Column{Name: "colour", Kind: Category, Role: Feature, Missing: 1, Values: []string{"blue", "green", "red"}}
	root := float32(math.Sqrt(2.0 / 3))
	for _, c := range []struct {
		step, settings string
		shape          tensor.Shape
		columns        []Column
		train, x       []float32
		want           []float32
		out            string // the shape
	}{
		{"scale", "", tensor.Shape{2}, nil, nil, []float32{255, -510}, []float32{1, -2}, "2"},
		{"standardise", "", tensor.Shape{2}, nil, []float32{1, 5, 2, 5, 3, 5}, []float32{4, 6}, []float32{2 / root, 1}, "2"},
		{"standardise", "", tensor.Shape{1, 2, 1}, nil, []float32{1, 3, 1, 3}, []float32{5, 2}, []float32{3, 0}, "1×2×1"},
		{"standardise", "", tensor.Shape{2}, []Column{{Kind: Number}, colours}, []float32{1, 2, 3, 0}, []float32{1, 2}, []float32{-1, 2}, "2"},
		{"standardise", "", tensor.Shape{1}, nil, []float32{1, nan, 3}, []float32{nan}, []float32{nan}, "1"},
		{"min_max", "", tensor.Shape{2}, nil, []float32{1, 7, 3, 7}, []float32{4, 8}, []float32{1.5, 1}, "2"},
		{"fill_missing", "", tensor.Shape{2}, number("a", "b"), []float32{1, 2, nan, 4, 5, 9}, []float32{nan, nan}, []float32{3, 5}, "2"},
		{"fill_missing", `{"with": "median"}`, tensor.Shape{2}, number("a", "b"), []float32{1, 2, nan, 4, 6, 9}, []float32{nan, nan}, []float32{3.5, 4}, "2"},
		{"fill_missing", `{"with": "constant", "value": -1}`, tensor.Shape{1}, number("a"), []float32{1}, []float32{nan}, []float32{-1}, "1"},
		{"fill_missing", "", tensor.Shape{1}, []Column{colours}, []float32{2, 1, 2, nan}, []float32{nan}, []float32{2}, "1"},
		{"one_hot", "", tensor.Shape{2}, []Column{colours, {Kind: Number}}, nil, []float32{1, 7}, []float32{0, 1, 0, 7}, "4"},
		{"one_hot", "", tensor.Shape{2}, []Column{colours, {Kind: Number}}, nil, []float32{nan, 7}, []float32{0, 0, 0, 7}, "4"},
		{"crop", `{"size": [1, 2]}`, tensor.Shape{3, 3, 1}, nil, nil, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9}, []float32{4, 5}, "1×2×1"},
		{"grayscale", "", tensor.Shape{1, 1, 3}, nil, nil, []float32{100, 200, 50}, []float32{153}, "1×1×1"},
		{"resize", `{"size": 2}`, tensor.Shape{2, 2, 1}, nil, nil, []float32{1, 2, 3, 4}, []float32{1, 2, 3, 4}, "2×2×1"},
		{"resize", `{"size": 1}`, tensor.Shape{2, 2, 1}, nil, nil, []float32{1, 2, 3, 4}, []float32{2.5}, "1×1×1"},
		// Pillow: Image.resize((4, 1), BILINEAR) of [0, 100]
		{"resize", `{"size": [1, 4]}`, tensor.Shape{1, 2, 1}, nil, nil, []float32{0, 100}, []float32{0, 25, 75, 100}, "1×4×1"},
		// and (2, 1) of [0, 10, 20, 90]: weights 1/4 3/4 3/4 1/4, cut off at the side
		{"resize", `{"size": [1, 2]}`, tensor.Shape{1, 4, 1}, nil, nil, []float32{0, 10, 20, 90}, []float32{12.5 / 1.75, 85.0 / 1.75}, "1×2×1"},
	} {
		t.Run(c.step, func(t *testing.T) {
			p, err := NewPipeline(Form{Shape: c.shape, Target: tensor.Shape{1}, Columns: c.columns}, []Step{newStep(t, c.step, c.settings)})
			if err != nil && !strings.Contains(err.Error(), "lacks") {
				t.Fatal(err)
			}
			if err != nil { // made without the check, to see what comes out
				for i := range c.columns {
					c.columns[i].Missing = 0
				}
				if p, err = NewPipeline(Form{Shape: c.shape, Target: tensor.Shape{1}, Columns: c.columns}, []Step{newStep(t, c.step, c.settings)}); err != nil {
					t.Fatal(err)
				}
			}
			p.Fit(values(c.shape, c.train...))
			if p.Shape().String() != c.out {
				t.Fatalf("shape %v, want %s", p.Shape(), c.out)
			}
			got := make([]float32, p.Shape().Len())
			p.Apply(got, c.x)
			if !near(got, c.want) || !near(features(p.Dataset(values(c.shape, c.x...)), p.Shape()), c.want) {
				t.Errorf("%v becomes %v, want %v", c.x, got, c.want)
			}
		})
	}
	for _, info := range Steps() {
		if info.Title == "" || info.Doc == "" {
			t.Errorf("%s has no words", info.Type)
		}
	}
}

func near(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool {
		return x == y || x != x && y != y || math.Abs(float64(x-y)) < 1e-4
	})
}

func TestPipelineProblems(t *testing.T) {
	table := Form{Shape: tensor.Shape{1}, Columns: []Column{{Name: "age", Kind: Number, Missing: 3}}}
	for _, c := range []struct {
		in    Form
		steps []string
		at    int
		want  string
	}{
		{table, nil, -1, `the column "age" lacks 3 values; add fill_missing`},
		{table, []string{"fill_missing", "resize"}, 1, "wants images"},
		{Form{Shape: tensor.Shape{3}}, []string{"one_hot"}, 0, "for the columns of a table"},
		{Form{Shape: tensor.Shape{3, 3, 1}}, []string{"crop"}, 0, "crop keeps 24×24, and the images have only 3×3"},
		{Form{Shape: tensor.Shape{30, 30, 2}}, []string{"scale", "grayscale"}, 1, "three channels"},
	} {
		var steps []Step
		for _, typ := range c.steps {
			steps = append(steps, newStep(t, typ, ""))
		}
		_, err := NewPipeline(c.in, steps)
		at, ok := err.(*StepError)
		if !ok || at.Step != c.at || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s at %d", c.steps, err, c.want, c.at)
		}
	}
}

// What is fitted sees the samples it is given, as the steps before it made
// them; what other parts hold changes nothing.
func TestFitInOrder(t *testing.T) {
	in := Form{Shape: tensor.Shape{1}, Target: tensor.Shape{1}}
	steps := []Step{newStep(t, "scale", `{"factor": 10}`), newStep(t, "standardise", ""), newStep(t, "min_max", "")}
	p, err := NewPipeline(in, steps)
	if err != nil {
		t.Fatal(err)
	}
	p.Fit(values(in.Shape, 1, 3))
	if got := fmt.Sprint(p.Stats()); got != "[[] [20 0.1] [-1 0.5]]" {
		t.Errorf("statistics %s", got)
	}
	if got := features(p.Dataset(values(in.Shape, 1, 2, 3, 5)), in.Shape); !near(got, []float32{0, 0.5, 1, 2}) {
		t.Errorf("samples %v", got)
	}
	again, _ := NewPipeline(in, steps)
	if err := again.SetStats(p.Stats()); err != nil {
		t.Fatal(err)
	}
	if got := features(again.Dataset(values(in.Shape, 5)), in.Shape); !near(got, []float32{2}) {
		t.Errorf("with statistics from before, samples %v", got)
	}
	if again.SetStats([][]float32{nil, {1}, {1, 2}}) == nil || again.SetStats(nil) == nil {
		t.Error("statistics of other steps are taken")
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 200 {
				if got := features(p.Dataset(values(in.Shape, 1, 5)), in.Shape); !near(got, []float32{0, 2}) {
					t.Errorf("samples %v", got)
				}
			}
		})
	}
	wait.Wait()
}

func TestPrepareAllocatesNothing(t *testing.T) {
	in := Form{Shape: tensor.Shape{8, 8, 1}, Target: tensor.Shape{1}, Range: [2]float64{0, 1}}
	p, err := NewPipeline(in, []Step{newStep(t, "resize", `{"size": 4}`), newStep(t, "standardise", "")})
	if err != nil {
		t.Fatal(err)
	}
	d := values(in.Shape, make([]float32, 640)...)
	p.Fit(d)
	augment, err := NewAugmenter(in, []Augmentation{&shift{horizontal: 10}, &flip{horizontal: true}, &noise{amount: 5}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	learn := NewTraining(d, augment, p)
	x, y := make([]float32, 16), make([]float32, 1)
	if n := testing.AllocsPerRun(100, func() { learn.Read(1, 2, x, y, nil) }); n > 0.5 {
		t.Errorf("reading a sample allocates %v times", n)
	}
}
