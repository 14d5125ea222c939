package data

import (
	"math"

	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "spiral", Title: "Spiral", Kind: "points", Made: true,
		Doc: "Two arms wound into each other, one for each class: the hardest of the points, it needs several hidden neurons or layers.",
		New: newClasses("spiral", spiral),
	})
}

// spiral draws n = samples/2 points evenly along each of two arms. With f =
// i/n from 0 to 1 along the arm,
//
//	r = 5 f
//	t = 1.75 * 2 pi f, and pi more on the second arm
//	x = r sin t + noise * uniform(-1, 1), y = r cos t + noise * uniform(-1, 1)
//
// The first arm is labelled +1, the second -1.
func spiral(p []point, noise float64, s tensor.Stream) {
	n := float64(len(p)) / 2
	first := (len(p) + 1) / 2
	for i := range p {
		along, turn, label := float64(i)/n, 0.0, 1.0
		if i >= first {
			along, turn, label = float64(i-first)/n, math.Pi, -1
		}
		r := 5 * along
		sin, cos := math.Sincos(1.75*2*math.Pi*along + turn)
		p[i] = point{
			x:     r*sin + noise*uniform(s, 2*i, -1, 1),
			y:     r*cos + noise*uniform(s, 2*i+1, -1, 1),
			label: label,
		}
	}
}
