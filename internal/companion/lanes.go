package companion

import "slices"

// A lanes describes a kernel that does the same to every element of slices of one length: it loads what it reads, four
// elements at a time, computes, and stores what it writes.
type lanes struct {
	name    string
	slices  string // what becomes of each, in the order of the parameters: r is read, w written, b both
	scalars int    // floats, behind the slices and their length
	turns   int    // vectors a turn; several where little is computed
	// compute returns what is written, of the vectors that were read and the scalars, and behind it perhaps one vector
	// more: the kernel returns the sum of all its elements.
	compute func(f *function, x, s []f32x4) []f32x4
}

// function writes the kernel. Its parameters are the addresses of the slices, how many elements they have, which is at
// least four, and the scalars.
//
// Elements that fill no vector are computed with those before them as the last vector: before all others, since slices
// may be one and the same, and stored after them.
func (l lanes) function(relaxed bool) *function {
	f := newFunction(l.name, relaxed)
	var at []i32
	for range l.slices {
		at = append(at, f.param())
	}
	count := f.param()
	var floats []f32
	for range l.scalars {
		floats = append(floats, f.floatParam())
	}
	var scalars []f32x4
	for _, x := range floats {
		scalars = append(scalars, f.spread(x))
	}
	v := vectors{l, f, at, scalars}

	rest, from := f.intVar(), f.intVar()
	shifted := func() []i32 {
		var end []i32
		for _, p := range at {
			end = append(end, p.add(from))
		}
		return end
	}
	var last []f32x4
	set(f, rest, count.and(3))
	f.when(rest, func() {
		set(f, from, count.plus(-4).times4())
		for _, x := range v.values(shifted(), 0) {
			last = append(last, f.let(x))
		}
	})
	sums := f.vectorVars(l.turns)
	for _, turns := range slices.Compact([]int{l.turns, 1}) {
		f.while(count.exceeds(4*turns-1), func() {
			for t := range turns {
				values := v.values(at, 16*t)
				v.save(at, 16*t, values)
				if len(values) > v.outputs() {
					set(f, sums[t], sums[t].add(values[v.outputs()]))
				}
			}
			for _, p := range at {
				f.advance(p, 16*turns)
			}
			f.advance(count, -4*turns)
		})
	}
	f.when(rest, func() {
		set(f, from, rest.plus(-4).times4())
		v.save(shifted(), 0, last)
		if len(last) > v.outputs() { // the elements that no other vector held
			fresh := rest.plus(-1).splat().greaterInt(splatInts(2, 1, 0, -1))
			set(f, sums[0], sums[0].add(last[v.outputs()].where(fresh)))
		}
	})
	if len(last) > v.outputs() {
		for _, s := range sums[1:] {
			set(f, sums[0], sums[0].add(s))
		}
		f.result(sums[0].sum())
	}
	return f
}

// vectors writes what happens to one vector of each slice.
type vectors struct {
	lanes
	*function
	at      []i32
	scalars []f32x4
}

func (v vectors) outputs() int {
	n := 0
	for _, kind := range v.slices {
		if kind != 'r' {
			n++
		}
	}
	return n
}

// values computes from the vectors at the addresses.
func (v vectors) values(at []i32, offset int) []f32x4 {
	var x []f32x4
	for i, kind := range v.slices {
		if kind != 'w' {
			x = append(x, v.let(at[i].load(offset)))
		}
	}
	return v.compute(v.function, x, v.scalars)
}

// save stores what was computed, all of it before the first is stored.
func (v vectors) save(at []i32, offset int, values []f32x4) {
	for i, x := range values {
		if len(values) > 1 && !isVariable(x) {
			values[i] = v.let(x)
		}
	}
	for i, kind := range v.slices {
		if kind != 'r' {
			v.store(at[i], offset, values[0])
			values = values[1:]
		}
	}
}
