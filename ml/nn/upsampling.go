package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Upsampling2D enlarges an image by repeating its cells.
type Upsampling2D struct {
	Size [2]int
}

func init() {
	Register(Info{Type: "upsampling2d", Title: "Upsampling", Group: "image",
		Doc:     "Enlarges the image by making each cell a block of equal cells",
		Formula: "y[i,j,c] = x[i/h, j/w, c]",
		New:     func() Layer { return &Upsampling2D{Size: [2]int{2, 2}} }})
}

func (l *Upsampling2D) Fields() []config.Field {
	return []config.Field{config.Pair("size", &l.Size, 1, 64, "How many times higher and wider the image becomes")}
}

func (l *Upsampling2D) Build(b *Builder, in ...graph.Value) graph.Value {
	if _, ok := b.image("upsampling2d", in[0]); !ok {
		return graph.Value{}
	}
	return b.Apply(op.Upsample2D{Size: l.Size}, in[0])
}

func (l *Upsampling2D) PyTorch(c *Code) {
	c.Expr = "F.interpolate(" + c.x() + ", scale_factor=" + python.Tuple(l.Size[:]...) + ")"
}

func (l *Upsampling2D) Keras(c *Code) { c.keras("layers.UpSampling2D", l.Size) }
