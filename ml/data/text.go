package data

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "text", Title: "Text", Kind: "text",
		Doc: "A text of yours. The model reads it character by character, and at each one learns to tell the next.",
		New: func() Source { return &plainText{context: 64, percent: 10} },
	})
}

// Limits of a text: what is read of it, and of how many different characters a
// model tells the next. A character is held in two bytes.
const (
	maxText       = 1 << 27
	maxCharacters = 1 << 16
)

// plainText reads a text in UTF-8, which stays as it is, ends of lines
// included. A character is the number of its place among the text's own, in the
// order of code points. A sample is a window of the text and its target the
// same window one character on; one window begins where the one before it ends.
// The test is the end of the text, as nanoGPT divides it, and no window reaches
// across.
type plainText struct {
	file    string
	context int
	percent float64
	meta    Meta
}

func (s *plainText) Fields() []config.Field {
	return []config.Field{
		config.File("file", &s.file, "the file with the text, in UTF-8"),
		config.Int("context", &s.context, 1, 1<<14, "how many characters the model sees at once").With("characters"),
		config.Float("test_percent", &s.percent, 0, 90, "this share of the text, its end, is kept for the test").With("%"),
	}
}

func (s *plainText) Meta() Meta { return s.meta }

func (s *plainText) Learn(m Meta) { s.meta = m }

func (s *plainText) Open(_ uint64, files Files, progress func(done, total int64)) (*Set, error) {
	b, err := openFile("text", s.file, files, progress)
	if err != nil {
		return nil, err
	}
	tokens, characters, err := readText(s.file, b)
	if err != nil {
		return nil, err
	}
	n := len(tokens)
	test := floor(float64(n) * s.percent / 100)
	train := windows{tokens[:n-test], s.context}
	rest := windows{tokens[n-test:], s.context}
	switch {
	case train.Len() == 0:
		return nil, &FileError{File: s.file, Want: int64(s.context + 1), Have: int64(n - test),
			Msg: fmt.Sprintf("a context of %s characters takes one more to tell, and there are only %s to train on; make the context shorter, or bring a longer text", group(s.context), group(n-test))}
	case test > 0 && rest.Len() == 0:
		return nil, &FileError{File: s.file, Want: int64(s.context + 1), Have: int64(test),
			Msg: fmt.Sprintf("a context of %s characters takes one more to tell, and the test has only %s; make the context shorter or test_percent larger, or set test_percent to 0", group(s.context), group(test))}
	}
	s.meta = Meta{
		X: tensor.Shape{s.context}, Y: tensor.Shape{s.context}, Classes: characters, Tokens: len(characters),
		Train: train.Len(), Test: rest.Len(), Range: [2]float64{0, float64(len(characters) - 1)},
	}
	return &Set{Meta: s.meta, Train: train, Test: rest}, nil
}

// readText numbers the characters of a text, and returns them in order. A byte
// order mark in front is not one of them.
func readText(file string, b []byte) (tokens []uint16, characters []string, err error) {
	if len(b) > maxText {
		return nil, nil, &FileError{File: file, Want: maxText, Have: int64(len(b)),
			Msg: fmt.Sprintf("it has %s bytes; texts of at most %s are read", group(len(b)), group(maxText))}
	}
	text := bytes.TrimPrefix(b, []byte("\ufeff"))
	seen := make([]bool, utf8.MaxRune+1)
	n, different := 0, 0
	for at := 0; at < len(text); n++ {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return nil, nil, notUTF8(file, b, at+len(b)-len(text))
		}
		if !seen[r] {
			seen[r] = true
			different++
		}
		at += size
	}
	switch {
	case n == 0:
		return nil, nil, &FileError{File: file, Msg: "the text is empty"}
	case different < 2:
		return nil, nil, &FileError{File: file, Want: 2, Have: 1, Msg: "the text is one character over and over: there is nothing to tell apart"}
	case different > maxCharacters:
		return nil, nil, &FileError{File: file, Want: maxCharacters, Have: int64(different),
			Msg: fmt.Sprintf("it has %s different characters; at most %s are handled", group(different), group(maxCharacters))}
	}
	number := make([]uint16, utf8.MaxRune+1)
	for r, is := range seen {
		if is {
			number[r] = uint16(len(characters))
			characters = append(characters, string(rune(r)))
		}
	}
	tokens = make([]uint16, 0, n)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		tokens = append(tokens, number[r])
		at += size
	}
	return tokens, characters, nil
}

// notUTF8 says where a text is broken.
func notUTF8(file string, b []byte, at int) error {
	line := 1 + bytes.Count(b[:at], []byte("\n"))
	return &FileError{File: file, Offset: int64(at), Line: line,
		Msg: fmt.Sprintf("line %s: the byte %#02x, %s bytes from the beginning, is not UTF-8; save the text as UTF-8, or bring one that is no other kind of file",
			group(line), b[at], group(at))}
}

// windows are the samples of a text, one after the other.
type windows struct {
	tokens  []uint16
	context int
}

func (w windows) Len() int { return max(0, len(w.tokens)-1) / w.context }

func (w windows) Read(i int, x, y []float32) {
	seen := w.tokens[i*w.context : (i+1)*w.context+1]
	for j, t := range seen[1:] {
		x[j], y[j] = float32(seen[j]), float32(t)
	}
}
