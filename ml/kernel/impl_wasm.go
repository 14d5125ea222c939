//go:build goexperiment.simd && !page

package kernel

import "simd"

func init() {
	if simd.Emulated() {
		return
	}
	portable := vectorised("portable simd")
	register(&portable)

	wasm := vectorised("wasm simd128")
	wasm.panel, wasm.width = panelWasm, 8
	wasm.narrow, wasm.narrowWidth = panelWasm, 8
	wasm.addRows, wasm.dotRows = addRowsWasm, dotRowsWasm
	register(&wasm)
	registerCompanion(wasm)
}
