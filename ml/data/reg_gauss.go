package data

import (
	"math"

	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "reg_gauss", Title: "Hills", Kind: "regression", Made: true,
		Doc: "Three hills and three hollows on a flat field. The value of a point is the height there.",
		New: newRegression("reg_gauss", regGauss),
	})
}

// hills are the centres of the cones of reg_gauss and the sign of each.
var hills = [6]point{
	{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1},
	{-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1},
}

// regGauss draws points uniform in the square from -6 to 6. Around each of six
// centres stands a cone, up or down, of height 1 and radius 2, and the value
// is the one that is largest in size at the point, moved by
// noise * uniform(-6, 6) in x and in y:
//
//	±max(0, 1 - distance/2)
//
// (The Playground calls the cones Gaussians.)
func regGauss(p []point, noise float64, s tensor.Stream) {
	valued(p, noise, s, func(x, y float64) float64 {
		value := 0.0
		for _, hill := range hills {
			height := max(0, 1-math.Hypot(x-hill.x, y-hill.y)/2)
			if height > math.Abs(value) {
				value = hill.label * height
			}
		}
		return value
	})
}
