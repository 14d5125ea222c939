package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Map applies a function to each value on its own, one whose derivative
// follows from its input; A is the function's setting, where it has one:
//
//	leaky_relu   y = x, or A·x below 0
//	elu          y = x, or A·(eˣ-1) below 0
//	selu         y = 1.0507·elu(x) with A = 1.6733
//	gelu         y = x·Φ(x), Φ the normal distribution
//	gelu_tanh    y = x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
//	silu         y = x/(1+e^-x)
//	softplus     y = log(1+eˣ)
//	hard_swish   y = x·min(max(x+3, 0), 6)/6
//	exp, abs, square, log, sqrt
//
//	dx = dy·f'(x)
type Map struct {
	Func kernel.Func
	A    float64
}

func (m Map) Name() string {
	return [...]string{
		kernel.LeakyReLU: "leaky_relu", kernel.ELU: "elu", kernel.SELU: "selu", kernel.GELU: "gelu", kernel.GELUTanh: "gelu_tanh",
		kernel.SiLU: "silu", kernel.Softplus: "softplus", kernel.HardSwish: "hard_swish", kernel.Exponential: "exp",
		kernel.Abs: "abs", kernel.Square: "square", kernel.Log: "log", kernel.Sqrt: "sqrt",
	}[m.Func]
}

func (m Map) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity(m.Name(), in, 1); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: in[0], NeedsIn: 1, Cheap: true, FLOPs: int64(in[0].Len())}, nil
}

func (m Map) Forward(c *graph.Call) {
	kernel.Map(c.Out.Data, c.In[0].Data, m.Func, float32(m.A))
}

func (m Map) Backward(c *graph.Call) {
	if d := c.DIn[0].Data; d != nil {
		kernel.MapGrad(d, c.DOut.Data, c.In[0].Data, m.Func, float32(m.A))
	}
}

func (Map) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
