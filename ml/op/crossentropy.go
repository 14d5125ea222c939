package op

import (
	"fmt"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// CrossEntropy is the loss of a classification in nats, one number per sample,
// from the logits x[n, classes] and the class indices t[n, 1]:
//
//	loss[i] = log Σj e^x[i,j] - x[i,t[i]]
//	dx[i] = (softmax(x[i]) - onehot(t[i]))·dloss[i]
//
// It is softmax and negative log likelihood in one, which neither overflows
// nor loses digits.
type CrossEntropy struct{}

func (CrossEntropy) Name() string { return "cross_entropy" }

func (CrossEntropy) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("cross_entropy", in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, t := in[0], in[1]
	if len(x) != 2 || !t.Equal(tensor.Shape{x[0], 1}) {
		return graph.Plan{}, fmt.Errorf("cross_entropy wants logits[n, classes] and labels[n, 1], not %v and %v", x, t)
	}
	return graph.Plan{Out: tensor.Shape{x[0]}, Save: x.Len(), NeedsIn: 0b10, FLOPs: 5 * int64(x.Len())}, nil
}

func (CrossEntropy) Forward(c *graph.Call) {
	m, n := rows(c.In[0])
	kernel.SoftmaxCrossEntropy(c.Out.Data, c.Save, c.In[0].Data, c.In[1].Data, m, n)
}

func (CrossEntropy) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	m, n := rows(c.In[0])
	for i := 0; i < m; i++ {
		row, g := dx[i*n:(i+1)*n], c.DOut.Data[i]
		kernel.Scale(row, c.Save[i*n:(i+1)*n], g)
		row[int(c.In[1].Data[i])] -= g
	}
}
