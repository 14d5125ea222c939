package kernel

// A phase is the set of input cells at the same place between two strides: all
// rows h = at + stride*t and the taps that reach them, those whose output row
// t + shift is whole. Columns alike.
type phase struct{ at, count int }

// floorDiv returns a/b rounded down; b > 0.
func floorDiv(a, b int) int {
	q := a / b
	if q*b > a {
		q--
	}
	return q
}

// cellsOf returns how many of n cells are at, at+stride, ...
func cellsOf(n, at, stride int) int { return max(0, (n-at+stride-1)/stride) }

// gradient returns the frame of dy that the gradient of the images reads.
func (g *Conv) gradient() frame {
	h0, h1 := floorDiv(g.PT-(g.KH-1)*g.DH, g.SH), floorDiv(g.H-1+g.PT, g.SH)
	w0, w1 := floorDiv(g.PL-(g.KW-1)*g.DW, g.SW), floorDiv(g.W-1+g.PL, g.SW)
	return frame{
		h: g.OH, w: g.OW, c: g.F, top: -h0, left: -w0,
		fh: h1 - h0 + 1, fw: w1 - w0 + 1,
	}
}

// dataGroup returns how many images ConvBackwardData takes together.
func (g *Conv) dataGroup() int {
	return max(1, min(g.N, groupCells/max(g.H*g.W, 1)))
}

func (g *Conv) backwardDataTemp() int {
	dy := g.gradient()
	group, k := g.dataGroup(), g.KH*g.KW*g.F
	return dy.temp(group) + roundUp(group*cellsOf(g.H, 0, g.SH)*cellsOf(g.W, 0, g.SW)) + k +
		edgeTemp() + k*padded(g.C) + blockRows*g.C
}

// ConvBackwardData computes the gradient of the images.
//
//	for each n, oh, ow, f, kh, kw, c with the cell inside the image {
//		dx[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] += dy[n,oh,ow,f] * w[kh,kw,c,f] // dx starts at zero
//	}
func ConvBackwardData(dx, dy, w []float32, g *Conv, temp []float32) {
	g.check("ConvBackwardData", dx, w, dy, temp)
	size := g.H * g.W * g.C
	dx = dx[:g.N*size]
	if g.N*g.cells()*g.F == 0 || size == 0 {
		clear(dx)
		return
	}
	if back := g.turned(); back.useWinograd() {
		p := back.winograd()
		p.convolve(dx, dy, w, nil, None, true, temp)
		return
	}
	ws := workspace(temp)
	in, group := g.gradient(), g.dataGroup()
	d := dataProduct{
		g: *g, in: in,
		cells:   ws.ints(roundUp(group * cellsOf(g.H, 0, g.SH) * cellsOf(g.W, 0, g.SW))),
		taps:    ws.ints(g.KH * g.KW * g.F),
		scratch: ws.floats(edgeTemp()),
		pack:    ws.floats(g.KH * g.KW * g.F * padded(g.C)),
		block:   ws.floats(blockRows * g.C),
	}
	images := ws.floats(in.temp(group))
	for ph := range min(g.SH, g.H) {
		for pw := range min(g.SW, g.W) {
			d.start(w, ph, pw, group)
			for n := 0; n < g.N; n += group {
				count := min(group, g.N-n)
				d.run(dx[n*size:(n+count)*size], in.take(images, dy, n, count), count)
			}
		}
	}
}

// A dataProduct is the matrix product of one phase of ConvBackwardData: its
// cells by the taps (and filters) that reach them, by the weights transposed.
type dataProduct struct {
	g           Conv
	in          frame
	h, w        phase
	k           int // taps that reach the phase, times filters
	cells, taps []int32
	scratch     []float32
	pack, block []float32
}

// start prepares the lists and the weights of the phase at row ph, column pw.
func (d *dataProduct) start(w []float32, ph, pw, group int) {
	g := &d.g
	d.h = phase{ph, cellsOf(g.H, ph, g.SH)}
	d.w = phase{pw, cellsOf(g.W, pw, g.SW)}
	t := 0
	for i := range group {
		for h := range d.h.count {
			for w := range d.w.count {
				d.cells[t] = int32(i*d.in.image() + h*d.in.row() + w*g.F)
				t++
			}
		}
	}
	repeatLast(d.cells, t)

	d.k = 0
	for kh := range g.KH {
		oh := ph + g.PT - kh*g.DH
		if floorDiv(oh, g.SH)*g.SH != oh {
			continue
		}
		for kw := range g.KW {
			ow := pw + g.PL - kw*g.DW
			if floorDiv(ow, g.SW)*g.SW != ow {
				continue
			}
			o := (oh/g.SH+d.in.top)*d.in.row() + (ow/g.SW+d.in.left)*g.F
			for f := range g.F {
				d.taps[d.k+f] = int32(o + f)
			}
			d.k += g.F
		}
	}
	d.packWeights(w)
}

// packWeights packs the transposed weights of the phase, [k,C], block of depth
// by block.
func (d *dataProduct) packWeights(w []float32) {
	g, wide, depth := &d.g, padded(d.g.C), depths(d.k)
	clear(d.pack[:d.k*wide])
	t := 0
	for kh := range g.KH {
		if oh := d.h.at + g.PT - kh*g.DH; floorDiv(oh, g.SH)*g.SH != oh {
			continue
		}
		for kw := range g.KW {
			if ow := d.w.at + g.PL - kw*g.DW; floorDiv(ow, g.SW)*g.SW != ow {
				continue
			}
			tap := w[(kh*g.KW+kw)*g.C*g.F:]
			for f := 0; f < g.F; {
				// The part of this tap's filters that falls in one block.
				p := t / depth * depth
				k, n := min(depth, d.k-p), min(g.F-f, p+depth-t)
				for j := 0; j < g.C; {
					v, _ := width(g.C - j)
					to := d.pack[p*wide+j*k+(t-p)*v:]
					active.transpose(to, v, tap[j*g.F+f:], g.F, min(v, g.C-j), n)
					j += v
				}
				f += n
				t += n
			}
		}
	}
}

// run computes the phase's cells of count images.
func (d *dataProduct) run(dx, dy []float32, count int) {
	g := &d.g
	m := count * d.h.count * d.w.count
	repeatLast(d.cells, m)
	dense := g.SH == 1 && g.SW == 1
	depth, wide := depths(d.k), padded(g.C)
	for i := 0; i < m; i += blockRows {
		r := min(m-i, blockRows)
		out := d.block[:r*g.C]
		if dense {
			out = dx[i*g.C : (i+r)*g.C]
		}
		if d.k == 0 {
			clear(out)
		}
		from := fromZero
		for p := 0; p < d.k; p += depth {
			k := min(depth, d.k-p)
			b := right{n: g.C, k: k, packed: d.pack[p*wide:]}
			multiply(out, g.C, r, from, nil, dy, d.cells[i:i+roundUp(r)], d.taps[p:p+k], &b, false, d.scratch)
			from = fromC
		}
		if !dense {
			d.scatter(dx, out, i)
		}
	}
}

// scatter puts the rows of a block that starts at cell i of the phase in place.
func (d *dataProduct) scatter(dx, block []float32, i int) {
	g := &d.g
	for len(block) > 0 {
		image, cell := i/(d.h.count*d.w.count), i%(d.h.count*d.w.count)
		h, w := d.h.at+cell/d.w.count*g.SH, d.w.at+cell%d.w.count*g.SW
		copy(dx[((image*g.H+h)*g.W+w)*g.C:], block[:g.C])
		block = block[g.C:]
		i++
	}
}
