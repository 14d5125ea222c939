package kernel

// A panelFunc multiplies any number of rows by one panel of columns, as wide as
// the implementation's tile. The left matrix is read through two lists, so that
// one kernel serves plain and transposed matrices and the patches of a
// convolution without copying them first:
//
//	for i := range rows { // a multiple of 4
//		for j := range width {
//			s := init[i*ldi+j]
//			for p := range off {
//				s += a[rows[i]+off[p]] * b[p*ldb+j]
//			}
//			if relu && s < 0 {
//				s = 0
//			}
//			c[i*ldc+j] = s
//		}
//	}
//
// init may be c, or a single row used for all with ldi = 0. The caller vouches
// that every a and b named is there; implementations do not check.
type panelFunc func(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool)

// A panelsFunc is a panelFunc for panels that follow each other: panel i has its
// columns of c at i*width, its init at i*initStep, and its b at i*bStep.
type panelsFunc func(panels, initStep, bStep int, c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool)

// tileRows is the number of rows that every panelFunc takes at a time.
const tileRows = 4

// scalarWidth is the panel width of panelLoop.
const scalarWidth = 4

// panelLoop holds four rows of sums in an array that lives in cache.
func panelLoop(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool) {
	for i, r := range rows {
		s := init[i*ldi:][:scalarWidth]
		s0, s1, s2, s3 := s[0], s[1], s[2], s[3]
		a := a[r:]
		q := 0
		for _, o := range off {
			v, b := a[o], b[q:q+scalarWidth]
			s0 += v * b[0]
			s1 += v * b[1]
			s2 += v * b[2]
			s3 += v * b[3]
			q += ldb
		}
		if relu {
			s0, s1, s2, s3 = positive(s0), positive(s1), positive(s2), positive(s3)
		}
		d := c[i*ldc:][:scalarWidth]
		d[0], d[1], d[2], d[3] = s0, s1, s2, s3
	}
}

// positive returns 0 for a negative v, else v.
func positive(v float32) float32 {
	if v < 0 {
		return 0
	}
	return v
}
