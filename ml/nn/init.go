package nn

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Initialisers by name. fan_in and fan_out are the number of products summed
// into one output and the number of outputs one input reaches: for a dense
// weight [in, out] just those, for a filter [kh, kw, in, out] kh·kw times as many.
//
//	glorot_uniform  U(-l, l), l = √(6/(fan_in+fan_out))   Glorot & Bengio 2010
//	glorot_normal   N(0, 2/(fan_in+fan_out))
//	he_uniform      U(-l, l), l = √(6/fan_in)              He et al. 2015
//	he_normal       N(0, 2/fan_in)
//	zeros           0
//
// The normal ones draw from the whole distribution, as PyTorch's do; Keras cuts
// theirs at two standard deviations and widens it to the same variance.
var initialisers = map[string]graph.Init{
	"glorot_uniform": uniform(func(in, out float64) float64 { return 2 / (in + out) }),
	"glorot_normal":  normal(func(in, out float64) float64 { return 2 / (in + out) }),
	"he_uniform":     uniform(func(in, _ float64) float64 { return 2 / in }),
	"he_normal":      normal(func(in, _ float64) float64 { return 2 / in }),
	"zeros":          func([]float32, tensor.Shape, tensor.Stream) {},
}

// constant fills with a value.
func constant(v float32) graph.Init {
	return func(dst []float32, _ tensor.Shape, _ tensor.Stream) {
		for i := range dst {
			dst[i] = v
		}
	}
}

// initField is the setting every layer with weights has.
func initField(p *string) config.Field {
	return config.Choice("init", p, []string{"glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "zeros"},
		"How the weights start: Glorot suits tanh and softmax, He suits relu, zeros learn nothing in a hidden layer")
}

func fans(shape tensor.Shape) (in, out float64) {
	field := 1
	for _, d := range shape[:len(shape)-2] {
		field *= d
	}
	return float64(field * shape[len(shape)-2]), float64(field * shape[len(shape)-1])
}

func uniform(variance func(in, out float64) float64) graph.Init {
	return func(dst []float32, shape tensor.Shape, s tensor.Stream) {
		l := float32(math.Sqrt(3 * variance(fans(shape))))
		s.FillUniform(dst, 0, -l, l)
	}
}

func normal(variance func(in, out float64) float64) graph.Init {
	return func(dst []float32, shape tensor.Shape, s tensor.Stream) {
		sd := math.Sqrt(variance(fans(shape)))
		for i := range dst {
			dst[i] = float32(s.Normal(uint64(i)) * sd)
		}
	}
}
