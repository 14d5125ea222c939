package graph_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// running adds up the steps so far: y[t] = y[t-1] + x[t].
type running struct{ steps bool }

func (running) Name() string { return "running" }
func (r running) Plan(in []tensor.Shape) (graph.Plan, error) {
	p := graph.Plan{Out: in[0], FLOPs: int64(in[0].Len())}
	if r.steps {
		p.State = in[0][0] * in[0][2]
	}
	return p, nil
}
func (r running) Forward(c *graph.Call) {
	n, time, size := c.Out.Shape[0], c.Out.Shape[1], c.Out.Shape[2]
	for i := range n {
		sum := make([]float32, size)
		if r.steps {
			sum = c.State[i*size : (i+1)*size]
		}
		for t := range time {
			for k := range size {
				at := (i*time+t)*size + k
				sum[k] += c.In[0].Data[at]
				c.Out.Data[at] = sum[k]
			}
		}
	}
}
func (running) Backward(*graph.Call) {}
func (running) Stepwise([]graph.Flow) (graph.Op, error) {
	return running{steps: true}, nil
}

const known, later = 3, 4

// halves reads the first steps of x at once and goes through the others.
func halves(n int) (b *graph.Builder, x, out graph.Value) {
	b = graph.NewBuilder()
	w := func(name string, shape ...int) graph.Value {
		return b.Param(graph.ParamInfo{Name: name, Shape: shape, Init: normal})
	}
	x = b.Input("x", tensor.Shape{n, known + later, 2})
	all := b.Apply("all", op.Linear{}, x, w("w", 2, 5), w("b", 5))
	first := b.Apply("first", op.Slice{Length: known}, all)
	rest := b.Apply("rest", op.Slice{Start: known, Length: later}, all)
	last := b.Apply("last", op.Step{First: true}, b.Apply("back", op.SimpleRNN{Reverse: true}, first, w("v", 5, 5), w("u", 5, 5), w("c", 5)))
	again := b.Apply("again", op.SimpleRNN{}, b.Apply("repeated", op.Repeat{Times: later}, last), w("v", 5, 5), w("u", 5, 5), w("c", 5))
	both := b.Apply("both", op.Binary{Do: op.Mul}, rest, again)
	sum := b.Apply("sum", running{}, both)
	b.Apply("unread", op.Permute{Axes: []int{0, 2, 1}}, sum)
	return b, x, b.Apply("out", op.Linear{}, sum, w("o", 5, 3))
}

func TestStepwise(t *testing.T) {
	const n = 2
	b, x, out := halves(n)
	params := graph.NewParams(b.Params(), 7)
	whole := b.Compile(params, graph.Options{Outputs: []graph.Value{out}})
	in := whole.At("x")
	tensor.NewStream(1, "x").FillNormal(in.Data, 0)
	whole.Forward(0, 0)
	want := whole.At("out")

	s, err := b.Stepwise(x, known, out)
	if err != nil {
		t.Fatal(err)
	}
	var given []string
	for _, v := range s.Given {
		given = append(given, s.Name(v))
	}
	if !slices.Equal(given, []string{"again"}) {
		t.Errorf("the steps are given %q", given)
	}
	first := s.Compile(params, graph.Options{Outputs: s.Given})
	next := s.Compile(params, graph.Options{Outputs: []graph.Value{s.Out}, Given: s.Given})
	before, step, given1, given2 := first.At(s.Name(s.Before)), next.At(s.Name(s.Step)), first.At("again"), next.At("again")
	if a, c := next.Cost().Forward, whole.Cost().Forward; a > c/later {
		t.Errorf("a step takes %d FLOPs, and the whole %d", a, c)
	}
	const sample, one = (known + later) * 2, 2
	for i := range n {
		copy(before.Data[i*known*one:(i+1)*known*one], in.Data[i*sample:])
	}
	first.Forward(0, 0)
	copy(given2.Data, given1.Data)

	// check runs the steps; from swapped on the samples are in the other order.
	check := func(swapped int) {
		t.Helper()
		next.Rewind()
		copy(given2.Data, given1.Data)
		for at := range later {
			if at == swapped {
				next.Branch([]int{1, 0})
				half := len(given2.Data) / n
				copy(given2.Data, given1.Data[half:])
				copy(given2.Data[half:], given1.Data[:half])
			}
			for i := range n {
				from := i
				if at >= swapped {
					from = 1 - i
				}
				copy(step.Data[i*one:(i+1)*one], in.Data[from*sample+(known+at)*one:])
			}
			next.Advance()
			for i := range n {
				from := i
				if at >= swapped {
					from = 1 - i
				}
				for k, v := range next.At("out").Data[i*3 : (i+1)*3] {
					if w := want.Data[(from*later+at)*3+k]; math.Abs(float64(v-w)) > 1e-5 {
						t.Errorf("step %d of sample %d is %v, and in the whole %v", at, i, v, w)
					}
				}
			}
		}
	}
	check(later)
	check(later) // a second sequence begins anew
	check(1)
	check(3)
	if n := testing.AllocsPerRun(3, func() { next.Rewind(); next.Advance(); next.Branch([]int{1, 1}) }); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
}

// All steps of the input may be unknown from the start.
func TestStepwiseFromTheStart(t *testing.T) {
	b := graph.NewBuilder()
	x := b.Input("x", tensor.Shape{1, 4, 2})
	out := b.Apply("out", running{}, b.Apply("same", op.Slice{Length: 4}, x))
	s, err := b.Stepwise(x, 0, out)
	if err != nil {
		t.Fatal(err)
	}
	if s.Before.OK() || len(s.Given) > 0 {
		t.Errorf("something comes before the first step")
	}
	p := s.Compile(graph.NewParams(nil, 1), graph.Options{Outputs: []graph.Value{s.Out}})
	for i := range 3 {
		copy(p.At("x").Data, []float32{1, float32(i)})
		p.Advance()
	}
	if got := p.At("out").Data; !slices.Equal(got, []float32{3, 3}) {
		t.Errorf("the sum of the steps is %v", got)
	}
}

// What cannot go step by step is named.
func TestNotStepwise(t *testing.T) {
	for _, c := range []struct {
		build func(b *graph.Builder, x graph.Value) graph.Value
		says  string
	}{
		{func(b *graph.Builder, x graph.Value) graph.Value {
			return b.Apply("tail.part", op.Step{}, x)
		}, `node "tail": it reads the whole sequence at once`},
		{func(b *graph.Builder, x graph.Value) graph.Value {
			return b.Apply("cut", op.Slice{Start: 1, Length: known}, x)
		}, `node "cut": it cuts a sequence elsewhere`},
		{func(b *graph.Builder, x graph.Value) graph.Value { return b.Apply("sum", running{}, x) }, `node "sum": it reads what is known`},
		{func(b *graph.Builder, x graph.Value) graph.Value { return b.Apply("first", op.Slice{Length: known}, x) }, "does not depend on the steps"},
		{func(b *graph.Builder, x graph.Value) graph.Value {
			return b.Apply("two", op.Binary{}, x, b.Input("y", tensor.Shape{1, known + later, 2}))
		}, `node "y": it reads more than one input`},
	} {
		b := graph.NewBuilder()
		x := b.Input("x", tensor.Shape{1, known + later, 2})
		if _, err := b.Stepwise(x, known, c.build(b, x)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, want %q", err, c.says)
		}
	}
}
