package graph

import (
	"fmt"
	"time"

	"descent/ml/kernel"
	"descent/ml/tensor"
)

// A Program is a compiled graph with memory of its own for everything but the
// parameters. Its methods allocate nothing.
type Program struct {
	train       bool
	loss        int
	steps       []step
	value, grad []*buffer // by node id
	wanted      []bool
	values      map[string]int // what can be looked at
	names       []string       // of the steps' results
	clock       *Clock         // times the steps; nil for none
	size        int
	cost        Cost
	again       *again

	memory    []float32
	params    *Params
	paramGrad []float32
	tensors   []tensor.Tensor // by node id
	grads     []tensor.Tensor
	lossGrad  []float32
	unused    [][]float32 // of paramGrad: the gradients of what the loss does not depend on

	stepNo uint64 // of the last Forward
	row    int
	time   int       // the step of a sequence that comes next
	widest int       // the longest State of an op
	moved  []float32 // so long, for Branch
}

// A step is one op of the program.
type step struct {
	id                int
	op                Op
	save, temp, btemp *buffer
	state             *buffer
	din               []*buffer
	add               []bool // DIn[j] is added to the gradient that is there
	back, alias       bool
	call, bcall       Call // of Forward and of Backward
	scratch, bscratch []float32

	// Of an op that runs again in Backward: what it fills then.
	save2, temp2 *buffer
	again        Call
	before       []*step         // those that run again before this op's Backward
	sum          []tensor.Tensor // what DIn[j] is added to
}

// Cost is what a program takes, known before it runs.
type Cost struct {
	Forward, Backward int64 // FLOPs a step
	Activations       int64 // bytes of activations, their gradients and scratch
}

// Cost returns what the program takes.
func (p *Program) Cost() Cost { return p.cost }

func (p *Program) bind(nodes []node, params *Params, infos []ParamInfo, m *Memory) {
	p.params = params
	if m == nil {
		m = &Memory{}
	}
	p.memory = room(&m.values, p.size)
	if p.train {
		p.paramGrad = room(&m.grads, len(params.Value))
	}
	p.tensors, p.grads = make([]tensor.Tensor, len(nodes)), make([]tensor.Tensor, len(nodes))
	part := func(b *buffer, shape tensor.Shape) tensor.Tensor {
		if b == nil {
			return tensor.Tensor{Shape: shape}
		}
		end := b.offset + shape.Len()
		return tensor.Tensor{Shape: shape, Data: p.memory[b.offset:end:end]}
	}
	for id := 1; id < len(nodes); id++ {
		nd := &nodes[id]
		if nd.kind == paramNode {
			i := params.bind(infos[nd.param])
			p.tensors[id] = tensor.Tensor{Shape: nd.shape, Data: params.Of(params.Value, i)}
			switch {
			case p.grad[id] != nil:
				p.grads[id] = tensor.Tensor{Shape: nd.shape, Data: params.Of(p.paramGrad, i)}
			case p.train && !infos[nd.param].Frozen:
				p.unused = append(p.unused, params.Of(p.paramGrad, i))
			}
			p.values[nd.name] = id
			continue
		}
		p.tensors[id] = part(p.value[id], nd.shape)
		p.grads[id] = part(p.grad[id], nd.shape)
	}
	if p.train && p.loss > 0 {
		p.lossGrad = p.grads[p.loss].Data
	}
	for i := range p.steps {
		s := &p.steps[i]
		nd := &nodes[s.id]
		s.op = nd.op
		p.names = append(p.names, nd.name)
		s.call = Call{Out: p.tensors[s.id], DOut: p.grads[s.id], Train: p.train}
		s.call.In = make([]tensor.Tensor, len(nd.in))
		s.call.DIn = make([]tensor.Tensor, len(nd.in))
		s.sum = make([]tensor.Tensor, len(nd.in))
		for j, in := range nd.in {
			s.call.In[j] = p.tensors[in]
			if s.din == nil || s.din[j] == nil {
				continue
			}
			s.call.DIn[j] = p.grads[in]
			if s.add[j] {
				s.call.DIn[j] = part(s.din[j], nodes[in].shape)
				s.sum[j] = p.grads[in]
			}
		}
		if s.save != nil {
			s.call.Save = part(s.save, tensor.Shape{s.save.size}).Data
		}
		if s.state != nil {
			s.call.State = part(s.state, tensor.Shape{s.state.size}).Data
		}
		if s.temp != nil {
			s.scratch = part(s.temp, tensor.Shape{s.temp.size}).Data
		}
		if s.btemp != nil {
			s.bscratch = part(s.btemp, tensor.Shape{s.btemp.size}).Data
		}
		// Backward sees the values that were made again in place of those that are gone.
		later := func(id int) tensor.Tensor {
			if b := p.again.values[p.again.root[id]]; b != nil {
				return part(b, nodes[id].shape)
			}
			return p.tensors[id]
		}
		s.bcall = s.call
		s.bcall.Temp, s.bcall.Out = s.bscratch, later(s.id)
		s.bcall.In = make([]tensor.Tensor, len(nd.in))
		for j, in := range nd.in {
			s.bcall.In[j] = later(in)
		}
		if s.save2 != nil {
			s.bcall.Save = part(s.save2, tensor.Shape{s.save2.size}).Data
		}
		s.again = Call{In: s.bcall.In, Out: s.bcall.Out, Save: s.bcall.Save, Train: p.train}
		if s.temp2 != nil {
			s.again.Temp = part(s.temp2, tensor.Shape{s.temp2.size}).Data
		}
	}
}

// Forward runs every op. Step and row are for ops that draw random numbers:
// the training step, and where this program's first sample stands in the batch.
func (p *Program) Forward(stepNo uint64, row int) { p.forward(stepNo, row, 0) }

func (p *Program) forward(stepNo uint64, row, step int) {
	p.stepNo, p.row = stepNo, row
	at := p.begin()
	for i := range p.steps {
		s := &p.steps[i]
		if s.alias {
			continue
		}
		s.call.Step, s.call.Row, s.call.Time, s.call.Temp = stepNo, row, step, s.scratch
		s.op.Forward(&s.call)
		if p.clock != nil {
			at = lap(&p.clock.Forward[i], at)
		}
	}
}

// Backward computes the gradients of scale·Σ loss, after Forward. The
// gradients of the parameters are then in ParamGrad, and may be changed there.
func (p *Program) Backward(scale float32) {
	if p.lossGrad == nil {
		panic("graph: Backward of a program without a loss, or not compiled to train")
	}
	kernel.Fill(p.lossGrad, scale)
	for _, g := range p.unused {
		clear(g)
	}
	at := p.begin()
	for i := len(p.steps) - 1; i >= 0; i-- {
		s := &p.steps[i]
		for _, m := range s.before {
			m.again.Step, m.again.Row = p.stepNo, p.row
			m.op.Forward(&m.again)
		}
		if !s.back {
			continue
		}
		c := &s.bcall
		if s.alias {
			if &c.DIn[0].Data[0] != &c.DOut.Data[0] {
				copy(c.DIn[0].Data, c.DOut.Data)
			}
		} else {
			c.Step, c.Row = p.stepNo, p.row
			s.op.Backward(c)
		}
		for j, add := range s.add {
			if add {
				kernel.AddTo(s.sum[j].Data, c.DIn[j].Data)
			}
		}
		if p.clock != nil {
			at = lap(&p.clock.Backward[i], at)
		}
	}
}

// begin returns the time while ops are timed.
func (p *Program) begin() (now time.Time) {
	if p.clock != nil {
		now = time.Now()
	}
	return now
}

// ParamGrad returns the gradients, laid out like Params.Value.
func (p *Program) ParamGrad() []float32 { return p.paramGrad }

// Value returns an input, an output, a parameter or an observed value by name.
func (p *Program) Value(name string) (tensor.Tensor, bool) {
	id, ok := p.values[name]
	if !ok {
		return tensor.Tensor{}, false
	}
	return p.tensors[id], true
}

// Grad returns the gradient of what Value returns, after Backward; false for
// what the loss does not depend on.
func (p *Program) Grad(name string) (tensor.Tensor, bool) {
	id, ok := p.values[name]
	if !ok || p.grads[id].Data == nil {
		return tensor.Tensor{}, false
	}
	return p.grads[id], true
}

// At returns what Value returns, and panics where there is nothing of that
// name, which is a programmer's error: inputs to fill, outputs asked for.
func (p *Program) At(name string) tensor.Tensor {
	t, ok := p.Value(name)
	if !ok {
		panic(fmt.Sprintf("graph: the program has no value %q", name))
	}
	return t
}
