package companion

// normRows brings rows of whole vectors to a mean square of 1. Parameters are the addresses of the result, of the
// factors of the rows and of the matrix, the bytes of a row, how many rows, whether their mean is taken away first, 1
// over the number of columns, and what is added to the mean square.
func normRows(relaxed bool) *function {
	f := newFunction("normRows", relaxed)
	h, r, x, step, rows, centred := f.param(), f.param(), f.param(), f.param(), f.param(), f.param()
	share, eps := f.floatParam(), f.floatParam()
	of, little := f.spread(share), f.spread(eps)
	first, mean, square, by := f.vectorVar(), f.vectorVar(), f.vectorVar(), f.vectorVar()
	w := f.row(step)
	f.while(rows.exceeds(0), func() {
		set(f, mean, splat(0))
		f.when(centred, func() {
			// Counted from the first element, a row whose elements are all the same has no rounding errors, which the
			// factor of such a row would make large.
			set(f, first, x.loadSplat(0))
			w.each([]i32{x}, func(at []i32) { set(f, mean, mean.add(at[0].load(0).sub(first))) })
			set(f, mean, f.madd(f.sumInAll(mean), of, first))
		})
		set(f, square, splat(0))
		w.each([]i32{x, h}, func(at []i32) {
			d := f.let(at[0].load(0).sub(mean))
			f.store(at[1], 0, d)
			set(f, square, f.madd(d, d, square))
		})
		set(f, by, f.constant(1).div(f.sumInAll(square).mul(of).add(little).sqrt()))
		w.each([]i32{h}, func(at []i32) { f.store(at[0], 0, at[0].load(0).mul(by)) })
		f.storeFloat(r, by.lane(0))
		f.advance(r, 4)
		w.next(h, x)
		f.advance(rows, -1)
	})
	return f
}

// normRowsGrad takes the gradient back. Parameters are the addresses of dx, dy, h, the factors of the rows and those of
// the columns, the bytes of a row, how many rows, whether the mean was taken away, and 1 over the number of columns.
func normRowsGrad(relaxed bool) *function {
	f := newFunction("normRowsGrad", relaxed)
	dx, dy, h, r, g := f.param(), f.param(), f.param(), f.param(), f.param()
	step, rows, centred := f.param(), f.param(), f.param()
	share := f.floatParam()
	of := f.spread(share)
	mean, along, by := f.vectorVar(), f.vectorVar(), f.vectorVar()
	w := f.row(step)
	f.while(rows.exceeds(0), func() {
		set(f, mean, splat(0))
		set(f, along, splat(0))
		w.each([]i32{dy, g, h}, func(at []i32) {
			d := f.let(at[0].load(0).mul(at[1].load(0)))
			set(f, mean, mean.add(d))
			set(f, along, f.madd(d, at[2].load(0), along))
		})
		set(f, by, r.loadSplat(0))
		set(f, along, f.sumInAll(along).mul(of))
		set(f, mean, f.sumInAll(mean).mul(of))
		f.when(centred.isZero(), func() { set(f, mean, splat(0)) })
		w.each([]i32{dy, g, h, dx}, func(at []i32) {
			d := f.let(at[0].load(0).mul(at[1].load(0)).sub(mean))
			f.store(at[3], 0, by.mul(d.sub(along.mul(at[2].load(0)))))
		})
		f.advance(r, 4)
		w.next(dx, dy, h)
		f.advance(rows, -1)
	})
	return f
}

// A row walks over rows of so many bytes.
type row struct {
	*function
	bytes, rest i32
	at          []i32
}

func (f *function) row(bytes i32) *row {
	w := &row{function: f, bytes: bytes, rest: f.intVar()}
	for range 4 {
		w.at = append(w.at, f.intVar())
	}
	return w
}

// each takes body along the vectors of rows that start at the addresses.
func (w *row) each(start []i32, body func(at []i32)) {
	f, at := w.function, w.at[:len(start)]
	for i, p := range start {
		set(f, at[i], p)
	}
	set(f, w.rest, w.bytes)
	f.while(w.rest.exceeds(0), func() {
		body(at)
		for _, p := range at {
			f.advance(p, 16)
		}
		f.advance(w.rest, -16)
	})
}

// next moves addresses on to the next rows.
func (w *row) next(start ...i32) {
	for _, p := range start {
		set(w.function, p, p.add(w.bytes))
	}
}
