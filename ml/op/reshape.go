package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Reshape sees each sample's values under another shape, in the same row-major
// order; an image is flattened row by row with its channels together. Nothing
// is computed: the result shares its input's memory.
type Reshape struct {
	Sample tensor.Shape // of one sample; nil for one flat row
}

func (Reshape) Name() string { return "reshape" }

func (r Reshape) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("reshape", in, 1); err != nil {
		return graph.Plan{}, err
	}
	from := in[0][1:]
	to := r.Sample
	if to == nil {
		to = tensor.Shape{from.Len()}
	}
	if to.Len() != from.Len() {
		return graph.Plan{}, config.Problem("%v holds %d values, and %v holds %d", from, from.Len(), to, to.Len())
	}
	return graph.Plan{Out: to.With(in[0][0]), Alias: true}, nil
}

func (Reshape) Forward(c *graph.Call) { copy(c.Out.Data, c.In[0].Data) }

func (Reshape) Backward(c *graph.Call) { copy(c.DIn[0].Data, c.DOut.Data) }

// Stepwise knows a sequence that is seen as an image of one row, and back: that
// is how windows slide over sequences.
func (r Reshape) Stepwise(in []graph.Flow) (graph.Op, error) {
	switch s := in[0].Shape; {
	case len(s) == 3 && r.Sample.Equal(tensor.Shape{1, s[1], s[2]}):
		return Reshape{Sample: tensor.Shape{1, 1, s[2]}}, nil
	case len(s) == 4 && s[1] == 1 && r.Sample.Equal(tensor.Shape{s[2], s[3]}):
		return Reshape{Sample: tensor.Shape{1, s[3]}}, nil
	}
	return nil, mixed()
}
