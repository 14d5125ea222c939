package evaluation

import (
	"cmp"
	"math"
	"slices"
)

// Orders in which samples can be looked at.
const (
	InOrder   = "order"   // as they come
	ByMistake = "mistake" // guessed wrong, the surest first; of values, the farthest off first
	ByDoubt   = "doubt"   // the least sure first
	InCell    = "cell"    // of one right class and one guess, the surest first
)

// Order returns decisions, or rows of values, in one of the orders, by their
// places in o. Right and guess count for InCell. Equal ones stay as they came.
func (o *Outputs) Order(order string, right, guess int) []int {
	if o.Classes == 0 {
		all := make([]int, o.rows())
		for i := range all {
			all[i] = i
		}
		if order == ByMistake {
			slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(o.Distance(b), o.Distance(a)) })
		}
		return all
	}
	var all []int
	for i, t := range o.Truth {
		g := o.Guess[i]
		if order == ByMistake && g == t || order == InCell && (int(t) != right || int(g) != guess) {
			continue
		}
		all = append(all, i)
	}
	sure := func(i int) float64 { return float64(o.Sure[i]) }
	switch order {
	case ByMistake, InCell:
		slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(sure(b), sure(a)) })
	case ByDoubt:
		slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(sure(a), sure(b)) })
	}
	return all
}

// Distance is how far the i-th answer is from what was to be told; infinite
// where the answer is not a number.
func (o *Outputs) Distance(i int) float64 {
	sum := 0.0
	for k, v := range o.Answer(i) {
		d := float64(v) - float64(o.Values[i*o.Width+k])
		sum += d * d
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return math.Sqrt(sum)
}
