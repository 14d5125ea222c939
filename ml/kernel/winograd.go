package kernel

// Winograd's way computes a convolution with filters of 3 x 3 cells and stride 1
// by tiles of 2 x 2 outputs, each from 4 x 4 inputs. Filters and tiles are
// transformed, multiplied number by number, summed over the channels, and
// transformed back:
//
//	y = T'[ (G g G') * (B' x B) ] T
//
//	     | 1  0 -1  0 |       | 1   0   0  |        | 1  1  1  0 |
//	B' = | 0  1  1  0 |   G = | 1/2 1/2 1/2|   T' = | 0  1 -1  1 |
//	     | 0 -1  1  0 |       | 1/2 -1/2 1/2|
//	     | 0 -1  0  1 |       | 0   0   1  |
//
// So 16 products stand for 36, and since they are the same for all tiles, they
// are 16 matrix products of tiles by filters. The gradient of the images is such
// a convolution of the gradient with the filters turned around, and that of the
// filters is
//
//	dg = G'[ (T dy T') * (B' x B) ] G
//
// (S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin and
// S. Gray, Fast Algorithms for Convolutional Neural Networks, 2015.)

// Speed beside the implicit matrix product, forward, backward to the images and
// to the filters, best of five on one core of a Zen 5; and the error against
// float64, as a part of the values:
//
//	images        channels   AVX-512           companion in Node.js   error, before and now
//	16 x 14 x 14   32,  64   1.7  1.7  2.4     1.8  1.9  2.0          2e-7 4e-7 7e-7   2e-7 3e-7 8e-7
//	 4 x 28 x 28   64,  64   1.8  1.9  2.6     1.9  1.9  2.9          3e-7 4e-7 7e-7   2e-7 3e-7 7e-7
//	16 x 14 x 14   64,  64   1.8  1.8  2.4     1.9  3.1  2.3          3e-7 4e-7 7e-7   2e-7 3e-7 7e-7
//	16 x 14 x 14  128, 128   2.0  2.0  3.0     2.4  2.1  4.0
//	 4 x 32 x 32   16,  16   1.4  1.4  1.6     1.4  1.4  1.5          2e-7 2e-7 8e-7   1e-7 2e-7 8e-7
//	16 x  7 x  7   64, 128   1.4  1.4  2.0     1.4  1.5  2.0          3e-7 6e-7 3e-7   2e-7 4e-7 4e-7
//	16 x  4 x  4  128, 128   1.4  1.4  2.3     1.4  1.6  2.5          4e-7 5e-7 2e-7   3e-7 4e-7 2e-7
//	 1 x 14 x 14   32,  64   1.3  1.3  2.0     1.3  1.7  1.9          2e-7 4e-7 2e-7   2e-7 3e-7 2e-7
//	 1 x  7 x  7  128, 128   0.8  0.7  0.8     0.6  0.8  1.3          4e-7 6e-7 8e-8   3e-7 4e-7 1e-7
//	 2 x  3 x  3   64,  64   0.5  0.4  0.5     0.4  0.9  0.7          2e-7 3e-7 5e-8   2e-7 3e-7 1e-7
//
// Blocks of 32 tiles were slower, those of 128 no faster, and the same transforms
// in Go's simd in the companion's place gave 1.3 of 1.8 times. Tiles of 4 x 4
// outputs would multiply less still, with larger errors; they were not tried.
//
// A NaN or an infinity also reaches those outputs of its tiles that do not use it.

// winogradTiles is the number of tiles of a block: what they are transformed to
// stays in the second-level cache.
const winogradTiles = 64

// useWinograd reports whether a convolution is computed by tiles. The filters
// have to be transformed, which costs what some 24 tiles do, and tiles at the
// edge are computed whole. By the measurements above that pays where it leaves
// four fifths of the multiplications or less.
func (g *Conv) useWinograd() bool {
	if g.KH != 3 || g.KW != 3 || g.SH != 1 || g.SW != 1 || g.DH != 1 || g.DW != 1 || g.C%16 != 0 || g.F%16 != 0 || g.C*g.F == 0 {
		return false
	}
	p := g.winograd()
	return 9*g.N*g.cells() >= 20*g.N*p.down*p.across+16*24
}

// A winograd is a convolution by tiles, so many down and across an image.
type winograd struct {
	Conv
	down, across int
	in           frame
	group        int // images that are taken together
}

// winograd returns how the convolution is computed by tiles.
func (g *Conv) winograd() winograd {
	p := winograd{Conv: *g, down: (g.OH + 1) / 2, across: (g.OW + 1) / 2}
	p.in = frame{h: g.H, w: g.W, c: g.C, top: g.PT, left: g.PL, fh: 2*p.down + 2, fw: 2*p.across + 2}
	p.group = max(1, min(g.N, 2*winogradTiles/max(p.down*p.across, 1)))
	return p
}

// turned is the convolution that the gradient of the images is, for filters of
// 3 x 3 cells and stride 1.
func (g *Conv) turned() Conv {
	b := *g
	b.H, b.W, b.C, b.F, b.OH, b.OW = g.OH, g.OW, g.F, g.C, g.H, g.W
	b.PT, b.PL = 2-g.PT, 2-g.PL
	return b
}

// winogradStep returns the distance between the 16 numbers of a block of tiles
// with n channels: an odd number of cache lines, so that they do not all fall on
// the same few sets.
func winogradStep(n int) int { return winogradTiles*n + 16 }

// convolveTemp returns the length of temp that convolve needs.
func (p *winograd) convolveTemp() int {
	return 16*p.C*padded(p.F) + 16*p.filtersAtOnce() + p.in.temp(p.group) + winogradTiles + depths(p.C) + edgeTemp() +
		16*(winogradStep(p.C)+winogradStep(p.F)) + 5*p.F
}

// filterRows is how many channels of filters are transformed at a time.
const filterRows = 8

// filtersAtOnce is how many filters of one channel are transformed at a time:
// all of some channels, or where they are turned around those of a panel.
func (p *winograd) filtersAtOnce() int { return max(filterRows*p.F, active.width*p.C) }

// place returns where tile t of the group starts: its offset in the frames, and
// its image, row and column.
func (p *winograd) place(t int) (at, image, row, col int) {
	image, t = t/(p.down*p.across), t%(p.down*p.across)
	row, col = t/p.across, t%p.across
	return image*p.in.image() + 2*row*p.in.row() + 2*col*p.in.c, image, row, col
}

// convolve computes y from x with weights w, turned around if turned is set: then
// they are [3,3,F,C].
func (p *winograd) convolve(y, x, w, bias []float32, act Act, turned bool, temp []float32) {
	ws := workspace(temp)
	wide := padded(p.F)
	packed := ws.floats(16 * p.C * wide)
	p.filters(packed, w, turned, ws.floats(16*p.filtersAtOnce()))
	images := ws.floats(p.in.temp(p.group))
	depth := depths(p.C)
	rows, off := ws.ints(winogradTiles), ws.ints(depth)
	scratch := ws.floats(edgeTemp())
	vStep, mStep := winogradStep(p.C), winogradStep(p.F)
	v, m := ws.floats(16*vStep), ws.floats(16*mStep)
	spare, zero := ws.floats(4*p.F), ws.floats(p.F)
	if bias == nil {
		clear(zero)
		bias = zero
	}
	for i := range off {
		off[i] = int32(i)
	}
	for n := 0; n < p.N; n += p.group {
		size := min(p.group, p.N-n)
		src := p.in.take(images, x, n, size)
		out := y[n*p.cells()*p.F:][:size*p.cells()*p.F]
		all := size * p.down * p.across
		for t := 0; t < all; t += winogradTiles {
			count := min(winogradTiles, all-t)
			p.transform(v, vStep, src, t, count)
			m4 := roundUp(count)
			for i := range rows[:m4] {
				rows[i] = int32(min(i, count-1) * p.C)
			}
			for i := range 16 {
				from := fromZero
				for k := 0; k < p.C; k += depth {
					d := min(depth, p.C-k)
					b := right{n: p.F, k: d, packed: packed[(i*p.C+k)*wide:]}
					multiply(m[i*mStep:], p.F, m4, from, nil, v[i*vStep+k:], rows[:m4], off[:d], &b, false, scratch)
					from = fromC
				}
			}
			p.outputs(out, m, mStep, bias, act == ReLU, t, count, spare)
		}
		if act != None && act != ReLU {
			Activate(out, out, act)
		}
	}
}

// transform transforms count tiles from tile t on.
func (p *winograd) transform(v []float32, step int, src []float32, t, count int) {
	for i := 0; i < count; {
		at, _, _, col := p.place(t + i)
		n := min(count-i, p.across-col)
		active.tiles(v[i*p.C:], step, src[at:], p.in.row(), n, p.C)
		i += n
	}
}

// outputs transforms the products of count tiles from tile t on back. The last
// row and the last column of tiles may have one output each way only.
func (p *winograd) outputs(y, m []float32, step int, bias []float32, relu bool, t, count int, spare []float32) {
	for i := 0; i < count; {
		_, image, row, col := p.place(t + i)
		n := min(count-i, p.across-col)
		y0 := y[((image*p.OH+2*row)*p.OW+2*col)*p.F:]
		below := 2*row+1 < p.OH
		whole := n
		if 2*(col+n) > p.OW {
			whole--
		}
		if below && whole > 0 {
			active.untile(y0, y0[p.OW*p.F:], m[i*p.F:], step, bias, relu, whole, p.F)
		} else {
			whole = 0
		}
		for j := whole; j < n; j++ {
			active.untile(spare, spare[2*p.F:], m[(i+j)*p.F:], step, bias, relu, 1, p.F)
			wide := min(2, p.OW-2*(col+j)) * p.F
			copy(y0[2*j*p.F:][:wide], spare)
			if below {
				copy(y0[(p.OW+2*j)*p.F:][:wide], spare[2*p.F:])
			}
		}
		i += n
	}
}

// filters transforms the weights, and packs them for the 16 products.
func (p *winograd) filters(packed, w []float32, turned bool, chunk []float32) {
	wide, depth := padded(p.F), depths(p.C)
	if !turned {
		step := filterRows * p.F
		for c := 0; c < p.C; c += filterRows {
			count := min(filterRows, p.C-c)
			active.filter(chunk, step, w[c*p.F:], p.C*p.F, count*p.F)
			for done := 0; done < count; {
				k := (c + done) / depth * depth // the block of depth
				d := min(depth, p.C-k)
				r := min(count-done, k+d-c-done)
				for i := range 16 {
					for j := 0; j < p.F; {
						v, _ := width(p.F - j)
						active.pack(packed[(i*p.C+k)*wide+j*d+(c+done-k)*v:], v, chunk[i*step+done*p.F+j:], p.F, r, min(v, p.F-j))
						j += v
					}
				}
				done += r
			}
		}
		return
	}
	for j := 0; j < p.F; {
		v, _ := width(p.F - j)
		n := min(v, p.F-j)
		step := n * p.C
		active.filter(chunk, step, w[j*p.C:], p.C*p.F, step)
		for i := range 16 {
			from := chunk[turnedAround[i]*step:]
			for k := 0; k < p.C; k += depth {
				d := min(depth, p.C-k)
				to := packed[(i*p.C+k)*wide+j*d:]
				if n < v {
					clear(to[:d*v])
				}
				active.transpose(to, v, from[k:], p.C, n, d)
			}
		}
		j += v
	}
}

// turnedAround says which number of a transformed filter the same number of the
// filter turned around is.
var turnedAround = [16]int{15, 13, 14, 12, 7, 5, 6, 4, 11, 9, 10, 8, 3, 1, 2, 0}

// weightsTemp returns the length of temp that weights needs.
func (p *winograd) weightsTemp() int {
	dy := p.gradientTiles()
	return p.in.temp(p.group) + dy.temp(p.group) + roundUp(p.C) + winogradTiles + edgeTemp() +
		16*(winogradStep(p.C)+winogradStep(p.F)) + 16*p.C*p.F + winogradTiles*active.width
}

// gradientTiles is the frame of dy that whole tiles take.
func (p *winograd) gradientTiles() frame {
	return frame{h: p.OH, w: p.OW, c: p.F, fh: 2 * p.down, fw: 2 * p.across}
}

// weights computes the gradient of the weights.
func (p *winograd) weights(dw, x, dy []float32, temp []float32) {
	ws := workspace(temp)
	grad := p.gradientTiles()
	images, grads := ws.floats(p.in.temp(p.group)), ws.floats(grad.temp(p.group))
	rows, off := ws.ints(roundUp(p.C)), ws.ints(winogradTiles)
	scratch := ws.floats(edgeTemp())
	vStep, dStep := winogradStep(p.C), winogradStep(p.F)
	v, d := ws.floats(16*vStep), ws.floats(16*dStep)
	du := ws.floats(16 * p.C * p.F)
	edge := ws.floats(winogradTiles * active.width)
	for i := range rows {
		rows[i] = int32(i)
	}
	for i := range off {
		off[i] = int32(i * p.C)
	}
	from := fromZero
	var b right
	for n := 0; n < p.N; n += p.group {
		size := min(p.group, p.N-n)
		src, gradient := p.in.take(images, x, n, size), grad.take(grads, dy, n, size)
		all := size * p.down * p.across
		for t := 0; t < all; t += winogradTiles {
			count := min(winogradTiles, all-t)
			p.transform(v, vStep, src, t, count)
			for i := 0; i < count; {
				_, image, row, col := p.place(t + i)
				run := min(count-i, p.across-col)
				at := image*grad.image() + 2*row*grad.row() + 2*col*p.F
				active.spread(d[i*p.F:], dStep, gradient[at:], grad.row(), run, p.F)
				i += run
			}
			for i := range 16 {
				b.inPlace(d[i*dStep:], count, p.F, p.F, edge)
				for c := 0; c < p.C; c += blockRows {
					r := min(p.C-c, blockRows)
					multiply(du[(i*p.C+c)*p.F:], p.F, r, from, nil, v[i*vStep:], rows[c:c+r], off[:count], &b, false, scratch)
				}
			}
			from = fromC
		}
	}
	active.filterGrad(dw, p.C*p.F, du, p.C*p.F, p.C*p.F)
}
