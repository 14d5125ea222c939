package data

import (
	"math"

	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "moons", Title: "Moons", Kind: "points", Made: true,
		Doc: "Two half circles that reach into each other, one for each class. A small hidden layer bends a line between them.",
		New: newClasses("moons", moons),
	})
}

// moons draws points evenly along two half circles, as scikit-learn's
// make_moons does: with a from 0 to pi,
//
//	the outer: (cos a, sin a), labelled -1
//	the inner: (1 - cos a, 1/2 - sin a), labelled +1
//
// each moved by normal noise, whose deviation here is noise, up to one half.
// The result is centred and made 3.3 times as large, so that it fills the
// square in which all points are shown.
func moons(p []point, noise float64, s tensor.Stream) {
	const size = 3.3
	outer := (len(p) + 1) / 2
	for i := range p {
		k, n := i, outer
		if i >= outer {
			k, n = i-outer, len(p)-outer
		}
		sin, cos := math.Sincos(math.Pi * float64(k) / float64(max(1, n-1)))
		at := point{x: cos, y: sin, label: -1}
		if i >= outer {
			at = point{x: 1 - cos, y: 0.5 - sin, label: 1}
		}
		at.x += noise * s.Normal(2*uint64(i))
		at.y += noise * s.Normal(2*uint64(i)+1)
		p[i] = point{x: size * (at.x - 0.5), y: size * (at.y - 0.25), label: at.label}
	}
}
