package op

import (
	"descent/ml/graph"
	"descent/ml/internal/golden"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func init() {
	for name, m := range map[string]Map{
		"leaky_relu": {kernel.LeakyReLU, 0.1}, "elu": {kernel.ELU, 1}, "gelu_erf": {Func: kernel.GELU}, "gelu_tanh": {Func: kernel.GELUTanh},
		"silu": {Func: kernel.SiLU}, "softplus": {Func: kernel.Softplus}, "exp": {Func: kernel.Exponential}, "abs": {Func: kernel.Abs},
		"square": {Func: kernel.Square}, "selu": {Func: kernel.SELU}, "hard_swish": {Func: kernel.HardSwish}, "log": {Func: kernel.Log}, "sqrt": {Func: kernel.Sqrt},
	} {
		goldenOps[name] = func(golden.Case) (graph.Op, []string, map[string]layout) { return m, []string{"x"}, nil }
	}
	binary := func(a Arithmetic) func(golden.Case) (graph.Op, []string, map[string]layout) {
		return func(golden.Case) (graph.Op, []string, map[string]layout) { return Binary{a}, []string{"a", "c"}, nil }
	}
	goldenOps["add"], goldenOps["mul"], goldenOps["div"] = binary(Add), binary(Mul), binary(Div)
	goldenOps["matmul"] = func(golden.Case) (graph.Op, []string, map[string]layout) { return MatMul{}, []string{"a", "c"}, nil }
	for name, do := range map[string]Reduction{"sum": Sum, "mean": Mean, "max": Max} {
		goldenOps[name] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
			axes := []int{c.Int("axis", 0)}
			if list, ok := c.Attrs["axes"].([]any); ok {
				axes = nil
				for _, a := range list {
					axes = append(axes, int(a.(float64)))
				}
			}
			return Reduce{Do: do, Axes: axes}, []string{"x"}, nil
		}
	}
	goldenOps["layernorm"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		return LayerNorm{c.Float("eps", 0)}, []string{"x", "g", "bias"}, nil
	}
	goldenOps["rmsnorm"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		return RMSNorm{c.Float("eps", 0)}, []string{"x", "g"}, nil
	}
	goldenOps["batchnorm"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		c.Inputs["running"] = golden.Tensor{Shape: c.Inputs["g"].Shape, Data: make([]float32, len(c.Inputs["g"].Data))}
		return BatchNorm{Eps: c.Float("eps", 0)}, []string{"x", "g", "bias", "running", "running"}, map[string]layout{"x": nhwc, "y": nhwc}
	}
	goldenOps["conv1d"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		for _, m := range []map[string]golden.Tensor{c.Inputs, c.Outputs, c.Upstream, c.Grads} {
			for name, g := range m { // images of height 1
				if s := g.Shape; len(s) == 3 {
					g.Shape = tensor.Shape{s[0], s[1], 1, s[2]}
					m[name] = g
				}
			}
		}
		s, p := c.Int("stride", 1), c.Int("padding", 0)
		return Conv2D{Stride: [2]int{1, s}, Dilation: [2]int{1, c.Int("dilation", 1)}, Pad: Padding{0, 0, p, p}, Groups: c.Int("groups", 1)},
			[]string{"x", "w", "bias"}, map[string]layout{"x": nhwc, "w": hwio, "y": nhwc}
	}
	goldenOps["conv_transpose2d"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		s, p, d, e := c.Int("stride", 1), c.Int("padding", 0), c.Int("dilation", 1), c.Int("output_padding", 0)
		return Conv2DTranspose{Stride: [2]int{s, s}, Dilation: [2]int{d, d}, Pad: Padding{p, p, p, p}, Extra: [2]int{e, e}},
			[]string{"x", "w", "bias"}, map[string]layout{"x": nhwc, "w": {2, 3, 1, 0}, "y": nhwc}
	}
	goldenOps["groupnorm"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		return GroupNorm{Groups: c.Int("groups", 1), Eps: c.Float("eps", 0)}, []string{"x", "g_", "bias"}, map[string]layout{"x": nhwc, "y": nhwc}
	}
	goldenOps["upsample2d"] = func(c golden.Case) (graph.Op, []string, map[string]layout) {
		n := c.Int("scale", 2)
		return Upsample2D{Size: [2]int{n, n}}, []string{"x"}, map[string]layout{"x": nhwc, "y": nhwc}
	}
}
