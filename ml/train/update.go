package train

import (
	"math"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/optim"
)

// A piece is a part of the parameters. What comes after the gradients of the
// shards is done piece by piece, on as many goroutines as there are. The pieces
// are the same on every machine, so their sums are too.
type piece struct {
	param    int // its index
	info     *graph.ParamInfo
	from, to int         // in a block laid out like Params.Value
	state    [][]float32 // the optimizer's slots
	norm     float64     // of the gradient with its penalties, squared
	clamped  float64     // likewise, after each number was limited
}

// pieceSize is the length of a piece: long enough for the vector loops, short
// enough that a large parameter keeps many cores busy. It is a multiple of every
// vector's length, so that a number is treated alike however a parameter is cut.
const pieceSize = 1 << 14

// cut makes the pieces. An optimizer that needs room to work in, as Muon does
// for matrices, has to see a parameter as a whole.
func (t *Trainer) cut() {
	for i := range t.params.Index {
		info := &t.params.Index[i]
		if info.Frozen {
			continue
		}
		begin, n := t.params.Place(i)
		size := pieceSize
		if optim.Temp(t.exp.Train.Settings, info.Shape) > 0 {
			size = max(1, n)
		}
		for at := 0; at < n; at += size {
			p := piece{param: i, info: info, from: begin + at, to: begin + min(at+size, n)}
			for _, s := range t.slots {
				p.state = append(p.state, s[p.from:p.to:p.to])
			}
			t.pieces = append(t.pieces, p)
		}
	}
	t.gatherPiece, t.updatePiece = t.gatherOne, t.updateOne
}

// A sum is what gatherOne is to do with the shards' gradients.
type sum struct {
	first, last bool // of the batches that make a step
	weigh       float32
}

// gather adds the gradients of a batch's shards, and those of the batches before
// when several make one step. With the last of them it goes on to the mean over
// the labels that count: how many these are of all is known only now. Then it
// adds the penalties.
func (t *Trainer) gather(first, last bool, all, counted float64) {
	t.sum = sum{first, last, 1}
	if last && counted != all && counted != 0 {
		t.sum.weigh = float32(all / counted)
	}
	t.spread(t.gatherPiece)
	t.grad = t.shards[0].grad
	if t.total != nil {
		t.grad = t.total
	}
}

func (t *Trainer) gatherOne(i int) {
	p := &t.pieces[i]
	g := t.shards[t.add(0, len(t.shards), p.from, p.to)].grad[p.from:p.to]
	if t.total != nil {
		total := t.total[p.from:p.to]
		if t.sum.first {
			copy(total, g)
		} else {
			kernel.AddTo(total, g)
		}
		g = total
	}
	if !t.sum.last || p.info.State {
		return
	}
	if t.sum.weigh != 1 {
		kernel.Scale(g, g, t.sum.weigh)
	}
	if p.info.L1 != 0 || p.info.L2 != 0 {
		kernel.Penalty(g, t.params.Value[p.from:p.to], float32(p.info.L1), float32(p.info.L2))
	}
	p.norm = kernel.SumSquares(g)
	p.clamped = p.norm
	if value := t.exp.Train.ClipValue; value > 0 {
		kernel.Clamp(g, float32(value))
		p.clamped = kernel.SumSquares(g)
	}
}

// add makes the sum of shards lo to hi of a part of their gradients, and returns
// the shard that holds it; -1 for shards without samples. It halves them, so
// that whoever computed neighbours can add them before the others are there.
func (t *Trainer) add(lo, hi, from, to int) int {
	if r := t.shards[lo]; r.span == hi-lo {
		if !r.holds {
			return -1
		}
		return lo
	}
	mid := (lo + hi) / 2
	a, b := t.add(lo, mid, from, to), t.add(mid, hi, from, to)
	if a < 0 {
		return b
	}
	if b >= 0 {
		kernel.AddTo(t.shards[a].grad[from:to], t.shards[b].grad[from:to])
	}
	return a
}

// norm returns the length of the whole gradient with its penalties, before it
// is clipped.
func (t *Trainer) norm() float64 {
	sum := 0.0
	for i := range t.pieces {
		p := &t.pieces[i]
		t.gauge.gradient(p.param, p.norm)
		sum += p.norm
	}
	t.gauge.steps++
	return math.Sqrt(sum)
}

// A move is what updateOne is to do.
type move struct {
	clip    float32 // the gradient is scaled by it
	samples int
	rate    float64
	// The average of the weights keeps so much and takes so much of the new.
	keep, take float32
}

// update moves the parameters, and their average towards them. Before, it limits
// the length of the gradient, as PyTorch's clip_grad_norm_ does; its numbers
// were limited in gather.
func (t *Trainer) update(norm float64, samples int, rate float64) {
	t.move = move{clip: 1, samples: samples, rate: rate}
	if length := t.exp.Train.ClipNorm; length > 0 {
		if t.exp.Train.ClipValue > 0 {
			sum := 0.0
			for i := range t.pieces {
				sum += t.pieces[i].clamped
			}
			norm = math.Sqrt(sum)
		}
		if norm > length {
			t.move.clip = float32(length / (norm + 1e-6))
		}
	}
	if t.average != nil {
		// At first it follows faster, as TensorFlow's ExponentialMovingAverage
		// does, or it would be made of initial weights for long.
		keep := min(t.exp.Train.EMA, float64(2+t.step)/float64(11+t.step))
		t.move.keep, t.move.take = float32(keep), float32(1-keep)
	}
	t.gauge.before()
	if len(t.scratch) > 0 { // there is one room to work in
		for i := range t.pieces {
			t.updateOne(i)
		}
	} else {
		t.spread(t.updatePiece)
	}
	t.gauge.after()
}

// spread calls f for every piece, on the team where there is enough to do.
func (t *Trainer) spread(f func(i int)) {
	if len(t.params.Value) >= 2*pieceSize {
		t.team.run(len(t.pieces), f)
		return
	}
	for i := range t.pieces {
		f(i)
	}
}

func (t *Trainer) updateOne(i int) {
	p := &t.pieces[i]
	w, g := t.params.Value[p.from:p.to:p.to], t.grad[p.from:p.to:p.to]
	if p.info.State {
		kernel.Scale(w, w, float32(p.info.Momentum))
		kernel.Axpy(w, g, float32((1-p.info.Momentum)/float64(t.move.samples)))
	} else {
		if t.move.clip != 1 {
			kernel.Scale(g, g, t.move.clip)
		}
		t.exp.Train.Settings.Update(optim.Param{Name: p.info.Name, Shape: p.info.Shape, W: w, G: g, Slots: p.state,
			Temp: t.scratch}, t.step+1, t.move.rate)
	}
	if t.average == nil {
		return
	}
	average := t.average.Value[p.from:p.to]
	if p.info.State { // it is an average already
		copy(average, w)
		return
	}
	kernel.Scale(average, average, t.move.keep)
	kernel.Axpy(average, w, t.move.take)
}
