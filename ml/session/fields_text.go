package session

func (m *Baseline) fields(c *codec) {
	c.text("name", &m.Name)
	c.text("part", &m.Part)
	c.float("loss", &m.Loss)
	c.float("perplexity", &m.Perplexity)
	c.float("bits_per_character", &m.BitsPerCharacter)
}

func (m *Vocabulary) fields(c *codec) {
	c.text("kind", &m.Kind)
	c.texts("tokens", &m.Tokens)
	c.ints("merges", &m.Merges)
	c.ints("special", &m.Special)
	c.ints("counts", &m.Counts)
	c.int("counted", &m.Counted)
}

func (m *Inside) fields(c *codec) {
	c.text("kind", &m.Kind)
	c.text("path", &m.Path)
	c.text("layer", &m.Layer)
}

func (m *Subject) fields(c *codec) {
	c.text("text", &m.Text)
	c.int("sample", &m.Sample)
	c.floats("pixels", &m.Pixels)
}

func (m *Reading) fields(c *codec) {
	c.int("step", &m.Step)
	c.flag("typed", &m.Typed)
	c.int("sample", &m.Sample)
	c.int("samples", &m.Samples)
	c.int("dropped", &m.Dropped)
	c.ints("tokens", &m.Tokens)
	c.texts("pieces", &m.Pieces)
	c.int("room", &m.Room)
	c.ints("targets", &m.Targets)
	c.floats("chances", &m.Chances)
	c.int("each", &m.Each)
	c.ints("guesses", &m.Guesses)
	c.floats("weights", &m.Weights)
}

func (m *Matrix) fields(c *codec) {
	c.text("path", &m.Path)
	c.ints("shape", &m.Shape)
	c.ints("whole", &m.Whole)
	c.int("blob", &m.Blob)
	c.int("step", &m.Step)
	c.texts("rows", &m.Rows)
	c.texts("cols", &m.Cols)
}

func (m *Cloud) fields(c *codec) {
	c.text("path", &m.Path)
	c.ints("shape", &m.Shape)
	c.int("step", &m.Step)
	c.floats("places", &m.Places)
	c.floats("explained", &m.Explained)
}
