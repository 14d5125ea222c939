package graph

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A model that has learned from whole sequences [n, time, …] can also go
// through one a step at a time, at the cost of a step: ops that look back keep
// what they have seen. Stepwise makes that graph from the one of whole sequences,
// over the same parameters.

// A Stepper is an op that can go through a sequence from its first step to its
// last. Time is the second dimension, and the third of an image of one row,
// [n, 1, time, channels], which is how windows see a sequence.
type Stepper interface {
	Op

	// Stepwise returns the op that computes one step of the result from one step
	// of the inputs that come so, and from all of those that come whole. It may
	// ask for State, which belongs to the sequence: zeros at its first step. It
	// returns nil where the op itself will do, since each step of the result is
	// computed from that step of the inputs alone.
	//
	// The error says in a few words why there is no such op: "it looks ahead".
	Stepwise(in []Flow) (Op, error)
}

// A Flow is an input of an op in a graph that goes step by step.
type Flow struct {
	Shape tensor.Shape // over all steps
	Steps bool         // it comes a step at a time; the others come whole
}

// A Slicer is an op that keeps some steps of its input.
type Slicer interface {
	Op
	Kept() (start, length int)
}

// A Stepwise is a graph that goes step by step. Two programs run it: one that
// computes Given from Before, once for each sequence, and one that is given
// these and computes Out from Step, for each step.
type Stepwise struct {
	*Builder
	Before Value   // the first steps of the input, all at once; zero where all come step by step
	Step   Value   // the next step of the input, [n, 1, …]
	Out    Value   // the next step of the result, [n, 1, …]
	Given  []Value // what the steps read of Before
}

// Stepwise makes the graph that computes out step by step. The steps of the input
// before the one called from are known when it begins. The error is a
// *config.Error that names the node which cannot go step by step.
func (b *Builder) Stepwise(input Value, from int, out Value) (*Stepwise, error) {
	live := make([]bool, len(b.nodes))
	live[out.id] = true
	live = reach(b.nodes, live)
	s := &stepping{old: b, new: NewBuilder(), from: from, of: make([]flowing, len(b.nodes))}
	for id := 1; id < len(b.nodes); id++ {
		n := &b.nodes[id]
		if !live[id] {
			continue
		}
		var err error
		switch {
		case n.kind == paramNode:
			s.of[id].whole = s.new.Param(b.params[n.param])
		case id == input.id:
			s.input(id)
		case n.kind == opNode:
			err = s.op(id)
		default:
			err = config.Problem("it reads more than one input")
		}
		if err != nil {
			e := config.About("", err)
			e.Node, _, _ = strings.Cut(n.name, ".")
			return nil, e
		}
	}
	if !s.of[out.id].step.OK() {
		return nil, config.Problem("it does not depend on the steps")
	}
	if err := s.new.Err(); err != nil {
		panic("graph: a step of a graph does not fit together: " + err.Error())
	}
	return &Stepwise{s.new, s.of[input.id].whole, s.of[input.id].step, s.of[out.id].step, s.given}, nil
}

// stepping is the making of a Stepwise.
type stepping struct {
	old, new *Builder
	from     int
	of       []flowing // by old id
	given    []Value
}

// A flowing value comes whole, or a step at a time, or has both: its first
// steps whole and the rest step by step.
type flowing struct{ whole, step Value }

func (s *stepping) input(id int) {
	n := s.old.nodes[id]
	part := func(name string, steps int) Value {
		shape := slices.Clone(n.shape)
		shape[1] = steps
		return s.new.Input(name, shape)
	}
	s.of[id].step = part(n.name, 1)
	if s.from > 0 {
		s.of[id].whole = part(n.name+".before", s.from)
	}
}

func (s *stepping) op(id int) error {
	n := s.old.nodes[id]
	steps, both := false, false
	flows := make([]Flow, len(n.in))
	for i, in := range n.in {
		v := s.of[in]
		flows[i] = Flow{s.old.nodes[in].shape, v.step.OK()}
		steps = steps || v.step.OK()
		both = both || v.step.OK() && v.whole.OK()
	}
	if !steps {
		s.of[id].whole = s.new.Apply(n.name, n.op, s.wholes(n.in)...)
		return nil
	}
	if cut, ok := n.op.(Slicer); ok {
		return s.slice(id, cut)
	}
	o, err := Op(nil), error(config.Problem("it reads the whole sequence at once"))
	if stepper, ok := n.op.(Stepper); ok {
		o, err = stepper.Stepwise(flows)
	}
	if err != nil {
		return err
	}
	alone := o == nil
	if alone {
		o = n.op
	} else if both {
		return config.Problem("it reads what is known from the start and what comes later as one sequence")
	}
	in := make([]Value, len(n.in))
	for i, old := range n.in {
		v := s.of[old]
		switch {
		case v.step.OK():
			in[i] = v.step
		case alone && s.old.nodes[old].kind != paramNode && len(flows[i].Shape) == len(n.shape) && n.shape[1] > 1 && flows[i].Shape[1] == n.shape[1]:
			in[i] = s.new.Apply(n.name+".now."+s.new.Name(v.whole), pick{}, s.give(v.whole))
		default:
			in[i] = s.give(v.whole)
		}
	}
	s.of[id].step = s.new.Apply(n.name, o, in...)
	if both {
		s.of[id].whole = s.new.Apply(n.name+".before", o, s.wholes(n.in)...)
	}
	return nil
}

func (s *stepping) wholes(ids []int) []Value {
	out := make([]Value, len(ids))
	for i, id := range ids {
		out[i] = s.of[id].whole
	}
	return out
}

// give notes that the steps read a value that comes whole.
func (s *stepping) give(v Value) Value {
	if s.new.nodes[v.id].kind == opNode && !slices.Contains(s.given, v) {
		s.given = append(s.given, v)
	}
	return v
}

// slice keeps the steps that are known, or all that come later.
func (s *stepping) slice(id int, cut Slicer) error {
	n := s.old.nodes[id]
	v, all := s.of[n.in[0]], s.old.nodes[n.in[0]].shape[1]
	start, length := cut.Kept()
	switch {
	case v.whole.OK() && start+length <= s.from:
		s.of[id].whole = s.new.Apply(n.name, n.op, v.whole)
	case start == s.from && start+length == all && v.whole.OK() == (s.from > 0):
		s.of[id].step = v.step
	default:
		return config.Problem("it cuts a sequence elsewhere than between what is known from the start and what comes later")
	}
	return nil
}

// pick takes the present step out of a sequence that came whole:
//
//	y[i,0] = x[i,time]
type pick struct{}

func (pick) Name() string { return "pick" }

func (pick) Plan(in []tensor.Shape) (Plan, error) {
	out := slices.Clone(in[0])
	out[1] = 1
	return Plan{Out: out}, nil
}

func (pick) Forward(c *Call) {
	x := c.In[0]
	steps, n := x.Shape[1], x.Shape[2:].Len()
	for i := range x.Shape[0] {
		copy(c.Out.Data[i*n:(i+1)*n], x.Data[(i*steps+c.Time)*n:])
	}
}

func (pick) Backward(*Call) { panic("graph: a step of a sequence has no gradient") }
