package train

import (
	"math"
	"slices"

	"descent/ml/nn"
)

// Limits of what a tally keeps: a confusion matrix of so many classes, and so
// many scores for the ROC curve, which needs them all.
const (
	maxConfusion = 256
	maxScores    = 1 << 23
)

// A tally gathers what a Report is computed from, piece by piece and in the
// order of the samples, so the pieces' size does not matter.
type tally struct {
	answers
	logits    bool
	scored    int
	confusion []int // truth·classes + predicted; nil when there are too many classes
	k, top    int   // how often the right class was among the k likeliest
	surprise  float64
	length    int         // characters that the right classes stand for
	yes       []decisions // for each output of yes or no
	scores    []float32   // what is shown, row after row, while they fit
	truth     []int32     // the right class of each row, or the answers of each
	whole     bool        // nothing had to be left out of scores
	values    []moments   // for each output value
}

// decisions counts the answers of one output.
type decisions struct{ right, wrong, missed int }

// moments sums up one output: Welford's algorithm for the variance of the
// values, which loses nothing when their mean is large.
type moments struct {
	n                               int
	mean, spread, absolute, squared float64
}

func (p *program) tally() *tally {
	t := &tally{answers: p.answers, logits: p.logits, whole: true}
	n := len(p.loss.Data)
	switch c := p.answers.classes; p.answers.kind {
	case nn.OneClass:
		if c <= maxConfusion {
			t.confusion = make([]int, c*c)
		}
		switch {
		case c > 5:
			t.k = 5
		case c > 2:
			t.k = 2
		}
	case nn.YesNo:
		t.yes = make([]decisions, len(p.score.Data)/n)
	default:
		t.values = make([]moments, len(p.score.Data)/n)
	}
	return t
}

// add takes in what a program has computed.
func (t *tally) add(p *program) {
	switch t.kind {
	case nn.OneClass:
		t.classed(p)
	case nn.YesNo:
		d := len(t.yes)
		for i, s := range p.score.Data {
			said, is := s > 0.5, p.y.Data[i] > 0.5
			switch o := &t.yes[i%d]; {
			case said && is:
				o.right++
			case said:
				o.wrong++
			case is:
				o.missed++
			}
			t.scored++
			t.keep(p.predict.Data[i:i+1], truth(is))
		}
	default:
		d := len(t.values)
		for i, x := range p.score.Data {
			t.values[i%d].add(float64(x), float64(p.y.Data[i]))
		}
	}
}

func truth(is bool) int32 {
	if is {
		return 1
	}
	return 0
}

func (t *tally) keep(scores []float32, right int32) {
	if len(t.scores)+len(scores) > maxScores {
		t.whole = false
		return
	}
	t.scores = append(t.scores, scores...)
	t.truth = append(t.truth, right)
}

func (t *tally) classed(p *program) {
	c := t.classes
	rows := len(p.score.Data) / c
	for i := range rows {
		label, counts := t.label(p.y.Data, i, rows)
		if !counts || label < 0 || label >= c {
			continue
		}
		row := p.score.Data[i*c : (i+1)*c]
		t.scored++
		if t.confusion != nil {
			t.confusion[label*c+Class(row)]++
		}
		before := 0 // classes that are likelier
		for j, s := range row {
			if s > row[label] || s == row[label] && j < label {
				before++
			}
		}
		if before < t.k {
			t.top++
		}
		if t.logits {
			top, sum := float64(slices.Max(row)), 0.0
			for _, s := range row {
				sum += math.Exp(float64(s) - top)
			}
			t.surprise += math.Log(sum) + top - float64(row[label])
			if t.lengths == nil {
				t.length++
			} else {
				t.length += t.lengths[label]
			}
		}
		if t.confusion != nil {
			t.keep(p.predict.Data[i*c:(i+1)*c], int32(label))
		}
	}
}

func (m *moments) add(x, y float64) {
	m.n++
	d := y - m.mean
	m.mean += d / float64(m.n)
	m.spread += d * (y - m.mean)
	m.absolute += math.Abs(x - y)
	m.squared += (x - y) * (x - y)
}

// auc is the area under the ROC curve of the scores at from, from+step, ...:
// the share of pairs of one that is and one that is not, in which the one that
// is has the higher score, ties counting half (Mann and Whitney 1947). False
// when there are no such pairs.
func (t *tally) auc(from, step int, is func(row int) bool) (float64, bool) {
	n := (len(t.scores) - from + step - 1) / step
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	score := func(i int) float32 { return t.scores[from+i*step] }
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := score(a), score(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a - b
	})
	ranks, positive := 0.0, 0
	for i := 0; i < n; {
		j := i
		for j < n && score(order[j]) == score(order[i]) {
			j++
		}
		if j == i { // NaN equals nothing
			return 0, false
		}
		for _, row := range order[i:j] {
			if is(row) {
				ranks += float64(i+j+1) / 2 // the mean rank of the tied
				positive++
			}
		}
		i = j
	}
	negative := n - positive
	if positive == 0 || negative == 0 {
		return 0, false
	}
	p := float64(positive)
	return (ranks - p*(p+1)/2) / (p * float64(negative)), true
}
