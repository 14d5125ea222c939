package companion

// pack copies rows of two vectors that lie apart to rows that follow each other. Parameters are the addresses of both,
// the bytes from row to row, and how many rows.
func pack() *function {
	f := newFunction("pack", false)
	to, from, step, count := f.param(), f.param(), f.param(), f.param()
	f.while(count.exceeds(0), func() {
		for j := range panelVectors {
			f.store(to, 16*j, from.load(16*j))
		}
		f.advance(to, 16*panelVectors)
		set(f, from, from.add(step))
		f.advance(count, -1)
	})
	return f
}

// transpose writes the transpose of a matrix whose rows and columns are multiples of four: of one square of four rows
// and columns after another. Parameters are the address and the bytes from row to row of the result, the same of the
// matrix, its rows and its columns.
func transpose() *function {
	f := newFunction("transpose", false)
	dst, dstStep, src, srcStep, rows, cols := f.param(), f.param(), f.param(), f.param(), f.param(), f.param()
	to, from, turn, row := f.intVar(), f.intVar(), f.intVar(), f.intVar()
	f.while(rows.exceeds(0), func() {
		set(f, to, dst)
		set(f, from, src)
		set(f, turn, cols)
		f.while(turn.exceeds(0), func() {
			set(f, row, from)
			var lines []f32x4
			for range 4 {
				lines = append(lines, f.let(row.load(0)))
				set(f, row, row.add(srcStep))
			}
			// Columns of two lines each, and then of four.
			low0, high0 := f.let(lines[0].shuffle(lines[1], 0, 4, 1, 5)), f.let(lines[0].shuffle(lines[1], 2, 6, 3, 7))
			low1, high1 := f.let(lines[2].shuffle(lines[3], 0, 4, 1, 5)), f.let(lines[2].shuffle(lines[3], 2, 6, 3, 7))
			for _, column := range []f32x4{
				low0.shuffle(low1, 0, 1, 4, 5), low0.shuffle(low1, 2, 3, 6, 7),
				high0.shuffle(high1, 0, 1, 4, 5), high0.shuffle(high1, 2, 3, 6, 7),
			} {
				f.store(to, 0, column)
				set(f, to, to.add(dstStep))
			}
			f.advance(from, 16)
			f.advance(turn, -4)
		})
		f.advance(dst, 16)
		set(f, src, src.add(srcStep.times4()))
		f.advance(rows, -4)
	})
	return f
}
