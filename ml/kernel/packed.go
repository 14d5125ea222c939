package kernel

// A Packed is a right matrix laid out for the tiles, for products that use the
// same one many times: the recurrent weights of every step, a head's keys for
// every block of queries.
type Packed struct {
	k, n int
	data []float32
}

// PackedLen returns the length that Pack needs for a matrix of these sizes.
func PackedLen(k, n int) int { return k * padded(n) }

// Pack lays out b[k,n], whose rows are ld apart, in to, which it keeps.
func Pack(to, b []float32, ld, k, n int) Packed {
	checkPack("Pack", to, b, ld, k, n, k, n)
	m := Packed{k, n, to}
	var r right
	for p, depth := 0, depths(k); p < k; p += depth {
		r.pack(b[p*ld:], min(depth, k-p), n, ld, to[p*padded(n):])
	}
	return m
}

// PackTransposed lays out the transpose of b[n,k], whose rows are ld apart.
func PackTransposed(to, b []float32, ld, k, n int) Packed {
	checkPack("PackTransposed", to, b, ld, k, n, n, k)
	m := Packed{k, n, to}
	var r right
	for p, depth := 0, depths(k); p < k; p += depth {
		r.packTransposed(b[p:], min(depth, k-p), n, ld, to[p*padded(n):])
	}
	return m
}

func checkPack(name string, to, b []float32, ld, k, n, rows, cols int) {
	atLeast(name, "to", len(to), PackedLen(k, n))
	atLeast(name, "b", len(b), reach(rows, cols, ld))
}

// reach returns the length of a matrix whose rows are ld apart.
func reach(rows, cols, ld int) int {
	if rows == 0 {
		return 0
	}
	return (rows-1)*ld + cols
}

// A Left says how the left matrix of a product lies in memory: element (i, p)
// is at i*Row + p*Col. Row is 1 and Col its row length where it is transposed.
type Left struct {
	Row, Col int
}

// MatMulPackedTemp returns the length of temp that MatMulPacked needs for
// products of depth k.
func MatMulPackedTemp(k int) int { return depths(k) + blockRows + edgeTemp() }

// MatMulPacked multiplies a[m,k], which lies as left says, by b[k,n], and
// writes the result to rows ldc apart, or adds it to what is there.
//
//	for i := range m {
//		for j := range n {
//			s := add ? c[i*ldc+j] : 0
//			for p := range k {
//				s += a[i*left.Row+p*left.Col] * b[p*n+j]
//			}
//			c[i*ldc+j] = s
//		}
//	}
func MatMulPacked(c []float32, ldc int, add bool, a []float32, left Left, b Packed, m int, temp []float32) {
	atLeast("MatMulPacked", "c", len(c), reach(m, b.n, ldc))
	atLeast("MatMulPacked", "temp", len(temp), MatMulPackedTemp(b.k))
	if m == 0 || b.n == 0 {
		return
	}
	if b.k == 0 {
		for i := 0; i < m && !add; i++ {
			clear(c[i*ldc:][:b.n])
		}
		return
	}
	atLeast("MatMulPacked", "a", len(a), (m-1)*left.Row+(b.k-1)*left.Col+1)
	ws := workspace(temp)
	depth := depths(b.k)
	off, rows := ws.ints(depth), ws.ints(blockRows)
	scratch := ws.floats(edgeTemp())
	for p := range off {
		off[p] = int32(p * left.Col)
	}
	from, block := fromZero, rowsAtOnce(left.Row)
	if add {
		from = fromC
	}
	for p := 0; p < b.k; p += depth {
		k := min(depth, b.k-p)
		r := right{n: b.n, k: k, packed: b.data[p*padded(b.n):]}
		for i := 0; i < m; i += block {
			rest := min(m-i, block)
			for j := 0; j < roundUp(rest); j++ {
				rows[j] = int32(min(j, rest-1) * left.Row)
			}
			multiply(c[i*ldc:], ldc, rest, from, nil, a[i*left.Row+p*left.Col:], rows[:roundUp(rest)], off[:k], &r, false, scratch)
		}
		from = fromC
	}
}
