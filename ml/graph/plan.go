package graph

import (
	"math"
	"slices"

	"descent/ml/tensor"
)

// A buffer is a need for memory over a span of time. Op i of n runs forward at
// time i and backward at time 2n-1-i.
type buffer struct {
	size     int
	from, to int
	offset   int
}

const forever = math.MaxInt

func (b *buffer) touch(t int) { b.from, b.to = min(b.from, t), max(b.to, t) }

// plan decides the buffers of a program and lays them out.
func (b *Builder) plan(nodes []node, live, pinned []bool, opt Options) *Program {
	p := &Program{train: opt.Train, loss: opt.Loss.id, values: map[string]int{}}
	for id := 1; id < len(nodes); id++ {
		if live[id] && nodes[id].kind == opNode {
			p.steps = append(p.steps, step{id: id})
		}
	}
	n := len(p.steps)
	p.value, p.grad = make([]*buffer, len(nodes)), make([]*buffer, len(nodes))
	p.wanted = make([]bool, len(nodes))
	var all []*buffer
	need := func(size, at int) *buffer {
		all = append(all, &buffer{size: size, from: at, to: at})
		return all[len(all)-1]
	}

	readers := make([]int, len(nodes))
	for _, s := range p.steps {
		for _, in := range nodes[s.id].in {
			readers[in]++
		}
	}
	for id := 1; id < len(nodes); id++ {
		if !live[id] {
			continue
		}
		switch nodes[id].kind {
		case inputNode:
			p.value[id] = need(nodes[id].shape.Len(), -1)
			p.value[id].touch(forever)
			p.values[nodes[id].name] = id
		case paramNode:
			p.wanted[id] = opt.Train && !b.params[nodes[id].param].Frozen
		}
	}

	// Forward: what each op makes, and until when it is read.
	for i := range p.steps {
		s, nd := &p.steps[i], &nodes[p.steps[i].id]
		if nd.plan.Alias && p.value[nd.in[0]] != nil {
			p.value[s.id], s.alias = p.value[nd.in[0]], true
		} else {
			p.value[s.id] = need(nd.shape.Len(), i)
		}
		if pinned[s.id] {
			p.value[s.id].touch(forever)
			p.values[nd.name] = s.id
		}
		for _, in := range nd.in {
			if p.value[in] != nil {
				p.value[in].touch(i)
			}
			p.wanted[s.id] = p.wanted[s.id] || p.wanted[in]
		}
		if nd.plan.Save > 0 {
			s.save = need(nd.plan.Save, i)
		}
		if nd.plan.Temp > 0 {
			s.temp = need(nd.plan.Temp, i)
		}
		if nd.plan.State > 0 {
			s.state = need(nd.plan.State, -1)
			s.state.touch(forever)
			p.widest = max(p.widest, nd.plan.State)
		}
		p.cost.Forward += nd.plan.FLOPs
	}

	p.again = b.chooseAgain(nodes, p, pinned, opt)

	// Backward, last op first: what it reads again, and where gradients go.
	if opt.Train && opt.Loss.OK() {
		p.grad[opt.Loss.id] = need(nodes[opt.Loss.id].shape.Len(), n)
		for i := n - 1; i >= 0; i-- {
			t := 2*n - 1 - i
			s, nd := &p.steps[i], &nodes[p.steps[i].id]
			if p.grad[s.id] == nil {
				continue // the loss does not depend on it
			}
			p.grad[s.id].touch(t)
			if pinned[s.id] {
				p.grad[s.id].touch(forever)
			}
			switch {
			case s.save != nil && p.again.twice[s.id]:
				p.read(p.again, s, s.id, t, need)
				s.save2.touch(t)
			case s.save != nil:
				s.save.touch(t)
			}
			if nd.plan.Temp > 0 {
				s.btemp = need(nd.plan.Temp, t)
			}
			if nd.plan.NeedsOut {
				p.read(p.again, s, s.id, t, need)
			}
			s.din = make([]*buffer, len(nd.in))
			s.add = make([]bool, len(nd.in))
			for j, in := range nd.in {
				if nd.plan.NeedsIn&(1<<j) != 0 {
					p.read(p.again, s, in, t, need)
				}
				if !p.wanted[in] || nodes[in].kind == inputNode {
					continue
				}
				s.back = true
				size := nodes[in].shape.Len()
				switch {
				case p.grad[in] != nil: // another reader wrote first: add to it
					s.din[j], s.add[j] = need(size, t), true
					p.grad[in].touch(t)
				case nodes[in].kind == paramNode: // it lies in the gradient block
					p.grad[in] = &buffer{size: size}
					s.din[j] = p.grad[in]
				case s.alias && readers[in] == 1 && !pinned[in] && !pinned[s.id]:
					p.grad[in] = p.grad[s.id]
					s.din[j] = p.grad[in]
				default:
					p.grad[in] = need(size, t)
					s.din[j] = p.grad[in]
				}
			}
			if s.back {
				p.cost.Backward += 2 * nd.plan.FLOPs
			}
		}
	}
	p.size = layout(all)
	p.cost.Activations = int64(p.size) * 4
	return p
}

// layout gives every buffer an offset such that no two that are alive at the
// same time overlap, and returns the size of the whole. Largest first, each in
// the lowest gap that fits ("greedy by size": Pisarchyk and Lee, Efficient
// Memory Management for Deep Neural Net Inference, 2020).
func layout(all []*buffer) int {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b *buffer) int { return b.size - a.size })
	var placed []*buffer // by offset
	total := 0
	for _, b := range order {
		at, end := 0, aligned(b.size)
		for _, q := range placed {
			if q.to < b.from || b.to < q.from {
				continue
			}
			if at+end <= q.offset {
				break
			}
			at = max(at, q.offset+aligned(q.size))
		}
		b.offset = at
		total = max(total, at+end)
		i, _ := slices.BinarySearchFunc(placed, b, func(x, y *buffer) int { return x.offset - y.offset })
		placed = slices.Insert(placed, i, b)
	}
	return total
}

func shapesOf(nodes []node, ids []int) []tensor.Shape {
	out := make([]tensor.Shape, len(ids))
	for i, id := range ids {
		out[i] = nodes[id].shape
	}
	return out
}
