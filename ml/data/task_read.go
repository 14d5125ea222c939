package data

import (
	"math"

	"descent/ml/tensor"
	"descent/ml/text"
)

// An item is a question with its answer, in tokens, or with its class.
type item struct {
	question, answer []int
	class            int
}

// questions are the samples of a task.
type questions struct {
	meta    Meta
	special text.Special
	items   []item
	share   float64 // of an answer's tokens that are masked
	masks   tensor.Stream
}

func (q *questions) Len() int { return len(q.items) }

// Read lays a sample out as Layout says.
func (q *questions) Read(i int, x, y []float32) {
	it := &q.items[i]
	at := q.meta.Layout.Ask(x, it.question, q.special)
	if q.meta.Layout.Kind == "" {
		y[0] = float32(it.class)
		return
	}
	for j := range y {
		y[j] = Ignore
	}
	first := 0 // of the answer, in y
	switch q.meta.Layout.Kind {
	case NextOne:
		y[0] = float32(it.answer[0])
		return
	case Masked:
		q.hide(i, x[at:], y[at:])
		return
	case NextToken:
		first = at - 1
	}
	for j, t := range it.answer {
		y[first+j] = float32(t)
		if q.meta.Layout.Kind != Answer {
			x[at+j] = float32(t)
		}
	}
	y[first+len(it.answer)] = float32(q.special.End)
}

// hide writes an answer with some of its tokens masked. Each choice of as many
// tokens is as likely: a token is chosen by how many are wanted of those left
// (Knuth, The Art of Computer Programming, volume 2, algorithm S).
func (q *questions) hide(i int, x, y []float32) {
	answer, s := q.items[i].answer, q.masks.Fork(uint64(i))
	wanted := max(1, int(math.Round(q.share*float64(len(answer)))))
	for j, t := range answer {
		x[j] = float32(t)
		if s.Intn(uint64(j), len(answer)-j) < wanted {
			x[j], y[j] = float32(q.special.Mask), float32(t)
			wanted--
		}
	}
}

// Label returns the class of what has one.
func (q *questions) Label(i int) int {
	if q.meta.Layout.Kind != "" {
		return -1
	}
	return q.items[i].class
}
