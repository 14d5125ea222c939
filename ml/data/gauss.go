package data

import (
	"math"

	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "gauss", Title: "Two Gaussians", Kind: "points", Made: true,
		Doc: "Two round clouds, one for each class. A single straight line separates them as well as anything can.",
		New: newClasses("gauss", gauss),
	})
}

// gauss draws the first half of the samples around (2, 2), labelled +1, and
// the second around (-2, -2), labelled -1, both normal with
//
//	variance = 0.5 + 7 noise
//
// in each coordinate: 0.5 without noise and 4 at a noise of one half.
func gauss(p []point, noise float64, s tensor.Stream) {
	deviation := math.Sqrt(0.5 + 7*noise)
	for i := range p {
		side := 1.0
		if i >= (len(p)+1)/2 {
			side = -1
		}
		p[i] = point{
			x:     2*side + deviation*s.Normal(2*uint64(i)),
			y:     2*side + deviation*s.Normal(2*uint64(i)+1),
			label: side,
		}
	}
}
