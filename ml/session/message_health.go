package session

// Change is a setting of the optimizer that was changed while training went on:
// steps up to Step had From, those after it To. One with the Step and Field of
// another takes its place; where From is To, the other was taken back.
type Change struct {
	Step     int
	Field    string
	From, To float64
}

// Checkup is how the nodes of the model do: one figure for each node that the
// slices before it name, -1 where it has none.
type Checkup struct {
	Step      int
	Nodes     []string
	Grad      []float64 // root mean square of the weights' gradient, over the steps since the last checkup
	Weight    []float64 // of the weights
	Ratio     []float64 // how far a step moves them, as a part of their length
	Dead      []float64 // the share of units of relu that are 0 for every sample looked at
	Saturated []float64 // the share of values of tanh and sigmoid that stand at an end of their range
}

// Facts is what was found out about the samples, for who wonders why a model
// does not learn, or learns too well. At most 20,000 of the training samples
// and 2,000 of the validation samples are looked at.
type Facts struct {
	Looked  int     // training samples that were looked at
	Counts  []int   // of each class among them
	Size    float64 // the largest root mean square of a feature, raw
	Checked int     // validation samples that were looked for among them; 0 where samples may well be alike
	Shared  int     // of which so many are there, to the last bit
	// Telling is the column of a table that tells the class or the value alone,
	// "" where there is none, and Told how well: the share of samples whose class
	// follows from it, or its correlation with the value.
	Telling string
	Told    float64
}

func (m *Change) fields(c *codec) {
	c.int("step", &m.Step)
	c.text("field", &m.Field)
	c.float("from", &m.From)
	c.float("to", &m.To)
}

func (m *Checkup) fields(c *codec) {
	c.int("step", &m.Step)
	c.texts("nodes", &m.Nodes)
	c.floats("grad", &m.Grad)
	c.floats("weight", &m.Weight)
	c.floats("ratio", &m.Ratio)
	c.floats("dead", &m.Dead)
	c.floats("saturated", &m.Saturated)
}

func (m *Facts) fields(c *codec) {
	c.int("looked", &m.Looked)
	c.ints("counts", &m.Counts)
	c.float("size", &m.Size)
	c.int("checked", &m.Checked)
	c.int("shared", &m.Shared)
	c.text("telling", &m.Telling)
	c.float("told", &m.Told)
}
