package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Upsample2D makes each cell of an image a block of Size cells:
//
//	y[b,i,j,c] = x[b, i/SH, j/SW, c]
//	dx = Σ dy over the block
//
// x is [N,H,W,C].
type Upsample2D struct {
	Size [2]int
}

func (Upsample2D) Name() string { return "upsampling2d" }

func (v Upsample2D) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("upsampling2d", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if len(x) != 4 {
		return graph.Plan{}, config.Problem("upsampling2d wants x[n,h,w,c], not %v", x)
	}
	return graph.Plan{Out: tensor.Shape{x[0], x[1] * v.Size[0], x[2] * v.Size[1], x[3]}}, nil
}

func (v Upsample2D) Forward(c *graph.Call) {
	wide, x, y := c.Out.Shape[2]*c.Out.Shape[3], c.In[0].Data, c.Out.Data
	channels := c.Out.Shape[3]
	for at := 0; at < len(y); at += v.Size[0] * wide {
		row := y[at : at+wide]
		for len(row) > 0 {
			for range v.Size[1] {
				copy(row[:channels], x)
				row = row[channels:]
			}
			x = x[channels:]
		}
		for i := 1; i < v.Size[0]; i++ {
			copy(y[at+i*wide:][:wide], y[at:])
		}
	}
}

func (v Upsample2D) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	clear(dx)
	h, w, channels := c.Out.Shape[1], c.Out.Shape[2], c.Out.Shape[3]
	dy := c.DOut.Data
	for row := range c.Out.Shape[0] * h { // rows of all images, which h divides into whole blocks
		to := dx[row/v.Size[0]*(w/v.Size[1])*channels:]
		for j := range w {
			kernel.AddTo(to[j/v.Size[1]*channels:][:channels], dy[:channels])
			dy = dy[channels:]
		}
	}
}
