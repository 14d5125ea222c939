package data

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

// maxText is how much of a text is read.
const maxText = 1 << 27

// A corpus makes samples of one long text, which stays as it is, ends of lines
// included. A sample is a window of its tokens; the windows that test never
// overlap. The test is the end of the text, as nanoGPT divides it, and no
// window reaches across. Characters are numbered over all of the text; words
// and pieces are found in what is not the test.
type corpus struct {
	tokenizer  string
	vocabulary int
	context    int
	stride     int
	layout     string
	mask       float64
	percent    float64
	meta       Meta
}

func newCorpus() corpus {
	return corpus{tokenizer: text.Characters, context: 64, layout: NextToken, mask: 15, percent: 10}
}

func (c *corpus) fields() []config.Field {
	return []config.Field{
		config.Choice("tokenizer", &c.tokenizer, text.Kinds(), "what the model reads: characters, words, or bpe: pieces of words that come often"),
		config.Int("vocabulary", &c.vocabulary, 0, text.MaxVocabulary, "how many different tokens; the most frequent are taken, and bpe merges until there are so many; 0 for all, and for bpe 512").With("tokens"),
		config.Int("context", &c.context, 1, 1<<14, "how many tokens the model sees at once").With("tokens"),
		config.Int("stride", &c.stride, 0, 1<<20, "how far after a window the next begins, when training; 0 for right after it. When windows overlap, the validation is the end of the text").With("tokens"),
		config.Choice("layout", &c.layout, []string{NextToken, NextOne, Masked}, "what is asked: the token after each; only the one after the last; or those that are masked"),
		config.Float("mask", &c.mask, 1, 90, "this share of the tokens is masked, where the layout is masked").With("%"),
		config.Float("test_percent", &c.percent, 0, 90, "this share of the text, its end, is kept for the test").With("%"),
	}
}

func (c *corpus) Meta() Meta { return c.meta }

func (c *corpus) Learn(m Meta) { c.meta = m }

// open makes the samples of a text that came from somewhere.
func (c *corpus) open(from string, b []byte, seed uint64) (*Set, error) {
	s, err := readText(from, b)
	if err != nil {
		return nil, err
	}
	at := cutAt(s, c.percent)
	o := text.Options{Kind: c.tokenizer, Vocabulary: c.vocabulary}
	if c.layout == Masked {
		o.Special = []string{text.Mask}
	}
	learned := s
	if c.tokenizer != text.Characters {
		learned = s[:at]
	}
	tokenizer, err := text.Train(o, learned)
	if err != nil {
		return nil, config.About("data.source.vocabulary", err)
	}
	train := c.windows(encode(tokenizer, s[:at]), tokenizer, tensor.NewStream(seed, "mask").Fork(0))
	test := c.windows(encode(tokenizer, s[at:]), tokenizer, tensor.NewStream(seed, "mask").Fork(1))
	if c.stride > 0 {
		train.stride = c.stride
	}
	if err := c.long(from, train, test, at < len(s)); err != nil {
		return nil, err
	}
	y := c.context
	if c.layout == NextOne {
		y = 1
	}
	tokens := len(tokenizer.Vocabulary())
	c.meta = Meta{
		X: tensor.Shape{c.context}, Y: tensor.Shape{y}, Classes: text.Names(tokenizer), Tokens: tokens,
		Train: train.Len(), Test: test.Len(), Range: [2]float64{0, float64(tokens - 1)},
		Text: tokenizer, Layout: Layout{Kind: c.layout, Stride: train.stride},
	}
	return &Set{Meta: c.meta, Train: train, Test: test}, nil
}

func (c *corpus) windows(tokens []uint16, t text.Tokenizer, masks tensor.Stream) *windows {
	w := &windows{tokens: tokens, context: c.context, stride: c.context, layout: c.layout}
	if c.layout == Masked {
		w.mask, w.masked, w.masks = t.Special().Mask, max(1, int(c.mask*float64(c.context)/100+0.5)), masks
	}
	return w
}

// long checks that there is a window in each part.
func (c *corpus) long(from string, train, test *windows, tested bool) error {
	takes := fmt.Sprintf("a sample takes %s tokens", group(train.reach()))
	if train.reach() > c.context {
		takes = fmt.Sprintf("a sample takes %s tokens, the context and the one after it", group(train.reach()))
	}
	switch {
	case train.Len() == 0:
		return &FileError{File: from, Want: int64(train.reach()), Have: int64(len(train.tokens)),
			Msg: fmt.Sprintf("%s; there are only %s to train on; make the context shorter, or bring a longer text", takes, group(len(train.tokens)))}
	case tested && test.Len() == 0:
		return &FileError{File: from, Want: int64(test.reach()), Have: int64(len(test.tokens)),
			Msg: fmt.Sprintf("%s; the test has only %s; make the context shorter or test_percent larger, or set test_percent to 0", takes, group(len(test.tokens)))}
	}
	return nil
}

// readText checks that a text can be learned from. A byte order mark in front
// is not of it.
func readText(from string, b []byte) (string, error) {
	if len(b) > maxText {
		return "", &FileError{File: from, Want: maxText, Have: int64(len(b)),
			Msg: fmt.Sprintf("it has %s bytes; texts of at most %s are read", group(len(b)), group(maxText))}
	}
	s := string(bytes.TrimPrefix(b, []byte("\ufeff")))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return "", notUTF8(from, b, i+len(b)-len(s))
		}
		i += size
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "":
		return "", &FileError{File: from, Msg: "the text is empty"}
	case strings.TrimLeft(s, string(first)) == "":
		return "", &FileError{File: from, Want: 2, Have: 1, Msg: "the text is one character over and over: there is nothing to tell apart"}
	}
	return s, nil
}

// notUTF8 says where a text is broken.
func notUTF8(file string, b []byte, at int) error {
	line := 1 + bytes.Count(b[:at], []byte("\n"))
	return &FileError{File: file, Offset: int64(at), Line: line,
		Msg: fmt.Sprintf("line %s: the byte %#02x, %s bytes from the beginning, is not UTF-8; save the text as UTF-8, or bring one that is no other kind of file",
			group(line), b[at], group(at))}
}

// cutAt returns where the last percent of a text's characters begin.
func cutAt(s string, percent float64) int {
	test := floor(float64(utf8.RuneCountInString(s)) * percent / 100)
	at := len(s)
	for range test {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}

// encode returns the tokens of a text, a part of it at a time: the tokenizer's
// take four times the memory.
func encode(t text.Tokenizer, s string) []uint16 {
	const part = 1 << 16
	var out []uint16
	var tokens []int
	for s != "" {
		at := text.Cut(s, part)
		tokens = t.Encode(tokens[:0], s[:at])
		out = slices.Grow(out, len(tokens))
		for _, n := range tokens {
			out = append(out, uint16(n))
		}
		s = s[at:]
	}
	return out
}
