package diagnose

import (
	"math"
	"slices"
	"strconv"

	"descent/ml/session"
)

type point = session.Point

// figure writes a number with about three figures: 0.0123, 12.3, 1230, 1.2e+09.
func figure(v float64) string {
	a := math.Abs(v)
	switch {
	case v != v || math.IsInf(v, 0):
		return "∞"
	case v == 0:
		return "0"
	case a < 1e-4 || a >= 1e6:
		return strconv.FormatFloat(v, 'e', 1, 64)
	case a >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) }

func lowest(x []float64) float64  { return slices.Min(x) }
func highest(x []float64) float64 { return slices.Max(x) }
