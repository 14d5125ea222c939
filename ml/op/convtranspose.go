package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Conv2DTranspose spreads each cell of an image over a window of a larger one,
// which is what the gradient of Conv2D does:
//
//	y[b, i·SH+p·DH-top, j·SW+q·DW-left, f] += Σc x[b,i,j,c]·w[p,q,f,c]   y starts at bias[f]
//
// and then applies act. x[N,H,W,C] w[KH,KW,F,C] bias[F]; the height of y is
// (H-1)·SH + (KH-1)·DH + 1 - top - bottom + Extra[0], its width alike. It takes
// over the activation that reads it.
type Conv2DTranspose struct {
	Stride, Dilation [2]int
	Pad              Padding // cells cut away at the edges
	Extra            [2]int  // cells that no window reaches, at the bottom and right
	Act              kernel.Act
}

func (Conv2DTranspose) Name() string { return "conv2d_transpose" }

// geometry is that of the convolution from y to x.
func (v Conv2DTranspose) geometry(x, w tensor.Shape) (kernel.Conv, error) {
	var out [2]int
	for i := range out {
		out[i] = (x[1+i]-1)*v.Stride[i] + (w[i]-1)*v.Dilation[i] + 1 - v.Pad[2*i] - v.Pad[2*i+1] + v.Extra[i]
		if out[i] < 1 {
			return kernel.Conv{}, config.Problem(
				"the padding takes more away than there is: an image of %d×%d would become %d cells large; use less", x[1], x[2], out[i]).At("padding")
		}
	}
	return kernel.Conv{
		N: x[0], H: out[0], W: out[1], C: w[2], F: w[3], KH: w[0], KW: w[1],
		SH: v.Stride[0], SW: v.Stride[1], DH: v.Dilation[0], DW: v.Dilation[1],
		PT: v.Pad[0], PL: v.Pad[2], OH: x[1], OW: x[2],
	}, nil
}

func (v Conv2DTranspose) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("conv2d_transpose", in, 3); err != nil {
		return graph.Plan{}, err
	}
	x, w, b := in[0], in[1], in[2]
	if len(x) != 4 || len(w) != 4 || x[3] != w[3] || !b.Equal(w[2:3]) {
		return graph.Plan{}, config.Problem("conv2d_transpose wants x[n,h,w,c], w[kh,kw,f,c] and b[f], not %v, %v and %v", x, w, b)
	}
	g, err := v.geometry(x, w)
	if err != nil {
		return graph.Plan{}, err
	}
	out := tensor.Shape{g.N, g.H, g.W, g.C}
	return graph.Plan{
		Out: out, Temp: g.C + kernel.ConvTemp(&g) + scratchFor(v.Act, out.Len()),
		NeedsIn: 0b011, NeedsOut: v.Act != kernel.None,
		FLOPs: 2 * int64(x.Len()) * int64(w[:3].Len()),
	}, nil
}

func (v Conv2DTranspose) Forward(c *graph.Call) {
	g, _ := v.geometry(c.In[0].Shape, c.In[1].Shape)
	y, ones := c.Out.Data, c.Temp[:g.C]
	kernel.ConvBackwardData(y, c.In[0].Data, c.In[1].Data, &g, c.Temp[g.C:])
	kernel.Fill(ones, 1)
	kernel.ScaleRows(y, y, ones, c.In[2].Data, len(y)/g.C, g.C)
	kernel.Activate(y, y, v.Act)
}

func (v Conv2DTranspose) Backward(c *graph.Call) {
	g, _ := v.geometry(c.In[0].Shape, c.In[1].Shape)
	dz := pointwise(v.Act, c.Temp, c.DOut.Data, c.Out.Data)
	temp := c.Temp[scratchFor(v.Act, len(dz)):]
	if d := c.DIn[1].Data; d != nil {
		kernel.ConvBackwardWeights(d, dz, c.In[0].Data, &g, temp)
	}
	if d := c.DIn[2].Data; d != nil {
		kernel.SumRows(d, dz, len(dz)/g.C, g.C)
	}
	if d := c.DIn[0].Data; d != nil {
		kernel.ConvForward(d, dz, c.In[1].Data, nil, kernel.None, &g, temp)
	}
}

func (v Conv2DTranspose) Fuse(reader graph.Op) (graph.Op, bool) {
	a, ok := reader.(Activation)
	if !ok || v.Act != kernel.None {
		return nil, false
	}
	v.Act = a.Act
	return v, true
}
