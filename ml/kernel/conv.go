package kernel

// A Conv describes a convolution of N images of H x W x C with F filters of
// KH x KW x C: stride SH, SW, dilation DH, DW, PT rows of zeros above and PL
// columns left of the image, and as many below and right as the output size
// OH x OW needs. Weights are [KH,KW,C,F].
//
// Each of the three kernels is a matrix product whose left matrix, the patches,
// is never built. A few images at a time are copied with their padding, and
// then the element of a patch is found by adding two offsets: that of the
// output cell and that of the weight.
type Conv struct{ N, H, W, C, F, KH, KW, SH, SW, DH, DW, PT, PL, OH, OW int }

// groupCells is the number of output cells to reach by taking several small
// images together.
const groupCells = 256

// taps returns the number of weights per filter.
func (g *Conv) taps() int { return g.KH * g.KW * g.C }

// cells returns the number of output cells per image.
func (g *Conv) cells() int { return g.OH * g.OW }

// group returns how many images to take together.
func (g *Conv) group() int {
	return max(1, min(g.N, groupCells/max(g.cells(), 1)))
}

// input returns the frame of x that the convolution reads.
func (g *Conv) input() frame {
	return frame{
		h: g.H, w: g.W, c: g.C, top: g.PT, left: g.PL,
		fh: (g.OH-1)*g.SH + (g.KH-1)*g.DH + 1, fw: (g.OW-1)*g.SW + (g.KW-1)*g.DW + 1,
	}
}

// ConvTemp returns the length of temp that the three convolution kernels need.
func ConvTemp(g *Conv) int {
	if g.N*g.cells()*g.F*g.taps() == 0 {
		return 0
	}
	n := 0
	if g.useWinograd() {
		p := g.winograd()
		n = max(p.convolveTemp(), p.weightsTemp())
	} else {
		in := g.input()
		n = in.temp(g.group()) + roundUp(g.group()*g.cells()) + roundUp(g.taps()) + edgeTemp() +
			max(g.taps()*padded(g.F), blockDepth*active.width)
	}
	if back := g.turned(); back.useWinograd() {
		p := back.winograd()
		return max(n, p.convolveTemp())
	}
	return max(n, g.backwardDataTemp())
}

func (g *Conv) check(name string, x, w, y []float32, temp []float32) {
	atLeast(name, "images", len(x), g.N*g.H*g.W*g.C)
	atLeast(name, "weights", len(w), g.taps()*g.F)
	atLeast(name, "outputs", len(y), g.N*g.cells()*g.F)
	atLeast(name, "temp", len(temp), ConvTemp(g))
}

// lists fills the offsets of the output cells of n images and of the taps, and
// repeats the last to whole tiles of rows.
func (g *Conv) lists(cells, taps []int32, in *frame, n int) {
	t := 0
	for i := range n {
		for oh := range g.OH {
			for ow := range g.OW {
				cells[t] = int32(i*in.image() + oh*g.SH*in.row() + ow*g.SW*g.C)
				t++
			}
		}
	}
	repeatLast(cells, t)
	t = 0
	for kh := range g.KH {
		for kw := range g.KW {
			for c := range g.C {
				taps[t] = int32(kh*g.DH*in.row() + kw*g.DW*g.C + c)
				t++
			}
		}
	}
	repeatLast(taps, t)
}

// repeatLast fills up the last tile of rows of a list of n.
func repeatLast(list []int32, n int) {
	for i := n; i < roundUp(n); i++ {
		list[i] = list[n-1]
	}
}

// ConvForward convolves x with the weights w, adds bias[F] unless it is nil,
// and applies act.
//
//	for each n, oh, ow, f {
//		s := bias[f]
//		for each kh, kw, c {
//			s += x[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] * w[kh,kw,c,f] // x is 0 outside the image
//		}
//		y[n,oh,ow,f] = act(s)
//	}
func ConvForward(y, x, w, bias []float32, act Act, g *Conv, temp []float32) {
	g.check("ConvForward", x, w, y, temp)
	from := fromZero
	if bias != nil {
		atLeast("ConvForward", "bias", len(bias), g.F)
		from = fromBias
	}
	if g.N*g.cells()*g.F == 0 || g.taps() == 0 {
		clear(y[:g.N*g.cells()*g.F])
		return
	}
	if g.useWinograd() {
		p := g.winograd()
		p.convolve(y, x, w, bias, act, false, temp)
		return
	}
	ws := workspace(temp)
	k, in, group := g.taps(), g.input(), g.group()
	cells, taps := ws.ints(roundUp(group*g.cells())), ws.ints(roundUp(k))
	g.lists(cells, taps, &in, group)
	scratch := ws.floats(edgeTemp())
	images := ws.floats(in.temp(group))

	depth, wide := depths(k), padded(g.F)
	pack := ws.floats(k * wide)
	var b right
	for p := 0; p < k; p += depth {
		b.pack(w[p*g.F:], min(depth, k-p), g.F, g.F, pack[p*wide:])
	}
	for n := 0; n < g.N; n += group {
		size := min(group, g.N-n)
		src := in.take(images, x, n, size)
		m := size * g.cells()
		repeatLast(cells, m)
		out := y[n*g.cells()*g.F:][:m*g.F]
		for i := 0; i < m; i += blockRows {
			r := min(m-i, blockRows)
			block := out[i*g.F : (i+r)*g.F]
			for p := 0; p < k; p += depth {
				d := min(depth, k-p)
				b = right{n: g.F, k: d, packed: pack[p*wide:]}
				f := from
				if p > 0 {
					f = fromC
				}
				multiply(block, g.F, r, f, bias, src, cells[i:i+roundUp(r)], taps[p:p+d], &b, act == ReLU && p+d == k, scratch)
			}
			if act != None && act != ReLU {
				Activate(block, block, act)
			}
		}
	}
}

// ConvBackwardWeights computes the gradient of the weights.
//
//	for each n, oh, ow, f, kh, kw, c {
//		dw[kh,kw,c,f] += x[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] * dy[n,oh,ow,f] // dw starts at zero
//	}
func ConvBackwardWeights(dw, x, dy []float32, g *Conv, temp []float32) {
	g.check("ConvBackwardWeights", x, dw, dy, temp)
	k := g.taps()
	dw = dw[:k*g.F]
	if g.N*g.cells() == 0 || len(dw) == 0 {
		clear(dw)
		return
	}
	if g.useWinograd() {
		p := g.winograd()
		p.weights(dw, x, dy, temp)
		return
	}
	ws := workspace(temp)
	in, group := g.input(), g.group()
	cells, taps := ws.ints(roundUp(group*g.cells())), ws.ints(roundUp(k))
	g.lists(cells, taps, &in, group)
	scratch := ws.floats(edgeTemp())
	images := ws.floats(in.temp(group))
	edge := ws.floats(blockDepth * active.width)

	from := fromZero
	var b right
	for n := 0; n < g.N; n += group {
		size := min(group, g.N-n)
		src := in.take(images, x, n, size)
		m := size * g.cells()
		depth := depths(m)
		for p := 0; p < m; p += depth {
			d := min(depth, m-p)
			b.inPlace(dy[(n*g.cells()+p)*g.F:], d, g.F, g.F, edge)
			for i := 0; i < k; i += blockRows {
				r := min(k-i, blockRows)
				multiply(dw[i*g.F:], g.F, r, from, nil, src, taps[i:i+roundUp(r)], cells[p:p+d], &b, false, scratch)
			}
			from = fromC
		}
	}
}
