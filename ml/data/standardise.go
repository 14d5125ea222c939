package data

import "descent/ml/config"

func init() {
	RegisterStep(StepInfo{
		Type: "standardise", Title: "Standardise",
		Doc: "Subtracts the mean and divides by the standard deviation, of each column or colour, so that all features weigh alike. Both are of the training samples alone.",
		New: func() Step { return standardise{} },
	})
}

// standardise computes (x - mean) / deviation. What does not vary becomes 0.
type standardise struct{}

func (standardise) Fields() []config.Field { return nil }

func (standardise) Form(in Form) (Form, error) { return in, nil }

func (standardise) Stats(in Form) int { return 2 * lanes(in) }

func (standardise) Fit(d Dataset, in Form) []float32 {
	mean, deviation := moments(d, in)
	stats := make([]float32, 2*len(mean))
	for i := range mean {
		stats[2*i], stats[2*i+1] = 0, 1
		if measured(in, i) {
			stats[2*i] = float32(mean[i])
			if deviation[i] > 0 {
				stats[2*i+1] = float32(1 / deviation[i])
			}
		}
	}
	return stats
}

func (standardise) Apply(dst, src []float32, _ Form, stats []float32) { affine(dst, src, stats) }
