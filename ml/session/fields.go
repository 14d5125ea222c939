package session

func (m *Command) fields(c *codec) {
	part(c, "open", &m.Open)
	part(c, "run", &m.Run)
	part(c, "pause", &m.Pause)
	part(c, "reset", &m.Reset)
	part(c, "tune", &m.Tune)
	part(c, "watch", &m.Watch)
	part(c, "ack", &m.Ack)
	part(c, "predict", &m.Predict)
	part(c, "evaluate", &m.Evaluate)
	part(c, "look", &m.Look)
	part(c, "generate", &m.Generate)
	part(c, "stop", &m.Stop)
	part(c, "sample", &m.Sample)
	part(c, "trace", &m.Trace)
	part(c, "examine", &m.Examine)
	part(c, "explain", &m.Explain)
	part(c, "browse", &m.Browse)
	part(c, "describe", &m.Describe)
	part(c, "preview", &m.Preview)
	part(c, "keep", &m.Keep)
	part(c, "save", &m.Save)
}

func (m *Open) fields(c *codec) {
	c.text("experiment", &m.Experiment)
	c.int("number", &m.Number)
	c.text("resume", &m.Resume)
}

func (m *Keep) fields(c *codec)  { c.text("run", &m.Run) }
func (m *Save) fields(c *codec)  {}
func (m *Pause) fields(c *codec) {}
func (m *Reset) fields(c *codec) {}
func (m *Ack) fields(c *codec)   { c.int("seq", &m.Seq) }

func (m *Run) fields(c *codec) {
	c.int("steps", &m.Steps)
	c.float("rate", &m.Rate)
	c.flag("alone", &m.Alone)
}

func (m *Tune) fields(c *codec) {
	c.text("field", &m.Field)
	c.float("value", &m.Value)
}

func (m *Watch) fields(c *codec) {
	c.int("samples", &m.Samples)
	c.int("checks", &m.Checks)
	c.int("boundary", &m.Boundary)
	c.ints("palette", &m.Palette)
	c.float("low", &m.Low)
	c.float("side", &m.Side)
	c.flag("metrics", &m.Metrics)
	c.flag("speed", &m.Speed)
	c.nested("subject", &m.Subject)
	c.int("reading", &m.Reading)
	c.text("attention", &m.Attention)
	c.text("states", &m.States)
	c.text("table", &m.Table)
	c.flag("vocabulary", &m.Vocabulary)
	m.Insides.fields(c)
}

func (m *Predict) fields(c *codec) {
	c.floats("input", &m.Input)
	c.text("text", &m.Text)
	c.text("for", &m.For)
}

func (m *Evaluate) fields(c *codec) {
	c.text("part", &m.Part)
	c.int("opened", &m.Opened)
}

func (m *Look) fields(c *codec) { c.text("source", &m.Source) }

func (m *Event) fields(c *codec) {
	c.int("seq", &m.Seq)
	c.int("of", &m.Of)
	part(c, "hello", &m.Hello)
	part(c, "gauged", &m.Gauged)
	part(c, "state", &m.State)
	part(c, "progress", &m.Progress)
	part(c, "model", &m.Model)
	part(c, "data", &m.Data)
	part(c, "stats", &m.Stats)
	part(c, "speed", &m.Speed)
	parts(c, "points", &m.Points)
	parts(c, "changes", &m.Changes)
	part(c, "checkup", &m.Checkup)
	part(c, "facts", &m.Facts)
	part(c, "samples", &m.Samples)
	part(c, "checks", &m.Checks)
	part(c, "boundary", &m.Boundary)
	part(c, "prediction", &m.Prediction)
	part(c, "report", &m.Report)
	part(c, "curve", &m.Curve)
	part(c, "residuals", &m.Residuals)
	part(c, "cases", &m.Cases)
	part(c, "explained", &m.Explained)
	part(c, "seen", &m.Seen)
	part(c, "error", &m.Error)
	part(c, "vocabulary", &m.Vocabulary)
	part(c, "reading", &m.Reading)
	part(c, "attention", &m.Attention)
	part(c, "states", &m.States)
	part(c, "table", &m.Table)
	part(c, "network", &m.Network)
	part(c, "viewed", &m.Viewed)
	parts(c, "values", &m.Values)
	part(c, "spreads", &m.Spreads)
	part(c, "projection", &m.Projection)
	parts(c, "written", &m.Written)
	parts(c, "sampled", &m.Sampled)
	part(c, "kept", &m.Kept)
	part(c, "browsed", &m.Browsed)
	part(c, "described", &m.Described)
	part(c, "previewed", &m.Previewed)
}

func (m *Kept) fields(c *codec) {
	c.text("run", &m.Run)
	c.int("step", &m.Step)
	c.float("seconds", &m.Seconds)
	c.int("bytes", &m.Bytes)
	c.float("cost", &m.Cost)
	c.flag("resumed", &m.Resumed)
	c.text("trouble", &m.Trouble)
	part(c, "said", &m.Said)
}

func (m *Seen) fields(c *codec) {
	c.text("source", &m.Source)
	c.text("instead", &m.Instead)
	c.ints("x", &m.X)
	c.ints("y", &m.Y)
	c.texts("classes", &m.Classes)
	c.int("tokens", &m.Tokens)
	c.int("train", &m.Train)
	c.int("test", &m.Test)
	parts(c, "columns", &m.Columns)
}

func (m *Column) fields(c *codec) {
	c.text("name", &m.Name)
	c.text("kind", &m.Kind)
	c.text("role", &m.Role)
	c.int("missing", &m.Missing)
	c.int("values", &m.Values)
}

func (m *Hello) fields(c *codec) {
	c.int("version", &m.Version)
	c.text("kernel", &m.Kernel)
}

func (m *Gauged) fields(c *codec) { c.float("flops", &m.FLOPS) }

func (m *State) fields(c *codec) {
	c.text("phase", &m.Phase)
	c.int("step", &m.Step)
	c.int("epoch", &m.Epoch)
	c.int("steps", &m.Steps)
	c.int("epochs", &m.Epochs)
	c.text("stopped", &m.Stopped)
	part(c, "said", &m.Said)
}

func (m *Progress) fields(c *codec) {
	c.text("what", &m.What)
	c.int("done", &m.Done)
	c.int("total", &m.Total)
}

func (m *Model) fields(c *codec) {
	c.ints("input", &m.Input)
	parts(c, "layers", &m.Layers)
	c.int("parameters", &m.Parameters)
	c.float("flops", &m.FLOPs)
	c.int("bytes", &m.Bytes)
	parts(c, "insides", &m.Insides)
}

func (m *Layer) fields(c *codec) {
	c.text("id", &m.ID)
	c.text("type", &m.Type)
	c.ints("output", &m.Output)
	c.int("parameters", &m.Parameters)
	c.texts("parts", &m.Parts)
	c.texts("weights", &m.Weights)
	c.float("flops", &m.FLOPs)
}

func (m *Data) fields(c *codec) {
	c.text("source", &m.Source)
	c.ints("x", &m.X)
	c.texts("classes", &m.Classes)
	c.int("train", &m.Train)
	c.int("validation", &m.Validation)
	c.int("test", &m.Test)
	c.float("low", &m.Low)
	c.float("high", &m.High)
	c.ints("y", &m.Y)
	c.int("tokens", &m.Tokens)
	c.text("layout", &m.Layout)
	c.int("question", &m.Question)
	c.flag("backwards", &m.Backwards)
	c.int("stride", &m.Stride)
	parts(c, "features", &m.Features)
	c.int("samples", &m.Samples)
	c.int("removed", &m.Removed)
	part(c, "vocabulary", &m.Vocabulary)
	parts(c, "baselines", &m.Baselines)
}

func (m *Stats) fields(c *codec) {
	c.int("step", &m.Step)
	c.float("epoch", &m.Epoch)
	c.float("loss", &m.Loss)
	c.float("accuracy", &m.Accuracy)
	c.float("samples_per_s", &m.SamplesPerSecond)
	c.int("workers", &m.Workers)
	c.text("alone", &m.Alone)
	c.float("seconds_left", &m.SecondsLeft)
	c.float("seconds", &m.Seconds)
	c.float("lr", &m.Rate)
	c.float("grad_norm", &m.GradNorm)
}

func (m *Point) fields(c *codec) {
	c.text("curve", &m.Curve)
	c.int("step", &m.Step)
	c.float("epoch", &m.Epoch)
	c.float("loss", &m.Loss)
	c.float("accuracy", &m.Accuracy)
	c.float("seconds", &m.Seconds)
	c.float("lr", &m.Rate)
	c.float("grad_norm", &m.GradNorm)
	c.float("ratio", &m.Ratio)
	c.texts("metrics", &m.Metrics)
	c.floats("values", &m.Values)
}

func (m *Samples) fields(c *codec) {
	c.int("count", &m.Count)
	c.ints("shape", &m.Shape)
	c.int("blob", &m.Blob)
	c.floats("values", &m.Values)
	c.floats("labels", &m.Labels)
	c.ints("predicted", &m.Predicted)
	c.floats("probability", &m.Probability)
}

func (m *Picture) fields(c *codec) {
	c.int("width", &m.Width)
	c.int("height", &m.Height)
	c.int("blob", &m.Blob)
	c.int("step", &m.Step)
	c.nested("unit", &m.Unit)
	c.float("most", &m.Most)
}

func (m *Prediction) fields(c *codec) {
	c.floats("values", &m.Values)
	c.int("step", &m.Step)
	c.text("for", &m.For)
}

func (m *Report) fields(c *codec) {
	c.text("part", &m.Part)
	c.int("step", &m.Step)
	c.int("count", &m.Count)
	c.texts("metrics", &m.Metrics)
	c.floats("values", &m.Values)
	c.int("k", &m.K)
	c.floats("precision", &m.Precision)
	c.floats("recall", &m.Recall)
	c.floats("f1", &m.F1)
	c.floats("auc", &m.AUC)
	c.ints("samples", &m.Samples)
	c.ints("confusion", &m.Confusion)
	c.int("opened", &m.Opened)
	c.int("classes", &m.Classes)
	c.flag("single", &m.Single)
	c.flag("cut", &m.Cut)
	c.int("decisions", &m.Decisions)
	c.int("mistakes", &m.Mistakes)
	c.floats("low", &m.Low)
	c.floats("high", &m.High)
	c.texts("methods", &m.Methods)
	parts(c, "beside", &m.Beside)
	part(c, "calibration", &m.Calibration)
	part(c, "curve", &m.Curve)
	part(c, "residuals", &m.Residuals)
	c.text("explains", &m.Explains)
}

func (m *Error) fields(c *codec) {
	c.text("code", &m.Code)
	c.text("message", &m.Message)
	part(c, "said", &m.Said)
	parts(c, "problems", &m.Problems)
}

func (m *Problem) fields(c *codec) {
	c.text("node", &m.Node)
	c.text("field", &m.Field)
	c.int("line", &m.Line)
	c.int("column", &m.Column)
	c.text("message", &m.Message)
	part(c, "said", &m.Said)
	c.text("fix", &m.Fix)
}

func (m *Said) fields(c *codec) {
	c.text("text", &m.Text)
	c.text("format", &m.Format)
	parts(c, "args", &m.Args)
}
