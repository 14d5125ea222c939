package companion

// cells are the steps of recurrent units. The gates, which lie side by side, are slices of their own here.
var cells = []lanes{
	// h, c, the input, forget, cell and output gates, before
	{"lstm", "wwbbbbr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		i, g := f.let(f.sigmoid(x[0])), f.let(f.tanh(x[2]))
		forget, o := f.let(f.sigmoid(x[1])), f.let(f.sigmoid(x[3]))
		c := f.let(f.madd(forget, x[4], i.mul(g)))
		return []f32x4{f.tanh(c).mul(o), c, i, forget, g, o}
	}},
	// the gradients of the gates, dc, dh, the gates, c, before
	{"lstmGrad", "wwwwbrrrrrrr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		dc, dh, i, forget, g, o, c, before := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
		t := f.let(f.tanh(c))
		d := f.let(f.madd(dh.mul(o), f.through(t), dc))
		return []f32x4{
			d.mul(g).mul(f.rise(i)), d.mul(before).mul(f.rise(forget)), d.mul(i).mul(f.through(g)), dh.mul(t).mul(f.rise(o)),
			d.mul(forget),
		}
	}},
	// h, the reset and update gates and the candidate, u, before
	{"gru", "wbbbrr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		r, q := f.let(f.sigmoid(x[0])), f.let(f.sigmoid(x[1]))
		g := f.let(f.tanh(f.madd(r, x[3], x[2])))
		return []f32x4{f.madd(q, x[4], f.constant(1).sub(q).mul(g)), r, q, g}
	}},
	// the gradients of the gates and the candidate, du, dh, the gates and the candidate, u, before
	{"gruGrad", "wwwwbrrrrr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		dh, r, q, g, u, before := x[0], x[1], x[2], x[3], x[4], x[5]
		d := f.let(dh.mul(f.constant(1).sub(q)).mul(f.through(g)))
		return []f32x4{d.mul(u).mul(f.rise(r)), dh.mul(before.sub(g)).mul(f.rise(q)), d, d.mul(r), dh.mul(q)}
	}},
}

// rise is the derivative of the sigmoid whose value is s, and through that of the tanh whose value is t.
func (f *function) rise(s f32x4) f32x4    { return s.mul(f.constant(1).sub(s)) }
func (f *function) through(t f32x4) f32x4 { return f.constant(1).sub(t.mul(t)) }
