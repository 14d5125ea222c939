package data

import "descent/ml/config"

func init() {
	Register(Info{
		Type: "pasted_text", Title: "Pasted text", Kind: "text",
		Doc: "A text that is part of the document, so that it travels with it. The model reads it token by token, and at each one learns to tell the next.",
		New: func() Source { return newPasted() },
	})
}

// maxPasted bounds a text in the document, which is read whenever a setting
// changes; one that is longer belongs in a file.
const maxPasted = 1 << 20

// pasted reads a text from the document.
type pasted struct {
	text string
	corpus
}

func newPasted() *pasted {
	p := &pasted{text: rhyme, corpus: newCorpus()}
	p.context = 16
	return p
}

// pastedText stands where a file has its name.
var pastedText = config.Word("the pasted text")

// rhyme is there until somebody pastes a text.
const rhyme = `One small number, then one more,
step by step along the floor.
Down the slope and round the bend,
every step is near the end.

Too long a stride and off you fly,
too short, and months and years go by.
So look around before you go:
which way is down, you ought to know.

One small number, then one more,
a little lower than before.
Down the valley, past the stone,
no one has to walk alone.
`

func (p *pasted) Fields() []config.Field {
	return append([]config.Field{config.Prose("text", &p.text, maxPasted, "the text itself; a longer one goes into a file, for the source text")}, p.corpus.fields()...)
}

func (p *pasted) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if p.text == "" {
		return nil, config.Problem("there is no text yet: paste one").At("data.source.text")
	}
	if progress != nil {
		progress(int64(len(p.text)), int64(len(p.text)))
	}
	return p.corpus.open(pastedText.Text, []byte(p.text), seed)
}
