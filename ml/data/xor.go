package data

import "descent/ml/tensor"

func init() {
	Register(Info{
		Type: "xor", Title: "Exclusive or", Kind: "points", Made: true,
		Doc: "Four squares; those that touch at a corner share a class. The product of the features separates them.",
		New: newClasses("xor", xor),
	})
}

// xor draws points uniform in the square from -5 to 5 and moves each
// coordinate 0.3 away from its axis, which leaves a cross of width 0.6 empty:
//
//	x = u + 0.3 where u > 0, else u - 0.3, with u = uniform(-5, 5); y likewise
//
// The label is +1 where x*y >= 0, else -1, of the point moved by
// noise * uniform(-5, 5) in x and in y.
func xor(p []point, noise float64, s tensor.Stream) {
	const half, padding = 5, 0.3
	pad := func(v float64) float64 {
		if v > 0 {
			return v + padding
		}
		return v - padding
	}
	for i := range p {
		at := point{x: pad(uniform(s, 4*i, -half, half)), y: pad(uniform(s, 4*i+1, -half, half)), label: -1}
		dx := at.x + noise*uniform(s, 4*i+2, -half, half)
		dy := at.y + noise*uniform(s, 4*i+3, -half, half)
		if dx*dy >= 0 {
			at.label = 1
		}
		p[i] = at
	}
}
