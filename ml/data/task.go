package data

import (
	"math"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

// A task is what the sources of made-up questions have in common: how many
// questions there are, and how they are put to the model. Each has one right
// answer, so that what a model has learned can be told from what it remembers:
// no question is drawn twice, and none comes both in training and in the test.
type task struct {
	samples, tests int
	layout         string
	mask           float64 // percent
	backwards      bool
}

func newTask(samples, tests int, layout string) task {
	return task{samples: samples, tests: tests, layout: layout, mask: 50}
}

// amounts binds how many questions there are.
func (t *task) amounts() []config.Field {
	return []config.Field{
		config.Int("samples", &t.samples, 10, 200000, "how many different questions are drawn for training and validation").With("samples"),
		config.Int("test_samples", &t.tests, 10, 100000, "how many others are drawn for the test").With("samples"),
	}
}

// layouts binds how a question is put whose answer is a text.
func (t *task) layouts() []config.Field {
	return []config.Field{
		config.Choice("layout", &t.layout, []string{Teacher, NextToken, Answer, Masked},
			"teacher: an encoder reads the question, and a decoder writes the answer and is told what was right so far; next_token: question and answer are one text; "+
				"answer: the model reads the question and gives the whole answer; masked: the answer stands there with tokens hidden"),
		config.Float("mask", &t.mask, 1, 100, "this share of an answer's tokens is hidden, and at least one, where the layout is masked").With("%"),
	}
}

// special names the tokens that a layout needs besides those of the text.
func (t *task) special() []string {
	switch t.layout {
	case Answer:
		return []string{text.Pad, text.End}
	case Masked:
		return []string{text.Pad, text.Begin, text.Mask}
	}
	return []string{text.Pad, text.Begin, text.End}
}

// meta describes samples whose questions and answers have at most so many
// tokens, End not counted.
func (t *task) meta(tokenizer text.Tokenizer, question, answer int) Meta {
	m := described(tokenizer, t.samples, t.tests)
	m.Classes = text.Names(tokenizer)
	m.Layout = Layout{Kind: t.layout, Question: question, Backwards: t.backwards}
	m.X, m.Y = tensor.Shape{question + 1 + answer}, tensor.Shape{answer + 1}
	switch t.layout {
	case NextToken, Masked:
		m.Y = m.X
	case Answer:
		m.X = tensor.Shape{question}
	}
	return m
}

// labelled describes samples of at most so many tokens that are of a class.
func (t *task) labelled(tokenizer text.Tokenizer, question int, classes ...string) Meta {
	m := described(tokenizer, t.samples, t.tests)
	m.Classes = classes
	m.X, m.Y = tensor.Shape{question}, tensor.Shape{1}
	return m
}

// described has what tasks say alike.
func described(tokenizer text.Tokenizer, train, test int) Meta {
	tokens := len(tokenizer.Vocabulary())
	return Meta{Train: train, Test: test, Tokens: tokens, Range: [2]float64{0, float64(tokens - 1)}, Text: tokenizer}
}

// enough checks that there are as many different questions as are to be drawn.
func (t *task) enough(have float64) error {
	if want := t.samples + t.tests; float64(want) > have {
		return config.Problem("with these settings there are %s different questions, and %s are to be drawn; ask for fewer samples, or for longer questions",
			config.Group(int(have)), config.Group(want)).At("data.source.samples")
	}
	return nil
}

// open makes samples of problems, which are what makes two questions the same:
// the question itself, or what it is about.
func (t *task) open(meta Meta, problems [][]int, s tensor.Stream, ask func(problem []int, s tensor.Stream) item, progress func(done, total int64)) *Set {
	items := make([]item, len(problems))
	for i, p := range problems {
		items[i] = ask(p, s.Fork(2).Fork(uint64(i)))
	}
	if progress != nil {
		progress(int64(len(items)), int64(len(items)))
	}
	return t.set(meta, items, s.Fork(3))
}

// draw draws as many problems as training and test take.
func (t *task) draw(s tensor.Stream, spaces []space) [][]int {
	return distinct(s.Fork(0), spaces, t.samples+t.tests)
}

// set divides the items into training and test.
func (t *task) set(meta Meta, items []item, masks tensor.Stream) *Set {
	all := &questions{meta: meta, special: meta.Text.Special(), items: items, share: t.mask / 100, masks: masks}
	return &Set{Meta: meta, Train: Range(all, 0, meta.Train), Test: Range(all, meta.Train, meta.Train+meta.Test)}
}

// tokenizer makes one of a fixed list: of characters, or of words.
func tokenizer(kind string, knows *config.Value, special []string) text.Tokenizer {
	names := config.List()
	for _, s := range special {
		names.Items = append(names.Items, config.Text(s))
	}
	key := map[string]string{text.Characters: "characters", text.Words: "words"}[kind]
	t, err := text.Read(config.Obj(config.Member{Key: "kind", Value: config.Text(kind)}, config.Member{Key: key, Value: knows},
		config.Member{Key: "special", Value: names}))
	if err != nil {
		panic("data: a task has a wrong alphabet: " + err.Error())
	}
	return t
}

// power returns aⁿ.
func power(a, n int) float64 { return math.Pow(float64(a), float64(n)) }
