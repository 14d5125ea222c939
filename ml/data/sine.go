package data

import (
	"fmt"
	"math"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "sine", Title: "Sine wave", Kind: "series", Made: true,
		Doc: "A wave of two tones. From a window of its past, the model foretells the value that comes next.",
		New: func() Source {
			return &sine{samples: 1000, window: 24, period: 20, percent: 80}
		},
	})
}

// sine is a series over time t = 0, 1, 2, ...,
//
//	v(t) = 0.8 sin(2 pi t/period + a) + 0.2 sin(2 pi t/(0.37 period) + b) + noise * normal
//
// with phases a and b from the seed. Sample i is the window of values at i to
// i+window-1, shaped [window 1], and its target the value at i+window. The
// test is what comes last, since windows overlap: one chosen from between
// would be known from its neighbours.
type sine struct {
	samples, window int
	period          float64
	noise, percent  float64
}

func (s *sine) Fields() []config.Field {
	return []config.Field{
		config.Int("samples", &s.samples, 10, 100000, "how many windows are drawn, for training and test together").With("samples"),
		config.Int("window", &s.window, 2, 1024, "how many past values the model sees").With("steps"),
		config.Float("period", &s.period, 2, 1000, "how long the slow wave takes").With("steps"),
		config.Float("noise", &s.noise, 0, 50, "how far values stray from the wave, of its height").With("%"),
		config.Float("train_percent", &s.percent, 10, 90, "this share of the time is for training, what follows for the test").With("%"),
	}
}

func (s *sine) Meta() Meta {
	train := int(float64(s.samples) * s.percent / 100)
	return Meta{
		X: tensor.Shape{s.window, 1}, Y: tensor.Shape{1},
		Train: train, Test: s.samples - train, Range: [2]float64{-1, 1}, Held: 4 * int64(s.samples+s.window),
	}
}

func (s *sine) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if s.samples < 1 || s.window < 1 {
		return nil, fmt.Errorf("sine: %s samples of %s steps cannot be drawn", config.Group(s.samples), config.Group(s.window))
	}
	random := tensor.NewStream(seed, "sine")
	a, b := uniform(random, 0, 0, 2*math.Pi), uniform(random, 1, 0, 2*math.Pi)
	values := make([]float32, s.samples+s.window)
	for t := range values {
		turn := 2 * math.Pi * float64(t) / s.period
		v := 0.8*math.Sin(turn+a) + 0.2*math.Sin(turn/0.37+b)
		values[t] = float32(v + s.noise/100*random.Normal(uint64(t)+2))
	}
	if progress != nil {
		progress(int64(s.samples), int64(s.samples))
	}
	all := series{values, s.window}
	meta := s.Meta()
	return &Set{Meta: meta, Train: Range(all, 0, meta.Train), Test: Range(all, meta.Train, s.samples)}, nil
}

// A series cuts windows from values in the order of time.
type series struct {
	values []float32
	window int
}

func (s series) Len() int { return len(s.values) - s.window }

func (s series) Read(i int, x, y []float32) {
	copy(x, s.values[i:i+s.window])
	y[0] = s.values[i+s.window]
}
