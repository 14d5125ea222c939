package op

import (
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func init() {
	ops = append(ops,
		row{op: Linear{Act: kernel.Tanh}, in: []tensor.Shape{{5, 7}, {7, 3}}},
		row{op: Linear{Transposed: true}, in: []tensor.Shape{{2, 5, 7}, {19, 7}}},
		row{op: Linear{Transposed: true, Act: kernel.Sigmoid}, in: []tensor.Shape{{9, 7}, {3, 7}, {3}}},
		row{op: Embedding{}, in: []tensor.Shape{{3, 5}, {11, 6}}, fixed: []int{0}, fill: ids(0, 11)},
		row{op: Position{}, in: []tensor.Shape{{3, 5, 6}, {7, 6}}},
		row{op: NewSinusoid(5, 7), in: []tensor.Shape{{3, 5, 7}}},
		row{op: NewRotary(5, 6), in: []tensor.Shape{{3, 5, 12}}},
		row{op: Step{}, in: []tensor.Shape{{3, 5, 6}}},
		row{op: Step{First: true}, in: []tensor.Shape{{3, 5, 6}}},
		row{op: PaddingMask{Token: 3}, in: []tensor.Shape{{3, 5}}, fixed: []int{0}, fill: ids(0, 5)},
		row{op: MaskedMean{}, in: []tensor.Shape{{3, 5, 6}, {3, 5}}, fixed: []int{1}, fill: mask(1)},
		row{op: Prepend{}, in: []tensor.Shape{{3, 5, 6}, {6}}},
		row{op: SimpleRNN{}, in: []tensor.Shape{{3, 5, 4}, {4, 6}, {6, 6}, {6}}},
		row{op: SimpleRNN{Reverse: true}, in: []tensor.Shape{{2, 3, 4}, {4, 17}, {17, 17}, {17}}},
		row{op: LSTM{}, in: []tensor.Shape{{3, 5, 4}, {4, 24}, {6, 24}, {24}}},
		row{op: LSTM{Reverse: true}, in: []tensor.Shape{{2, 3, 4}, {4, 68}, {17, 68}, {68}}},
		row{op: LSTM{}, in: []tensor.Shape{{1, 1, 2}, {2, 8}, {2, 8}, {8}}},
		row{op: LSTMCells{}, in: []tensor.Shape{{3, 5, 4}, {4, 24}, {6, 24}, {24}}},
		row{op: LSTMCells{Reverse: true}, in: []tensor.Shape{{2, 3, 4}, {4, 68}, {17, 68}, {68}}},
		row{op: GRU{}, in: []tensor.Shape{{3, 5, 4}, {4, 18}, {6, 18}, {18}, {6}}},
		row{op: GRU{Reverse: true}, in: []tensor.Shape{{2, 3, 4}, {4, 51}, {17, 51}, {51}, {17}}},
		row{op: Attention{Heads: 2, KVHeads: 2}, in: []tensor.Shape{{2, 5, 8}, {2, 5, 8}, {2, 5, 8}}},
		row{op: Attention{Heads: 2, KVHeads: 2, Causal: true}, in: []tensor.Shape{{2, 5, 8}, {2, 5, 8}, {2, 5, 8}}},
		row{op: Attention{Heads: 4, KVHeads: 2}, in: []tensor.Shape{{2, 3, 12}, {2, 7, 6}, {2, 7, 6}, {2, 7}}, fixed: []int{3}, fill: mask(3)},
		row{op: Attention{Heads: 1, KVHeads: 1, Causal: true}, in: []tensor.Shape{{1, 150, 3}, {1, 150, 3}, {1, 150, 3}}},
		row{op: Attention{Heads: 2, KVHeads: 1}, in: []tensor.Shape{{1, 70, 34}, {1, 131, 17}, {1, 131, 17}}},
		row{op: Attention{Heads: 4, KVHeads: 2, Dropout: 0.4, Stream: tensor.NewStream(1, "a")}, in: []tensor.Shape{{2, 3, 12}, {2, 7, 6}, {2, 7, 6}, {2, 7}}, fixed: []int{3}, fill: mask(3)},
		row{op: Attention{Heads: 2, KVHeads: 2, Causal: true, Dropout: 0.2, Stream: tensor.NewStream(2, "a")}, in: []tensor.Shape{{1, 70, 6}, {1, 70, 6}, {1, 70, 6}}},
		row{op: AttentionWeights{Heads: 4, KVHeads: 2}, in: []tensor.Shape{{2, 3, 12}, {2, 7, 6}, {2, 7}}, fixed: []int{2}, fill: mask(2)},
		row{op: AttentionWeights{Heads: 2, KVHeads: 2, Causal: true}, in: []tensor.Shape{{2, 5, 8}, {2, 5, 8}}},
		row{op: Slice{Start: 1, Length: 3}, in: []tensor.Shape{{3, 5, 6}}},
		row{op: Slice{Start: 2, Length: 3}, in: []tensor.Shape{{4, 5}}},
		row{op: Slice{Length: 1}, in: []tensor.Shape{{2, 1, 3}}},
		row{op: Repeat{Times: 4}, in: []tensor.Shape{{3, 5}}},
		row{op: Repeat{Times: 1}, in: []tensor.Shape{{1, 6}}},
	)
}

// ids fills input j with whole numbers below n.
func ids(j, n int) func(int, tensor.Tensor) bool {
	return func(i int, x tensor.Tensor) bool {
		if i != j {
			return false
		}
		s := tensor.NewStream(7, "ids")
		for k := range x.Data {
			x.Data[k] = float32(s.Intn(uint64(k), n))
		}
		return true
	}
}

// mask fills input j with ones and zeros, the first sample wholly with zeros.
func mask(j int) func(int, tensor.Tensor) bool {
	return func(i int, x tensor.Tensor) bool {
		if i != j {
			return false
		}
		for k := x.Shape[1]; k < len(x.Data); k++ {
			x.Data[k] = float32(k * 5 % 3 % 2)
		}
		return true
	}
}
