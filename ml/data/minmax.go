package data

import (
	"math"

	"descent/ml/config"
)

func init() {
	RegisterStep(StepInfo{
		Type: "min_max", Title: "Min-max",
		Doc: "Brings each column or colour to 0..1: its smallest value among the training samples becomes 0, its largest 1.",
		New: func() Step { return minMax{} },
	})
}

// minMax computes (x - least) / (most - least). Other samples than those
// trained on may lie outside 0..1.
type minMax struct{}

func (minMax) Fields() []config.Field { return nil }

func (minMax) Form(in Form) (Form, error) { return in, nil }

func (minMax) Stats(in Form) int { return 2 * lanes(in) }

func (minMax) Fit(d Dataset, in Form) []float32 {
	n := lanes(in)
	least, most := make([]float64, n), make([]float64, n)
	for i := range n {
		least[i], most[i] = math.Inf(1), math.Inf(-1)
	}
	visit(d, in, func(lane int, v float64) {
		least[lane], most[lane] = min(least[lane], v), max(most[lane], v)
	})
	stats := make([]float32, 2*n)
	for i := range n {
		stats[2*i], stats[2*i+1] = 0, 1
		if measured(in, i) && least[i] <= most[i] {
			stats[2*i] = float32(least[i])
			if most[i] > least[i] {
				stats[2*i+1] = float32(1 / (most[i] - least[i]))
			}
		}
	}
	return stats
}

func (minMax) Apply(dst, src []float32, _ Form, stats []float32) { affine(dst, src, stats) }
