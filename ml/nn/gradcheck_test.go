package nn

import (
	"fmt"
	"math"
	"testing"

	"descent/ml/graph"
	"descent/ml/tensor"
)

// project is a loss with a known gradient: Σ x·u over each sample, with u
// drawn once.
type project struct{ u []float32 }

func (project) Name() string { return "project" }

func (project) Plan(in []tensor.Shape) (graph.Plan, error) {
	return graph.Plan{Out: in[0][:1]}, nil
}

func (p project) Forward(c *graph.Call) {
	n := len(c.In[0].Data) / len(c.Out.Data)
	for i := range c.Out.Data {
		sum := 0.0
		for j, x := range c.In[0].Data[i*n : (i+1)*n] {
			sum += float64(x) * float64(p.u[i*n+j])
		}
		c.Out.Data[i] = float32(sum)
	}
}

func (p project) Backward(c *graph.Call) {
	n := len(c.In[0].Data) / len(c.Out.Data)
	for i := range c.DIn[0].Data {
		c.DIn[0].Data[i] = p.u[i] * c.DOut.Data[i/n]
	}
}

// TestLayerGradients compares, for every layer of the catalogue as a whole, the
// gradients of its parameters with central differences along random
// directions. Before a layer that reads numbers stands a normalisation, whose
// gain and bias have a gradient only if the layer passes one on; so layers
// without parameters are checked too.
func TestLayerGradients(t *testing.T) {
	const batch = 3
	ids := map[string]bool{"embedding": true, "tied_dense": true, "padding_mask": true}
	for _, info := range Layers() {
		t.Run(info.Type, func(t *testing.T) {
			shape, layer, m := inputs[info.Type], info.New(), Model{}
			if refer := before[info.Type]; refer != nil {
				m.Nodes = refer(layer)
			}
			node := Node{ID: "a", Type: info.Type, Layer: layer}
			read := InputName
			if !ids[info.Type] {
				norm, _ := Lookup("layer_norm")
				m.Nodes = append(m.Nodes, Node{ID: "norm", Type: "layer_norm", Layer: norm.New()})
				read = "norm"
			}
			for range info.Inputs[0] {
				node.From = append(node.From, read)
			}
			m.Nodes = append(m.Nodes, node)
			g := graph.NewBuilder()
			out, _ := m.Build(g, shape.With(batch), Options{Seed: 1, Tokens: 9})
			if err := g.Err(); err != nil {
				t.Fatal(err)
			}
			u := make([]float32, g.Shape(out).Len())
			tensor.NewStream(5, "u").FillNormal(u, 0)
			loss := g.Apply("loss", project{u}, out)
			params := graph.NewParams(g.Params(), 3)
			p := g.Compile(params, graph.Options{Loss: loss, Train: true})
			x := p.At(InputName)
			s := tensor.NewStream(2, "x")
			for i := range x.Data {
				if x.Data[i] = float32(s.Normal(uint64(i))); ids[info.Type] {
					x.Data[i] = float32(s.Intn(uint64(i), 9))
				}
			}
			value := func() float64 {
				p.Forward(0, 0)
				sum := 0.0
				for _, l := range p.At("loss").Data {
					sum += float64(l)
				}
				return sum
			}
			value()
			if len(params.Index) == 0 {
				if info.Type != "padding_mask" {
					t.Fatal("nothing to check")
				}
				return // it makes a mask of ids, neither of which has a gradient
			}
			p.Backward(1)
			grad := append([]float32{}, p.ParamGrad()...)
			for i, param := range params.Index {
				if param.State {
					continue // it has none
				}
				w, g := params.Of(params.Value, i), params.Of(grad, i)
				old := append([]float32{}, w...)
				for try := range 3 {
					dir := tensor.NewStream(uint64(try), fmt.Sprint("direction", i))
					promised, square := 0.0, 0.0
					for k := range g {
						d := float64(dir.Intn(uint64(k), 2)*2-1) / math.Sqrt(float64(len(g)))
						promised += float64(g[k]) * d
						square += float64(g[k]) * float64(g[k])
					}
					move := func(by float64) float64 {
						for k := range w {
							w[k] = old[k] + float32(by*float64(dir.Intn(uint64(k), 2)*2-1)/math.Sqrt(float64(len(g))))
						}
						return value()
					}
					const step = 1e-2
					far, near := (move(step)-move(-step))/(2*step), (move(step/2)-move(-step/2))/step
					shown := (4*near - far) / 3 // Richardson's extrapolation takes the curvature out
					copy(w, old)
					if diff := math.Abs(shown - promised); diff > 4e-3*math.Max(math.Sqrt(square), 0.2) {
						t.Errorf("%s: the gradient promises %.6g, the difference shows %.6g", param.Name, promised, shown)
					}
				}
			}
		})
	}
}
