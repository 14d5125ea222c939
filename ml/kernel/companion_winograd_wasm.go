//go:build goexperiment.simd && companion

package kernel

import "unsafe"

//go:wasmimport companion tiles
//go:noescape
func companionTiles(v, x unsafe.Pointer, step, row, cell, count int32)

//go:wasmimport companion untile
//go:noescape
func companionUntile(y0, y1, m, bias unsafe.Pointer, step, cell int32, relu bool, count int32)

//go:wasmimport companion spread
//go:noescape
func companionSpread(d, dy unsafe.Pointer, step, row, cell, count int32)

//go:wasmimport companion filter
//go:noescape
func companionFilter(u, w unsafe.Pointer, ustep, wstep, count int32)

//go:wasmimport companion filterGrad
//go:noescape
func companionFilterGrad(dw, du unsafe.Pointer, wstep, ustep, count int32)

// tilesCompanion is tilesLoop.
func tilesCompanion(v []float32, step int, x []float32, row, count, n int) {
	if n%4 != 0 || n*count == 0 {
		tilesVec(v, step, x, row, count, n)
		return
	}
	_, _ = v[15*step+count*n-1], x[3*row+(2*count+2)*n-1]
	companionTiles(address(v), address(x), int32(4*step), int32(4*row), int32(4*n), int32(count))
}

// untileCompanion is untileLoop.
func untileCompanion(y0, y1, m []float32, step int, bias []float32, relu bool, count, n int) {
	if n%4 != 0 || n*count == 0 {
		untileVec(y0, y1, m, step, bias, relu, count, n)
		return
	}
	_, _, _, _ = y0[2*count*n-1], y1[2*count*n-1], m[15*step+count*n-1], bias[n-1]
	companionUntile(address(y0), address(y1), address(m), address(bias), int32(4*step), int32(4*n), relu, int32(count))
}

// spreadCompanion is spreadLoop.
func spreadCompanion(d []float32, step int, dy []float32, row, count, n int) {
	if n%4 != 0 || n*count == 0 {
		spreadVec(d, step, dy, row, count, n)
		return
	}
	_, _ = d[15*step+count*n-1], dy[row+2*count*n-1]
	companionSpread(address(d), address(dy), int32(4*step), int32(4*row), int32(4*n), int32(count))
}

// filterCompanion is filterLoop.
func filterCompanion(u []float32, ustep int, w []float32, wstep, n int) {
	if n%4 != 0 || n == 0 {
		filterVec(u, ustep, w, wstep, n)
		return
	}
	_, _ = u[15*ustep+n-1], w[8*wstep+n-1]
	companionFilter(address(u), address(w), int32(4*ustep), int32(4*wstep), int32(n/4))
}

// filterGradCompanion is filterGradLoop.
func filterGradCompanion(dw []float32, wstep int, du []float32, ustep, n int) {
	if n%4 != 0 || n == 0 {
		filterGradVec(dw, wstep, du, ustep, n)
		return
	}
	_, _ = dw[8*wstep+n-1], du[15*ustep+n-1]
	companionFilterGrad(address(dw), address(du), int32(4*wstep), int32(4*ustep), int32(n/4))
}
