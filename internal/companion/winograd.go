package companion

// The transforms of Winograd's way, see ml/kernel/winogradtiles.go. Of the 4 x 4 numbers of a tile no more are held at a
// time than an engine for x86 has registers for; what is needed twice is loaded twice.

// tiles transforms the inputs of tiles side by side. Parameters are the addresses of the results and of the first tile,
// the bytes from one of the 16 results to the next, from row to row and of a cell, and how many tiles.
func tiles() *function {
	f := newFunction("tiles", false)
	v, x, step, row, cell, count := f.param(), f.param(), f.param(), f.param(), f.param(), f.param()
	t := f.strided(step)
	rows := []i32{x, f.intVar(), f.intVar(), f.intVar()}
	cell2, cell3 := f.intVar(), f.intVar()
	set(f, cell2, cell.add(cell))
	set(f, cell3, cell2.add(cell))
	for i := range rows[1:] {
		set(f, rows[i+1], rows[i].add(row))
	}
	// One column of a tile whose rows were combined: rows are combined alike, and go every fourth.
	column := func(j int, x []f32x4) {
		t.begin(v, j)
		t.put(x[0].sub(x[2]))
		t.put(x[1].add(x[2]))
		t.put(x[2].sub(x[1]))
		t.put(x[3].sub(x[1]))
	}
	f.eachVector(cell, count, func() {
		var first, second []f32x4
		for _, p := range rows {
			first = append(first, f.let(p.load(0).sub(p.add(cell2).load(0))))
		}
		column(0, first)
		first = first[:0]
		for _, p := range rows {
			a, b := f.let(p.add(cell).load(0)), f.let(p.add(cell2).load(0))
			first, second = append(first, f.let(a.add(b))), append(second, f.let(b.sub(a)))
		}
		column(1, first)
		column(2, second)
		first = first[:0]
		for _, p := range rows {
			first = append(first, f.let(p.add(cell3).load(0).sub(p.add(cell).load(0))))
		}
		column(3, first)
		for _, p := range rows {
			f.advance(p, 16)
		}
		f.advance(v, 16)
	}, func() {
		for _, p := range rows {
			set(f, p, p.add(cell))
		}
	})
	return f
}

// untile transforms the products of tiles side by side back. Parameters are the addresses of the upper outputs, the lower
// ones, the products and the bias, the bytes from one of the 16 to the next and of a cell, whether to apply ReLU, and how
// many tiles.
func untile() *function {
	f := newFunction("untile", false)
	upper, lower, m, bias, step, cell, relu, count := f.param(), f.param(), f.param(), f.param(), f.param(), f.param(), f.param(), f.param()
	from, step4, b := f.intVar(), f.intVar(), f.vectorVar()
	set(f, step4, step.times4())
	outputs := f.vectorVars(4)
	f.eachVector(cell, count, func() {
		var sums, differences []f32x4
		for j := range 4 {
			set(f, from, m)
			for range j {
				set(f, from, from.add(step))
			}
			var x []f32x4
			for range 4 {
				x = append(x, f.let(from.load(0)))
				set(f, from, from.add(step4))
			}
			sums = append(sums, f.let(x[0].add(x[1].add(x[2]))))
			differences = append(differences, f.let(x[3].add(x[1].sub(x[2]))))
		}
		set(f, b, bias.load(0))
		for i, s := range [][]f32x4{sums, differences} {
			set(f, outputs[2*i], b.add(s[0].add(s[1].add(s[2]))))
			set(f, outputs[2*i+1], b.add(s[3].add(s[1].sub(s[2]))))
		}
		f.when(relu, func() {
			for _, v := range outputs {
				set(f, v, v.pmax(f.constant(0)))
			}
		})
		for i, y := range []i32{upper, lower} {
			f.store(y, 0, outputs[2*i])
			f.store(y.add(cell), 0, outputs[2*i+1])
			f.advance(y, 16)
		}
		f.advance(m, 16)
		f.advance(bias, 16)
	}, func() {
		set(f, upper, upper.add(cell))
		set(f, lower, lower.add(cell))
		set(f, bias, bias.sub(cell))
	})
	return f
}

// spread transforms the gradients of tiles side by side. Parameters are those of tiles.
func spread() *function {
	f := newFunction("spread", false)
	d, upper, step, row, cell, count := f.param(), f.param(), f.param(), f.param(), f.param(), f.param()
	t := f.strided(step)
	lower := f.intVar()
	set(f, lower, upper.add(row))
	f.eachVector(cell, count, func() {
		a0, a3 := f.let(upper.load(0)), f.let(lower.load(0))
		b0, b3 := f.let(upper.add(cell).load(0)), f.let(lower.add(cell).load(0))
		a := []f32x4{a0, f.let(a0.add(a3)), f.let(a0.sub(a3)), a3}
		b := []f32x4{b0, f.let(b0.add(b3)), f.let(b0.sub(b3)), b3}
		for j, side := range []func(i int) f32x4{
			func(i int) f32x4 { return a[i] }, func(i int) f32x4 { return a[i].add(b[i]) },
			func(i int) f32x4 { return a[i].sub(b[i]) }, func(i int) f32x4 { return b[i] },
		} {
			t.begin(d, j)
			for i := range 4 {
				t.put(side(i))
			}
		}
		f.advance(upper, 16)
		f.advance(lower, 16)
		f.advance(d, 16)
	}, func() {
		set(f, upper, upper.add(cell))
		set(f, lower, lower.add(cell))
	})
	return f
}

// filter transforms filters side by side. Parameters are the addresses of the results and of the filters, the bytes from
// one of the 16 results to the next and from one of the 9 numbers to the next, and how many vectors there are.
func filter() *function {
	f := newFunction("filter", false)
	u, w, step, from, count := f.param(), f.param(), f.param(), f.param(), f.param()
	half, at := f.constant(0.5), f.intVar()
	combine := func(g []f32x4) []f32x4 {
		s, d := f.let(g[0].add(g[2]).mul(half)), f.let(g[1].mul(half))
		return []f32x4{g[0], f.let(s.add(d)), f.let(s.sub(d)), g[2]}
	}
	f.while(count.exceeds(0), func() {
		g := make([][]f32x4, 3)
		set(f, at, w)
		for i := range g {
			for range 3 {
				g[i] = append(g[i], f.let(at.load(0)))
				set(f, at, at.add(from))
			}
			g[i] = combine(g[i])
		}
		// The numbers of a row that were combined; columns of them are combined alike.
		for j := range 4 {
			set(f, at, u)
			for range j {
				set(f, at, at.add(step))
			}
			for _, v := range combine([]f32x4{g[0][j], g[1][j], g[2][j]}) {
				f.store(at, 0, v)
				set(f, at, at.add(step.times4()))
			}
		}
		f.advance(u, 16)
		f.advance(w, 16)
		f.advance(count, -1)
	})
	return f
}

// filterGrad transforms the gradients of filters back. Parameters are those of filter, with the gradients of the filters
// first.
func filterGrad() *function {
	f := newFunction("filterGrad", false)
	w, u, step, from, count := f.param(), f.param(), f.param(), f.param(), f.param()
	half, at := f.constant(0.5), f.intVar()
	combine := func(g []f32x4) []f32x4 {
		s, d := f.let(g[1].add(g[2]).mul(half)), f.let(g[1].sub(g[2]).mul(half))
		return []f32x4{f.let(g[0].add(s)), d, f.let(g[3].add(s))}
	}
	f.while(count.exceeds(0), func() {
		g := make([][]f32x4, 4)
		set(f, at, u)
		for i := range g {
			for range 4 {
				g[i] = append(g[i], f.let(at.load(0)))
				set(f, at, at.add(from))
			}
			g[i] = combine(g[i])
		}
		for j := range 3 {
			set(f, at, w)
			for range j {
				set(f, at, at.add(step))
			}
			for _, v := range combine([]f32x4{g[0][j], g[1][j], g[2][j], g[3][j]}) {
				f.store(at, 0, v)
				set(f, at, at.add(step).add(step).add(step))
			}
		}
		f.advance(w, 16)
		f.advance(u, 16)
		f.advance(count, -1)
	})
	return f
}

// eachVector runs body for each vector of channels of each cell, and next behind each cell.
func (f *function) eachVector(cell, count i32, body, next func()) {
	bytes := f.intVar()
	f.while(count.exceeds(0), func() {
		set(f, bytes, cell)
		f.while(bytes.exceeds(0), func() {
			body()
			f.advance(bytes, -16)
		})
		next()
		f.advance(count, -1)
	})
}

// A strided writes the numbers of a column of 4 x 4: every fourth of 16.
type strided struct {
	*function
	step, step4, at i32
}

func (f *function) strided(step i32) strided {
	s := strided{f, step, f.intVar(), f.intVar()}
	set(f, s.step4, step.times4())
	return s
}

// begin goes to the first number of a column.
func (s strided) begin(to i32, column int) {
	set(s.function, s.at, to)
	for range column {
		set(s.function, s.at, s.at.add(s.step))
	}
}

// put writes the next one.
func (s strided) put(v f32x4) {
	s.store(s.at, 0, v)
	set(s.function, s.at, s.at.add(s.step4))
}
