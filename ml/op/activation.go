package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Activation applies a function to each value on its own, one whose derivative
// follows from its result:
//
//	relu     y = max(x, 0)         dx = dy where y > 0, else 0
//	tanh     y = tanh x            dx = dy·(1-y²)
//	sigmoid  y = 1/(1+e^-x)        dx = dy·y·(1-y)
type Activation struct {
	Act kernel.Act
}

func (a Activation) Name() string {
	return [...]string{kernel.None: "identity", kernel.ReLU: "relu", kernel.Tanh: "tanh", kernel.Sigmoid: "sigmoid"}[a.Act]
}

func (a Activation) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity(a.Name(), in, 1); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: in[0], NeedsOut: true, Cheap: true, FLOPs: int64(in[0].Len())}, nil
}

func (a Activation) Forward(c *graph.Call) {
	kernel.Activate(c.Out.Data, c.In[0].Data, a.Act)
}

func (a Activation) Backward(c *graph.Call) {
	if d := c.DIn[0].Data; d != nil {
		kernel.ActivateGrad(d, c.DOut.Data, c.Out.Data, a.Act)
	}
}

func (Activation) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
