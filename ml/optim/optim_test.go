package optim

import (
	"strings"
	"testing"

	"descent/ml/internal/golden"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// goldenOptimizers makes our optimizer of PyTorch's settings; l2 is the
// penalty that PyTorch calls weight_decay (half of it: ours is l2·Σw²).
var goldenOptimizers = map[string]func(c golden.Case) Optimizer{
	"sgd":              func(c golden.Case) Optimizer { return &SGD{LR: c.Float("lr", 0)} },
	"sgd_weight_decay": func(c golden.Case) Optimizer { return &SGD{LR: c.Float("lr", 0)} },
	"sgd_momentum": func(c golden.Case) Optimizer {
		return &Momentum{LR: c.Float("lr", 0), Momentum: c.Float("momentum", 0)}
	},
	"sgd_nesterov": func(c golden.Case) Optimizer {
		return &Momentum{LR: c.Float("lr", 0), Momentum: c.Float("momentum", 0), Nesterov: true}
	},
	"adam": func(c golden.Case) Optimizer {
		betas := c.Attrs["betas"].([]any)
		return &Adam{LR: c.Float("lr", 0), Beta1: betas[0].(float64), Beta2: betas[1].(float64), Epsilon: c.Float("eps", 0)}
	},
	"adamw": func(c golden.Case) Optimizer {
		betas := c.Attrs["betas"].([]any)
		return &AdamW{LR: c.Float("lr", 0), Beta1: betas[0].(float64), Beta2: betas[1].(float64), Epsilon: c.Float("eps", 0),
			Decay: Decay{Rate: c.Float("weight_decay", 0), AppliesTo: "all"}}
	},
	"rmsprop": func(c golden.Case) Optimizer {
		centered, _ := c.Attrs["centered"].(bool)
		return &RMSprop{LR: c.Float("lr", 0), Decay: c.Float("alpha", 0), Epsilon: c.Float("eps", 0),
			Momentum: c.Float("momentum", 0), Centered: centered}
	},
	"nadam": func(c golden.Case) Optimizer {
		betas := c.Attrs["betas"].([]any)
		return &NAdam{LR: c.Float("lr", 0), Beta1: betas[0].(float64), Beta2: betas[1].(float64), Epsilon: c.Float("eps", 0),
			MomentumDecay: c.Float("momentum_decay", 0.004)}
	},
	"adadelta": func(c golden.Case) Optimizer {
		return &Adadelta{LR: c.Float("lr", 1), Decay: c.Float("rho", 0.9), Epsilon: c.Float("eps", 1e-6)}
	},
	"adagrad": func(c golden.Case) Optimizer { return &Adagrad{LR: c.Float("lr", 0), Epsilon: c.Float("eps", 0)} },
}

func TestGolden(t *testing.T) {
	for _, c := range golden.Cases(t) {
		if c.Op != "optimizer" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			name, _ := c.Attrs["optimizer"].(string)
			if base, variant, _ := strings.Cut(name, "_"); base == "rmsprop" && variant != "" {
				name = base // its options are among the attributes
			}
			known, ok := goldenOptimizers[name]
			if !ok {
				t.Fatalf("there is no optimizer %q", name)
			}
			o := known(c)
			w := append([]float32{}, c.Inputs["param"].Data...)
			n := len(w)
			slots := make([][]float32, o.Slots())
			for i := range slots {
				slots[i] = make([]float32, n)
			}
			grads, want := c.Inputs["grads"].Data, c.Outputs["trajectory"].Data
			for step := range len(grads) / n {
				g := append([]float32{}, grads[step*n:(step+1)*n]...)
				if name != "adamw" { // which has its own decay
					kernel.Penalty(g, w, 0, float32(c.Float("weight_decay", 0)/2))
				}
				o.Update(Param{Name: "w", Shape: tensor.Shape{n}, W: w, G: g, Slots: slots, Temp: make([]float32, n)}, step+1, o.Rate())
				if far := golden.Near(w, want[step*n:(step+1)*n], 1e-5); far != "" {
					t.Fatalf("step %d: %s", step+1, far)
				}
			}
		})
	}
}

// Every optimizer of the catalogue walks down a bowl from any side.
func TestEveryOptimizerDescends(t *testing.T) {
	for _, info := range Optimizers() {
		o := info.New()
		for _, f := range o.Fields() {
			if f.Doc == "" {
				t.Errorf("%s: field %s says nothing about itself", info.Type, f.Name)
			}
		}
		w, g := []float32{3, -2, 0.5}, make([]float32, 3)
		slots := make([][]float32, o.Slots())
		for i := range slots {
			slots[i] = make([]float32, 3)
		}
		for step := 1; step <= 20000; step++ {
			for i := range w {
				g[i] = 2 * w[i]
			}
			o.Update(Param{Name: "w", Shape: tensor.Shape{3}, W: w, G: g, Slots: slots, Temp: make([]float32, 3)}, step, o.Rate())
		}
		if s := kernel.SumSquares(w); !(s < 1e-4) {
			t.Errorf("%s ends at %v, far from the bottom", info.Type, w)
		}
	}
}
