package data

import "descent/ml/tensor"

func init() {
	Register(Info{
		Type: "reg_plane", Title: "Plane", Kind: "regression", Made: true,
		Doc: "A number that grows with the sum of the features. One linear neuron learns it.",
		New: newRegression("reg_plane", regPlane),
	})
}

// regPlane draws points uniform in the square from -6 to 6. The value is
//
//	(x + y) / 10
//
// at the point moved by noise * uniform(-6, 6) in x and in y: -1.2 to 1.2
// without noise.
func regPlane(p []point, noise float64, s tensor.Stream) {
	valued(p, noise, s, func(x, y float64) float64 { return (x + y) / 10 })
}
