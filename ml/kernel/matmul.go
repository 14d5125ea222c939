package kernel

// tinyProduct is the number of multiplications up to which setting up tiles
// costs more than they save.
const tinyProduct = 128

// fewRows is the number of rows up to which the right matrix is read in place:
// it is used too seldom to pay for packing it.
const fewRows = 8

// MatMulTemp returns the length of temp that the products of these sizes need.
func MatMulTemp(m, n, k int) int {
	d := depths(k)
	return d + blockRows + // the lists of offsets and rows
		edgeTemp() +
		d*(min(padded(n), blockCols+active.width)) + // the right matrix
		d*blockRows // rows of the left, transposed
}

// MatMul multiplies a[m,k] by b[k,n], adds bias[n] to each row unless it is
// nil, and applies act.
//
//	for i := range m {
//		for j := range n {
//			s := bias[j]
//			for p := range k {
//				s += a[i*k+p] * b[p*n+j]
//			}
//			c[i*n+j] = act(s)
//		}
//	}
func MatMul(c, a, b, bias []float32, act Act, m, n, k int, temp []float32) {
	checkMatMul("MatMul", c, a, b, m, n, k, temp)
	if bias != nil {
		atLeast("MatMul", "bias", len(bias), n)
	}
	p := matmul{m: m, n: n, k: k, rowStep: k, depthStep: 1, b: b, bias: bias, act: act}
	p.run(c, a, temp)
}

// MatMulTA multiplies the transpose of a[k,m] by b[k,n].
//
//	for i := range m {
//		for j := range n {
//			s := 0
//			for p := range k {
//				s += a[p*m+i] * b[p*n+j]
//			}
//			c[i*n+j] = s
//		}
//	}
func MatMulTA(c, a, b []float32, m, n, k int, temp []float32) {
	checkMatMul("MatMulTA", c, a, b, m, n, k, temp)
	p := matmul{m: m, n: n, k: k, rowStep: 1, depthStep: m, b: b}
	p.run(c, a, temp)
}

// MatMulTB multiplies a[m,k] by the transpose of b[n,k].
//
//	for i := range m {
//		for j := range n {
//			s := 0
//			for p := range k {
//				s += a[i*k+p] * b[j*k+p]
//			}
//			c[i*n+j] = s
//		}
//	}
func MatMulTB(c, a, b []float32, m, n, k int, temp []float32) {
	checkMatMul("MatMulTB", c, a, b, m, n, k, temp)
	p := matmul{m: m, n: n, k: k, rowStep: k, depthStep: 1, b: b, transposed: true}
	p.run(c, a, temp)
}

func checkMatMul(name string, c, a, b []float32, m, n, k int, temp []float32) {
	atLeast(name, "c", len(c), m*n)
	atLeast(name, "a", len(a), m*k)
	atLeast(name, "b", len(b), k*n)
	atLeast(name, "temp", len(temp), MatMulTemp(m, n, k))
}

// A matmul is a product of a, whose element (i, p) is a[i*rowStep+p*depthStep],
// and b[k,n], or the transpose of b[n,k].
type matmul struct {
	m, n, k            int
	rowStep, depthStep int
	b                  []float32
	transposed         bool
	bias               []float32
	act                Act
}

func (g *matmul) run(c, a, temp []float32) {
	if g.m == 0 || g.n == 0 {
		return
	}
	switch {
	case g.k == 0 || g.m*g.n*g.k <= tinyProduct:
		g.loop(c, a)
	case g.transposed && g.m < tileRows, g.n == 1 && g.depthStep == 1:
		g.dots(c, a)
	case g.n == 1:
		clear(c[:g.m])
		for p, v := range g.b[:g.k] {
			active.axpy(c[:g.m], a[p*g.m:][:g.m], v)
		}
	default:
		g.blocks(c, a, temp)
		return
	}
	if g.act != None {
		Activate(c[:g.m*g.n], c[:g.m*g.n], g.act)
	}
}

// loop is the product without blocking.
func (g *matmul) loop(c, a []float32) {
	for i := range g.m {
		row := c[i*g.n : i*g.n+g.n]
		if g.transposed {
			for j := range row {
				var s float32
				x, y := a[i*g.k:][:g.k], g.b[j*g.k:][:g.k]
				for p, v := range x {
					s += v * y[p]
				}
				row[j] = s
			}
			continue
		}
		if g.bias != nil {
			copy(row, g.bias)
		} else {
			clear(row)
		}
		for p := range g.k {
			v := a[i*g.rowStep+p*g.depthStep]
			for j, w := range g.b[p*g.n:][:len(row)] {
				row[j] += v * w
			}
		}
	}
}

// dots is the product with b transposed for too few rows to pay for packing, or
// with a b of one column, which is its own transpose.
func (g *matmul) dots(c, a []float32) {
	for i := range g.m {
		for j := range g.n {
			s := active.dot(a[i*g.k:][:g.k], g.b[j*g.k:][:g.k])
			if g.bias != nil {
				s += g.bias[j]
			}
			c[i*g.n+j] = s
		}
	}
}

// blocks is the product by blocks of columns, depth and rows.
func (g *matmul) blocks(c, a, temp []float32) {
	ws := workspace(temp)
	depth := depths(g.k)
	off, rows := ws.ints(depth), ws.ints(blockRows)
	scratch := ws.floats(edgeTemp())
	pack := ws.floats(depth * min(padded(g.n), blockCols+active.width))
	left := ws.floats(depth * blockRows)

	// A transposed left matrix is copied a block at a time, since its steps
	// from product to product may all fall on a few cache sets.
	copied := g.rowStep == 1 && g.depthStep > blockRows
	rowStep, depthStep := g.rowStep, g.depthStep
	if copied {
		depthStep = blockRows
	}
	for p := range off {
		off[p] = int32(p * depthStep)
	}
	block := rowsAtOnce(rowStep)
	rows = rows[:block]
	for i := range rows {
		rows[i] = int32(i * rowStep)
	}
	var b right
	for j := 0; j < g.n; j += blockCols {
		n := min(g.n-j, blockCols)
		for p := 0; p < g.k; p += depth {
			k := min(g.k-p, depth)
			switch {
			case g.transposed:
				b.packTransposed(g.b[j*g.k+p:], k, n, g.k, pack)
			case g.m <= fewRows || g.n == active.width:
				b.inPlace(g.b[p*g.n+j:], k, n, g.n, pack)
			default:
				b.pack(g.b[p*g.n+j:], k, n, g.n, pack)
			}
			from, bias := fromC, g.bias
			if p == 0 {
				from = fromZero
				if bias != nil {
					from, bias = fromBias, bias[j:]
				}
			}
			for i := 0; i < g.m; i += block {
				m := min(g.m-i, block)
				x := a[i*g.rowStep+p*g.depthStep:]
				if copied {
					for q := range k {
						copy(left[q*blockRows:][:m], x[q*g.m:])
					}
					x = left
				}
				for r := m; r < roundUp(m); r++ {
					rows[r] = rows[m-1]
				}
				multiply(c[i*g.n+j:], g.n, m, from, bias, x, rows[:roundUp(m)], off[:k], &b, g.act == ReLU && p+k == g.k, scratch)
				if g.act != None && g.act != ReLU && p+k == g.k {
					for r := range m {
						row := c[(i+r)*g.n+j:][:n]
						Activate(row, row, g.act)
					}
				}
			}
			for i := range rows {
				rows[i] = int32(i * rowStep)
			}
		}
	}
}
