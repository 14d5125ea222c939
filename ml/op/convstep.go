package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Stepwise is for sequences, which are images of one row: windows that end at
// the step itself have all they see.
func (v Conv2D) Stepwise(in []graph.Flow) (graph.Op, error) {
	if _, err := placed(v, in); err != nil {
		return nil, err
	}
	x, w := in[0].Shape, in[1].Shape
	reach := (w[1]-1)*v.Dilation[1] + 1
	switch row := len(x) == 4 && x[1] == 1 && w[0] == 1 && v.Stride == [2]int{1, 1}; {
	case row && v.Pad == Padding{0, 0, reach - 1, 0}:
		v.Pad = Padding{}
		return convStep{v, reach}, nil
	case row && v.Pad[3] > 0:
		return nil, config.Problem("its windows look ahead; with padding \"causal\" they do not")
	}
	return nil, mixed()
}

// convStep is one step of a Conv2D over sequences:
//
//	y[f] = act(Σq,c x[t-(KW-1-q)·DW, c]·w[0,q,c,f] + bias[f])    zeros before the first step
//
// x[n, 1, 1, C]. State of a sample: the steps [reach-1, C] before this one, the
// latest last.
type convStep struct {
	conv  Conv2D // without padding
	reach int    // steps that a window sees
}

func (convStep) Name() string { return "conv2d" }

func (o convStep) Plan(in []tensor.Shape) (graph.Plan, error) {
	x := tensor.Shape{in[0][0], 1, o.reach, in[0][3]}
	p, err := o.conv.Plan(append([]tensor.Shape{x}, in[1:]...))
	return graph.Plan{Out: p.Out, Temp: p.Temp + x.Len(), State: x.Len() - x[0]*x[3], FLOPs: p.FLOPs}, err
}

func (o convStep) Forward(c *graph.Call) {
	n, channels := c.In[0].Shape[0], c.In[0].Shape[3]
	ws := room(c.Temp)
	seen, before := o.reach*channels, (o.reach-1)*channels
	x := ws.take(n * seen)
	for i := range n {
		window, state := x[i*seen:(i+1)*seen], c.State[i*before:(i+1)*before]
		copy(window, state)
		copy(window[before:], c.In[0].Data[i*channels:(i+1)*channels])
		copy(state, window[channels:])
	}
	w := c.In[1].Shape
	o.conv.slide(c, x, kernel.Conv{N: n, H: 1, W: o.reach, C: channels, F: w[3], KH: 1, KW: w[1],
		SH: 1, SW: 1, DH: 1, DW: o.conv.Dilation[1], OH: 1, OW: 1}, ws)
}

func (convStep) Backward(*graph.Call) { noGradient() }

func (o convStep) Fuse(reader graph.Op) (graph.Op, bool) {
	fused, ok := o.conv.Fuse(reader)
	if ok {
		o.conv = fused.(Conv2D)
	}
	return o, ok
}
