package kernel

// A Conv describes a convolution of N images of H x W x C with F filters of
// KH x KW x C: stride SH, SW, dilation DH, DW, PT rows of zeros above and PL
// columns left of the image, and as many below and right as the output size
// OH x OW needs. Weights are [KH,KW,C,F].
type Conv struct{ N, H, W, C, F, KH, KW, SH, SW, DH, DW, PT, PL, OH, OW int }

// ConvTemp returns the length of temp that the three convolution kernels need.
func ConvTemp(g *Conv) int { return 0 }

// each calls f for every product of the convolution: y[yi] += x[xi]*w[wi],
// where yi, xi and wi name the first of F outputs, of C inputs and of C*F
// weights.
func (g *Conv) each(f func(yi, xi, wi int)) {
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				for kh := range g.KH {
					for kw := range g.KW {
						h, w := oh*g.SH-g.PT+kh*g.DH, ow*g.SW-g.PL+kw*g.DW
						if h < 0 || h >= g.H || w < 0 || w >= g.W {
							continue
						}
						f(((n*g.OH+oh)*g.OW+ow)*g.F, ((n*g.H+h)*g.W+w)*g.C, (kh*g.KW+kw)*g.C*g.F)
					}
				}
			}
		}
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
	y = y[:g.N*g.OH*g.OW*g.F]
	clear(y)
	if bias != nil {
		for i := 0; i < len(y); i += g.F {
			copy(y[i:], bias[:g.F])
		}
	}
	g.each(func(yi, xi, wi int) {
		for c := range g.C {
			axpyLoop(y[yi:yi+g.F], w[wi+c*g.F:][:g.F], x[xi+c])
		}
	})
	Activate(y, y, act)
}

// ConvBackwardWeights computes the gradient of the weights.
//
//	for each n, oh, ow, f, kh, kw, c {
//		dw[kh,kw,c,f] += x[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] * dy[n,oh,ow,f] // dw starts at zero
//	}
func ConvBackwardWeights(dw, x, dy []float32, g *Conv, temp []float32) {
	clear(dw[:g.KH*g.KW*g.C*g.F])
	g.each(func(yi, xi, wi int) {
		for c := range g.C {
			axpyLoop(dw[wi+c*g.F:][:g.F], dy[yi:yi+g.F], x[xi+c])
		}
	})
}

// ConvBackwardData computes the gradient of the images.
//
//	for each n, oh, ow, f, kh, kw, c with the cell inside the image {
//		dx[n, oh*SH-PT+kh*DH, ow*SW-PL+kw*DW, c] += dy[n,oh,ow,f] * w[kh,kw,c,f] // dx starts at zero
//	}
func ConvBackwardData(dx, dy, w []float32, g *Conv, temp []float32) {
	clear(dx[:g.N*g.H*g.W*g.C])
	g.each(func(yi, xi, wi int) {
		for c := range g.C {
			var s float32
			for f, v := range w[wi+c*g.F:][:g.F] {
				s += v * dy[yi+f]
			}
			dx[xi+c] += s
		}
	})
}
