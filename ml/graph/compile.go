package graph

// Options says what a program is for.
type Options struct {
	Outputs []Value                // kept until the next step, by name
	Loss    Value                  // one number per sample; zero for a program that only predicts
	Train   bool                   // keep what Backward needs; dropout is active
	Observe func(name string) bool // values to keep, with their gradients; nil for none
	Memory  *Memory                // shared with programs that never run at the same time; nil for the program's own
	Again   bool                   // make cheap values again in Backward rather than keep them
	Given   []Value                // results that are put in from outside: what computes them is left out
}

// Memory is what programs work in that never run at the same time: what one
// of them computed is gone when another runs.
type Memory struct{ values, grads []float32 }

// room returns a block of at least so many numbers, the one that is there if
// it is long enough.
func room(block *[]float32, n int) []float32 {
	if len(*block) < n {
		*block = make([]float32, n)
	}
	return (*block)[:n:n]
}

// Compile turns what the builder holds into a program over the parameters.
// The builder must have no errors.
func (b *Builder) Compile(params *Params, opt Options) *Program {
	if err := b.Err(); err != nil {
		panic("graph: Compile of a graph with errors: " + err.Error())
	}
	p, nodes := b.prepare(opt)
	p.bind(nodes, params, b.params, opt.Memory)
	return p
}

// Measure returns what a program would take, without any memory for it. The
// builder must have no errors.
func (b *Builder) Measure(opt Options) Cost {
	if err := b.Err(); err != nil {
		panic("graph: Measure of a graph with errors: " + err.Error())
	}
	p, _ := b.prepare(opt)
	return p.cost
}

// prepare runs the passes before binding.
func (b *Builder) prepare(opt Options) (*Program, []node) {
	nodes := make([]node, len(b.nodes))
	copy(nodes, b.nodes)
	for _, v := range opt.Given {
		n := &nodes[v.id]
		*n = node{kind: inputNode, name: n.name, shape: n.shape}
	}

	pinned := make([]bool, len(nodes))
	for _, v := range opt.Outputs {
		pinned[v.id] = true
	}
	if opt.Loss.OK() {
		pinned[opt.Loss.id] = true
	}
	if opt.Observe != nil {
		for id := 1; id < len(nodes); id++ {
			if nodes[id].kind == opNode && opt.Observe(nodes[id].name) {
				pinned[id] = true
			}
		}
	}
	live := reach(nodes, pinned)
	fuse(nodes, live, pinned)
	p := b.plan(nodes, live, pinned, opt)
	if opt.Again { // what is made again needs room at that time, which may be when there is least
		opt.Again = false
		if kept := b.plan(nodes, live, pinned, opt); kept.size <= p.size {
			p = kept
		}
	}
	return p, nodes
}

// reach marks what the pinned values are computed from.
func reach(nodes []node, pinned []bool) []bool {
	live := make([]bool, len(nodes))
	for id := len(nodes) - 1; id > 0; id-- {
		live[id] = live[id] || pinned[id]
		if live[id] {
			for _, in := range nodes[id].in {
				live[in] = true
			}
		}
	}
	return live
}

// fuse lets each op absorb its only reader, as long as nobody looks at what
// lies between. The reader takes the op's place and keeps its own name.
func fuse(nodes []node, live, pinned []bool) {
	readers := make([]int, len(nodes))
	for id := range nodes {
		if live[id] {
			for _, in := range nodes[id].in {
				readers[in]++
			}
		}
	}
	for id := 1; id < len(nodes); id++ {
		n := &nodes[id]
		if !live[id] || n.kind != opNode || len(n.in) != 1 {
			continue
		}
		from := n.in[0]
		source := &nodes[from]
		if source.kind != opNode || pinned[from] || readers[from] != 1 {
			continue
		}
		f, ok := source.op.(Fuser)
		if !ok {
			continue
		}
		fused, ok := f.Fuse(n.op)
		if !ok {
			continue
		}
		n.op, n.in = fused, source.in
		n.plan = mustPlan(nodes, n)
		live[from] = false
	}
}

func mustPlan(nodes []node, n *node) Plan {
	p, err := n.op.Plan(shapesOf(nodes, n.in))
	if err != nil {
		panic("graph: a fused op refuses the shapes its parts took: " + err.Error())
	}
	return p
}
