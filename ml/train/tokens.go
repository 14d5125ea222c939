package train

import (
	"fmt"
	"math"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/safetensors"
	"descent/ml/text"
)

// Where the header of a checkpoint keeps the tokenizer, and how many tokens a
// sample has.
const (
	tokenizerKey = "tokenizer"
	tokensKey    = "tokens"
)

// sameText refuses a file that was made with another tokenizer than the data's.
// One that says nothing of tokenizers is taken: it may come from elsewhere.
func (t *Trainer) sameText(f *safetensors.File) error {
	own, err := keptText(f)
	if own == nil || err != nil {
		return err
	}
	if t.meta.Text == nil {
		return fmt.Errorf("train: the checkpoint is of a model of text, and this data is none")
	}
	if d := text.Difference(own, t.meta.Text); d != "" {
		return fmt.Errorf("train: the checkpoint belongs to another text: %s", d)
	}
	return nil
}

// keptText returns the tokenizer of a checkpoint, and nil of one that has none.
func keptText(f *safetensors.File) (text.Tokenizer, error) {
	kept, ok := f.Meta[tokenizerKey]
	if !ok {
		return nil, nil
	}
	v, err := config.Parse([]byte(kept))
	if err != nil {
		return nil, fmt.Errorf("train: the checkpoint's tokenizer is broken: %w", err)
	}
	own, err := text.Read(v)
	if err != nil {
		return nil, fmt.Errorf("train: the checkpoint's tokenizer is broken: %w", err)
	}
	return own, nil
}

// checkTokens looks at every sample when an embedding reads the data: an
// embedding looks up whole numbers, and any source may have others.
func (t *Trainer) checkTokens() error {
	node, tokens := t.exp.Model.Looks(t.meta.Tokens)
	if tokens == 0 || t.meta.Tokens > 0 {
		return nil // no embedding, or a source that vouches for its numbers
	}
	x, y := make([]float32, t.pipe.Form().Shape.Len()), make([]float32, t.meta.Y.Len())
	for _, part := range []data.Dataset{t.train, t.validation, t.test} {
		for i := range part.Len() {
			part.Read(i, x, y)
			for _, v := range x {
				if !isToken(v, tokens) {
					e := config.Problem("the embedding looks up whole numbers from 0 to %d, and the data holds %v; "+
						"give it more tokens, or other data", tokens-1, v)
					e.Node = node
					return e
				}
			}
		}
	}
	return nil
}

func isToken(v float32, tokens int) bool {
	return v >= 0 && v < float32(tokens) && float64(v) == math.Trunc(float64(v))
}

// Fits reports whether the model can answer a raw sample: an embedding has no
// row for a number outside its table.
func (t *Trainer) Fits(x []float32) bool {
	_, tokens := t.exp.Model.Looks(t.meta.Tokens)
	if tokens == 0 {
		return true
	}
	for _, v := range x {
		if !isToken(v, tokens) {
			return false
		}
	}
	return true
}
