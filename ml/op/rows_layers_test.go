package op

import (
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func init() {
	for f := kernel.LeakyReLU; f <= kernel.Sqrt; f++ {
		r := row{op: Map{Func: f, A: 0.3}, in: []tensor.Shape{{3, 11}}}
		switch f {
		case kernel.LeakyReLU, kernel.ELU, kernel.SELU, kernel.HardSwish, kernel.Abs:
			r.kinked = true
		case kernel.Log, kernel.Sqrt:
			r.fill = positive
		}
		ops = append(ops, r)
	}
}

// positive draws numbers from 0.5 to 2.
func positive(j int, x tensor.Tensor) bool {
	tensor.NewStream(uint64(j), "positive").FillUniform(x.Data, 0, 0.5, 2)
	return true
}
