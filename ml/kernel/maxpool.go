package kernel

import "math"

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
	quads := g.KH == 2 && g.KW == 2
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				s, ok := g.window(n, oh, ow)
				out := y[s.out : s.out+g.C]
				switch {
				case !ok:
					Fill(out, float32(math.Inf(-1)))
				case quads && s.h == 2 && s.w == 2:
					active.maxQuad(out, x[s.in:], s.row)
				default:
					active.maxWindow(out, x[s.in:], s.h, s.w, s.row)
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
//			if x[n,h,w,c] == y[n,oh,ow,c] || x[n,h,w,c] is NaN {
//				dx[n,h,w,c] += dy[n,oh,ow,c] // dx starts at zero
//				break to the next window
//			}
//		}
//	}
func MaxPoolBackward(dx, dy, x, y []float32, g *Pool) {
	g.check("MaxPoolBackward", len(x), len(y))
	g.check("MaxPoolBackward", len(dx), len(dy))
	quads := g.KH == 2 && g.KW == 2 && g.tiles()
	if !quads {
		clear(dx[:g.N*g.H*g.W*g.C])
	}
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				s, ok := g.window(n, oh, ow)
				if !ok {
					continue
				}
				d, top := dy[s.out:s.out+g.C], y[s.out:s.out+g.C]
				if quads {
					active.maxQuadGrad(dx[s.in:], d, x[s.in:], top, s.row)
				} else {
					active.maxWindowGrad(dx[s.in:], d, x[s.in:], top, s.h, s.w, s.row)
				}
			}
		}
	}
}

// maxWindowLoop writes the maximum of h x w cells of len(y) channels.
func maxWindowLoop(y, x []float32, h, w, row int) {
	for c := range y {
		top := float32(math.Inf(-1))
		for i := range h {
			for j := range w {
				if v := x[i*row+j*len(y)+c]; v > top || v != v {
					top = v
				}
			}
		}
		y[c] = top
	}
}

// maxQuadLoop is maxWindowLoop for 2 x 2 cells.
func maxQuadLoop(y, x []float32, row int) {
	n := len(y)
	x0, x1, x2, x3 := x[:n], x[n:][:n], x[row:][:n], x[row+n:][:n]
	for c := range y {
		top := x0[c]
		if v := x1[c]; v > top || v != v {
			top = v
		}
		if v := x2[c]; v > top || v != v {
			top = v
		}
		if v := x3[c]; v > top || v != v {
			top = v
		}
		y[c] = top
	}
}

// maxWindowGradLoop adds dy to the first cell that holds y.
func maxWindowGradLoop(dx, dy, x, y []float32, h, w, row int) {
channel:
	for c, top := range y {
		for i := range h {
			for j := range w {
				k := i*row + j*len(y) + c
				if v := x[k]; v == top || v != v {
					dx[k] += dy[c]
					continue channel
				}
			}
		}
	}
}

// maxQuadGradLoop is maxWindowGradLoop for 2 x 2 cells that no other window
// shares: it overwrites them.
func maxQuadGradLoop(dx, dy, x, y []float32, row int) {
	n := len(y)
	clear(dx[:2*n])
	clear(dx[row:][:2*n])
	maxWindowGradLoop(dx, dy, x, y, 2, 2, row)
}
