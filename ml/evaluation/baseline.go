package evaluation

import (
	"math"
	"slices"
)

// Constant is what the baseline answers to every sample: the share that each
// class has in training, or the mean of each value. It looks at no input, so a
// model that is no better has learned nothing of it.
type Constant struct {
	Shares []float64 // of classes
	Means  []float64 // of values
}

// Measure returns the baseline's figures on the outputs' samples, by the names
// that the model's have. The k of top_k is 0 where there is none.
func (c Constant) Measure(o *Outputs, k int) map[string]float64 {
	out := map[string]float64{}
	if o.Classes == 0 {
		c.ofValues(o, out)
		return out
	}
	if len(c.Shares) != o.Classes || len(o.Truth) == 0 || o.Classes > 256 {
		return out
	}
	order := make([]int, o.Classes)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case c.Shares[a] > c.Shares[b]:
			return -1
		case c.Shares[a] < c.Shares[b]:
			return 1
		}
		return 0
	})
	matrix := make([]int, o.Classes*o.Classes)
	surprise, top, n := 0.0, 0, float64(len(o.Truth))
	for _, t := range o.Truth {
		matrix[int(t)*o.Classes+order[0]]++
		surprise -= math.Log(c.Shares[t])
		if slices.Contains(order[:min(max(k, 0), len(order))], int(t)) {
			top++
		}
	}
	out["accuracy"] = float64(matrix[order[0]*o.Classes+order[0]]) / n
	out["log_loss"] = surprise / n
	out["perplexity"] = math.Exp(surprise / n)
	if k > 0 {
		out["top_k"] = float64(top) / n
	}
	macro := Macro(matrix, o.Classes)
	out["precision"], out["recall"], out["f1"] = macro[0], macro[1], macro[2]
	out["roc_auc"] = 0.5
	return out
}

func (c Constant) ofValues(o *Outputs, out map[string]float64) {
	n := o.rows()
	if len(c.Means) != o.Width || n == 0 {
		return
	}
	squared, absolute, r2 := 0.0, 0.0, 0.0
	for k, answer := range c.Means {
		mean, own, spread := 0.0, 0.0, 0.0
		for i := range n {
			mean += float64(o.Values[i*o.Width+k]) / float64(n)
		}
		for i := range n {
			v := float64(o.Values[i*o.Width+k])
			own += (v - answer) * (v - answer)
			absolute += math.Abs(v - answer)
			spread += (v - mean) * (v - mean)
		}
		squared += own
		r2 += (1 - own/spread) / float64(o.Width)
	}
	all := float64(n * o.Width)
	out["mse"], out["rmse"], out["mae"] = squared/all, math.Sqrt(squared/all), absolute/all
	if !math.IsNaN(r2) && !math.IsInf(r2, 0) {
		out["r2"] = r2
	}
}

// Prior makes a Constant of how many samples of each class training has. Each
// count is one more than it was, or one sample of a class that training never
// saw would make the surprise infinite.
func Prior(counts []int) Constant {
	total := len(counts)
	for _, n := range counts {
		total += n
	}
	c := Constant{Shares: make([]float64, len(counts))}
	for i, n := range counts {
		c.Shares[i] = float64(n+1) / float64(total)
	}
	return c
}
