package op

import (
	"maps"
	"slices"
	"testing"

	"descent/ml/graph"
	"descent/ml/internal/golden"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// A layout says how a golden tensor's dimensions are permuted into ours; nil
// leaves them.
type layout []int

var (
	nhwc = layout{0, 2, 3, 1}
	hwio = layout{2, 3, 1, 0}
)

// goldenOps makes our op of a case and says in which order it takes the inputs.
// Other files of this test add theirs in init.
var goldenOps = map[string]func(c golden.Case) (o graph.Op, in []string, layouts map[string]layout){
	"relu":    activationCase(kernel.ReLU),
	"tanh":    activationCase(kernel.Tanh),
	"sigmoid": activationCase(kernel.Sigmoid),
	"softmax": func(golden.Case) (graph.Op, []string, map[string]layout) { return Softmax{}, []string{"x"}, nil },
	"dense": func(golden.Case) (graph.Op, []string, map[string]layout) {
		return Linear{}, []string{"x", "w", "bias"}, nil
	},
	"cross_entropy": func(c golden.Case) (graph.Op, []string, map[string]layout) {
		if c.Attrs["label_smoothing"] != nil {
			return nil, nil, nil
		}
		return CrossEntropy{}, []string{"x", "t"}, nil
	},
	"mse": func(golden.Case) (graph.Op, []string, map[string]layout) { return MSE{}, []string{"x", "t"}, nil },
	"conv2d": func(c golden.Case) (graph.Op, []string, map[string]layout) {
		s, p, d := c.Int("stride", 1), c.Int("padding", 0), c.Int("dilation", 1)
		return Conv2D{Stride: [2]int{s, s}, Dilation: [2]int{d, d}, Pad: Padding{p, p, p, p}, Groups: c.Int("groups", 1)},
			[]string{"x", "w", "bias"}, map[string]layout{"x": nhwc, "w": hwio, "y": nhwc}
	},
	"maxpool2d": poolCase(false),
	"avgpool2d": poolCase(true),
	"global_avgpool": func(c golden.Case) (graph.Op, []string, map[string]layout) {
		s := c.Inputs["x"].Shape
		return Pool2D{Average: true, Size: [2]int{s[2], s[3]}, Stride: [2]int{1, 1}}, []string{"x"}, map[string]layout{"x": nhwc}
	},
}

func activationCase(a kernel.Act) func(golden.Case) (graph.Op, []string, map[string]layout) {
	return func(golden.Case) (graph.Op, []string, map[string]layout) { return Activation{a}, []string{"x"}, nil }
}

func poolCase(average bool) func(golden.Case) (graph.Op, []string, map[string]layout) {
	return func(c golden.Case) (graph.Op, []string, map[string]layout) {
		k, s, p := c.Int("kernel", 2), c.Int("stride", 2), c.Int("padding", 0)
		return Pool2D{Average: average, Size: [2]int{k, k}, Stride: [2]int{s, s}, Pad: Padding{p, p, p, p}},
			[]string{"x"}, map[string]layout{"x": nhwc, "y": nhwc}
	}
}

// perSample are the losses: PyTorch's is the mean, ours one number a sample.
var perSample = map[string]bool{"cross_entropy": true, "mse": true}

func TestGolden(t *testing.T) {
	const tolerance = 1e-5
	for _, c := range golden.Cases(t) {
		if c.Op == "train" || c.Op == "optimizer" {
			continue // packages train and optim have those
		}
		t.Run(c.Name, func(t *testing.T) {
			known, ok := goldenOps[c.Op]
			if !ok {
				t.Fatalf("there is no op %q; there are %v", c.Op, slices.Sorted(maps.Keys(goldenOps)))
			}
			o, names, layouts := known(c)
			if o == nil {
				t.Fatalf("op %q has no such setting: %v", c.Op, c.Attrs)
			}
			ours := func(name string, g golden.Tensor) golden.Tensor {
				if l := layouts[name]; l != nil {
					return g.Permute(l...)
				}
				return g
			}
			var in []tensor.Tensor
			for _, name := range names {
				g := ours(name, c.Inputs[name])
				if name == "t" && c.Op == "cross_entropy" {
					g.Shape = tensor.Shape{len(g.Data), 1}
				}
				in = append(in, tensor.Tensor{Shape: g.Shape, Data: g.Data})
			}
			call := newCall(t, o, in)
			o.Forward(call)
			want, up := ours("y", c.Outputs["y"]), ours("y", c.Upstream["y"])
			if perSample[c.Op] {
				mean := float32(kernel.Sum(call.Out.Data) / float64(len(call.Out.Data)))
				if far := golden.Near([]float32{mean}, want.Data, tolerance); far != "" {
					t.Errorf("mean loss: %s", far)
				}
				kernel.Fill(call.DOut.Data, up.Data[0]/float32(len(call.Out.Data)))
			} else {
				if far := golden.Near(call.Out.Data, want.Data, tolerance); far != "" {
					t.Errorf("forward: %s", far)
				}
				copy(call.DOut.Data, up.Data)
			}
			o.Backward(call)
			for i, name := range names {
				g, ok := c.Grads[name]
				if !ok || name == "t" {
					continue
				}
				if far := golden.Near(call.DIn[i].Data, ours(name, g).Data, tolerance); far != "" {
					t.Errorf("gradient of %s: %s", name, far)
				}
			}
		})
	}
}

// newCall plans an op on inputs and gives it all the memory it asks for, with
// rubbish in what it must overwrite.
func newCall(t *testing.T, o graph.Op, in []tensor.Tensor) *graph.Call {
	t.Helper()
	shapes := make([]tensor.Shape, len(in))
	for i := range in {
		shapes[i] = in[i].Shape
	}
	plan, err := o.Plan(shapes)
	if err != nil {
		t.Fatalf("%s refuses %v: %v", o.Name(), shapes, err)
	}
	rubbish := func(n int) []float32 {
		d := make([]float32, n)
		kernel.Fill(d, 1e30)
		return d
	}
	call := &graph.Call{In: in, Train: true, Save: rubbish(plan.Save), Temp: rubbish(plan.Temp)}
	call.Out = tensor.Tensor{Shape: plan.Out, Data: rubbish(plan.Out.Len())}
	call.DOut = tensor.New(plan.Out...)
	for _, x := range in {
		call.DIn = append(call.DIn, tensor.Tensor{Shape: x.Shape, Data: rubbish(len(x.Data))})
	}
	return call
}
