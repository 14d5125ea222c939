package data

import (
	"fmt"
	"math"
	"strconv"

	"descent/ml/config"
	"descent/ml/tensor"
)

// Split says how the source's training samples are divided; the test samples
// stay sealed apart. Each part is a count when it is 1 or more and a fraction
// of the samples when it is less. Train 0 is all that is left by Validation.
//
// The parts are taken in order, as Keras' validation_split takes them: first
// the training samples, then the validation samples. Shuffle mixes the samples
// before, drawn from the seed; Stratify gives every class the same share of
// both parts.
//
// Samples that overlap, windows of a text that share tokens, are only divided
// in order. Those between the parts, which have tokens of both, are left out,
// and so are validation samples that would ask for the same token again.
type Split struct {
	Train, Validation float64
	Stratify, Shuffle bool
}

// Fields binds the settings of the split.
func (s *Split) Fields() []config.Field {
	return []config.Field{
		config.Float("train", &s.Train, 0, 1e9, "samples to train on, or a fraction of all; 0 for what validation leaves").With("samples"),
		config.Float("validation", &s.Validation, 0, 1e9, "samples to validate with, or a fraction of all").With("samples"),
		config.Toggle("stratify", &s.Stratify, "give every class the same share of both parts"),
		config.Toggle("shuffle", &s.Shuffle, "mix the samples before they are divided; without, the parts are taken in order"),
	}
}

// Parts divides the samples of d, which are what meta says. The seed matters
// for Shuffle only.
func (s Split) Parts(d Dataset, meta Meta, seed uint64) (train, validation Dataset, err error) {
	n, classes := d.Len(), len(meta.Classes)
	meta.Train = n
	c, err := s.cut(meta)
	if err != nil {
		return nil, nil, err
	}
	stratified := s.Stratify && classes > 0
	switch {
	case c.every > 1:
		ids := make([]int, c.validation)
		for i := range ids {
			ids[i] = c.from + i*c.every
		}
		return Range(d, 0, c.train), Pick(d, ids), nil
	case !s.Shuffle && !stratified:
		return Range(d, 0, c.train), Range(d, c.from, c.from+c.validation), nil
	}
	var order []int
	if s.Shuffle {
		order = tensor.NewStream(seed, "split").Perm(n)
	} else {
		order = make([]int, n)
		for i := range order {
			order[i] = i
		}
	}
	if stratified {
		order = stratify(d, order, c.train, classes)
		if c.from+c.validation < n { // neither part gets the rest
			copy(order[c.from:], stratify(d, order[c.from:], c.validation, classes))
		}
	}
	return Pick(d, order[:c.train]), Pick(d, order[c.from:c.from+c.validation]), nil
}

// Cut returns how many of the training samples train and how many validate.
func (s Split) Cut(m Meta) (train, validation int, err error) {
	c, err := s.cut(m)
	return c.train, c.validation, err
}

// A division says which samples are of which part: the first ones train, and
// of those from a place on every so many-th validates.
type division struct{ train, from, every, validation int }

func (s Split) cut(m Meta) (c division, err error) {
	n, apart := m.Train, m.Overlap()
	c.every = 1
	if m.Layout.Kind != NextOne {
		c.every += apart
	}
	if n <= 0 {
		return division{}, config.Problem("there are no samples to divide")
	}
	if apart > 0 && (s.Shuffle || s.Stratify) {
		return division{}, config.Problem("the windows of the text overlap, so that mixed ones would bring the same text to both parts; switch shuffle and stratify off, or set the stride to 0")
	}
	if c.train, err = part("train", s.Train, n); err != nil {
		return division{}, err
	}
	places, err := part("validation", s.Validation, n) // that the validation samples take
	if err != nil {
		return division{}, err
	}
	if s.Train == 0 && s.Validation < 1 { // Keras: train = floor(n*(1-v)), and validation is the rest
		places = n - floor(float64(n)*(1-s.Validation))
	}
	if c.validation = places; s.Validation < 1 {
		c.validation = (places + c.every - 1) / c.every
	} else {
		places = (places-1)*c.every + 1
	}
	if c.validation == 0 {
		apart = 0
	}
	if s.Train == 0 {
		if c.train = n - places - apart; c.train <= 0 && places <= n {
			return division{}, config.Problem("validation %s of %s samples leaves none to train on", amount(s.Validation), config.Group(n))
		}
	}
	c.from = c.train + apart
	switch {
	case places > n:
		return division{}, config.Problem("validation %s is more than the %s samples there are", config.Group(c.validation), config.Group(n))
	case c.train > n:
		return division{}, config.Problem("train %s is more than the %s samples there are", config.Group(c.train), config.Group(n))
	case c.from+places > n && c.every > 1:
		return division{}, config.Problem("train %s + validation %s is more than the %s samples there are, since samples that overlap are left out",
			config.Group(c.train), config.Group(c.validation), config.Group(n))
	case c.from+places > n:
		return division{}, config.Problem("train %s + validation %s is more than the %s samples there are", config.Group(c.train), config.Group(c.validation), config.Group(n))
	}
	return c, nil
}

// part returns the number of samples that one part of a split means.
func part(name string, f float64, n int) (int, error) {
	switch {
	case f < 0 || math.IsNaN(f) || f > math.MaxInt32 || f >= 1 && f != math.Trunc(f):
		return 0, config.Problem("%s %s is neither a number of samples nor a fraction from 0 to 1", name, amount(f))
	case f >= 1:
		return int(f), nil
	}
	count := floor(f * float64(n))
	if f > 0 && count == 0 {
		return 0, config.Problem("%s %s of %s samples is less than one sample", name, amount(f), config.Group(n))
	}
	return count, nil
}

// floor rounds down, forgiving the last bits of a product: 0.29*100 is 29.
func floor(f float64) int { return int(math.Floor(f + 1e-9*(1+math.Abs(f)))) }

func amount(f float64) string {
	if f >= 1 && f == math.Trunc(f) && f <= math.MaxInt32 {
		return config.Group(int(f))
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// Range returns the samples from (included) to to (excluded) of d. Bounds
// outside d panic, as they do for a slice.
func Range(d Dataset, from, to int) Dataset {
	if from < 0 || to < from || to > d.Len() {
		panic(fmt.Sprintf("data: Range %d:%d of %d samples", from, to, d.Len()))
	}
	if w, ok := d.(window); ok {
		return window{w.d, w.from + from, to - from}
	}
	return window{d, from, to - from}
}

type window struct {
	d       Dataset
	from, n int
}

func (w window) Len() int { return w.n }

func (w window) Read(i int, x, y []float32) {
	if uint(i) >= uint(w.n) {
		panic(fmt.Sprintf("data: sample %d of %d", i, w.n))
	}
	w.d.Read(w.from+i, x, y)
}

func (w window) Label(i int) int { return label(w.d, w.from+i) }
