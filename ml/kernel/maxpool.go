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
	for n := range g.N {
		for oh := range g.OH {
			if g.quads() {
				s, _ := g.window(n, oh, 0)
				active.maxQuads(y[s.out:][:g.OW*g.C], x[s.in:], g.C, s.row)
				continue
			}
			for ow := range g.OW {
				s, ok := g.window(n, oh, ow)
				out := y[s.out : s.out+g.C]
				if ok {
					active.maxWindow(out, x[s.in:], s.h, s.w, s.row)
				} else {
					Fill(out, float32(math.Inf(-1)))
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
	if !g.quads() || g.OH*2 < g.H || g.OW*2 < g.W {
		clear(dx[:g.N*g.H*g.W*g.C])
	}
	for n := range g.N {
		for oh := range g.OH {
			if g.quads() {
				s, _ := g.window(n, oh, 0)
				end := s.out + g.OW*g.C
				active.maxQuadsGrad(dx[s.in:], dy[s.out:end], x[s.in:], y[s.out:end], g.C, s.row)
				continue
			}
			for ow := range g.OW {
				if s, ok := g.window(n, oh, ow); ok {
					end := s.out + g.C
					active.maxWindowGrad(dx[s.in:], dy[s.out:end], x[s.in:], y[s.out:end], s.h, s.w, s.row)
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

// maxQuadsLoop is maxWindowLoop for a row of windows of 2 x 2 cells side by
// side, with n channels.
func maxQuadsLoop(y, x []float32, n, row int) {
	for len(y) > 0 {
		x0, x1, x2, x3 := x[:n], x[n:][:n], x[row:][:n], x[row+n:][:n]
		for c := range y[:n] {
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
		if y = y[n:]; len(y) > 0 {
			x = x[2*n:]
		}
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

// maxQuadsGradLoop is maxWindowGradLoop for the windows of maxQuadsLoop, which
// it overwrites.
func maxQuadsGradLoop(dx, dy, x, y []float32, n, row int) {
	for len(y) > 0 {
		for c, top := range y[:n] {
			d := dy[c]
			for _, k := range [4]int{c, c + n, row + c, row + n + c} {
				dx[k] = 0
				if v := x[k]; v == top || v != v {
					dx[k], d = d, 0
				}
			}
		}
		if y = y[n:]; len(y) > 0 {
			x, dx, dy = x[2*n:], dx[2*n:], dy[n:]
		}
	}
}
