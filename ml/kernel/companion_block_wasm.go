//go:build goexperiment.simd && companion

package kernel

import "unsafe"

//go:wasmimport companion maxQuads
//go:noescape
func companionMaxQuads(y, x unsafe.Pointer, cell, row, count int32)

//go:wasmimport companion maxQuadsGrad
//go:noescape
func companionMaxQuadsGrad(dx, dy, x, y unsafe.Pointer, cell, row, count int32)

//go:wasmimport companion pack
//go:noescape
func companionPack(to, from unsafe.Pointer, step, count int32)

//go:wasmimport companion transpose
//go:noescape
func companionTranspose(dst unsafe.Pointer, ldd int32, src unsafe.Pointer, lds, rows, cols int32)

//go:wasmimport companion sumRows
//go:noescape
func companionSumRows(dst, x unsafe.Pointer, step, rows, cols int32)

//go:wasmimport companion scaleRows
//go:noescape
func companionScaleRows(y, x, a, b unsafe.Pointer, step, rows int32)

//go:wasmimport companion normRows
//go:noescape
func companionNormRows(h, r, x unsafe.Pointer, step, rows int32, centred bool, share, eps float32)

//go:wasmimport companion normRowsGrad
//go:noescape
func companionNormRowsGrad(dx, dy, h, r, g unsafe.Pointer, step, rows int32, centred bool, share float32)

//go:wasmimport companion lstm
//go:noescape
func companionLstm(h, c, i, f, g, o, before unsafe.Pointer, n int32)

//go:wasmimport companion lstmGrad
//go:noescape
func companionLstmGrad(di, df, dg, do, dc, dh, i, f, g, o, c, before unsafe.Pointer, n int32)

//go:wasmimport companion gru
//go:noescape
func companionGru(h, r, q, g, u, before unsafe.Pointer, n int32)

//go:wasmimport companion gruGrad
//go:noescape
func companionGruGrad(dr, dq, dg, du, dh, r, q, g, u, before unsafe.Pointer, n int32)

// maxQuadsCompanion is maxQuadsLoop.
func maxQuadsCompanion(y, x []float32, n, row int) {
	if n%4 != 0 || len(y) == 0 {
		maxQuadsVec(y, x, n, row)
		return
	}
	_ = x[row+2*len(y)-1]
	companionMaxQuads(address(y), address(x), int32(4*n), int32(4*row), int32(len(y)/n))
}

// maxQuadsGradCompanion is maxQuadsGradLoop.
func maxQuadsGradCompanion(dx, dy, x, y []float32, n, row int) {
	if n%4 != 0 || len(y) == 0 {
		maxQuadsGradVec(dx, dy, x, y, n, row)
		return
	}
	_, _, _ = x[row+2*len(y)-1], dx[row+2*len(y)-1], dy[len(y)-1]
	companionMaxQuadsGrad(address(dx), address(dy), address(x), address(y), int32(4*n), int32(4*row), int32(len(y)/n))
}

// transposeCompanion is transposeLoop, with the edges left to it.
func transposeCompanion(dst []float32, ldd int, src []float32, lds, rows, cols int) {
	m, n := rows&^3, cols&^3
	if m > 0 && n > 0 {
		_, _ = dst[(n-1)*ldd+m-1], src[(m-1)*lds+n-1]
		companionTranspose(address(dst), int32(4*ldd), address(src), int32(4*lds), int32(m), int32(n))
	} else {
		m, n = 0, 0
	}
	if n < cols && m > 0 {
		transposeLoop(dst[n*ldd:], ldd, src[n:], lds, m, cols-n)
	}
	if m < rows {
		transposeLoop(dst[m:], ldd, src[m*lds:], lds, rows-m, cols)
	}
}

// packCompanion is packLoop.
func packCompanion(to []float32, w int, b []float32, ld, k, n int) {
	if n < w || k == 0 {
		packLoop(to, w, b, ld, k, n)
		return
	}
	_, _ = to[k*w-1], b[(k-1)*ld+n-1]
	companionPack(address(to), address(b), int32(4*ld), int32(k))
}

// sumRowsCompanion is sumRowsLoop.
func sumRowsCompanion(dst, x []float32, m, n int) {
	whole := n &^ 3
	if whole > 0 && m > 0 {
		_, _ = dst[n-1], x[m*n-1]
		companionSumRows(address(dst), address(x), int32(4*n), int32(m), int32(whole))
	} else {
		clear(dst[:whole])
	}
	for j := whole; j < n; j++ {
		var s float32
		for i := range m {
			s += x[i*n+j]
		}
		dst[j] = s
	}
}

// scaleRowsCompanion is scaleRowsLoop.
func scaleRowsCompanion(y, x, a, b []float32) {
	n := len(a)
	if n == 0 || n%4 != 0 {
		scaleRowsVec(y, x, a, b)
		return
	}
	companionScaleRows(address(y), address(x[:len(y)]), address(a), address(b[:n]), int32(4*n), int32(len(y)/n))
}

// normRowsCompanion is normRowsLoop with sums of floats.
func normRowsCompanion(h, r, x []float32, n int, centred bool, eps float32) {
	if n%4 != 0 {
		normRowsVec(h, r, x, n, centred, eps)
		return
	}
	companionNormRows(address(h[:len(r)*n]), address(r), address(x[:len(r)*n]), int32(4*n), int32(len(r)), centred, 1/float32(n), eps)
}

// normRowsGradCompanion is normRowsGradLoop with sums of floats.
func normRowsGradCompanion(dx, dy, h, r, g []float32, centred bool) {
	n := len(g)
	if n%4 != 0 {
		normRowsGradVec(dx, dy, h, r, g, centred)
		return
	}
	companionNormRowsGrad(address(dx[:len(r)*n]), address(dy[:len(r)*n]), address(h[:len(r)*n]), address(r), address(g), int32(4*n), int32(len(r)), centred, 1/float32(n))
}

// lstmCompanion is lstmLoop.
func lstmCompanion(h, c, z, before []float32) {
	n := len(h)
	if n < 4 {
		lstmVec(h, c, z, before)
		return
	}
	zi, zf, zg, zo := quarters(z, n)
	companionLstm(address(h), address(c[:n]), address(zi), address(zf), address(zg), address(zo), address(before[:n]), int32(n))
}

// lstmGradCompanion is lstmGradLoop.
func lstmGradCompanion(dz, dc, dh, z, c, before []float32) {
	n := len(dh)
	if n < 4 {
		lstmGradVec(dz, dc, dh, z, c, before)
		return
	}
	zi, zf, zg, zo := quarters(z, n)
	di, df, dg, do := quarters(dz, n)
	companionLstmGrad(address(di), address(df), address(dg), address(do), address(dc[:n]), address(dh),
		address(zi), address(zf), address(zg), address(zo), address(c[:n]), address(before[:n]), int32(n))
}

// gruCompanion is gruLoop.
func gruCompanion(h, z, u, before []float32) {
	n := len(h)
	if n < 4 {
		gruVec(h, z, u, before)
		return
	}
	zr, zq, zg := thirds(z, n)
	companionGru(address(h), address(zr), address(zq), address(zg), address(u[:n]), address(before[:n]), int32(n))
}

// gruGradCompanion is gruGradLoop.
func gruGradCompanion(dz, du, dh, z, u, before []float32) {
	n := len(dh)
	if n < 4 {
		gruGradVec(dz, du, dh, z, u, before)
		return
	}
	zr, zq, zg := thirds(z, n)
	dr, dq, dg := thirds(dz, n)
	companionGruGrad(address(dr), address(dq), address(dg), address(du[:n]), address(dh),
		address(zr), address(zq), address(zg), address(u[:n]), address(before[:n]), int32(n))
}
