package kernel

// MatMulTemp returns the length of temp that the products of these sizes need.
func MatMulTemp(m, n, k int) int { return 0 }

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
	for i := range m {
		row := c[i*n : i*n+n]
		clear(row)
		if bias != nil {
			copy(row, bias[:n])
		}
		for p := range k {
			axpyLoop(row, b[p*n:p*n+n], a[i*k+p])
		}
	}
	Activate(c[:m*n], c[:m*n], act)
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
	clear(c[:m*n])
	for p := range k {
		for i := range m {
			axpyLoop(c[i*n:i*n+n], b[p*n:p*n+n], a[p*m+i])
		}
	}
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
	for i := range m {
		for j := range n {
			var s float32
			for p := range k {
				s += a[i*k+p] * b[j*k+p]
			}
			c[i*n+j] = s
		}
	}
}
