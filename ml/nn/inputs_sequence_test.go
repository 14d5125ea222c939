package nn

import (
	"descent/ml/tensor"
)

func init() {
	sequence := tensor.Shape{5, 12}
	for _, name := range []string{
		"position_embedding", "sinusoidal_position", "first_step", "last_step", "slice_time", "mean_over_time", "cls_token",
		"simple_rnn", "lstm", "gru",
		"multi_head_attention", "transformer_encoder", "transformer_decoder",
	} {
		inputs[name] = sequence
	}
	inputs["padding_mask"] = tensor.Shape{5}
	inputs["embedding"] = tensor.Shape{5}
	inputs["repeat_vector"] = tensor.Shape{7}
	inputs["tied_dense"] = tensor.Shape{5}
	before["tied_dense"] = func(l Layer) []Node {
		l.(*TiedDense).To = "b"
		return []Node{{ID: "b", Type: "embedding", Layer: &Embedding{Size: 4, Init: "unit_length"}}}
	}
}
