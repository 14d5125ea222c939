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
//	lecun_uniform   U(-l, l), l = √(3/fan_in)              LeCun et al. 1998
//	lecun_normal    N(0, 1/fan_in)
//	orthogonal      rows or columns of length 1 at right angles   Saxe et al. 2014
//	unit_length     N(0, 1/fan_out): the rows of a table are vectors about 1 long
//	zeros           0
//
// These take a number in brackets, as in "normal(0.02)":
//
//	constant(0.1)           the number
//	uniform(0.05)           U(-l, l)
//	normal(0.05)            N(0, sd²)
//	truncated_normal(0.05)  N(0, sd²) drawn again beyond two standard deviations
//	orthogonal(1)           times the number
//
// The normal ones draw from the whole distribution, as PyTorch's do; Keras cuts
// those of Glorot, He and LeCun at two standard deviations and widens them to
// the same variance.
var initialisers = map[string]graph.Init{
	"glorot_uniform": uniform(func(in, out float64) float64 { return 2 / (in + out) }),
	"glorot_normal":  normal(func(in, out float64) float64 { return 2 / (in + out) }),
	"he_uniform":     uniform(func(in, _ float64) float64 { return 2 / in }),
	"he_normal":      normal(func(in, _ float64) float64 { return 2 / in }),
	"lecun_uniform":  uniform(func(in, _ float64) float64 { return 1 / in }),
	"lecun_normal":   normal(func(in, _ float64) float64 { return 1 / in }),
	"unit_length":    normal(func(_, out float64) float64 { return 1 / out }),
	"zeros":          func([]float32, tensor.Shape, tensor.Stream) {},
}

// amounts are the initialisers that take a number, with its default.
var amounts = map[string]struct {
	usual float64
	make  func(float64) graph.Init
}{
	"constant":         {0.1, func(v float64) graph.Init { return constant(float32(v)) }},
	"uniform":          {0.05, func(l float64) graph.Init { return uniform(func(_, _ float64) float64 { return l * l / 3 }) }},
	"normal":           {0.05, func(sd float64) graph.Init { return normal(func(_, _ float64) float64 { return sd * sd }) }},
	"truncated_normal": {0.05, truncated},
	"orthogonal":       {1, orthogonal},
}

// initialiser returns the one of that name, with its number if it has one. The
// name was checked when the document was read.
func initialiser(name string) graph.Init {
	if init, ok := initialisers[name]; ok {
		return init
	}
	name, number, given := config.Split(name)
	a, ok := amounts[name]
	if !ok {
		panic("nn: no initialiser " + name)
	}
	if !given {
		number = a.usual
	}
	return a.make(number)
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
	return weightsField("init", p, "How the weights start: Glorot suits tanh and softmax, He suits relu, LeCun selu; uniform, normal and constant take "+
		"a number, as in normal(0.02); zeros learn nothing in a hidden layer")
}

// weightsField is a choice among the initialisers of weights.
func weightsField(name string, p *string, doc string) config.Field {
	return config.Amount(name, p, []string{"glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
		"orthogonal", "uniform", "normal", "truncated_normal", "constant", "zeros"},
		[]string{"constant", "uniform", "normal", "truncated_normal", "orthogonal"}, doc).Called(initialiserAlsoCalled)
}

func fans(shape tensor.Shape) (in, out float64) {
	if len(shape) < 2 {
		n := float64(shape.Len())
		return n, n
	}
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

func truncated(sd float64) graph.Init {
	return func(dst []float32, _ tensor.Shape, s tensor.Stream) {
		for i := range dst {
			z := s.Normal(uint64(i))
			for again := uint64(1); math.Abs(z) > 2; again++ {
				z = s.Fork(again).Normal(uint64(i))
			}
			dst[i] = float32(z * sd)
		}
	}
}

// orthogonal makes the columns of the weight, seen as [all but the last
// dimension, last], orthonormal, or the rows where there are fewer of them:
// Gram and Schmidt's method on normal draws, each vector freed twice of those
// before it, which is as exact as Householder's.
func orthogonal(gain float64) graph.Init {
	return func(dst []float32, shape tensor.Shape, s tensor.Stream) {
		cols := shape[len(shape)-1]
		rows := len(dst) / max(1, cols)
		count, length := cols, rows
		at := func(vector, i int) int { return i*cols + vector }
		if rows < cols {
			count, length = rows, cols
			at = func(vector, i int) int { return vector*cols + i }
		}
		q := make([]float64, count*length)
		for v := range count {
			x := q[v*length : (v+1)*length]
			for i := range x {
				x[i] = s.Normal(uint64(v*length + i))
			}
			for range 2 {
				for u := range v {
					y := q[u*length : (u+1)*length]
					along := 0.0
					for i := range x {
						along += float64(x[i] * y[i])
					}
					for i := range x {
						x[i] -= float64(along * y[i])
					}
				}
			}
			square := 0.0
			for i := range x {
				square += float64(x[i] * x[i])
			}
			for i := range x {
				x[i] /= math.Sqrt(square)
				dst[at(v, i)] = float32(gain * x[i])
			}
		}
	}
}
