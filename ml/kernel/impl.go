package kernel

// An impl is one implementation of the kernels that differ between machines.
type impl struct {
	name string

	add, mul       func(y, a, b []float32)
	addTo          func(y, x []float32)
	scale, axpy    func(y, x []float32, s float32)
	sum, sumSq     func(x []float32) float64
	sumAbs         func(x []float32) float64
	exp, tanh, sig func(y, x []float32)
	relu           func(y, x []float32)
	reluGrad       func(dx, dy, y []float32)
	tanhGrad       func(dx, dy, y []float32)
	sigGrad        func(dx, dy, y []float32)
	sgd            func(w, g []float32, lr float32)
	momentum       func(w, g, v []float32, lr, mu float32)
	nesterov       func(w, g, v []float32, lr, mu float32)
	adam           func(w, g, m, v []float32, c adamStep)
	penalty        func(g, w []float32, l1, l2 float32)
}

var scalar = impl{
	name: "scalar",
	add:  addLoop, mul: mulLoop, addTo: addToLoop, scale: scaleLoop, axpy: axpyLoop,
	sum: sumLoop, sumSq: sumSquaresLoop, sumAbs: sumAbsLoop,
	exp: expLoop, tanh: tanhLoop, sig: sigmoidLoop,
	relu: reluLoop, reluGrad: reluGradLoop, tanhGrad: tanhGradLoop, sigGrad: sigmoidGradLoop,
	sgd: sgdLoop, momentum: momentumLoop, nesterov: nesterovLoop, adam: adamLoop, penalty: penaltyLoop,
}

// active is the implementation in force.
var active = &scalar
