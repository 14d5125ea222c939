package generate

import (
	"math"

	"descent/ml/tensor"
)

// A Candidate is a token that might come next.
type Candidate struct {
	ID     int
	P      float64 // the model's own probability of it
	Chance float64 // that it is drawn under the settings; 0 when they leave it out
}

// A chooser turns the scores of what may come next into chances, and draws.
type chooser struct {
	settings Settings
	draws    tensor.Stream
	never    []int  // tokens that are not written
	seen     []bool // by token: the text has it

	model  []float64 // the model's probabilities
	chance []float64 // under penalty and temperature, before any token is left out
	heap   []int32   // tokens not yet in order, the likeliest at the front
	order  []int32   // the likeliest tokens, best first
	top    []Candidate
}

// reset prepares for a text of so many kinds of tokens.
func (c *chooser) reset(s Settings, kinds int, never []int) {
	c.settings, c.draws, c.never = s, tensor.NewStream(uint64(s.Seed), "sample"), never
	if len(c.model) != kinds {
		c.seen, c.model, c.chance = make([]bool, kinds), make([]float64, kinds), make([]float64, kinds)
		c.heap, c.order = make([]int32, 0, kinds), make([]int32, 0, kinds)
	}
	clear(c.seen)
}

// next draws the token with this index in the text.
func (c *chooser) next(scores []float32, index int) (token int, p, chance float64, top []Candidate) {
	c.weigh(scores)
	kept, sum := c.keep()
	at := 0
	if c.settings.Temperature > 0 {
		at = c.draw(kept, sum, float64(c.draws.Uniform(uint64(index))))
	} else {
		kept = 1
		c.ordered(1)
		sum = c.chance[c.order[0]]
	}
	share := func(i int) float64 {
		if i >= kept {
			return 0
		}
		return c.chance[c.order[i]] / sum
	}
	c.top = c.top[:0]
	n := min(c.settings.Candidates, c.ordered(c.settings.Candidates))
	for i, t := range c.order[:n] {
		c.top = append(c.top, Candidate{ID: int(t), P: c.model[t], Chance: share(i)})
	}
	token = int(c.order[at])
	return token, c.model[token], share(at), c.top
}

// weigh computes the probabilities, and the chances before any is left out.
func (c *chooser) weigh(scores []float32) {
	c.soften(c.model, scores, false, 1)
	temperature := c.settings.Temperature
	if temperature == 0 {
		temperature = 1
	}
	c.soften(c.chance, scores, c.settings.Repetition != 1, temperature)
	for _, t := range c.never {
		c.chance[t] = 0
	}
	c.heap, c.order = c.heap[:0], c.order[:0]
	for t := range c.chance {
		c.heap = append(c.heap, int32(t))
	}
	for i := len(c.heap)/2 - 1; i >= 0; i-- {
		c.sift(i)
	}
}

// soften is the softmax of scores over a temperature, with the penalty for
// what the text has or without it.
func (c *chooser) soften(to []float64, scores []float32, penalised bool, temperature float64) {
	most := math.Inf(-1)
	for t, s := range scores {
		x := float64(s)
		if penalised && c.seen[t] {
			x = penalise(x, c.settings.Repetition)
		}
		to[t] = x
		most = max(most, x)
	}
	sum := 0.0
	for t, x := range to {
		to[t] = math.Exp((x - most) / temperature)
		sum += to[t]
	}
	for t := range to {
		to[t] /= sum
	}
}

func penalise(score, r float64) float64 {
	if score > 0 {
		return score / r
	}
	return score * r
}

// ordered sees to it that the first n tokens are in order, and returns how many are.
func (c *chooser) ordered(n int) int {
	for len(c.order) < n && len(c.heap) > 0 {
		c.order = append(c.order, c.heap[0])
		last := len(c.heap) - 1
		c.heap[0] = c.heap[last]
		c.heap = c.heap[:last]
		c.sift(0)
	}
	return len(c.order)
}

// before reports whether token a comes before b.
func (c *chooser) before(a, b int32) bool {
	return c.chance[a] > c.chance[b] || c.chance[a] == c.chance[b] && a < b
}

// sift moves the i-th of the heap down to where it belongs.
func (c *chooser) sift(i int) {
	for {
		child := 2*i + 1
		if child >= len(c.heap) {
			return
		}
		if child+1 < len(c.heap) && c.before(c.heap[child+1], c.heap[child]) {
			child++
		}
		if !c.before(c.heap[child], c.heap[i]) {
			return
		}
		c.heap[i], c.heap[child] = c.heap[child], c.heap[i]
		i = child
	}
}

// keep returns how many of the likeliest tokens top-k and top-p leave, and the
// sum of their chances. With neither, nothing has to be put in order.
func (c *chooser) keep() (n int, sum float64) {
	s := c.settings
	n = len(c.chance)
	for _, p := range c.chance {
		sum += p
	}
	if s.TopK > 0 && s.TopK < n {
		n, sum = c.ordered(s.TopK), 0
		for _, t := range c.order[:n] {
			sum += c.chance[t]
		}
	}
	if s.TopP >= 1 {
		return n, sum
	}
	part := 0.0
	for i := 0; i < n; i++ {
		c.ordered(i + 1)
		if part += c.chance[c.order[i]]; part >= s.TopP*sum {
			return i + 1, part
		}
	}
	return n, part
}

// draw returns the place in the order of the token where the chances, added up
// from the likeliest on, pass u of their sum.
func (c *chooser) draw(n int, sum, u float64) int {
	part, last := 0.0, 0
	for i := 0; i < n; i++ {
		c.ordered(i + 1)
		p := c.chance[c.order[i]]
		if p == 0 {
			break // and so are all that follow
		}
		part, last = part+p, i
		if part > u*sum {
			break
		}
	}
	return last
}
