package state

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Count writes a whole number with its thousands apart: 1,234.
func Count(n int) string {
	if n < 0 {
		return "-" + Count(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Loss writes a loss with four figures, so that it does not jump about while it falls.
func Loss(v float64) string {
	switch {
	case v != v:
		return "NaN"
	case math.IsInf(v, 0):
		return "∞"
	case v == 0:
		return "0"
	case math.Abs(v) < 0.0001 || math.Abs(v) >= 100000:
		return strconv.FormatFloat(v, 'e', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', max(0, min(4, 3-int(math.Floor(math.Log10(math.Abs(v)))))), 64)
}

// Percent writes a part of one.
func Percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + " %" }

// Sure writes a probability short: nothing is quite certain.
func Sure(p float64) string {
	if p > 0.99 {
		return ">99 %"
	}
	return strconv.Itoa(int(math.Round(100*p))) + " %"
}

// Setting writes a number as it would stand in a document.
func Setting(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// Rate writes a speed with about three figures.
func Rate(v float64) string {
	if v >= 100 {
		return Count(int(math.Round(v)))
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// Megabytes writes a number of bytes.
func Megabytes(n int) string { return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB" }

// Memory writes a number of bytes in the unit that suits it.
func Memory(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprint(n, " B")
	case n < 1_000_000:
		return strconv.FormatFloat(float64(n)/1e3, 'f', 1, 64) + " kB"
	}
	return Megabytes(n)
}

// Operations writes a number of arithmetic operations.
func Operations(n float64) string {
	switch {
	case n < 1e3:
		return strconv.FormatFloat(n, 'f', 0, 64)
	case n < 1e6:
		return strconv.FormatFloat(n/1e3, 'f', 1, 64) + " k"
	case n < 1e9:
		return strconv.FormatFloat(n/1e6, 'f', 1, 64) + " M"
	}
	return strconv.FormatFloat(n/1e9, 'f', 1, 64) + " G"
}

// Shape writes a shape for people: 28×28×1.
func Shape(dims []int) string {
	parts := make([]string, len(dims))
	for i, d := range dims {
		parts[i] = strconv.Itoa(d)
	}
	return strings.Join(parts, "×")
}

// Fine writes a small number with one decimal.
func Fine(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// Chance writes a probability with as many figures as tell it from 0 and from 1.
func Chance(p float64) string {
	switch {
	case p <= 0:
		return "0 %"
	case p < 0.0001:
		return "<0.01 %"
	case p < 0.1:
		return strconv.FormatFloat(100*p, 'f', 2, 64) + " %"
	}
	return strconv.FormatFloat(100*p, 'f', 1, 64) + " %"
}

// Short writes a number with three figures, however large or small it is.
func Short(v float64) string {
	switch a := math.Abs(v); {
	case v == 0:
		return "0"
	case v != v || math.IsInf(v, 0):
		return Loss(v)
	case a >= 0.001 && a < 10000:
		return strconv.FormatFloat(v, 'f', max(0, min(5, 2-int(math.Floor(math.Log10(a))))), 64)
	}
	return strconv.FormatFloat(v, 'e', 1, 64)
}

// Brief writes a number with three figures at most, and no zeros at its end: 0.003, 12.5, 1,250.
func Brief(v float64) string {
	switch a := math.Abs(v); {
	case v == 0:
		return "0"
	case v != v || math.IsInf(v, 0):
		return "∞"
	case a < 1e-4 || a >= 1e6:
		return strconv.FormatFloat(v, 'e', 1, 64)
	case a >= 100:
		return Count(int(math.Round(v)))
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}
