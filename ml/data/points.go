package data

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A generator draws the samples of one of TensorFlow Playground's toy
// datasets (Apache-2.0, Copyright 2016 Google Inc.; the formulas are those of
// its src/dataset.ts, the program text is not). It fills all of p; noise is a
// fraction, 0 to 0.5. Every sample draws the same numbers at any noise, so the
// points wander, and do not jump, when the noise is changed.
type generator func(p []point, noise float64, s tensor.Stream)

// A point is one sample: two features and the label, -1 or +1 for a class.
type point struct{ x, y, label float64 }

// points is a source of toy samples in the plane.
type points struct {
	name     string
	generate generator
	classify bool // the label is a class: negative or positive

	samples int
	noise   float64 // percent
	percent float64 // of the samples, for training
	labels  string  // of a classification
}

// classNames are the colours in which -1 and +1 are drawn.
var classNames = []string{"orange", "blue"}

// newClasses and newRegression have the defaults of TensorFlow Playground: 500
// samples of a classification and 1,200 of a regression, without noise, half
// of them for training.
func newClasses(name string, g generator) func() Source {
	return func() Source {
		return &points{name: name, generate: g, classify: true, samples: 500, percent: 50, labels: "classes"}
	}
}

func newRegression(name string, g generator) func() Source {
	return func() Source {
		return &points{name: name, generate: g, samples: 1200, percent: 50}
	}
}

func (p *points) Fields() []config.Field {
	fields := []config.Field{
		config.Int("samples", &p.samples, 10, 100000, "how many points are drawn, for training and test together").With("samples"),
		config.Float("noise", &p.noise, 0, 50, "how far the points stray from the pattern").With("%"),
		config.Float("train_percent", &p.percent, 10, 90, "this share of the points is for training, the rest for the test").With("%"),
	}
	if p.classify {
		fields = append(fields, config.Choice("labels", &p.labels, []string{"classes", "signs"},
			"classes: the target is the class, 0 or 1; signs: it is the number -1 or +1, as TensorFlow Playground trains it"))
	}
	return fields
}

func (p *points) Meta() Meta {
	train := int(float64(p.samples) * p.percent / 100) // as the Playground: rounded down
	m := Meta{
		X: tensor.Shape{2}, Y: tensor.Shape{1},
		Train: train, Test: p.samples - train,
		Range: [2]float64{-6, 6}, Held: pointBytes * int64(p.samples),
	}
	if p.classify && p.labels == "classes" {
		m.Classes = classNames
	}
	return m
}

func (p *points) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if p.samples < 1 {
		return nil, fmt.Errorf("%s: %s samples cannot be drawn", p.name, config.Group(p.samples))
	}
	drawn := make([]point, p.samples)
	p.generate(drawn, p.noise/100, tensor.NewStream(seed, p.name))

	// The generators draw one class after the other: mix them.
	meta := p.Meta()
	all := make(pointSet, p.samples)
	for i, from := range tensor.NewStream(seed, p.name+".order").Perm(p.samples) {
		at := drawn[from]
		if meta.Classes != nil {
			at.label = (at.label + 1) / 2
		}
		all[i] = [3]float32{float32(at.x), float32(at.y), float32(at.label)}
	}
	if progress != nil {
		progress(int64(p.samples), int64(p.samples))
	}
	return &Set{Meta: meta, Train: all[:meta.Train:meta.Train], Test: all[meta.Train:]}, nil
}

// A pointSet is a list of x, y, target.
type pointSet [][3]float32

const pointBytes = 4 * 3

func (s pointSet) Len() int { return len(s) }

func (s pointSet) Read(i int, x, y []float32) {
	x[0], x[1], y[0] = s[i][0], s[i][1], s[i][2]
}

// Label returns the class; a target of -1 or +1 has none.
func (s pointSet) Label(i int) int { return int(s[i][2]) }

// uniform returns the stream's index-th number, between lo and hi.
func uniform(s tensor.Stream, index int, lo, hi float64) float64 {
	return lo + float64(float64(s.Uniform(uint64(index)))*(hi-lo))
}

// valued draws points uniform in the square from -6 to 6 and labels each with
// the value at the point moved by noise * uniform(-6, 6) in x and in y.
func valued(p []point, noise float64, s tensor.Stream, value func(x, y float64) float64) {
	const radius = 6
	for i := range p {
		at := point{x: uniform(s, 4*i, -radius, radius), y: uniform(s, 4*i+1, -radius, radius)}
		at.label = value(at.x+noise*uniform(s, 4*i+2, -radius, radius), at.y+noise*uniform(s, 4*i+3, -radius, radius))
		p[i] = at
	}
}
