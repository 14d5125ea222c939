package data

import "sync"

// A Training reads samples as they are trained on: augmented, then prepared,
// then mixed with others.
type Training struct {
	raw      Dataset
	a        *Augmenter
	p        *Pipeline
	partners sync.Pool // of *[2][]float32: the features and the target of the other sample
}

// NewTraining joins the raw samples with what is done to them.
func NewTraining(raw Dataset, a *Augmenter, p *Pipeline) *Training {
	t := &Training{raw: raw, a: a, p: p}
	x, y := p.Form().Shape.Len(), a.form.Target.Len()
	t.partners.New = func() any { return &[2][]float32{make([]float32, x), make([]float32, y)} }
	return t
}

// Read fills x and y with sample i as it is at a step of training. Where
// samples are mixed, values to predict are mixed like the features. Class
// indices cannot be: for these mix has room for the other sample's, and for the
// share of the sample's own after them, and y is left alone.
func (t *Training) Read(step uint64, i int, x, y, mix []float32) {
	t.one(step, i, x, y)
	if t.a.mixer == nil {
		return
	}
	partner, share := t.a.mixer.Mix(t.a.mixing.Fork(step).Fork(uint64(i)), t.raw.Len())
	other := t.partners.Get().(*[2][]float32)
	t.one(step, partner, other[0], other[1])
	blend(x, other[0], share)
	if mix == nil {
		blend(y, other[1], share)
	} else {
		mix[copy(mix, other[1])] = share
	}
	t.partners.Put(other)
}

// one reads a sample before it is mixed.
func (t *Training) one(step uint64, i int, x, y []float32) {
	two := t.p.scratch.Get().(*[2][]float32)
	raw := two[0][:t.p.forms[0].Shape.Len()]
	t.raw.Read(i, raw, y)
	t.a.Apply(raw, step, i)
	if len(t.p.steps) == 0 {
		copy(x, raw)
	} else {
		t.p.run(x, raw, two, 1)
	}
	t.p.scratch.Put(two)
}

// blend keeps a share of dst and takes the rest from src.
func blend(dst, src []float32, share float32) {
	for i, v := range src {
		dst[i] = float32(share*dst[i]) + float32((1-share)*v)
	}
}
