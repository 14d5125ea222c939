package data

import (
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

func init() {
	Register(Info{
		Type: "lines", Title: "Short lines", Kind: "text",
		Doc: "A text of yours with something short on each line: names, words, sayings. The model learns to write more of them.",
		New: func() Source { return &linesFile{items: newItems()} },
	})
}

// linesFile reads the lines of a file.
type linesFile struct {
	file string
	items
}

func (s *linesFile) Fields() []config.Field {
	return append([]config.Field{config.File("file", &s.file, "the file with the lines, in UTF-8")}, s.items.fields()...)
}

func (s *linesFile) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	b, err := openFile("lines", s.file, files, progress)
	if err != nil {
		return nil, err
	}
	return s.items.open(s.file, b, seed)
}

// items makes a sample of each line that is not empty: X is Begin and its
// tokens, Y its tokens and End. Short ones are filled up, X with Pad and Y with
// Ignore; of long ones the beginning is taken.
type items struct {
	reading
	length int
	holdout
	meta Meta
}

func newItems() items {
	h := newHoldout()
	h.percent = 10
	return items{reading: newReading(), holdout: h}
}

func (s *items) fields() []config.Field {
	return append(append(s.reading.fields(),
		config.Int("length", &s.length, 0, maxLength, "steps of a sample; longer lines are cut; 0 for as many as the longest takes").With("tokens"),
	), s.holdout.fields()...)
}

func (s *items) Meta() Meta { return s.meta }

func (s *items) Learn(m Meta) { s.meta = m }

func (s *items) open(from string, b []byte, seed uint64) (*Set, error) {
	content, err := readText(from, b)
	if err != nil {
		return nil, err
	}
	var list []string
	for line := range strings.Lines(content) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	if len(list) < 2 {
		return nil, &FileError{File: from, Want: 2, Have: int64(len(list)), Msg: config.Word("it has fewer than two lines; each line is a sample")}
	}
	train, test, err := s.holdout.parts(from, make(classed, len(list)), 0, seed)
	if err != nil {
		return nil, err
	}
	learned := list
	if s.tokenizer != text.Characters {
		learned = make([]string, len(train))
		for i, at := range train {
			learned[i] = list[at]
		}
	}
	tokenizer, err := s.learn(learned, text.Pad, text.Begin, text.End)
	if err != nil {
		return nil, err
	}
	all := newStrung(tokenizer, list)
	steps, err := all.steps(from, s.length, 1)
	if err != nil {
		return nil, err
	}
	s.Recall(tokenizer, steps)
	s.meta.Train, s.meta.Test = len(train), len(test)
	d := &lines{all, steps, tokenizer.Special()}
	return &Set{Meta: s.meta, Train: Pick(d, train), Test: Pick(d, test)}, nil
}

// Recall tells the source what it had found.
func (s *items) Recall(t text.Tokenizer, steps int) {
	tokens := len(t.Vocabulary())
	s.meta = Meta{
		X: tensor.Shape{steps}, Y: tensor.Shape{steps}, Classes: text.Names(t), Tokens: tokens,
		Range: [2]float64{0, float64(tokens - 1)}, Text: t, Layout: Layout{Kind: NextToken},
	}
}

// lines are the samples.
type lines struct {
	*strung
	steps   int
	special text.Special
}

func (l *lines) Len() int { return len(l.ends) }

func (l *lines) Read(i int, x, y []float32) {
	x[0] = float32(l.special.Begin)
	tokens := l.of(i)
	for j := range y {
		switch {
		case j < len(tokens):
			y[j] = float32(tokens[j])
		case j == len(tokens):
			y[j] = float32(l.special.End)
		default:
			y[j] = Ignore
		}
		if j+1 == len(x) {
			break
		}
		x[j+1] = float32(l.special.Pad)
		if j < len(tokens) {
			x[j+1] = float32(tokens[j])
		}
	}
}
