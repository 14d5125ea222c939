package train

import (
	"math"

	"descent/ml/graph"
)

// A gauge measures what moves the weights. Of gradients it adds up what the
// update computes anyway. How far a step went it compares only when it was
// asked to, and of a large parameter by a share of its numbers, evenly spread.
// It reads and never writes, so a measured run has the bits of any other.
type gauge struct {
	params  *graph.Params
	squares []float64 // of each parameter's gradient, summed over steps
	steps   int
	wanted  bool        // the next step is to be measured
	kept    [][]float32 // what each parameter was before it
	moved   []float64   // squares of what the measured step changed, for each parameter
	length  []float64   // and of what was there
	latest  float64     // the ratio of the latest step, 0 where it was not measured
}

// gaugeNumbers is how many numbers of a parameter are compared at most.
const gaugeNumbers = 1 << 14

func newGauge(p *graph.Params) gauge {
	n := len(p.Index)
	g := gauge{params: p, squares: make([]float64, n), kept: make([][]float32, n), moved: make([]float64, n), length: make([]float64, n)}
	for i, info := range p.Index {
		if !info.Frozen && !info.State {
			k := stride(info.Shape.Len())
			g.kept[i] = make([]float32, (info.Shape.Len()+k-1)/k)
		}
	}
	return g
}

// forget begins anew.
func (g *gauge) forget() {
	clear(g.squares)
	clear(g.moved)
	clear(g.length)
	g.steps, g.wanted, g.latest = 0, false, 0
}

func (g *gauge) gradient(i int, squares float64) { g.squares[i] += squares }

// stride is the distance between two numbers that are compared. It is odd, or
// it would look at the same columns of a matrix again and again.
func stride(n int) int {
	if n <= gaugeNumbers {
		return 1
	}
	return (n+gaugeNumbers-1)/gaugeNumbers | 1
}

// before and after are called around an update.
func (g *gauge) before() {
	if !g.wanted {
		return
	}
	for i, kept := range g.kept {
		w, k := g.params.Of(g.params.Value, i), stride(g.params.Index[i].Shape.Len())
		for at := range kept {
			kept[at] = w[at*k]
		}
	}
}

func (g *gauge) after() {
	g.latest = 0
	if !g.wanted {
		return
	}
	all, whole := 0.0, 0.0
	for i, kept := range g.kept {
		w, k := g.params.Of(g.params.Value, i), stride(g.params.Index[i].Shape.Len())
		moved, length := 0.0, 0.0
		for at, v := range kept {
			was := float64(v)
			d := float64(w[at*k]) - was
			moved, length = moved+d*d, length+was*was
		}
		g.moved[i], g.length[i] = moved*float64(k), length*float64(k)
		all, whole = all+g.moved[i], whole+g.length[i]
	}
	if whole > 0 {
		g.latest = math.Sqrt(all / whole)
	}
	g.wanted = false
}

func (g *gauge) ratio() float64 { return g.latest }

// Measure has the next step tell how far it went: Stats.Ratio, the length of
// the change of all weights over the length of the weights,
//
//	‖w' - w‖ / ‖w‖
//
// Of a parameter with more than 16,384 numbers an evenly spread share is
// compared. About 0.001 is usual; 0.1 is rough, and 0.00001 hardly moves.
func (t *Trainer) Measure() { t.gauge.wanted = true }
