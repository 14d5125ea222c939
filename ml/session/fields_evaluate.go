package session

func (m *Beside) fields(c *codec) {
	c.text("name", &m.Name)
	c.texts("metrics", &m.Metrics)
	c.floats("values", &m.Values)
}

func (m *Calibration) fields(c *codec) {
	c.float("error", &m.Error)
	c.ints("counts", &m.Counts)
	c.floats("sure", &m.Sure)
	c.floats("accuracy", &m.Accuracy)
}

func (m *Curve) fields(c *codec) {
	c.int("class", &m.Class)
	c.int("positive", &m.Positive)
	c.int("negative", &m.Negative)
	c.ints("hits", &m.Hits)
	c.ints("alarms", &m.Alarms)
	c.ints("hits_at", &m.HitsAt)
	c.ints("alarms_at", &m.AlarmsAt)
	c.float("area", &m.Area)
	c.float("precision", &m.Precision)
}

func (m *Residuals) fields(c *codec) {
	c.int("output", &m.Output)
	c.int("outputs", &m.Outputs)
	c.int("count", &m.Count)
	c.float("mean", &m.Mean)
	c.float("sd", &m.SD)
	c.float("low", &m.Low)
	c.float("high", &m.High)
	c.ints("histogram", &m.Histogram)
	c.floats("answered", &m.Answered)
	c.floats("told", &m.Told)
}

func (m *Trace) fields(c *codec) { c.int("of", &m.Of) }

func (m *Examine) fields(c *codec) {
	c.text("order", &m.Order)
	c.int("right", &m.Right)
	c.int("guess", &m.Guess)
	c.int("from", &m.From)
	c.int("count", &m.Count)
}

func (m *Cases) fields(c *codec) {
	c.nested("asked", &m.Asked)
	c.text("part", &m.Part)
	c.int("step", &m.Step)
	c.int("total", &m.Total)
	c.ints("places", &m.Places)
	c.ints("numbers", &m.Numbers)
	part(c, "samples", &m.Samples)
	c.texts("texts", &m.Texts)
	c.floats("chance", &m.Chance)
	c.int("width", &m.Width)
	c.floats("answers", &m.Answers)
	c.floats("told", &m.Told)
}

func (m *Explain) fields(c *codec) {
	c.flag("features", &m.Features)
	c.int("place", &m.Place)
	c.floats("input", &m.Input)
	c.int("class", &m.Class)
}

func (m *Explanation) fields(c *codec) {
	c.flag("features", &m.Features)
	c.int("place", &m.Place)
	c.int("step", &m.Step)
	c.int("done", &m.Done)
	c.int("total", &m.Total)
	c.int("height", &m.Height)
	c.int("width", &m.Width)
	c.int("patch", &m.Patch)
	c.floats("lost", &m.Lost)
	c.int("class", &m.Class)
	c.float("answer", &m.Answer)
	c.int("blob", &m.Blob)
	c.ints("shape", &m.Shape)
	c.text("part", &m.Part)
	c.int("samples", &m.Samples)
	c.float("score", &m.Score)
	c.floats("mean", &m.Mean)
	c.floats("sd", &m.SD)
}

func (m *Feature) fields(c *codec) {
	c.text("name", &m.Name)
	c.text("kind", &m.Kind)
	c.texts("values", &m.Values)
	c.float("low", &m.Low)
	c.float("high", &m.High)
}
