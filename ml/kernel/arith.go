package kernel

import "math"

// Add adds two vectors.
//
//	for i := range y {
//		y[i] = a[i] + b[i]
//	}
func Add(y, a, b []float32) {
	same("Add", len(y), len(a), len(b))
	active.add(y, a, b)
}

func addLoop(y, a, b []float32) {
	for i := range y {
		y[i] = a[i] + b[i]
	}
}

// AddTo adds x to y.
//
//	for i := range y {
//		y[i] += x[i]
//	}
func AddTo(y, x []float32) {
	same("AddTo", len(y), len(x))
	active.addTo(y, x)
}

func addToLoop(y, x []float32) {
	for i := range y {
		y[i] += x[i]
	}
}

// Mul multiplies two vectors.
//
//	for i := range y {
//		y[i] = a[i] * b[i]
//	}
func Mul(y, a, b []float32) {
	same("Mul", len(y), len(a), len(b))
	active.mul(y, a, b)
}

func mulLoop(y, a, b []float32) {
	for i := range y {
		y[i] = a[i] * b[i]
	}
}

// Scale multiplies x by a number. y may be x.
//
//	for i := range y {
//		y[i] = s * x[i]
//	}
func Scale(y, x []float32, s float32) {
	same("Scale", len(y), len(x))
	active.scale(y, x, s)
}

func scaleLoop(y, x []float32, s float32) {
	for i := range y {
		y[i] = s * x[i]
	}
}

// shiftLoop adds a number to x.
func shiftLoop(y, x []float32, s float32) {
	for i := range y {
		y[i] = x[i] + s
	}
}

// Axpy adds a multiple of x to y.
//
//	for i := range y {
//		y[i] += alpha * x[i]
//	}
func Axpy(y, x []float32, alpha float32) {
	same("Axpy", len(y), len(x))
	active.axpy(y, x, alpha)
}

func axpyLoop(y, x []float32, alpha float32) {
	for i := range y {
		y[i] += alpha * x[i]
	}
}

// Fill sets every element.
//
//	for i := range x {
//		x[i] = v
//	}
func Fill(x []float32, v float32) {
	if v == 0 && !math.Signbit(float64(v)) {
		clear(x)
		return
	}
	if len(x) == 0 {
		return
	}
	x[0] = v
	for n := 1; n < len(x); n *= 2 {
		copy(x[n:], x[:n])
	}
}
