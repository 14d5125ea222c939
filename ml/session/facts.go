package session

import (
	"math"
	"slices"
	"sort"
	"time"

	"descent/ml/data"
	"descent/ml/experiment"
)

// facts looks at the samples, a few at a time.
type facts struct {
	told       Facts
	meta       data.Meta
	train      data.Dataset // raw
	validation data.Dataset
	at         int // samples looked at, the training part's first
	x, y       []float32
	squares    []float64 // of each feature
	seen       map[uint64]struct{}
	columns    [][]float32 // of a table: the values of each
	targets    []float32
}

// Limits of what is looked at.
const (
	factsTrain      = 20_000
	factsValidation = 2_000
	factsTable      = 2_000 // rows of a table whose columns are compared with the target
	factsColumns    = 200
)

// newFacts prepares to look; nil where the samples cannot be divided again.
func newFacts(e *experiment.Experiment, set *data.Set) *facts {
	raw, validation, err := e.Data.Split.Parts(set.Train, set.Meta, e.Seed)
	if err != nil {
		return nil
	}
	f := &facts{meta: set.Meta, train: raw, validation: validation,
		x: make([]float32, set.Meta.X.Len()), y: make([]float32, set.Meta.Y.Len())}
	f.told.Looked = min(raw.Len(), factsTrain)
	if set.Meta.Tokens == 0 {
		f.squares = make([]float64, len(f.x))
		f.seen = make(map[uint64]struct{}, f.told.Looked)
		f.told.Checked = min(validation.Len(), factsValidation)
	}
	if len(set.Meta.Classes) > 0 && len(f.y) == 1 {
		f.told.Counts = make([]int, len(set.Meta.Classes))
	}
	if n := len(set.Meta.Form().Columns); n > 1 && n <= factsColumns && n == len(f.x) && len(f.y) == 1 {
		f.columns = make([][]float32, n)
	}
	return f
}

// work looks at samples for a while; true when all were looked at.
func (f *facts) work(budget time.Duration) bool {
	for start, n := time.Now(), 0; f.at < f.told.Looked+f.told.Checked; n++ {
		if n%16 == 15 && time.Since(start) > budget {
			return false
		}
		if f.at < f.told.Looked {
			f.learn(f.at * f.train.Len() / f.told.Looked)
		} else {
			i := f.at - f.told.Looked
			f.validation.Read(i*f.validation.Len()/f.told.Checked, f.x, f.y)
			if _, ok := f.seen[f.sum()]; ok {
				f.told.Shared++
			}
		}
		f.at++
	}
	return true
}

// learn takes in a training sample.
func (f *facts) learn(i int) {
	f.train.Read(i, f.x, f.y)
	if c := int(f.y[0]); f.told.Counts != nil && c >= 0 && c < len(f.told.Counts) {
		f.told.Counts[c]++
	}
	if f.seen == nil {
		return
	}
	f.seen[f.sum()] = struct{}{}
	for j, v := range f.x {
		f.squares[j] += float64(v) * float64(v)
	}
	if f.columns != nil && len(f.targets) < factsTable {
		f.targets = append(f.targets, f.y[0])
		for j, v := range f.x {
			f.columns[j] = append(f.columns[j], v)
		}
	}
}

// sum is FNV-1a (Fowler, Noll and Vo) over the sample's features.
func (f *facts) sum() uint64 {
	h := uint64(14695981039346656037)
	for _, v := range f.x {
		b := math.Float32bits(v)
		for shift := 0; shift < 32; shift += 8 {
			h = (h ^ uint64(b>>shift&255)) * 1099511628211
		}
	}
	return h
}

// tell is what was found out.
func (f *facts) tell() *Facts {
	for _, s := range f.squares {
		if f.told.Looked > 0 {
			f.told.Size = max(f.told.Size, math.Sqrt(s/float64(f.told.Looked)))
		}
	}
	for j, column := range f.columns {
		told := 0.0
		if f.told.Counts != nil {
			told = foretold(column, f.targets, len(f.told.Counts))
		} else {
			told = correlation(column, f.targets)
		}
		if told > f.told.Told {
			f.told.Telling, f.told.Told = f.meta.Form().Columns[j].Name, told
		}
	}
	return &f.told
}

// foretold is the share of the rows at odd places whose class is the commonest
// of its bin. The bins hold the values of a column, as equally as they can, and
// what is common in them is counted in the rows at even places.
func foretold(column, classes []float32, n int) float64 {
	const bins = 32
	sorted := slices.Clone(column)
	slices.Sort(sorted)
	if len(sorted) < 2*bins {
		return 0
	}
	var edges []float32
	for k := 1; k < bins; k++ {
		if e := sorted[k*len(sorted)/bins]; len(edges) == 0 || e > edges[len(edges)-1] {
			edges = append(edges, e)
		}
	}
	bin := func(v float32) int { return sort.Search(len(edges), func(i int) bool { return edges[i] > v }) }
	counts := make([][]int, len(edges)+1)
	for i := range counts {
		counts[i] = make([]int, n)
	}
	valid := func(i int) bool { return classes[i] >= 0 && int(classes[i]) < n && column[i] == column[i] }
	for i := 0; i < len(column); i += 2 {
		if valid(i) {
			counts[bin(column[i])][int(classes[i])]++
		}
	}
	right, all := 0, 0
	for i := 1; i < len(column); i += 2 {
		if !valid(i) {
			continue
		}
		all++
		row := counts[bin(column[i])]
		best := 0
		for k, c := range row {
			if c > row[best] {
				best = k
			}
		}
		if row[best] > 0 && best == int(classes[i]) {
			right++
		}
	}
	return float64(right) / float64(max(1, all))
}

// correlation is Pearson's, without its sign.
func correlation(a, b []float32) float64 {
	n, meanA, meanB := 0.0, 0.0, 0.0
	var aa, bb, ab float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		if x != x || y != y {
			continue
		}
		n++
		dx, dy := x-meanA, y-meanB
		meanA, meanB = meanA+dx/n, meanB+dy/n
		aa, bb, ab = aa+dx*(x-meanA), bb+dy*(y-meanB), ab+dx*(y-meanB)
	}
	if n < 10 || aa == 0 || bb == 0 {
		return 0
	}
	return math.Abs(ab) / math.Sqrt(aa*bb)
}
