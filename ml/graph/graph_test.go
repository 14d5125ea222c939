package graph_test

import (
	"math"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/op"
	"descent/ml/tensor"
)

// The compiler knows no op, so its tests borrow those of package op, and add
// two of their own: a sum of two values, and the sum of a row.

type add struct{}

func (add) Name() string { return "add" }
func (add) Plan(in []tensor.Shape) (graph.Plan, error) {
	return graph.Plan{Out: in[0], FLOPs: int64(in[0].Len())}, nil
}
func (add) Forward(c *graph.Call) { kernel.Add(c.Out.Data, c.In[0].Data, c.In[1].Data) }
func (add) Backward(c *graph.Call) {
	for _, d := range c.DIn {
		copy(d.Data, c.DOut.Data)
	}
}

type rowSum struct{}

func (rowSum) Name() string { return "row_sum" }
func (rowSum) Plan(in []tensor.Shape) (graph.Plan, error) {
	return graph.Plan{Out: in[0][:1], NeedsIn: 1}, nil
}
func (rowSum) Forward(c *graph.Call) {
	n := len(c.In[0].Data) / len(c.Out.Data)
	for i := range c.Out.Data {
		row := c.In[0].Data[i*n : (i+1)*n]
		c.Out.Data[i] = float32(kernel.SumSquares(row))
	}
}
func (rowSum) Backward(c *graph.Call) {
	n := len(c.In[0].Data) / len(c.Out.Data)
	for i, x := range c.In[0].Data {
		c.DIn[0].Data[i] = 2 * x * c.DOut.Data[i/n]
	}
}

func normal(dst []float32, _ tensor.Shape, s tensor.Stream) {
	for i := range dst {
		dst[i] = float32(s.Normal(uint64(i))) / 3
	}
}

// branching builds a network with all that the compiler has to settle: a
// residual connection, one weight used by two layers, a value read three times,
// a reshape in between.
func branching(b *graph.Builder) (loss, out graph.Value) {
	x := b.Input("x", tensor.Shape{4, 2, 3})
	w := func(name string, shape ...int) graph.Value {
		return b.Param(graph.ParamInfo{Name: name, Shape: shape, Init: normal})
	}
	flat := b.Apply("flat", op.Reshape{}, x)
	h1 := b.Apply("h1", op.Activation{Act: kernel.Tanh}, b.Apply("h1.pre", op.Linear{}, flat, w("w", 6, 6), w("b", 6)))
	h2 := b.Apply("h2", op.Activation{Act: kernel.Sigmoid}, b.Apply("h2.pre", op.Linear{}, h1, w("w", 6, 6), w("b2", 6)))
	sum := b.Apply("sum", add{}, h1, h2)
	square := b.Apply("square", op.Reshape{Sample: tensor.Shape{3, 2}}, sum)
	back := b.Apply("back", op.Reshape{}, square)
	again := b.Apply("again", add{}, back, h1)
	out = b.Apply("out", add{}, again, again)
	return b.Apply("loss", rowSum{}, out), out
}

type trained struct {
	*graph.Program
	params *graph.Params
}

func compile(t testing.TB, build func(*graph.Builder) (loss, out graph.Value), observe func(string) bool) trained {
	t.Helper()
	b := graph.NewBuilder()
	loss, out := build(b)
	if err := b.Err(); err != nil {
		t.Fatal(err)
	}
	params := graph.NewParams(b.Params(), 7)
	p := trained{b.Compile(params, graph.Options{Loss: loss, Outputs: []graph.Value{out}, Train: true, Observe: observe}), params}
	x := p.At("x")
	s := tensor.NewStream(3, "x")
	for i := range x.Data {
		x.Data[i] = float32(s.Normal(uint64(i)))
	}
	return p
}

func (p trained) run() (loss float64) {
	p.Forward(0, 0)
	p.Backward(1)
	return kernel.Sum(p.At("loss").Data)
}

func none(string) bool { return false }
func all(string) bool  { return true }

func TestGradientsThroughBranches(t *testing.T) {
	p := compile(t, branching, none)
	p.run()
	grad := append([]float32{}, p.ParamGrad()...)
	for i := range p.params.Index {
		info := p.params.Index[i]
		w, g := p.params.Of(p.params.Value, i), p.params.Of(grad, i)
		for k := range w {
			old := w[k]
			const h = 1e-2
			w[k] = old + h
			up := p.run()
			w[k] = old - h
			down := p.run()
			w[k] = old
			if shown := (up - down) / (2 * h); math.Abs(shown-float64(g[k])) > 5e-3*math.Max(1, math.Abs(shown)) {
				t.Errorf("%s[%d]: gradient %v, the difference shows %v", info.Name, k, g[k], shown)
			}
		}
	}
}

// A gradient goes back to what is trained wherever it stands among the inputs,
// and to nothing else.
func TestGradientAmongConstants(t *testing.T) {
	for _, first := range []bool{true, false} {
		p := compile(t, func(b *graph.Builder) (graph.Value, graph.Value) {
			x := b.Input("x", tensor.Shape{4, 6})
			trained := b.Apply("trained", op.Linear{}, x, b.Param(graph.ParamInfo{Name: "w", Shape: tensor.Shape{6, 6}, Init: normal}))
			frozen := b.Apply("frozen", op.Linear{}, x, b.Param(graph.ParamInfo{Name: "f", Shape: tensor.Shape{6, 6}, Init: normal, Frozen: true}))
			in := []graph.Value{trained, frozen}
			if !first {
				in = []graph.Value{frozen, trained}
			}
			out := b.Apply("out", add{}, b.Apply("sum", add{}, in...), x)
			return b.Apply("loss", rowSum{}, out), out
		}, all)
		p.run()
		if g, ok := p.Grad("w"); !ok || kernel.SumSquares(g.Data) == 0 {
			t.Errorf("trained first %v: no gradient reaches the weight", first)
		}
		if _, ok := p.Grad("f"); ok {
			t.Errorf("trained first %v: a frozen weight has a gradient", first)
		}
	}
}

// What is looked at must not change what is computed, and must be what was
// computed: nothing observed is fused away or overwritten.
func TestObserveAllEqualsObserveNone(t *testing.T) {
	hidden, shown := compile(t, branching, none), compile(t, branching, all)
	if a, b := hidden.run(), shown.run(); a != b {
		t.Errorf("loss %v unobserved, %v observed", a, b)
	}
	for i, g := range hidden.ParamGrad() {
		if d := math.Abs(float64(g - shown.ParamGrad()[i])); d > 1e-6*math.Max(1, math.Abs(float64(g))) {
			t.Errorf("gradient %d is %v unobserved, %v observed", i, g, shown.ParamGrad()[i])
		}
	}
	if _, ok := hidden.Value("h1.pre"); ok {
		t.Error("a value that nobody asked for is kept")
	}
	value := func(name string) []float32 { return shown.At(name).Data }
	grad := func(name string) []float32 {
		g, ok := shown.Grad(name)
		if !ok {
			t.Fatalf("%s has no gradient", name)
		}
		return g.Data
	}
	for i, z := range value("h1.pre") {
		h := value("h1")[i]
		if math.Abs(math.Tanh(float64(z))-float64(h)) > 1e-6 {
			t.Errorf("h1[%d] is %v, its input %v", i, h, z)
		}
		if got, want := grad("h1.pre")[i], grad("h1")[i]*(1-h*h); math.Abs(float64(got-want)) > 1e-5 {
			t.Errorf("gradient before the activation is %v, want %v", got, want)
		}
		if got, want := value("sum")[i], h+value("h2")[i]; got != want {
			t.Errorf("sum[%d] is %v, want %v", i, got, want)
		}
		if value("back")[i] != value("sum")[i] || value("square")[i] != value("sum")[i] {
			t.Errorf("a reshape changed value %d", i)
		}
		if got, want := grad("again")[i], 2*grad("out")[i]; got != want {
			t.Errorf("gradient of a value read twice is %v, want %v", got, want)
		}
	}
}

// The fused op is the one that trains; it must compute what its parts do.
func TestFusedEqualsDecomposed(t *testing.T) {
	for _, act := range []kernel.Act{kernel.ReLU, kernel.Tanh, kernel.Sigmoid} {
		build := func(b *graph.Builder) (graph.Value, graph.Value) {
			x := b.Input("x", tensor.Shape{3, 6, 5, 2})
			w := b.Param(graph.ParamInfo{Name: "w", Shape: tensor.Shape{3, 3, 2, 4}, Init: normal})
			bias := b.Param(graph.ParamInfo{Name: "b", Shape: tensor.Shape{4}, Init: normal})
			one := [2]int{1, 1}
			conv := b.Apply("conv.pre", op.Conv2D{Stride: one, Dilation: one, Pad: op.Padding{1, 1, 1, 1}}, x, w, bias)
			flat := b.Apply("flat", op.Reshape{}, b.Apply("conv", op.Activation{Act: act}, conv))
			v := b.Param(graph.ParamInfo{Name: "v", Shape: tensor.Shape{120, 7}, Init: normal})
			c := b.Param(graph.ParamInfo{Name: "c", Shape: tensor.Shape{7}, Init: normal})
			out := b.Apply("dense", op.Activation{Act: act}, b.Apply("dense.pre", op.Linear{}, flat, v, c))
			return b.Apply("loss", rowSum{}, out), out
		}
		fused := compile(t, build, none)
		parts := compile(t, build, func(name string) bool { return strings.HasSuffix(name, ".pre") })
		if a, b := fused.run(), parts.run(); math.Abs(a-b) > 1e-6*math.Abs(b) {
			t.Errorf("act %d: loss %v fused, %v in parts", act, a, b)
		}
		for i, g := range parts.ParamGrad() {
			if d := math.Abs(float64(g - fused.ParamGrad()[i])); d > 1e-5*math.Max(1, math.Abs(float64(g))) {
				t.Errorf("act %d: gradient %d is %v fused, %v in parts", act, i, fused.ParamGrad()[i], g)
			}
		}
		if _, kept := fused.Value("conv.pre"); kept {
			t.Errorf("act %d: nothing was fused", act)
		}
	}
}

// The gradient of what the loss does not depend on is 0 in every step, whatever
// its owner has made of the last one.
func TestGradientOfUnusedIsZero(t *testing.T) {
	p := compile(t, func(b *graph.Builder) (graph.Value, graph.Value) {
		loss, out := branching(b)
		unused := b.Param(graph.ParamInfo{Name: "unused", Shape: tensor.Shape{6, 2}, Init: normal})
		b.Apply("dead", op.Linear{}, b.Apply("flat again", op.Reshape{}, out), unused)
		return loss, out
	}, none)
	p.run()
	want := append([]float32{}, p.ParamGrad()...)
	for i := range p.ParamGrad() {
		p.ParamGrad()[i] += 3 // as a penalty does
	}
	p.run()
	for i, info := range p.params.Index {
		got := p.params.Of(p.ParamGrad(), i)
		for k, w := range p.params.Of(want, i) {
			if got[k] != w || info.Name == "unused" && w != 0 {
				t.Fatalf("the gradient of %s is %v, and was %v in the step before", info.Name, got, p.params.Of(want, i))
			}
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	p := compile(t, branching, none)
	if n := testing.AllocsPerRun(10, func() { p.Forward(0, 0); p.Backward(1) }); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
}

// A chain needs no more memory than its two neighbours when nothing is kept
// for the way back.
func TestMemoryIsReused(t *testing.T) {
	size := func(layers int, train bool) int64 {
		b := graph.NewBuilder()
		v := b.Input("x", tensor.Shape{8, 100})
		for i := range layers {
			v = b.Apply(string(rune('a'+i)), op.Softmax{}, v)
		}
		loss := b.Apply("loss", rowSum{}, v)
		return b.Compile(graph.NewParams(nil, 1), graph.Options{Loss: loss, Train: train}).Cost().Activations
	}
	if a, b := size(3, false), size(20, false); a != b {
		t.Errorf("predicting takes %d bytes with 3 layers and %d with 20", a, b)
	}
}

func TestBuilderErrors(t *testing.T) {
	b := graph.NewBuilder()
	x := b.Input("x", tensor.Shape{2, 3})
	w := b.Param(graph.ParamInfo{Name: "w", Shape: tensor.Shape{4, 5}, Init: normal})
	bias := b.Param(graph.ParamInfo{Name: "b", Shape: tensor.Shape{5}, Init: normal})
	broken := b.Apply("h", op.Linear{}, x, w, bias)
	if broken.OK() {
		t.Error("a product of 3 and 4 was built")
	}
	if after := b.Apply("after", op.Softmax{}, broken); after.OK() {
		t.Error("an op on nothing was built")
	}
	b.Apply("x", op.Softmax{}, x)
	b.Param(graph.ParamInfo{Name: "w", Shape: tensor.Shape{1}, Init: normal})
	errs, _ := config.All(b.Err())
	if len(errs) != 3 || errs[0].Node != "h" || errs[1].Node != "x" || errs[2].Node != "w" {
		t.Errorf("problems:\n%v", b.Err())
	}
	defer func() {
		if recover() == nil {
			t.Error("a graph with errors was compiled")
		}
	}()
	b.Compile(graph.NewParams(nil, 1), graph.Options{})
}
