package session

func (m *Generate) fields(c *codec) {
	c.text("prompt", &m.Prompt)
	c.int("tokens", &m.Tokens)
	c.float("temperature", &m.Temperature)
	c.int("top_k", &m.TopK)
	c.float("top_p", &m.TopP)
	c.float("repetition", &m.Repetition)
	c.int("seed", &m.Seed)
	c.int("beams", &m.Beams)
	c.int("guesses", &m.Guesses)
}

func (m *Stop) fields(c *codec) {}

func (m *Sample) fields(c *codec) {
	c.int("every", &m.Every)
	c.nested("write", &m.Write)
}

func (m *Written) fields(c *codec) {
	c.int("run", &m.Run)
	c.int("step", &m.Step)
	c.int("token", &m.Token)
	c.text("text", &m.Text)
	c.float("chance", &m.Chance)
	c.ints("guesses", &m.Guesses)
	c.floats("weights", &m.Weights)
	c.texts("missing", &m.Missing)
	c.flag("done", &m.Done)
	parts(c, "wrong", &m.Wrong)
	c.text("right", &m.Right)
	c.flag("exact", &m.Exact)
}

func (m *Sampled) fields(c *codec) {
	c.int("step", &m.Step)
	c.float("loss", &m.Loss)
	c.text("text", &m.Text)
}
