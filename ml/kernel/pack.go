package kernel

// A right is the right matrix of a product, [k,n], cut into panels of columns:
// as many of the implementation's width as fit, then one or more for the rest.
type right struct {
	n, k   int
	packed []float32 // panels one after another, each [k,width], padded with zeros
	whole  []float32 // or the matrix itself, for panels that need no padding,
	ld     int       // the length of its rows,
	edge   []float32 // and its last panel, packed
}

// width returns the width of the panel that starts with n columns left, and
// its kernel.
func width(n int) (int, panelFunc) {
	if n <= active.narrowWidth {
		return active.narrowWidth, active.narrow
	}
	return active.width, active.panel
}

// padded returns the columns of all panels together.
func padded(n int) int {
	full := n - n%active.width
	if n > full {
		w, _ := width(n - full)
		full += w
	}
	return full
}

// at returns the panel of w columns that starts at column j.
func (r *right) at(j, w int) (b []float32, ldb int) {
	switch {
	case r.packed != nil:
		return r.packed[j*r.k:], w
	case j+w <= r.n:
		return r.whole[j:], r.ld
	}
	return r.edge, w
}

// inPlace makes r the matrix b[k,n] with rows ld apart. edge takes the last
// panel if it needs padding: k times the width.
func (r *right) inPlace(b []float32, k, n, ld int, edge []float32) {
	*r = right{n: n, k: k, whole: b, ld: ld, edge: edge}
	for j := 0; j < n; {
		w, _ := width(n - j)
		if j+w > n {
			active.pack(edge, w, b[j:], ld, k, n-j)
		}
		j += w
	}
}

// pack makes r a packed copy of the matrix b[k,n] with rows ld apart.
func (r *right) pack(b []float32, k, n, ld int, to []float32) {
	*r = right{n: n, k: k, packed: to}
	for j := 0; j < n; {
		w, _ := width(n - j)
		active.pack(to[j*k:], w, b[j:], ld, k, min(w, n-j))
		j += w
	}
}

// packTransposed makes r a packed copy of the transpose of b[n,k] with rows ld
// apart.
func (r *right) packTransposed(b []float32, k, n, ld int, to []float32) {
	*r = right{n: n, k: k, packed: to}
	for j := 0; j < n; {
		w, _ := width(n - j)
		v := min(w, n-j)
		if v < w {
			clear(to[j*k : (j+w)*k])
		}
		active.transpose(to[j*k:], w, b[j*ld:], ld, v, k)
		j += w
	}
}

// packLoop copies n columns of the k rows of b to rows of w, padding with
// zeros.
func packLoop(to []float32, w int, b []float32, ld, k, n int) {
	for p := range k {
		d := to[p*w : p*w+w]
		copy(d, b[p*ld:p*ld+n])
		clear(d[n:])
	}
}

// transposeLoop writes the transpose of src[rows,cols].
//
//	dst[j*ldd+i] = src[i*lds+j]
func transposeLoop(dst []float32, ldd int, src []float32, lds, rows, cols int) {
	i := 0
	for ; i+4 <= rows; i += 4 {
		s0, s1, s2, s3 := src[i*lds:][:cols], src[(i+1)*lds:][:cols], src[(i+2)*lds:][:cols], src[(i+3)*lds:][:cols]
		o := i
		for j := range s0 {
			d := dst[o : o+4 : o+4]
			d[0], d[1], d[2], d[3] = s0[j], s1[j], s2[j], s3[j]
			o += ldd
		}
	}
	for ; i < rows; i++ {
		o := i
		for _, v := range src[i*lds:][:cols] {
			dst[o] = v
			o += ldd
		}
	}
}
