package op

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Embedding looks tokens up in a table:
//
//	y[i,:] = w[ids[i],:]              ids[n, …] w[tokens, size]
//	dw[k,:] = Σ dy[i,:] over the i with ids[i] = k, in the order of i
//
// The ids are whole numbers in float32 and have no gradient.
type Embedding struct{}

func (Embedding) Name() string { return "embedding" }

func (Embedding) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("embedding", in, 2); err != nil {
		return graph.Plan{}, err
	}
	ids, w := in[0], in[1]
	if len(ids) < 1 || len(w) != 2 {
		return graph.Plan{}, config.Problem("embedding wants ids[n, …] and a table[tokens, size], not %v and %v", ids, w)
	}
	out := append(append(tensor.Shape{}, ids...), w[1])
	return graph.Plan{Out: out, NeedsIn: 0b01, FLOPs: int64(out.Len())}, nil // a number that is fetched counts as one
}

func (Embedding) Forward(c *graph.Call) {
	tokens, size := c.In[1].Shape[0], c.In[1].Shape[1]
	for i, v := range c.In[0].Data {
		k := tableRow(v, tokens)
		copy(c.Out.Data[i*size:(i+1)*size], c.In[1].Data[k*size:])
	}
}

func (Embedding) Backward(c *graph.Call) {
	dw := c.DIn[1].Data
	if dw == nil {
		return
	}
	tokens, size := c.In[1].Shape[0], c.In[1].Shape[1]
	clear(dw)
	for i, v := range c.In[0].Data {
		k := tableRow(v, tokens)
		kernel.AddTo(dw[k*size:(k+1)*size], c.DOut.Data[i*size:(i+1)*size])
	}
}

// tableRow returns the row of the table for an id. Data is checked when it is
// loaded, so an id that has none is a mistake in this program.
func tableRow(v float32, tokens int) int {
	k := int(v)
	if float32(k) != v || k < 0 || k >= tokens {
		panic(fmt.Sprintf("op: embedding: the id %v has no row in a table of %d", v, tokens))
	}
	return k
}

func (Embedding) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
