package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterStep(StepInfo{
		Type: "one_hot", Title: "One-hot",
		Doc: "Turns each column of categories into one column for each of them, which is 1 where it applies and 0 elsewhere, so that no order is read into them.",
		New: func() Step { return oneHot{} },
	})
}

// oneHot replaces the columns of categories, each in its place. A missing
// category is 0 in all of them.
type oneHot struct{}

func (oneHot) Fields() []config.Field { return nil }

func (oneHot) Form(in Form) (Form, error) {
	if len(in.Columns) == 0 {
		return in, config.Problem("one_hot is for the columns of a table, and the samples come from none")
	}
	out := Form{Target: in.Target, Range: in.Range}
	for _, c := range in.Columns {
		if c.Kind != Category {
			out.Columns = append(out.Columns, c)
			continue
		}
		for _, v := range c.Values {
			out.Columns = append(out.Columns, Column{Name: c.Name + "=" + v, Kind: Indicator, Role: Feature, Max: 1})
		}
	}
	if len(out.Columns) > maxColumns {
		return in, config.Problem("one_hot makes %s columns; at most %s are handled", config.Group(len(out.Columns)), config.Group(maxColumns))
	}
	out.Shape = tensor.Shape{len(out.Columns)}
	return out, nil
}

func (oneHot) Apply(dst, src []float32, in Form, _ []float32) {
	at := 0
	for i, c := range in.Columns {
		if c.Kind != Category {
			dst[at] = src[i]
			at++
			continue
		}
		for j := range c.Values {
			dst[at] = 0
			if src[i] == float32(j) {
				dst[at] = 1
			}
			at++
		}
	}
}
