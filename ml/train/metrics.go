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
	Weight  float64 // what LossSum is the sum over: samples, or their labels that count

	Sequences int // samples whose labels are one answer, some of which count
	Exact     int // those of them whose every label that counts was found
}

// Plus returns the sum of both.
func (m Metrics) Plus(o Metrics) Metrics {
	m.Count += o.Count
	m.Scored += o.Scored
	m.Correct += o.Correct
	m.LossSum += o.LossSum
	m.Weight += o.Weight
	m.Sequences += o.Sequences
	m.Exact += o.Exact
	m.Classes = max(m.Classes, o.Classes)
	return m
}

// Loss returns the mean loss of a sample, or of a label that counts; 0 when
// there were none.
func (m Metrics) Loss() float64 {
	if m.Weight == 0 {
		return 0
	}
	return m.LossSum / m.Weight
}

// Accuracy returns the share of decisions that were right; false when there
// are no classes, or no samples.
func (m Metrics) Accuracy() (float64, bool) {
	if m.Scored == 0 || m.Classes == 0 {
		return 0, false
	}
	return float64(m.Correct) / float64(m.Scored), true
}

// ExactMatch returns the share of sequences whose every label that counts was
// found; false when there are no sequences. Where the model is told the right
// answer up to each step (data.Teacher, and data.NextToken after a question),
// it is the share that greedy decoding writes without a mistake: up to its first
// one it is told the same.
func (m Metrics) ExactMatch() (float64, bool) {
	if m.Sequences == 0 {
		return 0, false
	}
	return float64(m.Exact) / float64(m.Sequences), true
}

// answers is how the scores of a program are read.
type answers struct {
	kind    nn.Answer
	classes int  // scores in a row
	labels  int  // a sample's loss is the sum over so many, those in ignore left out; 0 where it has none
	whole   bool // a sample's labels are one answer
	ignore  []int
	lengths []int // characters that each label stands for; nil for one each
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

// weight returns what the sum of the losses is over: the samples, or their
// labels that count. Of a mixed sample each part's labels count for its share.
func (p *program) weight() (sum float64) {
	if p.answers.labels == 0 {
		return float64(len(p.loss.Data))
	}
	for i := range p.loss.Data {
		own, share := p.y.Data[i*p.answers.labels:(i+1)*p.answers.labels], 1.0
		if mix := p.mixture(i, len(own)); mix != nil {
			share = float64(mix[len(own)])
			sum += (1 - share) * float64(p.answers.count(mix[:len(own)]))
		}
		sum += share * float64(p.answers.count(own))
	}
	return sum
}

// count returns how many of some labels count.
func (a *answers) count(labels []float32) (n int) {
	for _, l := range labels {
		if _, counts := a.counted(int(l)); counts {
			n++
		}
	}
	return n
}

// measure sums up what a program has computed.
func (p *program) measure() Metrics {
	m := Metrics{Count: len(p.loss.Data), LossSum: kernel.Sum(p.loss.Data), Weight: p.weight(), Classes: p.counts}
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
		each := rows / max(1, m.Count)
		for i := 0; i < rows; i += each {
			counted, correct := 0, 0
			for row := i; row < i+each; row++ {
				label, counts := p.right(row, rows)
				if !counts {
					continue
				}
				counted++
				if Class(p.score.Data[row*c:(row+1)*c]) == label {
					correct++
				}
			}
			m.Scored, m.Correct = m.Scored+counted, m.Correct+correct
			if p.answers.whole && counted > 0 {
				m.Sequences++
				if correct == counted {
					m.Exact++
				}
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
