package op

import (
	"descent/ml/graph"
	"descent/ml/internal/golden"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func init() {
	goldenOps["embedding"] = func(golden.Case) (graph.Op, []string, map[string]layout) {
		return Embedding{}, []string{"ids", "w"}, nil
	}
	goldenOps["attention"] = attentionCase
	goldenOps["rnn"] = recurrentCase(SimpleRNN{})
	goldenOps["lstm"] = recurrentCase(LSTM{})
	goldenOps["gru"] = recurrentCase(GRU{})
}

// recurrentCase turns PyTorch's weights, (gates·units, in), and its two biases
// into ours.
func recurrentCase(o graph.Op) func(golden.Case) (graph.Op, []string, map[string]layout) {
	return func(c golden.Case) (graph.Op, []string, map[string]layout) {
		layouts := map[string]layout{"w_ih": {1, 0}, "w_hh": {1, 0}}
		names := []string{"x", "w_ih", "w_hh", "b"}
		b := golden.Tensor{Shape: c.Inputs["b_ih"].Shape, Data: append([]float32{}, c.Inputs["b_ih"].Data...)}
		second := c.Inputs["b_hh"].Data
		if o == (GRU{}) {
			units := c.Inputs["w_hh"].Shape[1]
			last := func(x []float32) golden.Tensor {
				return golden.Tensor{Shape: tensor.Shape{units}, Data: x[2*units:]}
			}
			c.Inputs["v"], c.Grads["v"] = last(second), last(c.Grads["b_hh"].Data)
			names, second = append(names, "v"), second[:2*units]
		}
		kernel.AddTo(b.Data[:len(second)], second)
		c.Inputs["b"], c.Grads["b"] = b, c.Grads["b_ih"]
		return o, names, layouts
	}
}

// attentionCase turns PyTorch's [n, heads, time, d] into our [n, time, heads·d].
func attentionCase(c golden.Case) (graph.Op, []string, map[string]layout) {
	heads := c.Inputs["q"].Shape[1]
	for _, group := range []map[string]golden.Tensor{c.Inputs, c.Outputs, c.Upstream, c.Grads} {
		for name, g := range group {
			g = g.Permute(0, 2, 1, 3)
			g.Shape = tensor.Shape{g.Shape[0], g.Shape[1], heads * g.Shape[3]}
			group[name] = g
		}
	}
	return Attention{Heads: heads, KVHeads: heads, Causal: c.Attrs["causal"] == true}, []string{"q", "k", "v"}, nil
}
