package data

import (
	"math"

	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "circle", Title: "Circle", Kind: "points", Made: true,
		Doc: "A disc of one class inside a ring of the other. No straight line separates them; the squares of the features do.",
		New: newClasses("circle", circle),
	})
}

// circle draws the first half of the samples in a disc and the second in a
// ring around it, both uniform in radius r and angle a:
//
//	r in [0, 2.5) or [3.5, 5)
//	x = r sin a, y = r cos a
//
// The label is +1 where the point, moved by noise * uniform(-5, 5) in x and
// in y, lies within 2.5 of the centre, else -1. The point itself stays, so
// noise turns labels over.
func circle(p []point, noise float64, s tensor.Stream) {
	const radius = 5
	for i := range p {
		lo, hi := 0.0, radius*0.5
		if i >= (len(p)+1)/2 {
			lo, hi = radius*0.7, radius
		}
		r := uniform(s, 4*i, lo, hi)
		sin, cos := math.Sincos(uniform(s, 4*i+1, 0, 2*math.Pi))
		at := point{x: r * sin, y: r * cos, label: -1}
		dx := at.x + noise*uniform(s, 4*i+2, -radius, radius)
		dy := at.y + noise*uniform(s, 4*i+3, -radius, radius)
		if math.Hypot(dx, dy) < radius*0.5 {
			at.label = 1
		}
		p[i] = at
	}
}
