package data

import (
	"math"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "mixup", Title: "Mixup",
		Doc: "Trains on blends of two samples, of which each counts in proportion, so that the model changes evenly from one to the other (Zhang and others, 2018).",
		New: func() Augmentation { return &mixup{alpha: 0.2} },
	})
}

// mixup blends the sample with another of the training samples,
//
//	x = λ·x + (1-λ)·x'   y = λ·y + (1-λ)·y'   λ ~ Beta(alpha, alpha)
//
// after both were augmented and prepared, wherever it stands in the list.
type mixup struct{ alpha float64 }

func (a *mixup) Fields() []config.Field {
	return []config.Field{
		config.Float("alpha", &a.alpha, 0.01, 100, "how evenly two samples are mixed: small values leave most nearly as they are, and 1 makes every share as likely"),
	}
}

func (a *mixup) Check(Form) error { return nil }

func (a *mixup) Apply(dst, src []float32, in Form, s tensor.Stream) { copy(dst, src) }

// Mix draws the other of n samples, and the share that the first one keeps.
func (a *mixup) Mix(s tensor.Stream, n int) (partner int, share float32) {
	return s.Intn(0, n), float32(beta(s.Fork(1), a.alpha))
}

// beta draws from Beta(a, a), as the share of one of two gamma variates. Their
// logarithms are compared, since for a small a they are too small to be held.
func beta(s tensor.Stream, a float64) float64 {
	return 1 / (1 + math.Exp(logGamma(s.Fork(1), a)-logGamma(s.Fork(0), a)))
}

// logGamma draws the logarithm of a Gamma(a, 1) variate (Marsaglia and Tsang: A
// Simple Method for Generating Gamma Variables, TOMS 2000). Products are
// rounded before they are added, on every target.
func logGamma(s tensor.Stream, a float64) float64 {
	boost := 0.0
	if a < 1 {
		boost = math.Log(open01(s, 0)) / a
		a++
	}
	d := a - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for i := uint64(0); ; i++ { // fewer than one in twenty are drawn again
		x := s.Normal(2*i + 1)
		v := 1 + float64(c*x)
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(open01(s, 2*i+2)) < float64(x*x/2)+d-float64(d*v)+float64(d*math.Log(v)) {
			return math.Log(d) + math.Log(v) + boost
		}
	}
}

// open01 returns a number above 0 and below 1, of the block at the index.
func open01(s tensor.Stream, index uint64) float64 {
	b := s.Block(index)
	return (float64(b[0])*(1<<20) + float64(b[1]>>12) + 0.5) / (1 << 52)
}
