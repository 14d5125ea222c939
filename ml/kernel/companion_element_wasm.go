//go:build goexperiment.simd && companion

package kernel

import "unsafe"

// The functions of this file are those that internal/companion calls lanes:
// they do the same to every element of slices of one length, which is at least
// four.

//go:wasmimport companion add
//go:noescape
func companionAdd(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion mul
//go:noescape
func companionMul(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion reluGrad
//go:noescape
func companionReluGrad(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion tanhGrad
//go:noescape
func companionTanhGrad(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion sigmoidGrad
//go:noescape
func companionSigmoidGrad(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion geluGrad
//go:noescape
func companionGeluGrad(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion geluTanhGrad
//go:noescape
func companionGeluTanhGrad(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion siluGrad
//go:noescape
func companionSiluGrad(y, a, b unsafe.Pointer, n int32)

//go:wasmimport companion relu
//go:noescape
func companionRelu(y, x unsafe.Pointer, n int32)

//go:wasmimport companion exp
//go:noescape
func companionExp(y, x unsafe.Pointer, n int32)

//go:wasmimport companion tanh
//go:noescape
func companionTanh(y, x unsafe.Pointer, n int32)

//go:wasmimport companion sigmoid
//go:noescape
func companionSigmoid(y, x unsafe.Pointer, n int32)

//go:wasmimport companion gelu
//go:noescape
func companionGelu(y, x unsafe.Pointer, n int32)

//go:wasmimport companion geluTanh
//go:noescape
func companionGeluTanh(y, x unsafe.Pointer, n int32)

//go:wasmimport companion silu
//go:noescape
func companionSilu(y, x unsafe.Pointer, n int32)

//go:wasmimport companion scale
//go:noescape
func companionScale(y, x unsafe.Pointer, n int32, s float32)

//go:wasmimport companion shift
//go:noescape
func companionShift(y, x unsafe.Pointer, n int32, s float32)

//go:wasmimport companion axpy
//go:noescape
func companionAxpy(y, x unsafe.Pointer, n int32, s float32)

//go:wasmimport companion dot
//go:noescape
func companionDot(x, y unsafe.Pointer, n int32) float32

//go:wasmimport companion expSum
//go:noescape
func companionExpSum(y, x unsafe.Pointer, n int32, scale, top float32) float32

//go:wasmimport companion adam
//go:noescape
func companionAdam(w, g, m, v unsafe.Pointer, n int32, beta1, rest1, beta2, rest2, rate, root, eps float32)

// useElements puts the companion's loops in force for all but short slices,
// which stay with those that are there.
func (x *impl) useElements() {
	x.add, x.mul = three(companionAdd, x.add), three(companionMul, x.mul)
	x.addTo = func(short func(y, x []float32)) func(y, x []float32) {
		return func(y, x []float32) {
			if len(y) < shortest {
				short(y, x)
				return
			}
			companionAdd(address(y), address(y), address(x[:len(y)]), int32(len(y)))
		}
	}(x.addTo)
	x.scale, x.shift, x.axpy = scaled(companionScale, x.scale), scaled(companionShift, x.shift), scaled(companionAxpy, x.axpy)
	x.exp, x.tanh, x.sig = two(companionExp, x.exp), two(companionTanh, x.tanh), two(companionSigmoid, x.sig)
	x.relu, x.reluGrad = two(companionRelu, x.relu), three(companionReluGrad, x.reluGrad)
	x.tanhGrad, x.sigGrad = three(companionTanhGrad, x.tanhGrad), three(companionSigmoidGrad, x.sigGrad)

	mapped, mapGrad := x.mapped, x.mapGrad
	maps := map[Func]func(y, x unsafe.Pointer, n int32){GELU: companionGelu, GELUTanh: companionGeluTanh, SiLU: companionSilu, Exponential: companionExp}
	x.mapped = func(y, x []float32, f Func, a float32) {
		if call := maps[f]; call != nil && len(y) >= shortest {
			call(address(y), address(x[:len(y)]), int32(len(y)))
			return
		}
		mapped(y, x, f, a)
	}
	slopes := map[Func]func(dx, dy, x unsafe.Pointer, n int32){GELU: companionGeluGrad, GELUTanh: companionGeluTanhGrad, SiLU: companionSiluGrad}
	x.mapGrad = func(dx, dy, x []float32, f Func, a float32) {
		if call := slopes[f]; call != nil && len(dx) >= shortest {
			call(address(dx), address(dy[:len(dx)]), address(x[:len(dx)]), int32(len(dx)))
			return
		}
		mapGrad(dx, dy, x, f, a)
	}

	dot, expSum, adam := x.dot, x.expSum, x.adam
	x.dot = func(x, y []float32) float32 {
		if len(x) < shortest {
			return dot(x, y)
		}
		return companionDot(address(x), address(y[:len(x)]), int32(len(x)))
	}
	x.expSum = func(y, x []float32, scale, top float32) float32 {
		if len(y) < 4 {
			return expSum(y, x, scale, top)
		}
		return companionExpSum(address(y), address(x[:len(y)]), int32(len(y)), scale, top)
	}
	x.adam = func(w, g, m, v []float32, c adamStep) {
		n := len(w)
		if n < 4 {
			adam(w, g, m, v, c)
			return
		}
		companionAdam(address(w), address(g[:n]), address(m[:n]), address(v[:n]), int32(n), c.beta1, c.rest1, c.beta2, c.rest2, c.rate, c.root, c.eps)
	}
}

// shortest is the length from which calling the companion pays where little is
// computed.
const shortest = 32

func address(x []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(x)) }

// two, three and scaled make a kernel of one of the companion's and one for
// short slices.
func two(call func(y, x unsafe.Pointer, n int32), short func(y, x []float32)) func(y, x []float32) {
	return func(y, x []float32) {
		if len(y) < shortest {
			short(y, x)
			return
		}
		call(address(y), address(x[:len(y)]), int32(len(y)))
	}
}

func three(call func(y, a, b unsafe.Pointer, n int32), short func(y, a, b []float32)) func(y, a, b []float32) {
	return func(y, a, b []float32) {
		if len(y) < shortest {
			short(y, a, b)
			return
		}
		call(address(y), address(a[:len(y)]), address(b[:len(y)]), int32(len(y)))
	}
}

func scaled(call func(y, x unsafe.Pointer, n int32, s float32), short func(y, x []float32, s float32)) func(y, x []float32, s float32) {
	return func(y, x []float32, s float32) {
		if len(y) < shortest {
			short(y, x, s)
			return
		}
		call(address(y), address(x[:len(y)]), int32(len(y)), s)
	}
}
