package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// gradual has a long body come in parts, one on each frame, since to make it at once would be one long task.
type gradual struct{ come int }

// upTo is how many of n elements are there on this frame: step more than on the one before. While some are still missing
// it has the component, which shows them, drawn again.
func (g *gradual) upTo(c *Core, of goapp.Composer, n, step int) int {
	if !c.assembles || g.come >= n {
		g.come = n
		return n
	}
	g.come = min(g.come+step, n)
	if g.come < n {
		c.frames.Request("gradual", c.drawParts)
		c.gradual = append(c.gradual, of)
	}
	return g.come
}

// drawParts draws what is still coming, and nothing else.
func (c *Core) drawParts() {
	coming := c.gradual
	c.gradual = nil
	for _, of := range coming {
		c.ctx.Dispatcher().Dispatch(goapp.Dispatch{Mode: goapp.Update, Source: of, Function: func(goapp.Context) {}})
	}
}
