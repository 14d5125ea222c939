package data

import (
	"slices"
	"testing"

	"descent/ml/text"
)

// Where a question stands, and where its answer goes.
func TestAsk(t *testing.T) {
	special := text.Special{Pad: 9, Begin: 8, End: 7, Unknown: -1, Mask: 6}
	for _, c := range []struct {
		layout   Layout
		question []int
		x        []float32
		answer   int
	}{
		{Layout{Kind: NextToken, Question: 3}, []int{1, 2}, []float32{1, 2, 8, 9, 9, 9, 9}, 3},
		{Layout{Kind: NextToken, Question: 3, Backwards: true}, []int{1, 2, 3}, []float32{3, 2, 1, 8, 9, 9, 9}, 4},
		{Layout{Kind: Masked, Question: 3}, []int{1}, []float32{1, 8, 9, 9, 9, 9, 9}, 2},
		{Layout{Kind: Teacher, Question: 3}, []int{1, 2}, []float32{9, 1, 2, 8, 9, 9, 9}, 4},
		{Layout{Kind: Teacher, Question: 3, Backwards: true}, []int{1, 2}, []float32{9, 2, 1, 8, 9, 9, 9}, 4},
		{Layout{Kind: Answer, Question: 4}, []int{1, 2}, []float32{9, 9, 1, 2}, 4},
		{Layout{Kind: Answer, Question: 4}, nil, []float32{9, 9, 9, 9}, 4},
		{Layout{}, []int{1, 2}, []float32{9, 9, 1, 2}, 4},
		{Layout{Kind: NextOne}, []int{1, 2}, []float32{9, 1, 2}, 3},
		{Layout{Kind: NextOne, Question: 3, Backwards: true}, []int{1, 2, 3}, []float32{3, 2, 1}, 3},
	} {
		x := make([]float32, len(c.x))
		if at := c.layout.Ask(x, c.question, special); at != c.answer || !slices.Equal(x, c.x) {
			t.Errorf("%+v asks %v as %v and the answer comes at %d; want %v and %d", c.layout, c.question, x, at, c.x, c.answer)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a question that is too long does not panic")
		}
	}()
	Layout{Kind: Answer, Question: 2}.Ask(make([]float32, 2), []int{1, 2, 3}, special)
}
