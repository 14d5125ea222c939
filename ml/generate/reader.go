package generate

import (
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"
	"descent/ml/text"
)

// A reader is a model that reads several texts side by side, a token at a time,
// and scores what may come next in each. All have the same length.
type reader interface {
	// begin forgets what was read. A question that has a place of its own in X
	// is read at once, in one pass.
	begin(question []int)

	// read takes the next token of each text. The scores are asked for after
	// the last of several, which is when wanted is true.
	read(tokens []int, wanted bool)

	// scores returns the logits of the next token of a text. They are the
	// reader's own and change with the next read.
	scores(text int) []float32

	// branch makes each text i a copy of the text from[i].
	branch(from []int)

	// passes is how often the model has run since the reader was made, and
	// over how many steps of a text each time.
	passes() (n, steps int)
}

// whole is a reader that knows only whole windows: each token is scored by
// running the model over all that it can see. It works for every model, and
// costs a window for each token.
type whole struct {
	special  text.Special
	layout   data.Layout
	program  *graph.Program
	x, score tensor.Tensor
	context  int // steps of X
	fill     int // stands where there is no text
	question []int
	texts    [][]int
	spare    [][]int
	runs     int
}

func newWhole(g *Generator, texts int) (*whole, error) {
	b, heads, _, err := g.exp.Graph(texts)
	if err != nil {
		return nil, err
	}
	opt := graph.Options{Outputs: []graph.Value{heads.Score}}
	if err := g.fits(texts, b.Measure(opt)); err != nil {
		return nil, config.Errors{err.problem}
	}
	p := b.Compile(g.params, opt)
	w := &whole{special: g.special, layout: g.layout, program: p, x: p.At(nn.InputName), score: p.At(b.Name(heads.Score)), fill: g.filler()}
	w.context = w.x.Shape[1]
	w.texts, w.spare = make([][]int, texts), make([][]int, texts)
	return w, nil
}

// A tooLarge error says that a reader takes more memory than it may.
type tooLarge struct{ problem *config.Error }

func (e *tooLarge) Error() string { return e.problem.Error() }

// fits checks what programs for so many texts would take.
func (g *Generator) fits(texts int, costs ...graph.Cost) *tooLarge {
	sum := int64(0)
	for _, c := range costs {
		sum += c.Activations
	}
	if g.Memory <= 0 || sum <= g.Memory {
		return nil
	}
	return &tooLarge{config.Problem("writing with %d beams takes %s of memory, and may take %s; take fewer, or a smaller model", texts,
		experiment.Bytes(sum), experiment.Bytes(g.Memory)).At("beams")}
}

func (w *whole) begin(question []int) {
	w.question = append(w.question[:0], question...)
	for i := range w.texts {
		w.texts[i] = w.texts[i][:0]
	}
	if w.atOnce() {
		w.run()
	}
}

// atOnce reports whether all answers are there as soon as the question was read.
func (w *whole) atOnce() bool {
	return w.layout.Kind == data.Answer || w.layout.Kind == data.NextOne && w.layout.Question > 0
}

func (w *whole) read(tokens []int, wanted bool) {
	for i, t := range tokens {
		w.texts[i] = append(w.texts[i], t)
	}
	if wanted && !w.atOnce() {
		w.run()
	}
}

func (w *whole) run() {
	for i, text := range w.texts {
		x := w.x.Data[i*w.context : (i+1)*w.context]
		if w.layout.Question > 0 {
			w.layout.Ask(x, w.question, w.special)
		} else {
			for t := range x {
				x[t] = float32(w.fill)
			}
		}
		switch {
		case w.atOnce():
		case w.layout.Kind == data.Teacher:
			put(x[w.layout.Question:], text)
		case w.layout.Kind == data.NextOne:
			text = text[max(0, len(text)-len(x)):]
			put(x[len(x)-len(text):], text)
		default:
			put(x, text)
		}
	}
	w.program.Forward(0, 0)
	w.runs++
}

func put(x []float32, tokens []int) {
	for i, t := range tokens {
		x[i] = float32(t)
	}
}

func (w *whole) scores(text int) []float32 {
	kinds := w.score.Shape[len(w.score.Shape)-1]
	rows := len(w.score.Data) / kinds / len(w.texts)
	row := text * rows
	switch n := len(w.texts[text]); w.layout.Kind {
	case data.NextOne:
	case data.Answer:
		row += n // nothing was read yet when the first is scored
	default:
		row += n - 1
	}
	return w.score.Data[row*kinds : (row+1)*kinds]
}

func (w *whole) branch(from []int) {
	for i, f := range from {
		w.spare[i] = append(w.spare[i][:0], w.texts[f]...)
	}
	w.texts, w.spare = w.spare, w.texts
}

func (w *whole) passes() (n, steps int) { return w.runs, w.context }
