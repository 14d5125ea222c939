package session

import "descent/ml/config"

func (m *Insides) fields(c *codec) {
	c.int("units", &m.Units)
	c.nested("unit", &m.Unit)
	c.ints("signed", &m.Signed)
	c.texts("values", &m.Values)
	c.text("spreads", &m.Spreads)
	c.text("projects", &m.Projects)
}

func (m *Unit) fields(c *codec) {
	c.text("path", &m.Path)
	c.int("index", &m.Index)
}

func (m *Network) fields(c *codec) {
	c.int("step", &m.Step)
	c.int("side", &m.Side)
	parts(c, "tiers", &m.Tiers)
	c.int("more", &m.More)
	c.int("maps", &m.Maps)
	c.int("weights", &m.Weights)
}

func (m *Tier) fields(c *codec) {
	c.text("path", &m.Path)
	c.text("layer", &m.Layer)
	c.int("units", &m.Units)
	c.int("all", &m.All)
	c.ints("from", &m.From)
	c.float("most", &m.Most)
	c.flag("chances", &m.Chances)
	c.flag("has_weights", &m.HasWeights)
}

func (m *Viewed) fields(c *codec) {
	c.int("step", &m.Step)
	c.flag("drawn", &m.Drawn)
	c.int("sample", &m.Sample)
	c.int("samples", &m.Samples)
	c.floats("label", &m.Label)
	c.floats("answer", &m.Answer)
}

func (m *Spreads) fields(c *codec) {
	c.text("of", &m.Of)
	c.int("step", &m.Step)
	c.int("samples", &m.Samples)
	c.texts("names", &m.Names)
	c.shapes("shapes", &m.Shapes)
	c.ints("counts", &m.Counts)
	c.ints("broken", &m.Broken)
	c.ints("zeros", &m.Zeros)
	c.floats("min", &m.Min)
	c.floats("max", &m.Max)
	c.floats("mean", &m.Mean)
	c.floats("sd", &m.SD)
	c.int("columns", &m.Columns)
	c.int("blob", &m.Blob)
	c.int("more", &m.More)
}

func (m *Projection) fields(c *codec) {
	c.text("path", &m.Path)
	c.ints("shape", &m.Shape)
	c.int("step", &m.Step)
	c.int("used", &m.Used)
	c.floats("places", &m.Places)
	c.floats("explained", &m.Explained)
	c.ints("samples", &m.Samples)
	c.floats("labels", &m.Labels)
	c.ints("predicted", &m.Predicted)
}

// shapes is a list of lists of sizes.
func (c *codec) shapes(name string, p *[][]int) {
	list(c, name, p, func(shape []int) *config.Value {
		v := config.List()
		for _, n := range shape {
			v.Items = append(v.Items, config.Num(float64(n)))
		}
		return v
	}, func(v *config.Value) (shape []int) {
		for _, item := range v.Items {
			shape = append(shape, int(item.Num))
		}
		return shape
	})
}
