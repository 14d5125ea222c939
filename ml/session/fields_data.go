package session

func (m *Browse) fields(c *codec) {
	c.text("part", &m.Part)
	c.int("class", &m.Class)
	c.text("search", &m.Search)
	c.int("sort", &m.Sort)
	c.int("from", &m.From)
	c.int("count", &m.Count)
}

func (m *Browsed) fields(c *codec) {
	c.nested("asked", &m.Asked)
	c.int("total", &m.Total)
	c.ints("index", &m.Index)
	c.texts("parts", &m.Parts)
	c.floats("labels", &m.Labels)
	c.floats("own", &m.Own)
	c.ints("shape", &m.Shape)
	c.int("blob", &m.Blob)
	c.floats("values", &m.Values)
	c.texts("texts", &m.Texts)
	c.texts("answers", &m.Answers)
}

func (m *Describe) fields(*codec) {}

func (m *Described) fields(c *codec) {
	parts(c, "shares", &m.Shares)
	parts(c, "columns", &m.Columns)
}

func (m *Share) fields(c *codec) {
	c.text("part", &m.Part)
	c.int("count", &m.Count)
	c.ints("classes", &m.Classes)
}

func (m *Spread) fields(c *codec) {
	c.text("name", &m.Name)
	c.text("kind", &m.Kind)
	c.text("role", &m.Role)
	c.int("count", &m.Count)
	c.int("missing", &m.Missing)
	c.float("mean", &m.Mean)
	c.float("deviation", &m.Deviation)
	c.float("min", &m.Min)
	c.float("max", &m.Max)
	c.texts("names", &m.Names)
	c.ints("bins", &m.Bins)
}

func (m *Preview) fields(c *codec) {
	c.int("from", &m.From)
	c.int("count", &m.Count)
	c.int("draw", &m.Draw)
}

func (m *Previewed) fields(c *codec) {
	c.nested("asked", &m.Asked)
	c.ints("index", &m.Index)
	c.floats("labels", &m.Labels)
	parts(c, "stages", &m.Stages)
}

func (m *Stage) fields(c *codec) {
	c.text("path", &m.Path)
	c.text("type", &m.Type)
	c.ints("shape", &m.Shape)
	c.int("blob", &m.Blob)
	c.floats("values", &m.Values)
	c.texts("names", &m.Names)
	c.float("mean", &m.Mean)
	c.float("deviation", &m.Deviation)
	c.float("min", &m.Min)
	c.float("max", &m.Max)
}
