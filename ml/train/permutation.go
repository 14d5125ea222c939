package train

import (
	"math"

	"descent/ml/tensor"
)

// Limits of a Permutation.
const (
	maxFeatures = 64
	maxPermuted = 2000 // samples
)

// A Permutation finds out which features a model of a table rests on: the
// values of one feature are shuffled among the samples, again and again, and
// what the model's score loses by that is the feature's importance (Breiman
// 2001; scikit-learn's permutation_importance). The score is the accuracy of
// classes, and R² of values, the mean over the outputs. Of features that say
// the same, each may look unimportant, since the other one is still there.
type Permutation struct {
	t        *Trainer
	part     Part
	n, size  int
	width    int // of y
	x, y     []float32
	repeats  int
	at       int // features·repeats done
	baseline float64
	lost     [][]float64
	batch    []float32
	out      []float32
}

// Permute begins to shuffle the features of a part's raw samples, of its first
// ones when there are very many, each feature so many times. The shuffles are
// drawn from the experiment's seed. It returns nil where the samples are no
// rows of a few numbers, or there are less than two.
func (t *Trainer) Permute(part Part, repeats int) *Permutation {
	if !t.Permutes(part) {
		return nil
	}
	size, n := t.meta.X.Len(), min(maxPermuted, t.raw[part].Len())
	p := &Permutation{t: t, part: part, n: n, size: size, width: t.meta.Y.Len(), repeats: max(1, repeats), lost: make([][]float64, size)}
	p.x, p.y = make([]float32, n*size), make([]float32, n*p.width)
	for i := range n {
		t.raw[part].Read(i, p.x[i*size:(i+1)*size], p.y[i*p.width:(i+1)*p.width])
	}
	p.baseline = p.score(p.x)
	p.batch = append([]float32{}, p.x...)
	return p
}

// Permutes reports whether Permute can do that.
func (t *Trainer) Permutes(part Part) bool {
	m := t.meta
	return len(m.X) == 1 && m.X.Len() <= maxFeatures && m.Tokens == 0 && t.raw[part].Len() > 1 && (len(m.Classes) == 0 || m.Y.Len() == 1)
}

// Next shuffles one feature once; it returns false when all is done.
func (p *Permutation) Next() bool {
	feature, repeat := p.at/p.repeats, p.at%p.repeats
	if feature == p.size {
		return false
	}
	order := tensor.NewStream(p.t.exp.Seed, "permutation").Fork(uint64(feature)).Fork(uint64(repeat)).Perm(p.n)
	for i, from := range order {
		p.batch[i*p.size+feature] = p.x[from*p.size+feature]
	}
	p.lost[feature] = append(p.lost[feature], p.baseline-p.score(p.batch))
	for i := range p.n {
		p.batch[i*p.size+feature] = p.x[i*p.size+feature]
	}
	p.at++
	return true
}

// score is the accuracy, or the mean R² of the outputs, on changed samples.
func (p *Permutation) score(x []float32) float64 {
	p.out = p.t.Predict(p.out[:0], x)
	d := len(p.out) / p.n
	if len(p.t.meta.Classes) > 0 {
		right := 0
		for i := range p.n {
			if Class(p.out[i*d:(i+1)*d]) == int(p.y[i*p.width]) {
				right++
			}
		}
		return float64(right) / float64(p.n)
	}
	score := 0.0
	for k := range p.width {
		mean, squared, spread := 0.0, 0.0, 0.0
		for i := range p.n {
			mean += float64(p.y[i*p.width+k]) / float64(p.n)
		}
		for i := range p.n {
			v := float64(p.y[i*p.width+k])
			squared += (v - float64(p.out[i*d+k])) * (v - float64(p.out[i*d+k]))
			spread += (v - mean) * (v - mean)
		}
		score += (1 - squared/math.Max(spread, 1e-30)) / float64(p.width)
	}
	return score
}

// Progress returns how many shuffles are done, of how many.
func (p *Permutation) Progress() (done, total int) { return p.at, p.size * p.repeats }

// Samples returns how many samples the score is of, and what it is of the
// samples as they are.
func (p *Permutation) Samples() (n int, score float64) { return p.n, p.baseline }

// Importance returns what the score loses, for each feature that is done: the
// mean and the standard deviation over the shuffles.
func (p *Permutation) Importance() (mean, sd []float64) {
	for feature := range p.at / p.repeats {
		m, squares := 0.0, 0.0
		for _, v := range p.lost[feature] {
			m += v / float64(p.repeats)
		}
		mean = append(mean, m)
		for _, v := range p.lost[feature] {
			squares += (v - m) * (v - m)
		}
		sd = append(sd, math.Sqrt(squares/float64(p.repeats)))
	}
	return mean, sd
}
