package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Pool2D slides a window over each channel of an image, x[N,H,W,C]:
//
//	max:      y = max over the window; dy goes to the first cell that holds it
//	average:  y = mean over the cells inside the image; dy is shared equally
//
// Cells outside the image never win and never count (PyTorch's
// count_include_pad=false, TensorFlow's only way).
type Pool2D struct {
	Average      bool
	Size, Stride [2]int
	Pad          Padding
}

func (v Pool2D) Name() string {
	if v.Average {
		return "avg_pool2d"
	}
	return "max_pool2d"
}

func (v Pool2D) geometry(x tensor.Shape) (kernel.Pool, error) {
	oh, ow, err := windows("size", [2]int{x[1], x[2]}, v.Size, v.Stride, [2]int{1, 1}, v.Pad)
	return kernel.Pool{
		N: x[0], H: x[1], W: x[2], C: x[3], KH: v.Size[0], KW: v.Size[1],
		SH: v.Stride[0], SW: v.Stride[1], PT: v.Pad[0], PL: v.Pad[2], OH: oh, OW: ow,
	}, err
}

func (v Pool2D) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity(v.Name(), in, 1); err != nil {
		return graph.Plan{}, err
	}
	if len(in[0]) != 4 {
		return graph.Plan{}, config.Problem("%s wants x[n,h,w,c], not %v", v.Name(), in[0])
	}
	g, err := v.geometry(in[0])
	if err != nil {
		return graph.Plan{}, err
	}
	p := graph.Plan{Out: tensor.Shape{g.N, g.OH, g.OW, g.C}, Cheap: true}
	p.FLOPs = int64(p.Out.Len()) * int64(g.KH*g.KW)
	if !v.Average {
		p.NeedsIn, p.NeedsOut = 1, true
	}
	return p, nil
}

func (v Pool2D) Forward(c *graph.Call) {
	g, _ := v.geometry(c.In[0].Shape)
	if v.Average {
		kernel.AvgPoolForward(c.Out.Data, c.In[0].Data, &g)
		return
	}
	kernel.MaxPoolForward(c.Out.Data, c.In[0].Data, &g)
}

func (v Pool2D) Backward(c *graph.Call) {
	d := c.DIn[0].Data
	if d == nil {
		return
	}
	g, _ := v.geometry(c.In[0].Shape)
	if v.Average {
		kernel.AvgPoolBackward(d, c.DOut.Data, &g)
		return
	}
	kernel.MaxPoolBackward(d, c.DOut.Data, c.In[0].Data, c.Out.Data, &g)
}
