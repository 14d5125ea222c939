package graph

import (
	"errors"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A Value is a handle on something the graph computes. The zero Value stands
// for one that could not be made; ops applied to it are passed over, so that
// one mistake is reported once.
type Value struct{ id int }

// OK reports whether the value could be made.
func (v Value) OK() bool { return v.id > 0 }

type nodeKind uint8

const (
	inputNode nodeKind = iota
	paramNode
	opNode
)

type node struct {
	kind  nodeKind
	name  string
	shape tensor.Shape
	op    Op
	plan  Plan
	in    []int // ids
	param int   // index into the graph's params
}

// A Builder collects ops in the order they run.
type Builder struct {
	nodes  []node // by id; 0 is unused
	params []ParamInfo
	names  map[string]int
	errs   config.Errors
	flops  int64
}

// NewBuilder returns an empty Builder.
func NewBuilder() *Builder {
	return &Builder{nodes: make([]node, 1), names: map[string]int{}}
}

// Input declares values fed in from outside, batch dimension included.
func (b *Builder) Input(name string, shape tensor.Shape) Value {
	return b.add(node{kind: inputNode, name: name, shape: shape})
}

// Param declares a trainable value. Asking again for the same name returns the
// same value: weights are shared by name.
func (b *Builder) Param(info ParamInfo) Value {
	if id, ok := b.names[info.Name]; ok {
		if n := b.nodes[id]; n.kind == paramNode && n.shape.Equal(info.Shape) {
			return Value{id}
		}
		b.problem(info.Name, "is wanted as %v and as %v", b.nodes[id].shape, info.Shape)
		return Value{}
	}
	b.params = append(b.params, info)
	return b.add(node{kind: paramNode, name: info.Name, shape: info.Shape, param: len(b.params) - 1})
}

// Apply adds an op. Its problems are noted under the name, and the zero Value
// returned.
func (b *Builder) Apply(name string, op Op, in ...Value) Value {
	ids, shapes := make([]int, len(in)), make([]tensor.Shape, len(in))
	for i, v := range in {
		if !v.OK() {
			return Value{}
		}
		ids[i], shapes[i] = v.id, b.nodes[v.id].shape
	}
	plan, err := op.Plan(shapes)
	if err != nil {
		var e *config.Error
		if !errors.As(err, &e) {
			e = &config.Error{Msg: err.Error()}
		}
		e.Node = name
		b.Fail(e)
		return Value{}
	}
	b.flops += plan.FLOPs
	return b.add(node{kind: opNode, name: name, shape: plan.Out, op: op, plan: plan, in: ids})
}

// most is how many numbers a value may hold, far more than any machine has room
// for: so bounded, the sizes of whole programs can be counted, and refused.
const most = 1 << 44

// countable reports whether the product of the dimensions is at most that, which
// Shape.Len, that may overflow, cannot tell.
func countable(s tensor.Shape) bool {
	n := 1
	for _, d := range s {
		if d > 0 && n > most/d {
			return false
		}
		n *= d
	}
	return true
}

func (b *Builder) add(n node) Value {
	if _, taken := b.names[n.name]; taken {
		b.problem(n.name, "the name is used twice")
		return Value{}
	}
	if !countable(n.shape) || max(n.plan.Save, n.plan.Temp) > most || min(n.plan.Save, n.plan.Temp) < 0 {
		b.problem(n.name, "would hold %v numbers or work with as many, and no machine has room for that; make its sizes smaller", n.shape)
		return Value{}
	}
	b.nodes = append(b.nodes, n)
	id := len(b.nodes) - 1
	b.names[n.name] = id
	return Value{id}
}

func (b *Builder) problem(node, format string, args ...any) {
	e := config.Problem(format, args...)
	e.Node = node
	b.Fail(e)
}

// Fail notes a problem found by a layer.
func (b *Builder) Fail(e *config.Error) { b.errs = append(b.errs, e) }

// Find returns the value of that name.
func (b *Builder) Find(name string) (Value, bool) {
	id, ok := b.names[name]
	return Value{id}, ok
}

// Shape returns the value's shape, batch included; nil of the zero Value.
func (b *Builder) Shape(v Value) tensor.Shape { return b.nodes[v.id].shape }

// Name returns the value's name.
func (b *Builder) Name(v Value) string { return b.nodes[v.id].name }

// Source returns the op that makes the value and its first input: the loss
// looks through a softmax this way. The op is nil for inputs and parameters.
func (b *Builder) Source(v Value) (Op, Value) {
	n := b.nodes[v.id]
	if n.kind != opNode || len(n.in) == 0 {
		return nil, Value{}
	}
	return n.op, Value{n.in[0]}
}

// Params returns the parameters declared so far, in order.
func (b *Builder) Params() []ParamInfo { return b.params }

// FLOPs returns the arithmetic of one forward pass over what was applied so far.
func (b *Builder) FLOPs() int64 { return b.flops }

// Err returns every problem noted so far, or nil.
func (b *Builder) Err() error { return b.errs.Err() }
