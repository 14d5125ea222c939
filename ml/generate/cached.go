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

// cached is a reader whose model goes through a text a step at a time: attention
// keeps the keys and values of the steps before, recurrent layers their state.
// A question that has a place of its own is read once, by the part of the model
// that reads nothing else; only the rest goes step by step.
type cached struct {
	special  text.Special
	layout   data.Layout
	asked    []float32      // a whole X
	before   *graph.Program // reads the question; nil where there is none
	known    tensor.Tensor  // its input
	step     *graph.Program
	x, score tensor.Tensor
	given    [][2]tensor.Tensor // what before computes, and where step reads it
	runs     int
}

// newCached makes the reader, or says why the model cannot go step by step.
func newCached(g *Generator, texts int) (*cached, error) {
	c := &cached{special: g.special, layout: g.layout, asked: make([]float32, g.exp.Data.Settings.Meta().X.Len())}
	from := 0
	switch g.layout.Kind {
	case data.Answer:
		return nil, config.Problem("the whole answer is there after one pass")
	case data.NextOne:
		return nil, config.Problem("the model tells one token after a whole window, which moves on with each token")
	case data.Teacher:
		from = g.layout.Question
	}
	one, err := stepwise(g.exp, 1, from)
	if err != nil {
		return nil, err
	}
	several := one
	if texts > 1 {
		if several, err = stepwise(g.exp, texts, from); err != nil {
			return nil, err
		}
	}
	first, next := graph.Options{Outputs: one.Given}, graph.Options{Outputs: []graph.Value{several.Out}, Given: several.Given}
	if err := g.fits(texts, one.Measure(first), several.Measure(next)); err != nil {
		return nil, err
	}
	c.step = several.Compile(g.params, next)
	c.x, c.score = c.step.At(several.Name(several.Step)), c.step.At(several.Name(several.Out))
	if len(one.Given) == 0 {
		return c, nil
	}
	c.before = one.Compile(g.params, first)
	if one.Before.OK() {
		c.known = c.before.At(one.Name(one.Before))
	}
	for i, v := range one.Given {
		c.given = append(c.given, [2]tensor.Tensor{c.before.At(one.Name(v)), c.step.At(several.Name(several.Given[i]))})
	}
	return c, nil
}

// stepwise builds the model for so many texts.
func stepwise(e *experiment.Experiment, texts, from int) (*graph.Stepwise, error) {
	g, heads, _, err := e.Graph(texts)
	if err != nil {
		return nil, err
	}
	input, _ := g.Find(nn.InputName)
	return g.Stepwise(input, from, heads.Score)
}

func (c *cached) begin(question []int) {
	c.step.Rewind()
	if c.before == nil {
		return
	}
	if c.known.Data != nil {
		c.layout.Ask(c.asked, question, c.special)
		copy(c.known.Data, c.asked)
	}
	c.before.Forward(0, 0)
	for _, g := range c.given {
		for to := g[1].Data; len(to) > 0; to = to[len(g[0].Data):] {
			copy(to, g[0].Data)
		}
	}
}

func (c *cached) read(tokens []int, _ bool) {
	put(c.x.Data, tokens)
	c.step.Advance()
	c.runs++
}

func (c *cached) scores(text int) []float32 {
	kinds := c.score.Shape[len(c.score.Shape)-1]
	return c.score.Data[text*kinds : (text+1)*kinds]
}

func (c *cached) branch(from []int) { c.step.Branch(from) }

func (c *cached) passes() (n, steps int) { return c.runs, 1 }
