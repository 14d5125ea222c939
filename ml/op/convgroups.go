package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
)

// A convolution in groups is as many convolutions side by side, each of its own
// channels into its own filters. A group's channels are copied out, so that
// the kernels see nothing of it. When each channel is a group, the depthwise
// kernels take all at once; with several filters a channel, on images in which
// each channel is repeated for each of its filters.
type grouped struct {
	kernel.Conv // of all groups
	groups      int
}

// one is the convolution of one group.
func (g grouped) one() kernel.Conv {
	c := g.Conv
	c.C, c.F = g.C/g.groups, g.F/g.groups
	return c
}

func (g grouped) depthwise() bool { return g.groups == g.C }

// repeated is the depthwise convolution with each channel repeated.
func (g grouped) repeated() kernel.Conv {
	c := g.Conv
	c.C = g.F
	return c
}

func (g grouped) taps() int { return g.KH * g.KW }

func (g grouped) temp() int {
	if g.depthwise() {
		c := g.repeated()
		n := kernel.DepthwiseTemp(&c)
		if g.F != g.C {
			n += g.N * g.H * g.W * g.F
		}
		return n
	}
	c := g.one()
	return g.N*g.H*g.W*c.C + g.N*g.OH*g.OW*c.F + g.taps()*c.C*c.F + kernel.ConvTemp(&c)
}

// rooms parts temp into those of one group's images, outputs and weights, and
// what is left for the kernel.
func (g grouped) rooms(temp []float32) (x, y, w, rest []float32) {
	c := g.one()
	cut := func(n int) []float32 {
		part := temp[:n]
		temp = temp[n:]
		return part
	}
	return cut(g.N * g.H * g.W * c.C), cut(g.N * g.OH * g.OW * c.F), cut(g.taps() * c.C * c.F), temp
}

// repeat returns x with each channel once for each of its filters.
func (g grouped) repeat(x, temp []float32) (images, rest []float32) {
	if g.F == g.C {
		return x, temp
	}
	images, times := temp[:g.N*g.H*g.W*g.F], g.F/g.C
	for i, v := range x[:g.N*g.H*g.W*g.C] {
		for j := i * times; j < (i+1)*times; j++ {
			images[j] = v
		}
	}
	return images, temp[len(images):]
}

func (g grouped) forward(y, x, w, bias []float32, act kernel.Act, temp []float32) {
	if g.depthwise() {
		c := g.repeated()
		images, _ := g.repeat(x, temp)
		kernel.DepthwiseForward(y, images, w, bias, act, &c)
		return
	}
	c := g.one()
	xs, ys, ws, rest := g.rooms(temp)
	for i := range g.groups {
		columns(xs, c.C, 0, x, g.C, i*c.C, c.C)
		columns(ws, c.F, 0, w, g.F, i*c.F, c.F)
		var b []float32
		if bias != nil {
			b = bias[i*c.F : (i+1)*c.F]
		}
		kernel.ConvForward(ys, xs, ws, b, act, &c, rest)
		columns(y, g.F, i*c.F, ys, c.F, 0, c.F)
	}
}

// backward computes the gradients of images and weights from that of the
// outputs before the activation.
func (g grouped) backward(c *graph.Call, dz, temp []float32) {
	x, w, dx, dw := c.In[0].Data, c.In[1].Data, c.DIn[0].Data, c.DIn[1].Data
	if g.depthwise() {
		g.backwardDepthwise(x, w, dx, dw, dz, temp)
		return
	}
	one := g.one()
	xs, zs, ws, rest := g.rooms(temp)
	for i := range g.groups {
		columns(zs, one.F, 0, dz, g.F, i*one.F, one.F)
		if dw != nil {
			columns(xs, one.C, 0, x, g.C, i*one.C, one.C)
			kernel.ConvBackwardWeights(ws, xs, zs, &one, rest)
			columns(dw, g.F, i*one.F, ws, one.F, 0, one.F)
		}
		if dx != nil {
			columns(ws, one.F, 0, w, g.F, i*one.F, one.F)
			kernel.ConvBackwardData(xs, zs, ws, &one, rest)
			columns(dx, g.C, i*one.C, xs, one.C, 0, one.C)
		}
	}
}

func (g grouped) backwardDepthwise(x, w, dx, dw, dz, temp []float32) {
	c := g.repeated()
	if dw != nil {
		images, rest := g.repeat(x, temp)
		kernel.DepthwiseBackwardWeights(dw, images, dz, &c, rest)
	}
	if dx == nil {
		return
	}
	if g.F == g.C {
		kernel.DepthwiseBackwardData(dx, dz, w, &c)
		return
	}
	images, times := temp[:g.N*g.H*g.W*g.F], g.F/g.C
	kernel.DepthwiseBackwardData(images, dz, w, &c)
	for i := range dx {
		sum := float32(0)
		for _, v := range images[i*times : (i+1)*times] {
			sum += v
		}
		dx[i] = sum
	}
}

// columns copies n columns of src, which has srcWide from column srcAt on, to
// dst's from dstAt on.
func columns(dst []float32, dstWide, dstAt int, src []float32, srcWide, srcAt, n int) {
	for i, j := dstAt, srcAt; i < len(dst) && j < len(src); i, j = i+dstWide, j+srcWide {
		copy(dst[i:i+n], src[j:])
	}
}
