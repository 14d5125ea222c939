package data

import (
	"fmt"
	"slices"
	"sync"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A Pipeline is the steps that a sample passes through, in order, with what
// they found out about the training samples. Once fitted it does not change and
// may be used from many goroutines at once.
type Pipeline struct {
	steps   []Step
	forms   []Form // before each step, and after the last
	stats   [][]float32
	scratch sync.Pool // of *[2][]float32, each as long as the largest form
}

// NewPipeline checks that the steps fit each other and the samples.
func NewPipeline(in Form, steps []Step) (*Pipeline, error) {
	p := &Pipeline{steps: slices.Clone(steps), forms: []Form{in}, stats: make([][]float32, len(steps))}
	most := in.Shape.Len()
	for i, step := range steps {
		out, err := step.Form(in)
		if in.Tokens > 0 {
			err = config.Problem("the samples are the numbers of tokens, which this would make into others; remove it")
		}
		if err != nil {
			return nil, &StepError{Step: i, Err: err}
		}
		in = out
		p.forms = append(p.forms, in)
		most = max(most, in.Shape.Len())
	}
	for _, c := range in.Columns {
		if c.Missing > 0 {
			return nil, &StepError{Step: -1, Err: config.Problem("the column %q lacks %s values; add fill_missing, or skip the column", c.Name, config.Group(c.Missing))}
		}
	}
	p.scratch.New = func() any { return &[2][]float32{make([]float32, most), make([]float32, most)} }
	return p, nil
}

// A StepError says what is wrong with a step of preprocessing or augmentation.
type StepError struct {
	Step int // from 0; -1 when it is about no single one
	Err  error
}

func (e *StepError) Error() string { return e.Err.Error() }

func (e *StepError) Unwrap() error { return e.Err }

// Shape returns the shape of a sample that passed.
func (p *Pipeline) Shape() tensor.Shape { return p.Form().Shape }

// Form returns the form of a sample that passed.
func (p *Pipeline) Form() Form { return p.forms[len(p.steps)] }

// Fit has the steps that need it look at the samples that are trained on, one
// step after the other, each seeing what those before it make of them.
func (p *Pipeline) Fit(train Dataset) {
	for i, step := range p.steps {
		if f, ok := step.(Fitter); ok {
			p.stats[i] = f.Fit(p.Upto(i).Dataset(train), p.forms[i])
		}
	}
}

// Upto returns the first n steps alone, with what they found out. It belongs to
// a pipeline that was fitted.
func (p *Pipeline) Upto(n int) *Pipeline {
	so := &Pipeline{steps: p.steps[:n], forms: p.forms[:n+1], stats: p.stats[:n]}
	so.scratch.New = p.scratch.New
	return so
}

// Stats returns what the steps found out, one list for each step, nil for a
// step that needs nothing.
func (p *Pipeline) Stats() [][]float32 { return p.stats }

// SetStats takes over what was found out earlier, as Stats returned it.
func (p *Pipeline) SetStats(stats [][]float32) error {
	if len(stats) != len(p.steps) {
		return fmt.Errorf("data: statistics of %d steps for %d", len(stats), len(p.steps))
	}
	for i, step := range p.steps {
		want := 0
		if f, ok := step.(Fitter); ok {
			want = f.Stats(p.forms[i])
		}
		if len(stats[i]) != want {
			return fmt.Errorf("data: step %d of preprocessing has %d statistics, and wants %d", i+1, len(stats[i]), want)
		}
	}
	p.stats = stats
	return nil
}

// Apply computes what the model sees of a raw sample.
func (p *Pipeline) Apply(dst, src []float32) {
	if len(p.steps) == 0 {
		copy(dst, src)
		return
	}
	two := p.scratch.Get().(*[2][]float32)
	p.run(dst, src, two, 0)
	p.scratch.Put(two)
}

// run applies the steps; src may be the first of the two buffers when at is 1.
func (p *Pipeline) run(dst, src []float32, two *[2][]float32, at int) {
	last := len(p.steps) - 1
	for i, step := range p.steps {
		to := dst
		if i < last {
			to = two[at][:p.forms[i+1].Shape.Len()]
			at = 1 - at
		}
		step.Apply(to, src, p.forms[i], p.stats[i])
		src = to
	}
}

// Dataset returns d as the model sees it: the steps applied to the features of
// every sample as it is read. Targets are left alone.
func (p *Pipeline) Dataset(d Dataset) Dataset {
	if len(p.steps) == 0 {
		return d
	}
	return prepared{d, p}
}

type prepared struct {
	Dataset
	p *Pipeline
}

func (d prepared) Read(i int, x, y []float32) {
	two := d.p.scratch.Get().(*[2][]float32)
	raw := two[0][:d.p.forms[0].Shape.Len()]
	d.Dataset.Read(i, raw, y)
	d.p.run(x, raw, two, 1)
	d.p.scratch.Put(two)
}

func (d prepared) Label(i int) int { return label(d.Dataset, i) }
