package graph

// A program that trains may make cheap values again instead of keeping them:
// Options.Again. Such an op, one whose Plan says Cheap, runs in Forward as
// always; its Out and Save are then dropped as soon as Forward has no use for
// them, and it runs once more just before Backward first reads one of them. An
// op computes the same from the same, so the gradients have the same bits.

// An again says which ops run twice. Ids are those of nodes; a value under
// another shape counts as the value whose memory it shares.
type again struct {
	nodes  []node
	root   []int
	fixed  []bool // values that stay in any case: inputs, and what is pinned
	kept   []bool // values that Backward reads, so that they are kept or made again
	twice  []bool // the choice
	runs   []bool // ops that have a Backward to run
	values []*buffer
}

// chooseAgain picks the cheap ops that free more memory than they hold on to
// by what they are made of.
func (b *Builder) chooseAgain(nodes []node, p *Program, pinned []bool, opt Options) *again {
	n := len(nodes)
	a := &again{nodes, make([]int, n), make([]bool, n), make([]bool, n), make([]bool, n), make([]bool, n), make([]*buffer, n)}
	for id := range nodes {
		a.root[id] = id
		if nodes[id].kind != opNode {
			a.fixed[id] = true
		}
	}
	for _, s := range p.steps {
		if s.alias {
			a.root[s.id] = a.root[nodes[s.id].in[0]]
		}
		if pinned[s.id] {
			a.fixed[a.root[s.id]] = true
		}
	}
	if !opt.Again || !opt.Train || !opt.Loss.OK() {
		return a
	}
	graded := make([]bool, n)
	graded[opt.Loss.id] = true
	for i := len(p.steps) - 1; i >= 0; i-- {
		s := &p.steps[i]
		if !graded[s.id] {
			continue
		}
		plan := &nodes[s.id].plan
		for j, in := range nodes[s.id].in {
			if p.wanted[in] && nodes[in].kind != inputNode {
				graded[in], a.runs[s.id] = true, true
			}
			if plan.NeedsIn&(1<<j) != 0 {
				a.kept[a.root[in]] = true
			}
		}
		if plan.NeedsOut {
			a.kept[a.root[s.id]] = true
		}
	}
	for _, s := range p.steps {
		if plan := &nodes[s.id].plan; plan.Cheap && a.runs[s.id] && !a.fixed[s.id] && !a.twice[s.id] {
			gain := plan.Save
			if a.kept[s.id] {
				gain += nodes[s.id].shape.Len()
			}
			if a.price(s.id) < gain {
				a.take(s.id)
			}
		}
	}
	return a
}

// price is how much more has to be kept so that an op can run again.
func (a *again) price(id int) int {
	sum := 0
	for _, in := range a.nodes[id].in {
		keep, remake := a.ways(in)
		sum += min(keep, remake)
	}
	return sum
}

// ways is what it takes to have a value in Backward: to keep it, or to make it
// again too.
func (a *again) ways(id int) (keep, remake int) {
	id = a.root[id]
	if a.fixed[id] || a.kept[id] || a.twice[id] {
		return 0, 0
	}
	keep = a.nodes[id].shape.Len()
	if !a.nodes[id].plan.Cheap {
		return keep, keep
	}
	return keep, a.price(id)
}

// take has an op run twice, and sees that it can.
func (a *again) take(id int) {
	a.twice[id] = true
	for _, in := range a.nodes[id].in {
		in = a.root[in]
		if keep, remake := a.ways(in); remake < keep {
			a.take(in)
		} else {
			a.kept[in] = true
		}
	}
}

// read makes a value last until time t of Backward, when step s reads it.
func (p *Program) read(a *again, s *step, id, t int, need func(size, at int) *buffer) {
	id = a.root[id]
	if p.value[id] == nil {
		return // a parameter
	}
	if !a.twice[id] {
		p.value[id].touch(t)
		return
	}
	if a.values[id] == nil {
		maker := p.maker(id)
		a.values[id] = need(a.nodes[id].shape.Len(), t)
		if plan := &a.nodes[id].plan; plan.Save > 0 {
			maker.save2 = need(plan.Save, t)
		}
		if plan := &a.nodes[id].plan; plan.Temp > 0 {
			maker.temp2 = need(plan.Temp, t)
		}
		for _, in := range a.nodes[id].in {
			p.read(a, s, in, t, need)
		}
		s.before = append(s.before, maker)
		p.cost.Backward += a.nodes[id].plan.FLOPs
	}
	a.values[id].touch(t)
}

func (p *Program) maker(id int) *step {
	for i := range p.steps {
		if p.steps[i].id == id {
			return &p.steps[i]
		}
	}
	panic("graph: a value that no step makes")
}
