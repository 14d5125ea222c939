package companion

// The tile of the matrix product: rows by vectors. Its sums have to stay in the 15 registers that engines for x86 can
// give away, together with a row of the panel, a factor, and without a fused multiply-add the product of the two. GFLOPS
// of one panel of depth 256 on a Zen 5 whose peak is 63, best of many, with multiply and add / with relaxed multiply-add:
//
//	                          Chromium 156   Node.js 20, an engine of 2023
//	4 rows x 2 vectors        60.2 / 57.9    57.6 / 60.1
//	4 x 2, 4 products a turn  60.1 / 57.5    34.1 / 35.5
//	5 x 2                     54.7 / 57.6       - / 24.0
//	6 x 2                     31.4 / 61.8       - / 28.1
//	7 x 2, 4 products a turn  36.2 / 33.9
//	8 x 1, 4 products a turn  38.7 / 39.9
//	3 x 3                     61.4 / 58.9
//	4 x 3, 4 products a turn  31.3 / 29.6
//	2 x 4, 4 products a turn  58.4 / 56.2
//
// What is half as fast was spilled. 6 x 2 with relaxed multiply-add gained nothing in whole products (52.3 GFLOPS beside
// 51.8 for matrices of 512). 4 rows are also what the callers' lists of rows come in.
const (
	panelVectors = 2
	panelRows    = 4
)

// panels is the panelFunc of ml/kernel for a width of two vectors, for so many panels side by side: one call for all of
// them costs less than one for each. Addresses and distances are bytes, a, rows and off are as they are there: indices
// of floats. initStep and bStep are the distances from one panel's init and b to the next one's.
func panels(relaxed bool) *function {
	f := newFunction("panels", relaxed)
	p := product{function: f}
	count, initStep, bStep := f.param(), f.param(), f.param()
	for _, param := range []*i32{&p.c, &p.ldc, &p.init, &p.ldi, &p.a, &p.rows, &p.height, &p.off, &p.depth, &p.b, &p.ldb, &p.relu} {
		*param = f.param()
	}
	for _, v := range []*i32{&p.to, &p.start, &p.row, &p.rest, &p.right, &p.offset, &p.left, &p.turn} {
		*v = f.intVar()
	}
	p.factor = f.vectorVar()
	p.line = f.vectorVars(panelVectors)
	for range panelRows {
		p.from = append(p.from, f.intVar())
		p.sums = append(p.sums, f.vectorVars(panelVectors))
	}
	f.while(count.exceeds(0), func() {
		set(f, p.to, p.c)
		set(f, p.start, p.init)
		set(f, p.row, p.rows)
		set(f, p.rest, p.height)
		f.while(p.rest.exceeds(0), p.tile)
		f.advance(p.c, 16*panelVectors)
		set(f, p.init, p.init.add(initStep))
		set(f, p.b, p.b.add(bStep))
		f.advance(count, -1)
	})
	return f
}

// A product holds the parameters and variables of panels.
type product struct {
	*function
	c, ldc, init, ldi, a, rows, height, off, depth, b, ldb, relu i32

	to, start i32 // where the tile is written, and what its sums start from
	row, rest i32 // the entry of its first row, and how many rows remain

	right, offset i32     // the next row of the panel, and where its offset is
	left          i32     // its offset in bytes
	turn          i32     // rows of the panel that remain
	from          []i32   // where the rows of the left matrix start
	line          []f32x4 // the row of the panel
	factor        f32x4   // an element of the left matrix
	sums          [][]f32x4
}

// tile computes the next rows and moves on behind them.
func (p *product) tile() {
	f := p.function
	for i := range p.from {
		set(f, p.from[i], p.a.add(p.row.loadInt(4*i).times4()))
	}
	for i := range p.from {
		for j, sum := range p.sums[i] {
			set(f, sum, p.start.load(16*j))
		}
		set(f, p.start, p.start.add(p.ldi))
	}
	set(f, p.right, p.b)
	set(f, p.offset, p.off)
	set(f, p.turn, p.depth)
	f.while(p.turn.exceeds(0), func() {
		set(f, p.left, p.offset.loadInt(0).times4())
		for j, v := range p.line {
			set(f, v, p.right.load(16*j))
		}
		for i := range p.from {
			set(f, p.factor, p.from[i].add(p.left).loadSplat(0))
			for j, sum := range p.sums[i] {
				set(f, sum, f.madd(p.factor, p.line[j], sum))
			}
		}
		set(f, p.right, p.right.add(p.ldb))
		f.advance(p.offset, 4)
		f.advance(p.turn, -1)
	})
	f.when(p.relu, func() {
		for i := range p.from {
			for _, sum := range p.sums[i] {
				set(f, sum, sum.pmax(splat(0)))
			}
		}
	})
	for i := range p.from {
		for j, sum := range p.sums[i] {
			f.store(p.to, 16*j, sum)
		}
		set(f, p.to, p.to.add(p.ldc))
	}
	f.advance(p.row, 4*panelRows)
	f.advance(p.rest, -panelRows)
}
