//go:build goexperiment.simd && companion

package kernel

import "unsafe"

// The companion is a second WebAssembly module that works on this one's memory.
// Its loops stay in registers, which Go's own do not. What starts the program
// gives it these imports; a call costs about 15 ns. The module is written by
// internal/companion, and web/companion.js brings the two together.
//
// Builds without the tag "companion" import nothing and can be started by
// anything that starts Go programs.

// companionVariant tells which companion is there: 0 for none, in which case
// none of the others may be called, 1 for one with SIMD of 128 bits, 2 for one
// that also uses relaxed SIMD.
//
//go:wasmimport companion variant
func companionVariant() int32

//go:wasmimport companion panels
//go:noescape
func companionPanels(panels, initStep, bStep int32, c unsafe.Pointer, ldc int32, init unsafe.Pointer, ldi int32, a, rows unsafe.Pointer, count int32, off unsafe.Pointer, depth int32, b unsafe.Pointer, ldb int32, relu bool)

// registerCompanion puts the companion in force, if there is one, over an
// implementation that has what it lacks.
func registerCompanion(base impl) {
	switch companionVariant() {
	case 1:
		base.name = "wasm simd128 companion"
	case 2:
		base.name = "wasm relaxed simd companion"
	default:
		return
	}
	base.panels = panelsCompanion
	base.panel, base.width = panelCompanion, 8
	base.narrow, base.narrowWidth = panelCompanion, 8
	base.pack, base.transpose = packCompanion, transposeCompanion
	base.maxQuads, base.maxQuadsGrad = maxQuadsCompanion, maxQuadsGradCompanion
	base.sumRows, base.scaleRows = sumRowsCompanion, scaleRowsCompanion
	base.normRows, base.normRowsGrad = normRowsCompanion, normRowsGradCompanion
	base.lstm, base.lstmGrad = lstmCompanion, lstmGradCompanion
	base.gru, base.gruGrad = gruCompanion, gruGradCompanion
	base.tiles, base.untile, base.spread = tilesCompanion, untileCompanion, spreadCompanion
	base.filter, base.filterGrad = filterCompanion, filterGradCompanion
	base.useElements()
	register(&base)
}

// panelsCompanion is a panelsFunc for a width of 8. With relaxed SIMD a product
// and its sum are rounded once where the processor has a fused multiply-add, and
// twice elsewhere, so results differ in the last bits from one machine to
// another, and from the same machine without it.
func panelsCompanion(panels, initStep, bStep int, c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool) {
	if len(rows) == 0 || panels == 0 {
		return
	}
	_, _ = c[(len(rows)-1)*ldc+8*panels-1], init[(len(rows)-1)*ldi+(panels-1)*initStep+7]
	companionPanels(int32(panels), int32(4*initStep), int32(4*bStep), address(c), int32(4*ldc), address(init), int32(4*ldi),
		address(a), unsafe.Pointer(unsafe.SliceData(rows)), int32(len(rows)),
		unsafe.Pointer(unsafe.SliceData(off)), int32(len(off)), address(b), int32(4*ldb), relu)
}

// panelCompanion is panelLoop for a width of 8.
func panelCompanion(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool) {
	panelsCompanion(1, 0, 0, c, ldc, init, ldi, a, rows, off, b, ldb, relu)
}
