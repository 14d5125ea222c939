package kernel

import "math"

// A Pool describes pooling of N images of H x W x C into OH x OW x C by windows
// of KH x KW cells, SH and SW apart, starting PT rows above and PL columns left
// of the image.
type Pool struct{ N, H, W, C, KH, KW, SH, SW, PT, PL, OH, OW int }

// check panics if the slices are shorter than the sizes say.
func (g *Pool) check(name string, in, out int) {
	atLeast(name, "input", in, g.N*g.H*g.W*g.C)
	atLeast(name, "output", out, g.N*g.OH*g.OW*g.C)
}

// rows and cols return the part of the window of output row oh (column ow)
// that lies inside the image.
func (g *Pool) rows(oh int) (lo, hi int) {
	lo = oh*g.SH - g.PT
	return max(lo, 0), min(lo+g.KH, g.H)
}

func (g *Pool) cols(ow int) (lo, hi int) {
	lo = ow*g.SW - g.PL
	return max(lo, 0), min(lo+g.KW, g.W)
}

// MaxPoolForward takes the maximum of each window, channel by channel. Padding
// counts as -Inf, and a NaN in the window wins.
//
//	for each n, oh, ow, c {
//		y[n,oh,ow,c] = -Inf
//		for each cell h, w of the window inside the image {
//			if v := x[n,h,w,c]; v > y[n,oh,ow,c] || v != v {
//				y[n,oh,ow,c] = v
//			}
//		}
//	}
func MaxPoolForward(y, x []float32, g *Pool) {
	g.check("MaxPoolForward", len(x), len(y))
	for n := range g.N {
		for oh := range g.OH {
			h0, h1 := g.rows(oh)
			for ow := range g.OW {
				w0, w1 := g.cols(ow)
				o := ((n*g.OH+oh)*g.OW + ow) * g.C
				yr := y[o : o+g.C]
				Fill(yr, float32(math.Inf(-1)))
				for h := h0; h < h1; h++ {
					for w := w0; w < w1; w++ {
						i := ((n*g.H+h)*g.W + w) * g.C
						for c, v := range x[i : i+g.C] {
							if !(v <= yr[c]) && yr[c] == yr[c] {
								yr[c] = v
							}
						}
					}
				}
			}
		}
	}
}

// MaxPoolBackward gives the gradient of each window to its first maximum in
// row-major order, or its first NaN. It overwrites dx.
//
//	for each n, oh, ow, c {
//		for each cell h, w of the window inside the image {
//			if x[n,h,w,c] == y[n,oh,ow,c] || both are NaN {
//				dx[n,h,w,c] += dy[n,oh,ow,c] // dx starts at zero
//				break to the next window
//			}
//		}
//	}
func MaxPoolBackward(dx, dy, x, y []float32, g *Pool) {
	g.check("MaxPoolBackward", len(x), len(y))
	g.check("MaxPoolBackward", len(dx), len(dy))
	clear(dx[:g.N*g.H*g.W*g.C])
	for n := range g.N {
		for oh := range g.OH {
			h0, h1 := g.rows(oh)
			for ow := range g.OW {
				w0, w1 := g.cols(ow)
				o := ((n*g.OH+oh)*g.OW + ow) * g.C
				for c, top := range y[o : o+g.C] {
					g.route(dx, x, n, h0, h1, w0, w1, c, top, dy[o+c])
				}
			}
		}
	}
}

func (g *Pool) route(dx, x []float32, n, h0, h1, w0, w1, c int, top, d float32) {
	for h := h0; h < h1; h++ {
		for w := w0; w < w1; w++ {
			i := ((n*g.H+h)*g.W+w)*g.C + c
			if v := x[i]; v == top || v != v && top != top {
				dx[i] += d
				return
			}
		}
	}
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
			h0, h1 := g.rows(oh)
			for ow := range g.OW {
				w0, w1 := g.cols(ow)
				o := ((n*g.OH+oh)*g.OW + ow) * g.C
				yr := y[o : o+g.C]
				clear(yr)
				for h := h0; h < h1; h++ {
					for w := w0; w < w1; w++ {
						i := ((n*g.H+h)*g.W + w) * g.C
						for c, v := range x[i : i+g.C] {
							yr[c] += v
						}
					}
				}
				if cells := (h1 - h0) * (w1 - w0); h1 > h0 && w1 > w0 {
					scaleLoop(yr, yr, 1/float32(cells))
				}
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
			h0, h1 := g.rows(oh)
			for ow := range g.OW {
				w0, w1 := g.cols(ow)
				o := ((n*g.OH+oh)*g.OW + ow) * g.C
				s := 1 / float32(max((h1-h0)*(w1-w0), 1))
				for h := h0; h < h1; h++ {
					for w := w0; w < w1; w++ {
						i := ((n*g.H+h)*g.W + w) * g.C
						axpyLoop(dx[i:i+g.C], dy[o:o+g.C], s)
					}
				}
			}
		}
	}
}
