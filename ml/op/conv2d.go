package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Conv2D is a cross-correlation of images with filters, as deep learning calls
// convolution:
//
//	y[b,i,j,f] = act(Σp,q,c x[b, i·SH+p·DH-top, j·SW+q·DW-left, c]·w[p,q,c,f] + bias[f])
//
// with zeros outside the image; x[N,H,W,C] w[KH,KW,C,F] bias[F]. With several
// Groups, channels and filters are parted into as many of the same size, and a
// filter sees only the channels of its own: w[KH,KW,C/Groups,F]. The bias may be
// left out. It takes over the activation that reads it.
type Conv2D struct {
	Stride, Dilation [2]int
	Pad              Padding
	Groups           int // 0 is 1
	Act              kernel.Act
}

// Padding is the zeros around an image: top, bottom, left, right.
type Padding [4]int

// Same returns the padding for which the output of a window is ⌈input/stride⌉,
// with the odd cell at the bottom and right, as TensorFlow has it.
func Same(in, window, stride, dilation [2]int) Padding {
	var p Padding
	for i := 0; i < 2; i++ {
		out := (in[i] + stride[i] - 1) / stride[i]
		total := max(0, (out-1)*stride[i]+(window[i]-1)*dilation[i]+1-in[i])
		p[2*i], p[2*i+1] = total/2, total-total/2
	}
	return p
}

// windows returns how many positions a window takes along each axis, or an
// error that names both sizes.
func windows(what string, in, window, stride, dilation [2]int, pad Padding) (oh, ow int, err error) {
	var out [2]int
	for i, axis := range []string{"high", "wide"} {
		reach := (window[i]-1)*dilation[i] + 1
		room := in[i] + pad[2*i] + pad[2*i+1]
		if reach > room {
			e := config.Problem("the %s is %d×%d, and the image it slides over is only %d %s; use a smaller one or padding \"same\"",
				config.Word(what), window[0], window[1], room, config.Word(axis)).At(what)
			e.Fix = "padding_same"
			return 0, 0, e
		}
		out[i] = (room-reach)/stride[i] + 1
	}
	return out[0], out[1], nil
}

func (Conv2D) Name() string { return "conv2d" }

func (v Conv2D) groups() int { return max(1, v.Groups) }

func (v Conv2D) geometry(x, w tensor.Shape) (kernel.Conv, error) {
	oh, ow, err := windows("kernel", [2]int{x[1], x[2]}, [2]int{w[0], w[1]}, v.Stride, v.Dilation, v.Pad)
	return kernel.Conv{
		N: x[0], H: x[1], W: x[2], C: x[3], F: w[3], KH: w[0], KW: w[1],
		SH: v.Stride[0], SW: v.Stride[1], DH: v.Dilation[0], DW: v.Dilation[1],
		PT: v.Pad[0], PL: v.Pad[2], OH: oh, OW: ow,
	}, err
}

func (v Conv2D) Plan(in []tensor.Shape) (graph.Plan, error) {
	if len(in) != 2 {
		if err := arity("conv2d", in, 3); err != nil {
			return graph.Plan{}, err
		}
	}
	x, w := in[0], in[1]
	if len(x) != 4 || len(w) != 4 || x[3] != w[2]*v.groups() || w[3]%v.groups() != 0 || len(in) == 3 && !in[2].Equal(w[3:]) {
		return graph.Plan{}, config.Problem("conv2d in %d groups wants x[n,h,w,c], w[kh,kw,c/groups,f] and b[f], not %v", v.groups(), in)
	}
	g, err := v.geometry(x, w)
	if err != nil {
		return graph.Plan{}, err
	}
	temp := kernel.ConvTemp(&g)
	if v.groups() > 1 {
		temp = grouped{g, v.groups()}.temp()
	}
	out := tensor.Shape{g.N, g.OH, g.OW, g.F}
	return graph.Plan{
		Out: out, Temp: temp + scratchFor(v.Act, out.Len()),
		NeedsIn: 0b011, NeedsOut: v.Act != kernel.None,
		FLOPs: 2 * int64(out.Len()) * int64(w[:3].Len()),
	}, nil
}

func (v Conv2D) Forward(c *graph.Call) {
	g, _ := v.geometry(c.In[0].Shape, c.In[1].Shape)
	v.slide(c, c.In[0].Data, g, c.Temp)
}

// slide computes the call's result from images x.
func (v Conv2D) slide(c *graph.Call, x []float32, g kernel.Conv, temp []float32) {
	var bias []float32
	if len(c.In) == 3 {
		bias = c.In[2].Data
	}
	if n := v.groups(); n > 1 {
		grouped{g, n}.forward(c.Out.Data, x, c.In[1].Data, bias, v.Act, temp)
		return
	}
	kernel.ConvForward(c.Out.Data, x, c.In[1].Data, bias, v.Act, &g, temp)
}

func (v Conv2D) Backward(c *graph.Call) {
	g, _ := v.geometry(c.In[0].Shape, c.In[1].Shape)
	dz := pointwise(v.Act, c.Temp, c.DOut.Data, c.Out.Data)
	temp := c.Temp[scratchFor(v.Act, len(dz)):]
	if len(c.DIn) == 3 && c.DIn[2].Data != nil {
		kernel.SumRows(c.DIn[2].Data, dz, len(dz)/g.F, g.F)
	}
	if n := v.groups(); n > 1 {
		grouped{g, n}.backward(c, dz, temp)
		return
	}
	if d := c.DIn[1].Data; d != nil {
		kernel.ConvBackwardWeights(d, c.In[0].Data, dz, &g, temp)
	}
	if d := c.DIn[0].Data; d != nil {
		kernel.ConvBackwardData(d, dz, c.In[1].Data, &g, temp)
	}
}

func (v Conv2D) Fuse(reader graph.Op) (graph.Op, bool) {
	a, ok := reader.(Activation)
	if !ok || v.Act != kernel.None {
		return nil, false
	}
	v.Act = a.Act
	return v, true
}
