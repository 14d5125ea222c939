package kernel

// tilesLoop transforms a row of count tiles of n channels: B' x B of each. Tile i
// starts at x[2*i*n], its rows are row apart, and number j of the 16 that it
// becomes goes to v[j*step+i*n].
func tilesLoop(v []float32, step int, x []float32, row, count, n int) {
	for i := range count {
		for c := range n {
			var t [4][4]float32 // B' x
			for j := range 4 {
				at := (2*i+j)*n + c
				x0, x1, x2, x3 := x[at], x[at+row], x[at+2*row], x[at+3*row]
				t[0][j], t[1][j], t[2][j], t[3][j] = x0-x2, x1+x2, x2-x1, x3-x1
			}
			to := i*n + c
			for k := range t {
				r := &t[k]
				v[to], v[to+step], v[to+2*step], v[to+3*step] = r[0]-r[2], r[1]+r[2], r[2]-r[1], r[3]-r[1]
				to += 4 * step
			}
		}
	}
}

// untileLoop transforms the products of a row of count tiles back, adds bias[n],
// and applies ReLU if relu is set: T' m T of each. Tile i has number j of its 16
// at m[j*step+i*n], its upper outputs at y0[2*i*n] and its lower ones at y1[2*i*n].
func untileLoop(y0, y1, m []float32, step int, bias []float32, relu bool, count, n int) {
	for i := range count {
		for c := range n {
			var s, d [4]float32 // T' m
			at := i*n + c
			for j := range 4 {
				m0, m1, m2, m3 := m[at], m[at+4*step], m[at+8*step], m[at+12*step]
				s[j], d[j] = m0+(m1+m2), m3+(m1-m2)
				at += step
			}
			b := bias[c]
			a0, a1 := b+(s[0]+(s[1]+s[2])), b+(s[3]+(s[1]-s[2]))
			b0, b1 := b+(d[0]+(d[1]+d[2])), b+(d[3]+(d[1]-d[2]))
			if relu {
				a0, a1, b0, b1 = positive(a0), positive(a1), positive(b0), positive(b1)
			}
			to := 2*i*n + c
			y0[to], y0[to+n], y1[to], y1[to+n] = a0, a1, b0, b1
		}
	}
}

// spreadLoop transforms the gradients of a row of count tiles: T dy T' of each.
// Tile i starts at dy[2*i*n], its two rows are row apart, and number j of the 16
// that it becomes goes to d[j*step+i*n].
func spreadLoop(d []float32, step int, dy []float32, row, count, n int) {
	for i := range count {
		for c := range n {
			at := 2*i*n + c
			a, b := [4]float32{0: dy[at], 3: dy[at+row]}, [4]float32{0: dy[at+n], 3: dy[at+n+row]}
			a[1], a[2] = a[0]+a[3], a[0]-a[3]
			b[1], b[2] = b[0]+b[3], b[0]-b[3]
			to := i*n + c
			for k := range a {
				d[to], d[to+step], d[to+2*step], d[to+3*step] = a[k], a[k]+b[k], a[k]-b[k], b[k]
				to += 4 * step
			}
		}
	}
}

// filterLoop transforms n filters side by side: G g G' of each. Its 9 numbers are
// wstep apart, the 16 that they become ustep.
func filterLoop(u []float32, ustep int, w []float32, wstep, n int) {
	for c := range n {
		var t [4][3]float32 // G g
		for j := range 3 {
			at := j*wstep + c
			g0, g1, g2 := w[at], w[at+3*wstep], w[at+6*wstep]
			s, d := 0.5*(g0+g2), 0.5*g1
			t[0][j], t[1][j], t[2][j], t[3][j] = g0, s+d, s-d, g2
		}
		to := c
		for k := range t {
			r := &t[k]
			s, d := 0.5*(r[0]+r[2]), 0.5*r[1]
			u[to], u[to+ustep], u[to+2*ustep], u[to+3*ustep] = r[0], s+d, s-d, r[2]
			to += 4 * ustep
		}
	}
}

// filterGradLoop transforms the gradients of n transformed filters back: G' du G
// of each.
func filterGradLoop(dw []float32, wstep int, du []float32, ustep, n int) {
	for c := range n {
		var t [3][4]float32 // G' du
		for j := range 4 {
			at := j*ustep + c
			u0, u1, u2, u3 := du[at], du[at+4*ustep], du[at+8*ustep], du[at+12*ustep]
			s, d := 0.5*(u1+u2), 0.5*(u1-u2)
			t[0][j], t[1][j], t[2][j] = u0+s, d, u3+s
		}
		to := c
		for k := range t {
			r := &t[k]
			s, d := 0.5*(r[1]+r[2]), 0.5*(r[1]-r[2])
			dw[to], dw[to+wstep], dw[to+2*wstep] = r[0]+s, d, r[3]+s
			to += 3 * wstep
		}
	}
}
