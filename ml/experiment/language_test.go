package experiment

import (
	"maps"

	"descent/ml/data"
	"descent/ml/tensor"
	"descent/ml/text"
)

// The presets that read text, with the figures of the texts that the build
// writes.
func init() {
	const (
		sonnets, poems = 84636, 35314 // characters to train on: nine tenths
		names          = 34945        // of 38,827
		letters        = 26 + 3       // and padding, beginning and end
		hans           = 2841         // the characters of the poems
	)
	block := func(size int) int { return 12*size*size + 13*size } // with biases
	maps.Copy(published, map[string]struct{ parameters, steps int }{
		// nanoGPT reports 0.80M, without the positions.
		"nanogpt-cpu":        {65*128 + 64*128 + 4*(12*128*128+2*128) + 128, 83645},
		"bigram":             {61 * 61, 75},
		"char-rnn":           {61*32 + 32*128 + 128*128 + 128 + 128*61 + 61, 149},
		"char-lstm":          {61*32 + 4*(32*128+128*128+128) + 128*61 + 61, 149},
		"char-gru":           {61*32 + 3*(32*128+128*128+128) + 128 + 128*61 + 61, 149},
		"gpt-sonnets":        {61*96 + 64*96 + 2*block(96) + 2*96, 149},
		"gpt-poems":          {hans*96 + 2*(12*96*96+2*96) + 96, 83},
		"mlp-lm":             {letters*16 + 8*16*200 + 200 + 200*letters + letters, 492},
		"gpt-names":          {letters*64 + 16*64 + 2*block(64) + 2*64, 492},
		"text-cnn":           {77*24 + 5*24*128 + 128 + 128*16 + 16, 90},
		"encoder-classifier": {1500*48 + 21*48 + 2*(4*(48*48+48)+48*96+96+96*48+48+4*48) + 2*48 + 48*16 + 16, 90},
	})
	tokenizer, err := text.Train(text.Options{Kind: text.Characters, Special: []string{text.Pad, text.Unknown}}, "ab")
	if err != nil {
		panic(err)
	}
	lines := data.Meta{X: tensor.Shape{16}, Y: tensor.Shape{16}, Classes: make([]string, letters), Tokens: letters, Train: names,
		Layout: data.Layout{Kind: data.NextToken}}
	phrases := func(steps, tokens int) data.Meta {
		return data.Meta{X: tensor.Shape{steps}, Y: tensor.Shape{1}, Classes: make([]string, 16), Tokens: tokens, Train: 6391, Text: tokenizer}
	}
	maps.Copy(files, map[string]data.Meta{
		// Tiny Shakespeare has 1,115,394 characters, 65 different ones.
		"nanogpt-cpu": windows(1115394, 65, 64, 1),
		"bigram":      windows(sonnets, 61, 32, 32),
		"char-rnn":    windows(sonnets, 61, 64, 16),
		"char-lstm":   windows(sonnets, 61, 64, 16),
		"char-gru":    windows(sonnets, 61, 64, 16),
		"gpt-sonnets": windows(sonnets, 61, 64, 16),
		"gpt-poems":   windows(poems, hans, 48, 12),
		"mlp-lm":      lines, "gpt-names": lines,
		"text-cnn": phrases(41, 77), "encoder-classifier": phrases(21, 1500),
	})
}

// windows is a text of so many tokens, all to train on.
func windows(length, tokens, context, stride int) data.Meta {
	return data.Meta{X: tensor.Shape{context}, Y: tensor.Shape{context}, Classes: make([]string, tokens), Tokens: tokens,
		Train: (length-context-1)/stride + 1, Layout: data.Layout{Kind: data.NextToken, Stride: stride}}
}
