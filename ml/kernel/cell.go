package kernel

import "math"

// LSTMCell moves a memory cell of n units on by one step. z holds the sums of
// the input, forget, cell and output gates, n each, and then their values.
//
//	for j := range n {
//		i, f, g, o := sigmoid(z[j]), sigmoid(z[n+j]), tanh(z[2n+j]), sigmoid(z[3n+j])
//		c[j] = f*before[j] + i*g
//		h[j] = o * tanh(c[j])
//	}
func LSTMCell(h, c, z, before []float32) {
	same("LSTMCell", len(h), len(c), len(before), len(z)/4)
	active.lstm(h, c, z, before)
}

// LSTMCellGrad takes a step's gradient back: dh is that of its output, dc that
// of its cell, which becomes that of the cell before. z holds the gates' values.
//
//	for j := range n {
//		t := tanh(c[j])
//		d := dc[j] + dh[j]*o*(1-t*t)
//		dz[j], dz[n+j], dz[2n+j], dz[3n+j] = d*g*i*(1-i), d*before[j]*f*(1-f), d*i*(1-g*g), dh[j]*t*o*(1-o)
//		dc[j] = d * f
//	}
func LSTMCellGrad(dz, dc, dh, z, c, before []float32) {
	same("LSTMCellGrad", len(dh), len(dc), len(c), len(before), len(z)/4, len(dz)/4)
	active.lstmGrad(dz, dc, dh, z, c, before)
}

// GRUCell moves a gated unit on by one step. z holds the sums of the reset and
// update gates and the input's part of the candidate, n each, and then their
// values; u the part of the candidate that comes from the step before.
//
//	for j := range n {
//		r, q := sigmoid(z[j]), sigmoid(z[n+j])
//		g := tanh(z[2n+j] + r*u[j])
//		h[j] = (1-q)*g + q*before[j]
//	}
func GRUCell(h, z, u, before []float32) {
	same("GRUCell", len(h), len(u), len(before), len(z)/3)
	active.gru(h, z, u, before)
}

// GRUCellGrad takes a step's gradient back. dh, the gradient of its output,
// becomes the part of the gradient of the output before that does not go
// through the gates; z holds the gates' values.
//
//	for j := range n {
//		dg := dh[j] * (1-q) * (1-g*g)
//		dz[j], dz[n+j], dz[2n+j] = dg*u[j]*r*(1-r), dh[j]*(before[j]-g)*q*(1-q), dg
//		du[j] = dg * r
//		dh[j] *= q
//	}
func GRUCellGrad(dz, du, dh, z, u, before []float32) {
	same("GRUCellGrad", len(dh), len(du), len(u), len(before), len(z)/3, len(dz)/3)
	active.gruGrad(dz, du, dh, z, u, before)
}

// quarters cuts z into n values each.
func quarters(z []float32, n int) (a, b, c, d []float32) {
	return z[:n], z[n : 2*n], z[2*n : 3*n], z[3*n : 4*n]
}

func thirds(z []float32, n int) (a, b, c []float32) {
	return z[:n], z[n : 2*n], z[2*n : 3*n]
}

func lstmLoop(h, c, z, before []float32) {
	n := len(h)
	sigmoidLoop(z[:2*n], z[:2*n])
	tanhLoop(z[2*n:3*n], z[2*n:3*n])
	sigmoidLoop(z[3*n:4*n], z[3*n:4*n])
	zi, zf, zg, zo := quarters(z, n)
	for j, b := range before {
		c[j] = zf[j]*b + zi[j]*zg[j]
		h[j] = zo[j] * float32(math.Tanh(float64(c[j])))
	}
}

func lstmGradLoop(dz, dc, dh, z, c, before []float32) {
	n := len(dh)
	zi, zf, zg, zo := quarters(z, n)
	di, df, dg, do := quarters(dz, n)
	for j, b := range before {
		i, f, g, o := zi[j], zf[j], zg[j], zo[j]
		t := float32(math.Tanh(float64(c[j])))
		d := dc[j] + dh[j]*o*(1-t*t)
		di[j], df[j] = d*g*(i*(1-i)), d*b*(f*(1-f))
		dg[j], do[j] = d*i*(1-g*g), dh[j]*t*(o*(1-o))
		dc[j] = d * f
	}
}

func gruLoop(h, z, u, before []float32) {
	n := len(h)
	sigmoidLoop(z[:2*n], z[:2*n])
	zr, zq, zg := thirds(z, n)
	for j, b := range before {
		g := float32(math.Tanh(float64(zg[j] + zr[j]*u[j])))
		zg[j] = g
		h[j] = (1-zq[j])*g + zq[j]*b
	}
}

func gruGradLoop(dz, du, dh, z, u, before []float32) {
	n := len(dh)
	zr, zq, zg := thirds(z, n)
	dr, dq, dg := thirds(dz, n)
	for j, b := range before {
		r, q, g := zr[j], zq[j], zg[j]
		d := dh[j] * (1 - q) * (1 - g*g)
		dr[j], dq[j], dg[j] = d*u[j]*(r*(1-r)), dh[j]*(b-g)*(q*(1-q)), d
		du[j] = d * r
		dh[j] *= q
	}
}
