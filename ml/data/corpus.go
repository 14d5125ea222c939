package data

import (
	"unicode/utf8"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

// A corpus makes samples of one long text, which stays as it is, ends of lines
// included. A sample is a window of its tokens; the windows that test never
// overlap. The test is the end of the text, as nanoGPT divides it, and no
// window reaches across. Characters are numbered over all of the text; words
// and pieces are found in what is not the test.
type corpus struct {
	reading
	context int
	stride  int
	layout  string
	mask    float64
	percent float64
	meta    Meta
}

func newCorpus() corpus {
	return corpus{reading: newReading(), context: 64, layout: NextToken, mask: 15, percent: 10}
}

func (c *corpus) fields() []config.Field {
	return append(c.reading.fields(),
		config.Int("context", &c.context, 1, 1<<14, "how many tokens the model sees at once").With("tokens"),
		config.Int("stride", &c.stride, 0, 1<<20, "how far after a window the next begins, when training; 0 for right after it. When windows overlap, the validation is the end of the text").With("tokens"),
		config.Choice("layout", &c.layout, []string{NextToken, NextOne, Masked}, "what is asked: the token after each; only the one after the last; or those that are masked"),
		config.Float("mask", &c.mask, 1, 90, "this share of the tokens is masked, where the layout is masked").With("%"),
		config.Float("test_percent", &c.percent, 0, 90, "this share of the text, its end, is kept for the test").With("%"),
	)
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
	var special []string
	if c.layout == Masked {
		special = []string{text.Mask}
	}
	learned := s
	if c.tokenizer != text.Characters {
		learned = s[:at]
	}
	tokenizer, err := c.learn([]string{learned}, special...)
	if err != nil {
		return nil, err
	}
	train := c.windows(encode(tokenizer, s[:at]), tokenizer, tensor.NewStream(seed, "mask").Fork(0))
	test := c.windows(encode(tokenizer, s[at:]), tokenizer, tensor.NewStream(seed, "mask").Fork(1))
	if c.stride > 0 {
		train.stride = c.stride
	}
	if err := c.long(from, train, test, at < len(s)); err != nil {
		return nil, err
	}
	c.meta = c.of(tokenizer)
	c.meta.Train, c.meta.Test, c.meta.Layout.Stride = train.Len(), test.Len(), train.stride
	return &Set{Meta: c.meta, Train: train, Test: test}, nil
}

// of returns what is known of samples whose tokens are the tokenizer's.
func (c *corpus) of(t text.Tokenizer) Meta {
	y := c.context
	if c.layout == NextOne {
		y = 1
	}
	tokens := len(t.Vocabulary())
	return Meta{
		X: tensor.Shape{c.context}, Y: tensor.Shape{y}, Classes: text.Names(t), Tokens: tokens,
		Range: [2]float64{0, float64(tokens - 1)}, Text: t, Layout: Layout{Kind: c.layout},
	}
}

// Recall tells the source what it had found; the length of a sample it says itself.
func (c *corpus) Recall(t text.Tokenizer, _ int) { c.meta = c.of(t) }

func (c *corpus) windows(tokens []uint16, t text.Tokenizer, masks tensor.Stream) *windows {
	w := &windows{tokens: tokens, context: c.context, stride: c.context, layout: c.layout}
	if c.layout == Masked {
		w.mask, w.masked, w.masks = t.Special().Mask, max(1, int(c.mask*float64(c.context)/100+0.5)), masks
	}
	return w
}

// long checks that there is a window in each part.
func (c *corpus) long(from string, train, test *windows, tested bool) error {
	takes := config.Say("a sample takes %s tokens", config.Group(train.reach()))
	if train.reach() > c.context {
		takes = config.Say("a sample takes %s tokens, the context and the one after it", config.Group(train.reach()))
	}
	switch {
	case train.Len() == 0:
		return &FileError{File: from, Want: int64(train.reach()), Have: int64(len(train.tokens)),
			Msg: config.Say("%s; there are only %s to train on; make the context shorter, or bring a longer text", takes, config.Group(len(train.tokens)))}
	case tested && test.Len() == 0:
		return &FileError{File: from, Want: int64(test.reach()), Have: int64(len(test.tokens)),
			Msg: config.Say("%s; the test has only %s; make the context shorter or test_percent larger, or set test_percent to 0", takes, config.Group(len(test.tokens)))}
	}
	return nil
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
