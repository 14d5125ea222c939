package kernel

// A Pool describes pooling of N images of H x W x C into OH x OW x C by windows
// of KH x KW cells, SH and SW apart, starting PT rows above and PL columns left
// of the image.
type Pool struct{ N, H, W, C, KH, KW, SH, SW, PT, PL, OH, OW int }

// check panics if the slices are shorter than the sizes say.
func (g *Pool) check(name string, in, out int) {
	atLeast(name, "input", in, g.N*g.H*g.W*g.C)
	atLeast(name, "output", out, g.N*g.OH*g.OW*g.C)
}

// A window is the part of a pooling window that lies inside the image: where
// its first cell and its output are, its size in cells, and the distance of
// its rows in elements.
type window struct{ in, out, h, w, row int }

// window returns the window of output cell oh, ow of image n, and false if all
// of it is padding.
func (g *Pool) window(n, oh, ow int) (window, bool) {
	h, w := oh*g.SH-g.PT, ow*g.SW-g.PL
	h0, h1, w0, w1 := max(h, 0), min(h+g.KH, g.H), max(w, 0), min(w+g.KW, g.W)
	return window{
		in: ((n*g.H+h0)*g.W + w0) * g.C, out: ((n*g.OH+oh)*g.OW + ow) * g.C,
		h: h1 - h0, w: w1 - w0, row: g.W * g.C,
	}, h1 > h0 && w1 > w0
}

// quads reports whether all windows are 2 x 2, side by side and inside.
func (g *Pool) quads() bool {
	return g.KH == 2 && g.KW == 2 && g.SH == 2 && g.SW == 2 && g.PT == 0 && g.PL == 0 && 2*g.OH <= g.H && 2*g.OW <= g.W && g.OW > 0
}

// AvgPoolForward takes the mean of the cells of each window that lie inside
// the image.
//
//	for each n, oh, ow, c {
//		y[n,oh,ow,c] = mean of x[n,h,w,c] over the cells h, w of the window inside the image
//	}
func AvgPoolForward(y, x []float32, g *Pool) {
	g.check("AvgPoolForward", len(x), len(y))
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				s, ok := g.window(n, oh, ow)
				out := y[s.out : s.out+g.C]
				clear(out)
				if !ok {
					continue
				}
				for h := range s.h {
					for w := range s.w {
						active.addTo(out, x[s.in+h*s.row+w*g.C:][:g.C])
					}
				}
				active.scale(out, out, 1/float32(s.h*s.w))
			}
		}
	}
}

// AvgPoolBackward shares the gradient of each window among its cells inside
// the image. It overwrites dx.
//
//	for each n, oh, ow, c {
//		for each cell h, w of the window inside the image {
//			dx[n,h,w,c] += dy[n,oh,ow,c] / number of such cells // dx starts at zero
//		}
//	}
func AvgPoolBackward(dx, dy []float32, g *Pool) {
	g.check("AvgPoolBackward", len(dx), len(dy))
	clear(dx[:g.N*g.H*g.W*g.C])
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				s, ok := g.window(n, oh, ow)
				if !ok {
					continue
				}
				share := 1 / float32(s.h*s.w)
				for h := range s.h {
					for w := range s.w {
						active.axpy(dx[s.in+h*s.row+w*g.C:][:g.C], dy[s.out:s.out+g.C], share)
					}
				}
			}
		}
	}
}
