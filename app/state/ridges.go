package state

import (
	"slices"

	"descent/ml/session"
)

// A Ridge is how the numbers of one parameter or layer were spread at one step.
type Ridge struct {
	Step     int
	Min, Max float64
	Shares   []float32 // of the columns between them
}

// Ridges is how spreads changed while they were watched. There are never many: when there are too many, every second
// goes, so that they always tell of the whole time.
type Ridges struct {
	Of     string
	Latest *session.Spreads
	rows   map[string][]Ridge
	every  int // steps between two that are kept
}

// mostRidges is how many are kept of each.
const mostRidges = 24

// Add takes in what the trainer sent, with the shares of all columns. What is about another model, or from before the
// last, begins anew.
func (r *Ridges) Add(s *session.Spreads, shares []float32) {
	if r.Latest == nil || r.Of != s.Of || s.Step < r.Latest.Step || !slices.Equal(r.Latest.Names, s.Names) {
		*r = Ridges{Of: s.Of, rows: map[string][]Ridge{}, every: 1}
	}
	r.Latest = s
	for i, name := range s.Names {
		if (i+1)*s.Columns > len(shares) || s.Counts[i] == 0 {
			continue
		}
		rows := r.rows[name]
		if n := len(rows); n > 1 && rows[n-1].Step-rows[n-2].Step < r.every || n > 0 && rows[n-1].Step == s.Step {
			rows = rows[:n-1] // the latest is always there, and stays if it is far enough from the one before
		}
		r.rows[name] = append(rows, Ridge{s.Step, s.Min[i], s.Max[i], shares[i*s.Columns : (i+1)*s.Columns]})
	}
	if first := r.longest(); len(first) > mostRidges {
		r.every = max(r.every, (first[len(first)-1].Step-first[0].Step)/(mostRidges/2))
		for name, rows := range r.rows {
			r.rows[name] = thin(rows, r.every)
		}
	}
}

func (r *Ridges) longest() (out []Ridge) {
	for _, rows := range r.rows {
		if len(rows) > len(out) {
			out = rows
		}
	}
	return out
}

// thin keeps the first, the last, and between them those that are so many steps apart.
func thin(rows []Ridge, every int) []Ridge {
	out := rows[:1:1]
	for i, row := range rows[1:] {
		if row.Step-out[len(out)-1].Step >= every || i == len(rows)-2 {
			out = append(out, row)
		}
	}
	return out
}

// Rows returns the ridges of a name, the oldest first.
func (r *Ridges) Rows(name string) []Ridge { return r.rows[name] }

// Range is what the columns of all ridges of a name are drawn over: from the least to the greatest number of any, but
// no further than four times what the latest reaches, so that one wild step does not flatten all others.
func (r *Ridges) Range(name string) (low, high float64) {
	rows := r.rows[name]
	if len(rows) == 0 {
		return 0, 0
	}
	last := rows[len(rows)-1]
	low, high = last.Min, last.Max
	reach := 4 * max(high, -low, 1e-30)
	for _, row := range rows {
		low, high = min(low, max(row.Min, -reach)), max(high, min(row.Max, reach))
	}
	if low == high {
		pad := max(1e-6, 0.05*max(high, -high))
		low, high = low-pad, high+pad
	}
	return low, high
}

// Resample spreads a ridge over n columns from low to high: how much of all lies in each.
func (r *Ridge) Resample(low, high float64, n int) []float64 {
	out := make([]float64, n)
	width, from := (high-low)/float64(n), (r.Max-r.Min)/float64(len(r.Shares))
	for i, share := range r.Shares {
		if share == 0 {
			continue
		}
		a := (r.Min + float64(i)*from - low) / width // in columns
		b := a + from/width
		if b-a < 1e-9 {
			if at := int(a); a >= 0 && at <= n {
				out[min(at, n-1)] += float64(share)
			}
			continue
		}
		for at := max(0, int(a)); at < n && float64(at) < b; at++ {
			if part := min(b, float64(at+1)) - max(a, float64(at)); part > 0 {
				out[at] += float64(share) * part / (b - a)
			}
		}
	}
	return out
}
