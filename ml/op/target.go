package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Losses compare predictions x[n, ...] with targets t of the same shape, or
// with t[n, 1], class indices that stand for one-hot rows of x[n, d].

// comparison is the plan of a loss over the values of each sample.
func comparison(name string, in []tensor.Shape, oneHot bool, flops int) (graph.Plan, error) {
	if err := arity(name, in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, t := in[0], in[1]
	if len(x) < 2 || !oneHot && !t.Equal(x) || oneHot && !t.Equal(tensor.Shape{x[0], 1}) {
		return graph.Plan{}, config.Problem("%s compares like with like, not predictions %v with targets %v", name, x[1:], t[1:])
	}
	return graph.Plan{Out: tensor.Shape{x[0]}, NeedsIn: 0b11, FLOPs: int64(flops) * int64(x.Len())}, nil
}

// wanted returns the target of the j-th of a sample's d values.
func wanted(t tensor.Tensor, oneHot bool, i, j, d int) float32 {
	if !oneHot {
		return t.Data[i*d+j]
	}
	if int(t.Data[i]) == j {
		return 1
	}
	return 0
}
