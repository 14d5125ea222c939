package kernel

// An impl is one implementation of the kernels that differ between machines.
type impl struct {
	name string

	// The register tiles of the matrix products: panel is width columns wide,
	// narrow (which may be panel) takes the last columns if they fit it.
	panel, narrow      panelFunc
	width, narrowWidth int
	panels             panelsFunc // panel for several at once, where that is faster; else nil
	pack               func(to []float32, w int, b []float32, ld, k, n int)
	transpose          func(dst []float32, ldd int, src []float32, lds, rows, cols int)

	add, mul       func(y, a, b []float32)
	addTo          func(y, x []float32)
	scale, axpy    func(y, x []float32, s float32)
	shift          func(y, x []float32, s float32)
	dot            func(x, y []float32) float32
	sumRows        func(dst, x []float32, m, n int)
	scaleRows      func(y, x, a, b []float32)
	addRows        func(y, x, w []float32, m, ystep, xstep int)
	dotRows        func(w, y, x []float32, m, ystep, xstep int)
	normRows       func(h, r, x []float32, n int, centred bool, eps float32)
	normRowsGrad   func(dx, dy, h, r, g []float32, centred bool)
	exp, tanh, sig func(y, x []float32)
	relu           func(y, x []float32)
	reluGrad       func(dx, dy, y []float32)
	tanhGrad       func(dx, dy, y []float32)
	sigGrad        func(dx, dy, y []float32)
	mapped         func(y, x []float32, f Func, a float32)
	mapGrad        func(dx, dy, x []float32, f Func, a float32)
	sgd            func(w, g []float32, lr float32)
	momentum       func(w, g, v []float32, lr, mu float32)
	nesterov       func(w, g, v []float32, lr, mu float32)
	adam           func(w, g, m, v []float32, c adamStep)
	adaptive       adaptive // the other optimizers
	penalty        func(g, w []float32, l1, l2 float32)
	expSum         func(y, x []float32, scale, top float32) float32
	attendGrad     func(ds, dp, p []float32, mean, scale float32)
	lstm           func(h, c, z, before []float32)
	lstmGrad       func(dz, dc, dh, z, c, before []float32)
	gru            func(h, z, u, before []float32)
	gruGrad        func(dz, du, dh, z, u, before []float32)

	// The transforms of Winograd's way.
	tiles, spread      func(v []float32, step int, x []float32, row, count, n int)
	untile             func(y0, y1, m []float32, step int, bias []float32, relu bool, count, n int)
	filter, filterGrad func(to []float32, toStep int, from []float32, fromStep, n int)

	rowMax        func(x []float32) float32
	maxWindow     func(y, x []float32, h, w, row int)
	maxWindowGrad func(dx, dy, x, y []float32, h, w, row int)
	maxQuads      func(y, x []float32, n, row int)
	maxQuadsGrad  func(dx, dy, x, y []float32, n, row int)
}

var scalar = impl{
	name:  "scalar",
	panel: panelLoop, narrow: panelLoop, width: scalarWidth, narrowWidth: scalarWidth,
	pack: packLoop, transpose: transposeLoop,
	add: addLoop, mul: mulLoop, addTo: addToLoop, scale: scaleLoop, axpy: axpyLoop,
	shift: shiftLoop, dot: dotLoop, sumRows: sumRowsLoop,
	scaleRows: scaleRowsLoop, addRows: addRowsLoop, dotRows: dotRowsLoop,
	normRows: normRowsLoop, normRowsGrad: normRowsGradLoop,
	exp: expLoop, tanh: tanhLoop, sig: sigmoidLoop,
	relu: reluLoop, reluGrad: reluGradLoop, tanhGrad: tanhGradLoop, sigGrad: sigmoidGradLoop,
	mapped: mapLoop, mapGrad: mapGradLoop,
	sgd: sgdLoop, momentum: momentumLoop, nesterov: nesterovLoop, adam: adamLoop, penalty: penaltyLoop, adaptive: scalarAdaptive,
	expSum: expSumLoop, attendGrad: attendGradLoop,
	lstm: lstmLoop, lstmGrad: lstmGradLoop, gru: gruLoop, gruGrad: gruGradLoop,
	tiles: tilesLoop, spread: spreadLoop, untile: untileLoop, filter: filterLoop, filterGrad: filterGradLoop,
	rowMax: rowMaxLoop, maxWindow: maxWindowLoop, maxWindowGrad: maxWindowGradLoop,
	maxQuads: maxQuadsLoop, maxQuadsGrad: maxQuadsGradLoop,
}

// impls are the implementations that this machine can run, the preferred last;
// active is the one in force.
var (
	impls  = []*impl{&scalar}
	active = &scalar
)

// register adds an implementation and puts it in force.
func register(x *impl) {
	impls = append(impls, x)
	active = x
}
