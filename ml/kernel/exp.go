package kernel

import "math"

// Exp computes the exponential of every element, to within 4 units in the last
// place. y may be x.
//
//	for i := range y {
//		y[i] = math.Exp(x[i])
//	}
func Exp(y, x []float32) {
	same("Exp", len(y), len(x))
	active.exp(y, x)
}

func expLoop(y, x []float32) {
	for i, v := range x {
		y[i] = float32(math.Exp(float64(v)))
	}
}

func tanhLoop(y, x []float32) {
	for i, v := range x {
		y[i] = float32(math.Tanh(float64(v)))
	}
}

func sigmoidLoop(y, x []float32) {
	for i, v := range x {
		y[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}
