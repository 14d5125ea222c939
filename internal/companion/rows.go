package companion

// sumRows adds the rows of a matrix, up to four vectors of columns at a time. Parameters are the addresses of the sums
// and of the matrix, the bytes of a row, how many rows, and how many columns, a multiple of four.
func sumRows() *function {
	f := newFunction("sumRows", false)
	sums, x, step, rows, cols := f.param(), f.param(), f.param(), f.param(), f.param()
	at, turn := f.intVar(), f.intVar()
	total := f.vectorVars(4)
	for _, n := range []int{4, 1} {
		f.while(cols.exceeds(4*n-1), func() {
			for _, s := range total[:n] {
				set(f, s, splat(0))
			}
			set(f, at, x)
			set(f, turn, rows)
			f.while(turn.exceeds(0), func() {
				for i, s := range total[:n] {
					set(f, s, s.add(at.load(16*i)))
				}
				set(f, at, at.add(step))
				f.advance(turn, -1)
			})
			for i, s := range total[:n] {
				f.store(sums, 16*i, s)
			}
			f.advance(sums, 16*n)
			f.advance(x, 16*n)
			f.advance(cols, -4*n)
		})
	}
	return f
}

// scaleRows stretches and moves the columns of a matrix. Parameters are the addresses of the result, the matrix, the
// factors and what is added, the bytes of a row, of whole vectors, and how many rows.
func scaleRows(relaxed bool) *function {
	f := newFunction("scaleRows", relaxed)
	y, x, a, b, step, rows := f.param(), f.param(), f.param(), f.param(), f.param(), f.param()
	factor, term, rest := f.intVar(), f.intVar(), f.intVar()
	f.while(rows.exceeds(0), func() {
		set(f, factor, a)
		set(f, term, b)
		set(f, rest, step)
		f.while(rest.exceeds(0), func() {
			f.store(y, 0, f.madd(x.load(0), factor.load(0), term.load(0)))
			for _, p := range []i32{y, x, factor, term} {
				f.advance(p, 16)
			}
			f.advance(rest, -16)
		})
		f.advance(rows, -1)
	})
	return f
}
