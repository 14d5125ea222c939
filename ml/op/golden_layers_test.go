package op

import (
	"descent/ml/graph"
	"descent/ml/internal/golden"
	"descent/ml/kernel"
)

func init() {
	for name, m := range map[string]Map{
		"leaky_relu": {kernel.LeakyReLU, 0.1}, "elu": {kernel.ELU, 1}, "gelu_erf": {Func: kernel.GELU}, "gelu_tanh": {Func: kernel.GELUTanh},
		"silu": {Func: kernel.SiLU}, "softplus": {Func: kernel.Softplus}, "exp": {Func: kernel.Exponential}, "abs": {Func: kernel.Abs},
		"square": {Func: kernel.Square}, "log": {Func: kernel.Log}, "sqrt": {Func: kernel.Sqrt},
	} {
		goldenOps[name] = func(golden.Case) (graph.Op, []string, map[string]layout) { return m, []string{"x"}, nil }
	}
}
