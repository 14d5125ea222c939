package optim

import (
	"math"
	"testing"

	"descent/ml/config"
	"descent/ml/tensor"
)

// run takes steps with an optimizer on a parameter of that shape, and returns
// where it ends; the gradients are drawn.
func run(o Optimizer, shape tensor.Shape, steps int) (w []float32, start []float64, grads [][]float64) {
	n := shape.Len()
	w, g := make([]float32, n), make([]float32, n)
	slots := make([][]float32, o.Slots())
	for i := range slots {
		slots[i] = make([]float32, n)
	}
	temp := make([]float32, Temp(o, shape))
	s := tensor.NewStream(8, "formula")
	for i := range w {
		w[i] = float32(s.Normal(uint64(i)))
		start = append(start, float64(w[i]))
	}
	for step := 1; step <= steps; step++ {
		var row []float64
		for i := range g {
			g[i] = float32(s.Fork(uint64(step)).Normal(uint64(i)))
			row = append(row, float64(g[i]))
		}
		grads = append(grads, row)
		o.Update(Param{Name: "w", Shape: shape, W: w, G: g, Slots: slots, Temp: temp}, step, o.Rate())
	}
	return w, start, grads
}

// What has no golden case follows its paper's formula, written here for one
// weight in double precision.
func TestFormulas(t *testing.T) {
	sign := func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return math.Copysign(1, x)
	}
	for _, c := range []struct {
		name string
		o    Optimizer
		step func(w, g float64, s *[2]float64, t float64) float64
	}{
		{"adadelta", &Adadelta{LR: 0.7, Decay: 0.8, Epsilon: 1e-3}, func(w, g float64, s *[2]float64, _ float64) float64 {
			s[0] = 0.8*s[0] + 0.2*g*g
			d := math.Sqrt(s[1]+1e-3) / math.Sqrt(s[0]+1e-3) * g
			s[1] = 0.8*s[1] + 0.2*d*d
			return w - 0.7*d
		}},
		{"nadam", &NAdam{LR: 0.1, Beta1: 0.9, Beta2: 0.99, Epsilon: 1e-3, MomentumDecay: 0.004}, nadam(0.004)},
		{"nadam that warms up fast", &NAdam{LR: 0.1, Beta1: 0.9, Beta2: 0.99, Epsilon: 1e-3, MomentumDecay: 5}, nadam(5)},
		// Warmed up, it is Dozat's with a constant momentum.
		{"nadam without a warm-up", &NAdam{LR: 0.1, Beta1: 0.9, Beta2: 0.99, Epsilon: 1e-3, MomentumDecay: 1000}, func(w, g float64, s *[2]float64, t float64) float64 {
			s[0], s[1] = 0.9*s[0]+0.1*g, 0.99*s[1]+0.01*g*g
			m := 0.9*s[0]/(1-math.Pow(0.9, t+1)) + 0.1*g/(1-math.Pow(0.9, t))
			return w - 0.1*m/(math.Sqrt(s[1]/(1-math.Pow(0.99, t)))+1e-3)
		}},
		{"lion", &Lion{LR: 0.01, Beta1: 0.9, Beta2: 0.98, Decay: Decay{Rate: 0.3, AppliesTo: "all"}}, func(w, g float64, s *[2]float64, _ float64) float64 {
			w -= 0.01 * 0.3 * w
			w -= 0.01 * sign(0.9*s[0]+0.1*g)
			s[0] = 0.98*s[0] + 0.02*g
			return w
		}},
		{"muon of a bias", &Muon{LR: 0.1, Beta1: 0.9, Beta2: 0.95, Epsilon: 1e-8, Decay: Decay{Rate: 0.3, AppliesTo: "weights"}}, func(w, g float64, s *[2]float64, t float64) float64 {
			s[0], s[1] = 0.9*s[0]+0.1*g, 0.95*s[1]+0.05*g*g
			return w - 0.1*s[0]/(1-math.Pow(0.9, t))/(math.Sqrt(s[1]/(1-math.Pow(0.95, t)))+1e-8)
		}},
	} {
		const n, steps = 37, 6
		got, start, grads := run(c.o, tensor.Shape{n}, steps)
		for i := range n {
			w, state := start[i], [2]float64{}
			for step, g := range grads {
				w = c.step(w, g[i], &state, float64(step+1))
			}
			if math.Abs(float64(got[i])-w) > 1e-5*math.Max(1, math.Abs(w)) {
				t.Errorf("%s: weight %d ends at %v, the formula gives %v", c.name, i, got[i], w)
				break
			}
		}
	}
}

// nadam is the formula of NAdam, with β1 0.9, β2 0.99, ε 0.001 and the rate 0.1.
func nadam(decay float64) func(w, g float64, s *[2]float64, t float64) float64 {
	mu := func(t float64) float64 { return 0.9 * (1 - 0.5*math.Pow(0.96, t*decay)) }
	return func(w, g float64, s *[2]float64, t float64) float64 {
		s[0], s[1] = 0.9*s[0]+0.1*g, 0.99*s[1]+0.01*g*g
		product := 1.0
		for i := 1.0; i <= t; i++ {
			product *= mu(i)
		}
		m := mu(t+1)*s[0]/(1-product*mu(t+1)) + (1-mu(t))*g/(1-product)
		return w - 0.1*m/(math.Sqrt(s[1]/(1-math.Pow(0.99, t)))+1e-3)
	}
}

// A run that goes on in the middle, with what it remembers of the warm-up lost,
// goes on as before, and so does one whose settings change on the way.
func TestNAdamResumes(t *testing.T) {
	one := &NAdam{LR: 0.1, Beta1: 0.9, Beta2: 0.99, Epsilon: 1e-3, MomentumDecay: 0.004}
	for step := 1; step <= 40; step++ {
		fresh := NAdam{Beta1: one.Beta1, MomentumDecay: one.MomentumDecay}
		if step == 20 {
			one.MomentumDecay, fresh.MomentumDecay = 1, 1
		}
		if a, b := one.warmed.at(step, one.Beta1, one.MomentumDecay), fresh.warmed.at(step, fresh.Beta1, fresh.MomentumDecay); a != b {
			t.Fatalf("step %d: the product is %v, and %v when it goes on there", step, a, b)
		}
	}
}

// Muon against its iteration in double precision, on tall, wide and square
// matrices, and a filter.
func TestMuonFormula(t *testing.T) {
	for _, shape := range []tensor.Shape{{5, 9}, {9, 5}, {6, 6}, {3, 3, 2, 4}, {1, 7}} {
		for _, nesterov := range []bool{true, false} {
			o := &Muon{LR: 0.1, Momentum: 0.9, Nesterov: nesterov, Steps: 5, Decay: Decay{Rate: 0.2, AppliesTo: "weights"}}
			got, w, grads := run(o, shape, 3)
			cols := shape[len(shape)-1]
			rows := len(w) / cols
			m := make([]float64, len(w))
			for _, g := range grads {
				u := make([]float64, len(w))
				norm := 0.0
				for i := range m {
					m[i] = 0.9*m[i] + g[i]
					u[i] = m[i]
					if nesterov {
						u[i] = g[i] + 0.9*m[i]
					}
					norm += u[i] * u[i]
				}
				for i := range u {
					u[i] /= math.Sqrt(norm)
				}
				for range 5 { // X ← aX + (b·XXᵀ + c·(XXᵀ)²)X
					square := product(u, turned(u, rows, cols), rows, cols, rows)
					fourth := product(square, square, rows, rows, rows)
					for i := range square {
						square[i] = -4.7750*square[i] + 2.0315*fourth[i]
					}
					for i, v := range product(square, u, rows, rows, cols) {
						u[i] = 3.4445*u[i] + v
					}
				}
				for i := range w {
					w[i] = w[i]*(1-0.1*0.2) - 0.1*0.2*math.Sqrt(float64(max(rows, cols)))*u[i]
				}
			}
			for i := range w {
				if math.Abs(float64(got[i])-w[i]) > 1e-4 {
					t.Errorf("%v nesterov %v: weight %d ends at %v, the formula gives %v", shape, nesterov, i, got[i], w[i])
					break
				}
			}
		}
	}
}

func product(a, b []float64, m, k, n int) []float64 {
	c := make([]float64, m*n)
	for i := range m {
		for j := range n {
			for p := range k {
				c[i*n+j] += a[i*k+p] * b[p*n+j]
			}
		}
	}
	return c
}

func turned(a []float64, rows, cols int) []float64 {
	out := make([]float64, len(a))
	for i := range rows {
		for j := range cols {
			out[j*rows+i] = a[i*cols+j]
		}
	}
	return out
}

// Decay shrinks weights, and biases only when told to.
func TestDecay(t *testing.T) {
	for _, c := range []struct {
		applies string
		shape   tensor.Shape
		want    float32
	}{{"weights", tensor.Shape{1, 1}, 1 - 0.1*0.5}, {"weights", tensor.Shape{1}, 1}, {"all", tensor.Shape{1}, 1 - 0.1*0.5}} {
		d, w := Decay{Rate: 0.5, AppliesTo: c.applies}, []float32{1}
		d.apply(Param{Shape: c.shape, W: w}, 0.1)
		if w[0] != c.want {
			t.Errorf("%s of shape %v leaves %v, want %v", c.applies, c.shape, w[0], c.want)
		}
	}
}

func TestUpdateAllocatesNothing(t *testing.T) {
	for _, info := range Optimizers() {
		o, shape := info.New(), tensor.Shape{12, 20}
		p := Param{Name: "w", Shape: shape, W: make([]float32, 240), G: make([]float32, 240), Temp: make([]float32, Temp(o, shape))}
		for range o.Slots() {
			p.Slots = append(p.Slots, make([]float32, 240))
		}
		if n := testing.AllocsPerRun(5, func() { o.Update(p, 1, 0.1) }); n != 0 {
			t.Errorf("%s: %v allocations a step", info.Type, n)
		}
	}
}

// Every setting that the catalogue lists can be set to its own default.
func TestCatalogues(t *testing.T) {
	check := func(typ, title, doc, formula string, fields []config.Field) {
		if title == "" || doc == "" || formula == "" {
			t.Errorf("%s: the entry is incomplete", typ)
		}
		for _, f := range fields {
			if problem := f.Set(f.Value()); problem != "" || f.Doc == "" {
				t.Errorf("%s: field %s (%q): %s", typ, f.Name, f.Doc, problem)
			}
		}
	}
	for _, o := range Optimizers() {
		check(o.Type, o.Title, o.Doc, o.Formula, o.New().Fields())
	}
	for _, s := range Schedules() {
		check(s.Type, s.Title, s.Doc, s.Formula, s.New().Fields())
	}
	if n := len(Optimizers()); n != 10 {
		t.Errorf("%d optimizers, want 10", n)
	}
}
