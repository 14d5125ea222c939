package companion

// quads is the maxQuads of ml/kernel for channels that fill vectors: the maxima of a row of windows of 2 x 2 cells side
// by side. Parameters are the addresses of y and x, the bytes of a cell, those of a row of x, and how many windows.
func quads() *function {
	f := newFunction("maxQuads", false)
	y, x, cell, row, count := f.param(), f.param(), f.param(), f.param(), f.param()
	at := f.corners(x, cell, row)
	bytes := f.intVar()
	f.while(count.exceeds(0), func() {
		set(f, bytes, cell)
		f.while(bytes.exceeds(0), func() {
			top := f.let(at[0].load(0))
			for _, p := range at[1:] {
				v := f.let(p.load(0))
				top = f.let(v.greater(top).or(v.notEqual(v)).choose(v, top))
			}
			f.store(y, 0, top)
			f.advance(y, 16)
			for _, p := range at {
				f.advance(p, 16)
			}
			f.advance(bytes, -16)
		})
		f.nextWindow(at, cell)
		f.advance(count, -1)
	})
	return f
}

// quadsGrad is maxQuadsGrad: of each window the first cell that holds the maximum takes the gradient. Parameters are the
// addresses of dx, dy, x and y and the rest of those of quads.
func quadsGrad() *function {
	f := newFunction("maxQuadsGrad", false)
	dx, dy, x, y := f.param(), f.param(), f.param(), f.param()
	cell, row, count := f.param(), f.param(), f.param()
	to, at := f.corners(dx, cell, row), f.corners(x, cell, row)
	bytes := f.intVar()
	d := f.vectorVar()
	f.while(count.exceeds(0), func() {
		set(f, bytes, cell)
		f.while(bytes.exceeds(0), func() {
			set(f, d, dy.load(0))
			top := f.let(y.load(0))
			for i, p := range at {
				v := f.let(p.load(0))
				takes := f.let(v.equal(top).or(v.notEqual(v)))
				f.store(to[i], 0, d.where(takes))
				set(f, d, d.unless(takes))
				f.advance(p, 16)
				f.advance(to[i], 16)
			}
			f.advance(y, 16)
			f.advance(dy, 16)
			f.advance(bytes, -16)
		})
		f.nextWindow(at, cell)
		f.nextWindow(to, cell)
		f.advance(count, -1)
	})
	return f
}

// corners returns where the four cells of the first window are.
func (f *function) corners(x, cell, row i32) []i32 {
	at := []i32{x, f.intVar(), f.intVar(), f.intVar()}
	set(f, at[1], x.add(cell))
	set(f, at[2], x.add(row))
	set(f, at[3], at[2].add(cell))
	return at
}

// nextWindow moves on from the ends of a window's cells.
func (f *function) nextWindow(at []i32, cell i32) {
	for _, p := range at {
		set(f, p, p.add(cell))
	}
}
