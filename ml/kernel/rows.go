package kernel

// Dot returns the sum of the products of x and y.
//
//	for i := range x {
//		s += x[i] * y[i]
//	}
func Dot(x, y []float32) float32 {
	same("Dot", len(x), len(y))
	return active.dot(x, y)
}

// Shift adds a number to x. y may be x.
//
//	for i := range y {
//		y[i] = x[i] + s
//	}
func Shift(y, x []float32, s float32) {
	same("Shift", len(y), len(x))
	active.shift(y, x, s)
}

// ScaleRows stretches and moves each column of x[m,n]. y may be x.
//
//	for i := range m {
//		for j := range n {
//			y[i*n+j] = x[i*n+j]*a[j] + b[j]
//		}
//	}
func ScaleRows(y, x, a, b []float32, m, n int) {
	atLeast("ScaleRows", "y", len(y), m*n)
	atLeast("ScaleRows", "x", len(x), m*n)
	atLeast("ScaleRows", "a", len(a), n)
	atLeast("ScaleRows", "b", len(b), n)
	active.scaleRows(y[:m*n], x[:m*n], a[:n], b[:n])
}

func scaleRowsLoop(y, x, a, b []float32) {
	b = b[:len(a)]
	for i := 0; i < len(y) && len(a) > 0; i += len(a) {
		row, from := y[i:i+len(a)], x[i:i+len(a)]
		for j, s := range a {
			row[j] = from[j]*s + b[j]
		}
	}
}

// AddRows adds to each of m rows of y another row of x, times w[n]. Rows begin
// at multiples of their steps.
//
//	for i := range m {
//		for j := range w {
//			y[i*ystep+j] += x[i*xstep+j] * w[j]
//		}
//	}
func AddRows(y, x, w []float32, m, ystep, xstep int) {
	checkRows("AddRows", y, x, w, m, ystep, xstep)
	active.addRows(y, x, w, m, ystep, xstep)
}

func addRowsLoop(y, x, w []float32, m, ystep, xstep int) {
	for i := range m {
		row, from := y[i*ystep:][:len(w)], x[i*xstep:][:len(w)]
		for j, s := range w {
			row[j] += from[j] * s
		}
	}
}

// DotRows adds to w[n] the products of m rows of y and x, in the order of i.
//
//	for i := range m {
//		for j := range w {
//			w[j] += y[i*ystep+j] * x[i*xstep+j]
//		}
//	}
func DotRows(w, y, x []float32, m, ystep, xstep int) {
	checkRows("DotRows", y, x, w, m, ystep, xstep)
	active.dotRows(w, y, x, m, ystep, xstep)
}

func dotRowsLoop(w, y, x []float32, m, ystep, xstep int) {
	for i := range m {
		a, b := y[i*ystep:][:len(w)], x[i*xstep:][:len(w)]
		for j := range w {
			w[j] += a[j] * b[j]
		}
	}
}

func checkRows(name string, y, x, w []float32, m, ystep, xstep int) {
	if m > 0 {
		atLeast(name, "y", len(y), (m-1)*ystep+len(w))
		atLeast(name, "x", len(x), (m-1)*xstep+len(w))
	}
}
