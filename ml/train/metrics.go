package train

import (
	"descent/ml/kernel"
	"descent/ml/nn"
)

// Metrics is the sum of what was measured over some samples.
type Metrics struct {
	Count   int
	Classes int     // 0 when there are values to predict and no accuracy
	Scored  int     // decisions: one a sample, or one for each label of it that counts
	Correct int     // decisions that were right
	LossSum float64 // of the loss, without penalties
}

// Plus returns the sum of both.
func (m Metrics) Plus(o Metrics) Metrics {
	m.Count += o.Count
	m.Scored += o.Scored
	m.Correct += o.Correct
	m.LossSum += o.LossSum
	m.Classes = max(m.Classes, o.Classes)
	return m
}

// Loss returns the mean loss of a sample; 0 when there were none.
func (m Metrics) Loss() float64 {
	if m.Count == 0 {
		return 0
	}
	return m.LossSum / float64(m.Count)
}

// Accuracy returns the share of decisions that were right; false when there
// are no classes, or no samples.
func (m Metrics) Accuracy() (float64, bool) {
	if m.Scored == 0 || m.Classes == 0 {
		return 0, false
	}
	return float64(m.Correct) / float64(m.Scored), true
}

// answers is how the scores of a program are read.
type answers struct {
	kind    nn.Answer
	classes int // scores in a row
	ignore  []int
}

// label returns the right class of a row of scores: an index, or where the
// target is a distribution its likeliest class. False when it does not count.
func (a *answers) label(y []float32, row, rows int) (int, bool) {
	if len(y) == rows*a.classes && a.classes > 1 {
		return Class(y[row*a.classes : (row+1)*a.classes]), true
	}
	return a.counted(int(y[row]))
}

func (a *answers) counted(label int) (int, bool) {
	for _, i := range a.ignore {
		if label == i {
			return label, false
		}
	}
	return label, true
}

// right returns the right class of a row of scores; of a mixed sample it is
// that of the larger part.
func (p *program) right(row, rows int) (int, bool) {
	labels := rows / len(p.loss.Data)
	if mix := p.mixture(row/labels, labels); mix != nil && mix[labels] < 0.5 {
		return p.answers.counted(int(mix[row%labels]))
	}
	return p.answers.label(p.y.Data, row, rows)
}

// measure sums up what a program has computed.
func (p *program) measure() Metrics {
	m := Metrics{Count: len(p.loss.Data), LossSum: kernel.Sum(p.loss.Data), Classes: p.counts}
	switch p.answers.kind {
	case nn.YesNo:
		for i, s := range p.score.Data {
			m.Scored++
			if (s > 0.5) == (p.y.Data[i] > 0.5) {
				m.Correct++
			}
		}
	case nn.OneClass:
		c := p.answers.classes
		rows := len(p.score.Data) / c
		for i := 0; i < rows; i++ {
			label, counts := p.right(i, rows)
			if !counts {
				continue
			}
			m.Scored++
			if Class(p.score.Data[i*c:(i+1)*c]) == label {
				m.Correct++
			}
		}
	}
	return m
}

// Class returns the class a row of scores speaks for: the first of the
// largest, or of a single score, 1 above a half and 0 below.
func Class(scores []float32) int {
	if len(scores) == 1 {
		if scores[0] > 0.5 {
			return 1
		}
		return 0
	}
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}
