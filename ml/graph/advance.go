package graph

// Advance runs every op of a Stepwise program on the next step of the
// sequence: what its ops kept of the steps before, they go on from.
func (p *Program) Advance() {
	p.forward(0, 0, p.time)
	p.time++
}

// Rewind goes back to the first step.
func (p *Program) Rewind() {
	p.time = 0
	for i := range p.steps {
		clear(p.steps[i].call.State)
	}
}

// Branch lets each sample i go on from the steps that sample from[i] has seen.
func (p *Program) Branch(from []int) {
	if p.moved == nil {
		p.moved = make([]float32, p.widest)
	}
	for i := range p.steps {
		state := p.steps[i].call.State
		moved, one := p.moved[:len(state)], len(state)/len(from)
		for to, f := range from {
			copy(moved[to*one:(to+1)*one], state[f*one:])
		}
		copy(state, moved)
	}
}
