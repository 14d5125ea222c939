package kernel

// The depthwise kernels are for a convolution in which each channel has a
// filter of its own: C is F, and the weights are [KH,KW,1,C]. They go through
// the images row by row and tap by tap, all channels of a row at once.

// DepthwiseTemp returns the length of temp that DepthwiseBackwardWeights needs.
func DepthwiseTemp(g *Conv) int { return g.KH * g.KW * g.C }

// taken returns the output columns lo to hi that tap kw reaches inside the
// image, and the input column of the first.
func (g *Conv) taken(kw int) (lo, hi, at int) {
	off := kw*g.DW - g.PL
	lo = max(0, -floorDiv(off, g.SW))
	hi = min(g.OW, floorDiv(g.W-1-off, g.SW)+1)
	return lo, hi, lo*g.SW + off
}

// strips calls f for each row of outputs and each tap that reaches it: n
// outputs from y on, inputs from x on, and the tap's weights.
func (g *Conv) strips(f func(n, y, x, w int)) {
	for i := range g.N {
		for oh := range g.OH {
			for kh := range g.KH {
				h := oh*g.SH - g.PT + kh*g.DH
				if h < 0 || h >= g.H {
					continue
				}
				for kw := range g.KW {
					if lo, hi, at := g.taken(kw); lo < hi {
						f(hi-lo, ((i*g.OH+oh)*g.OW+lo)*g.C, ((i*g.H+h)*g.W+at)*g.C, (kh*g.KW+kw)*g.C)
					}
				}
			}
		}
	}
}

// DepthwiseForward convolves each channel of x with its own filter, adds
// bias[C] unless it is nil, and applies act.
//
//	for each n, oh, ow, c {
//		s := bias[c]
//		for each kh, kw {
//			s += x[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] * w[kh,kw,0,c] // x is 0 outside the image
//		}
//		y[n,oh,ow,c] = act(s)
//	}
func DepthwiseForward(y, x, w, bias []float32, act Act, g *Conv) {
	g.checkDepthwise("DepthwiseForward", x, w, y)
	y = y[:g.N*g.cells()*g.C]
	clear(y)
	for i := 0; i < len(y) && bias != nil; i += g.C {
		copy(y[i:], bias[:g.C])
	}
	g.strips(func(n, to, from, tap int) {
		active.addRows(y[to:], x[from:], w[tap:tap+g.C], n, g.C, g.SW*g.C)
	})
	Activate(y, y, act)
}

// DepthwiseBackwardWeights computes the gradient of the weights.
//
//	for each n, oh, ow, c, kh, kw {
//		dw[kh,kw,0,c] += x[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] * dy[n,oh,ow,c] // dw starts at zero
//	}
func DepthwiseBackwardWeights(dw, x, dy []float32, g *Conv, temp []float32) {
	g.checkDepthwise("DepthwiseBackwardWeights", x, dw, dy)
	atLeast("DepthwiseBackwardWeights", "temp", len(temp), DepthwiseTemp(g))
	dw = dw[:g.KH*g.KW*g.C]
	temp = temp[:len(dw)]
	clear(dw)
	one := *g
	one.N = 1
	for i := range g.N { // a sum of its own for each image loses fewer digits
		clear(temp)
		xs, dys := x[i*g.H*g.W*g.C:], dy[i*g.cells()*g.C:]
		one.strips(func(n, to, from, tap int) {
			active.dotRows(temp[tap:tap+g.C], dys[to:], xs[from:], n, g.C, g.SW*g.C)
		})
		active.addTo(dw, temp)
	}
}

// DepthwiseBackwardData computes the gradient of the images.
//
//	for each n, oh, ow, c, kh, kw with the cell inside the image {
//		dx[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] += dy[n,oh,ow,c] * w[kh,kw,0,c] // dx starts at zero
//	}
func DepthwiseBackwardData(dx, dy, w []float32, g *Conv) {
	g.checkDepthwise("DepthwiseBackwardData", dx, w, dy)
	clear(dx[:g.N*g.H*g.W*g.C])
	g.strips(func(n, from, to, tap int) {
		active.addRows(dx[to:], dy[from:], w[tap:tap+g.C], n, g.SW*g.C, g.C)
	})
}

func (g *Conv) checkDepthwise(name string, x, w, y []float32) {
	same(name, g.C, g.F)
	atLeast(name, "images", len(x), g.N*g.H*g.W*g.C)
	atLeast(name, "weights", len(w), g.KH*g.KW*g.C)
	atLeast(name, "outputs", len(y), g.N*g.cells()*g.C)
}
