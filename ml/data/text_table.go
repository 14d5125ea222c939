package data

import (
	"unicode/utf8"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

func init() {
	Register(Info{
		Type: "text_table", Title: "Texts with labels (CSV)", Kind: "text",
		Doc: "A table of yours with a text and a label in each row: reviews and whether they are good, sentences and their language. The model learns to tell the label.",
		New: func() Source { return newTextTable() },
	})
}

// textTable reads two columns of a table. X is the tokens of a text, filled up
// with Pad; of long texts the beginning is taken. Y is the class.
type textTable struct {
	file, text, label, header, delimiter string
	reading
	length int
	holdout
	meta Meta
}

func newTextTable() *textTable {
	return &textTable{header: "auto", delimiter: "auto", reading: newReading(), holdout: newHoldout()}
}

func (s *textTable) Fields() []config.Field {
	fields := append([]config.Field{
		config.File("file", &s.file, "the file with the table"),
		config.Free("text", &s.text, "the column with the texts; empty for the first that is not the label"),
		config.Free("label", &s.label, "the column with the labels; empty for the last"),
		config.Choice("header", &s.header, []string{"auto", "yes", "no"}, "whether the first row names the columns"),
		config.Choice("delimiter", &s.delimiter, []string{"auto", "comma", "tab", "semicolon", "bar"}, "what stands between two cells"),
	}, s.reading.fields()...)
	return append(append(fields,
		config.Int("length", &s.length, 0, maxLength, "tokens of a text that are read; longer texts are cut; 0 for as many as the longest has").With("tokens"),
	), s.holdout.fields()...)
}

func (s *textTable) Meta() Meta { return s.meta }

func (s *textTable) Learn(m Meta) { s.meta = m }

func (s *textTable) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	b, err := openFile("text_table", s.file, files, progress)
	if err != nil {
		return nil, err
	}
	t, err := readTable(s.file, b, s.delimiter, s.header)
	if err != nil {
		return nil, err
	}
	texts, labels, classes, err := s.columns(t)
	if err != nil {
		return nil, err
	}
	train, test, err := s.holdout.parts(s.file, labels, len(classes), seed)
	if err != nil {
		return nil, err
	}
	learned := texts
	if s.tokenizer != text.Characters {
		learned = make([]string, len(train))
		for i, at := range train {
			learned[i] = texts[at]
		}
	}
	tokenizer, err := s.learn(learned, text.Pad, text.Unknown)
	if err != nil {
		return nil, err
	}
	all := newStrung(tokenizer, texts)
	steps, err := all.steps(s.file, s.length, 0)
	if err != nil {
		return nil, err
	}
	tokens := len(tokenizer.Vocabulary())
	s.meta = Meta{
		X: tensor.Shape{steps}, Y: tensor.Shape{1}, Classes: classes, Tokens: tokens,
		Train: len(train), Test: len(test), Range: [2]float64{0, float64(tokens - 1)}, Text: tokenizer,
	}
	d := &labelled{all, labels, float32(tokenizer.Special().Pad)}
	return &Set{Meta: s.meta, Train: Pick(d, train), Test: Pick(d, test)}, nil
}

// columns finds the two columns, and checks every row of them.
func (s *textTable) columns(t *table) (texts []string, labels classed, classes []string, err error) {
	if len(t.names) < 2 {
		return nil, nil, nil, &FileError{File: s.file, Want: 2, Have: 1,
			Msg: config.Word("it has one column; there must be one with texts and one with their labels, and the delimiter may be another")}
	}
	label := len(t.names) - 1
	if s.label != "" {
		if label, err = t.find(s.label); err != nil {
			return nil, nil, nil, err
		}
	}
	column := 0
	if label == 0 {
		column = 1
	}
	if s.text != "" {
		if column, err = t.find(s.text); err != nil {
			return nil, nil, nil, err
		}
	}
	if column == label {
		return nil, nil, nil, &FileError{File: s.file, Msg: config.Say("column %q is named for the texts and for the labels; name two columns", t.names[label])}
	}
	different := map[string]bool{}
	for r, row := range t.rows {
		switch {
		case row[column] == "":
			return nil, nil, nil, t.errorAt(r, column, "there is no text; fill it in, or leave the row out")
		case !utf8.ValidString(row[column]):
			return nil, nil, nil, t.errorAt(r, column, "the text is not UTF-8; save the table as UTF-8")
		case missing(row[label]):
			return nil, nil, nil, t.errorAt(r, label, "there is no label; fill it in, or leave the row out")
		}
		if len(different) <= maxClasses {
			different[row[label]] = true
		}
		texts = append(texts, row[column])
	}
	if classes, err = t.classNames(t.names[label], different); err != nil {
		return nil, nil, nil, err
	}
	number := make(map[string]int, len(classes))
	for i, name := range classes {
		number[name] = i
	}
	for _, row := range t.rows {
		labels = append(labels, number[row[label]])
	}
	return texts, labels, classes, nil
}

// labelled are the samples.
type labelled struct {
	*strung
	classed
	pad float32
}

func (l *labelled) Read(i int, x, y []float32) {
	tokens := l.of(i)
	for j := range x {
		x[j] = l.pad
		if j < len(tokens) {
			x[j] = float32(tokens[j])
		}
	}
	y[0] = float32(l.classed[i])
}
