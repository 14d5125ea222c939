package op

import (
	"descent/ml/graph"
	"descent/ml/tensor"
)

// PaddingMask says which steps count: y = 0 where x is the token that fills
// short sequences up, else 1. It has no gradient: dx = 0.
type PaddingMask struct {
	Token int
}

func (PaddingMask) Name() string { return "padding_mask" }

func (PaddingMask) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("padding_mask", in, 1); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: in[0]}, nil
}

func (o PaddingMask) Forward(c *graph.Call) {
	for i, v := range c.In[0].Data {
		c.Out.Data[i] = 1
		if v == float32(o.Token) {
			c.Out.Data[i] = 0
		}
	}
}

func (PaddingMask) Backward(c *graph.Call) { clear(c.DIn[0].Data) }

func (PaddingMask) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
