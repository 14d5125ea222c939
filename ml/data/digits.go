package data

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/tensor"
)

//go:generate go run ./glyphs

func init() {
	Register(Info{
		Type: "digits", Title: "Drawn digits", Kind: "images", Made: true,
		Doc: "Digits drawn by this program, from fonts and from strokes of a pen, bent, turned and shifted. They have the size of MNIST's, and nothing is loaded.",
		New: func() Source {
			return &digits{samples: 10000, tests: 2000, rotation: 15, noise: 5}
		},
	})
}

// digits draws every sample from its own stream, (seed, "digits", i), so a
// larger set begins with the samples of a smaller one.
type digits struct {
	samples, tests int
	rotation       float64 // degrees
	noise          float64 // percent
}

func (d *digits) Fields() []config.Field {
	return []config.Field{
		config.Int("samples", &d.samples, 10, 60000, "how many digits are drawn for training and validation").With("samples"),
		config.Int("test_samples", &d.tests, 10, 10000, "how many more are drawn for the test").With("samples"),
		config.Float("rotation", &d.rotation, 0, 45, "digits are turned by up to this, to either side").With("°"),
		config.Float("noise", &d.noise, 0, 50, "every pixel is brighter or darker by up to this").With("%"),
	}
}

func (d *digits) Meta() Meta {
	return Meta{
		X: imageShape, Y: tensor.Shape{1}, Classes: digitNames,
		Train: d.samples, Test: d.tests,
		Range: [2]float64{0, 255}, Held: imageBytes * int64(d.samples+d.tests),
	}
}

func (d *digits) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if d.samples < 1 || d.tests < 0 {
		return nil, fmt.Errorf("digits: %s and %s samples cannot be drawn", config.Group(d.samples), config.Group(d.tests))
	}
	total := d.samples + d.tests
	report := func(done int) {
		if progress != nil {
			progress(int64(done), int64(total))
		}
	}
	train := d.draw(d.samples, tensor.NewStream(seed, "digits"), report)
	test := d.draw(d.tests, tensor.NewStream(seed, "digits.test"), func(done int) { report(d.samples + done) })
	return &Set{Meta: d.Meta(), Train: train, Test: test}, nil
}

// draw draws n digits. Ten that follow each other are all ten classes, in
// random order.
func (d *digits) draw(n int, s tensor.Stream, report func(done int)) *images {
	set := &images{pixels: make([]byte, n*imageLen), labels: make([]byte, n)}
	pen := drawer{rotation: d.rotation, noise: d.noise / 100}
	classes := s.Fork(0)
	var ten [10]int
	for i := range n {
		if i%10 == 0 {
			classes.Fork(uint64(i)).Permute(ten[:])
		}
		set.labels[i] = byte(ten[i%10])
		pen.draw(set.pixels[i*imageLen:(i+1)*imageLen], ten[i%10], s.Fork(uint64(i)+1))
		if (i+1)%500 == 0 || i+1 == n {
			report(i + 1)
		}
	}
	return set
}
