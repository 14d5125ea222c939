package data

import (
	"math"
	"slices"

	"descent/ml/config"
)

func init() {
	RegisterStep(StepInfo{
		Type: "fill_missing", Title: "Fill missing values",
		Doc: "Puts a value where a table has none: the mean or the median of the column, or a constant. In a column of categories it is the most frequent one.",
		New: func() Step { return &fillMissing{with: "mean"} },
	})
}

// fillMissing replaces NaN. The mean, the median and the most frequent
// category are of the training samples.
type fillMissing struct {
	with  string
	value float64
}

func (f *fillMissing) Fields() []config.Field {
	return []config.Field{
		config.Choice("with", &f.with, []string{"mean", "median", "constant"}, "what is put in a column of numbers"),
		config.Float("value", &f.value, -math.MaxFloat32, math.MaxFloat32, "the constant"),
	}
}

func (f *fillMissing) Form(in Form) (Form, error) {
	in.Columns = slices.Clone(in.Columns)
	for i := range in.Columns {
		in.Columns[i].Missing = 0
	}
	return in, nil
}

func (f *fillMissing) Stats(in Form) int { return lanes(in) }

func (f *fillMissing) Fit(d Dataset, in Form) []float32 {
	stats := make([]float32, lanes(in))
	mean, _ := moments(d, in)
	var values [][]float64
	if f.with == "median" || len(in.Columns) > 0 {
		values = make([][]float64, len(stats))
		visit(d, in, func(lane int, v float64) { values[lane] = append(values[lane], v) })
	}
	for i := range stats {
		switch {
		case !measured(in, i):
			stats[i] = mostFrequent(values[i])
		case f.with == "constant":
			stats[i] = float32(f.value)
		case f.with == "median":
			stats[i] = median(values[i])
		default:
			stats[i] = float32(mean[i])
		}
	}
	return stats
}

// median returns the middle value, or the mean of the two in the middle.
func median(v []float64) float32 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return float32((v[(len(v)-1)/2] + v[len(v)/2]) / 2)
}

// mostFrequent returns the value that is there most often, of several the least.
func mostFrequent(v []float64) float32 {
	slices.Sort(v)
	best, most := 0.0, 0
	for i := 0; i < len(v); {
		j := i
		for j < len(v) && v[j] == v[i] {
			j++
		}
		if j-i > most {
			best, most = v[i], j-i
		}
		i = j
	}
	return float32(best)
}

func (f *fillMissing) Apply(dst, src []float32, _ Form, stats []float32) {
	for i, v := range src {
		if v != v {
			v = stats[i%len(stats)]
		}
		dst[i] = v
	}
}
