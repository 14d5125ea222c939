//go:build goexperiment.simd

package kernel

import "simd"

// vectorised returns the implementation in portable simd. It is a function, not
// a variable, because package-level initialisers that depend on simd do not
// link on wasm.
func vectorised(name string) impl {
	w := 2 * simd.VectorBitSize() / 32
	return impl{
		name:  name,
		panel: panelVec, narrow: panelVec, width: w, narrowWidth: w,
		pack: packLoop, transpose: transposeLoop,
		add: addVec, mul: mulVec, addTo: addToVec, scale: scaleVec, axpy: axpyVec,
		shift: shiftVec, dot: dotVec, sumRows: sumRowsVec,
		scaleRows: scaleRowsVec, addRows: addRowsVec, dotRows: dotRowsVec,
		normRows: normRowsVec, normRowsGrad: normRowsGradVec,
		exp: expVec, tanh: tanhVec, sig: sigmoidVec,
		relu: reluVec, reluGrad: reluGradVec, tanhGrad: tanhGradVec, sigGrad: sigmoidGradVec,
		mapped: mapVec, mapGrad: mapGradVec,
		sgd: sgdVec, momentum: momentumVec, nesterov: nesterovVec, adam: adamVec, penalty: penaltyVec, adaptive: vectorAdaptive(),
		expSum: expSumVec, attendGrad: attendGradVec,
		lstm: lstmVec, lstmGrad: lstmGradVec, gru: gruVec, gruGrad: gruGradVec,
		tiles: tilesVec, spread: spreadVec, untile: untileVec, filter: filterVec, filterGrad: filterGradVec,
		rowMax: rowMaxVec, maxWindow: maxWindowVec, maxWindowGrad: maxWindowGradVec,
		maxQuads: maxQuadsVec, maxQuadsGrad: maxQuadsGradVec,
	}
}
