package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
	"descent/ml/tensor"
)

// Muon replaces the momentum of a weight matrix by the nearest orthogonal
// matrix, so that all directions in it move alike (Jordan et al. 2024), found
// by Newton and Schulz's iteration with Jordan's coefficients:
//
//	m ← μ·m + g    u = g + μ·m, or m without nesterov
//	X = u/‖u‖, five times: X ← 3.4445·X - 4.7750·XXᵀX + 2.0315·XXᵀXXᵀX
//	w ← (1 - lr·λ)·w - lr·0.2·√max(rows, columns)·X
//
// The factor 0.2·√max gives steps the size of AdamW's (Liu et al., Muon is
// Scalable for LLM Training, 2025), so that one learning rate serves both: what
// is no matrix, such as biases and gains, is left to AdamW. A filter counts as
// the matrix [height·width·in, out]. Embeddings count as matrices too, which
// their authors would rather leave to AdamW.
type Muon struct {
	LR, Momentum          float64
	Nesterov              bool
	Steps                 int
	Beta1, Beta2, Epsilon float64
	Decay                 Decay
}

func init() {
	Register(Info{Type: "muon", Title: "Muon", Formula: "w ← (1 - lr·λ)·w - lr·0.2·√max(r, c)·orthogonal(μ·m + g)",
		Doc: "Moves a weight matrix the same way in all its directions; biases go by AdamW",
		New: func() Optimizer {
			return &Muon{LR: 0.003, Momentum: 0.95, Nesterov: true, Steps: 5, Beta1: 0.9, Beta2: 0.95, Epsilon: 1e-8,
				Decay: Decay{Rate: 0.01, AppliesTo: "weights"}}
		}})
}

func (o *Muon) Fields() []config.Field {
	f := []config.Field{
		rateField(&o.LR),
		config.Float("momentum", &o.Momentum, 0, 0.9999, "How much of its speed a matrix keeps from step to step"),
		config.Toggle("nesterov", &o.Nesterov, "Look at the slope where the momentum leads (Nesterov)"),
		config.Int("steps", &o.Steps, 1, 20, "Newton and Schulz's iterations; five are enough"),
	}
	f = append(f, momentFields(&o.Beta1, &o.Beta2, &o.Epsilon)...)
	return append(f, o.Decay.fields()...)
}

// Slots is two, which AdamW's part needs; a matrix uses the first.
func (o *Muon) Slots() int { return 2 }

func (o *Muon) Rate() float64 { return o.LR }

// sides returns the matrix that a shape counts as, the shorter side first.
func sides(s tensor.Shape) (rows, cols, short, long int) {
	cols = s[len(s)-1]
	rows = s.Len() / max(1, cols)
	return rows, cols, min(rows, cols), max(rows, cols)
}

// Temp is the room for the iteration: X, XXᵀ, its polynomial, the product of
// that with X, and what the products themselves need.
func (o *Muon) Temp(shape tensor.Shape) int {
	if len(shape) < 2 {
		return 0
	}
	_, _, s, l := sides(shape)
	return 2*s*l + 3*s*s + max(kernel.MatMulTemp(s, s, l), kernel.MatMulTemp(s, s, s), kernel.MatMulTemp(s, l, s))
}

func (o *Muon) Update(p Param, step int, lr float64) {
	o.Decay.apply(p, lr)
	if !p.Matrix() {
		kernel.Adam(p.W, p.G, p.Slots[0], p.Slots[1], lr, o.Beta1, o.Beta2, o.Epsilon, step)
		return
	}
	m := p.Slots[0]
	kernel.Scale(m, m, float32(o.Momentum))
	kernel.AddTo(m, p.G)
	u := m
	if o.Nesterov {
		u = p.G
		kernel.Axpy(u, m, float32(o.Momentum))
	}
	rows, cols, short, long := sides(p.Shape)
	x := p.Temp[:short*long]
	if rows <= cols {
		copy(x, u)
	} else {
		transpose(x, u, rows, cols)
	}
	norm := math.Sqrt(kernel.SumSquares(x))
	kernel.Scale(x, x, float32(1/(norm+1e-7)))
	o.orthogonalise(x, p.Temp[short*long:], short, long)
	out := p.G
	if rows <= cols {
		copy(out, x)
	} else {
		transpose(out, x, cols, rows)
	}
	kernel.Axpy(p.W, out, float32(-lr*0.2*math.Sqrt(float64(long))))
}

// orthogonalise drives the singular values of x[s,l], none above 1, towards 1.
func (o *Muon) orthogonalise(x, temp []float32, s, l int) {
	const a, b, c = 3.4445, -4.7750, 2.0315
	square, poly, product := temp[:s*s], temp[s*s:2*s*s], temp[2*s*s:3*s*s]
	next, work := temp[3*s*s:3*s*s+s*l], temp[3*s*s+s*l:]
	for range o.Steps {
		kernel.MatMulTB(square, x, x, s, s, l, work)
		kernel.MatMul(product, square, square, nil, kernel.None, s, s, s, work)
		kernel.Scale(poly, square, b)
		kernel.Axpy(poly, product, c)
		kernel.MatMul(next, poly, x, nil, kernel.None, s, l, s, work)
		kernel.Scale(x, x, a)
		kernel.AddTo(x, next)
	}
}

// transpose writes src[rows,cols] as dst[cols,rows].
func transpose(dst, src []float32, rows, cols int) {
	for i := 0; i < rows; i++ {
		for j := 0; j < cols; j++ {
			dst[j*rows+i] = src[i*cols+j]
		}
	}
}

func (o *Muon) PyTorch(c *Code) {
	c.Need(torchMuon)
	c.Note("The class above is the Muon that Descent has; that of PyTorch, since version 2.9, takes matrices only.")
	c.torchDecay("Muon", o.Decay, python.Arg("lr", o.LR), python.Arg("momentum", o.Momentum), python.Arg("nesterov", o.Nesterov),
		python.Arg("iterations", o.Steps), python.Arg("betas", python.Raw("("+python.Float(o.Beta1)+", "+python.Float(o.Beta2)+")")), python.Arg("eps", o.Epsilon))
}

var torchMuon = python.Def{Name: "Muon", Text: `class Muon(torch.optim.Optimizer):
    """Moves a weight matrix alike in all its directions; what is no matrix goes by AdamW."""

    def __init__(self, params, lr, momentum, nesterov, iterations, betas, eps, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum, "nesterov": nesterov, "iterations": iterations,
                                  "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for g in self.param_groups:
            for p in (p for p in g["params"] if p.grad is not None):
                s = self.state[p]
                m = s.setdefault("m", torch.zeros_like(p))
                p.mul_(1 - g["lr"] * g["weight_decay"])
                if p.ndim < 2:
                    v, (beta1, beta2) = s.setdefault("v", torch.zeros_like(p)), g["betas"]
                    t = s["t"] = s.get("t", 0) + 1
                    m.lerp_(p.grad, 1 - beta1)
                    v.lerp_(p.grad.square(), 1 - beta2)
                    p.sub_(g["lr"] / (1 - beta1**t) * m / ((v / (1 - beta2**t)).sqrt() + g["eps"]))
                    continue
                m.mul_(g["momentum"]).add_(p.grad)
                u = p.grad + g["momentum"] * m if g["nesterov"] else m
                x = u.flatten(1)
                flip = x.shape[0] > x.shape[1]
                x = x.T if flip else x
                x = x / (x.norm() + 1e-7)
                for _ in range(g["iterations"]):  # Newton and Schulz
                    a = x @ x.T
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
                x = x.T if flip else x
                p.sub_(g["lr"] * 0.2 * max(x.shape) ** 0.5 * x.reshape(p.shape))
`}

func (o *Muon) Keras(c *Code) {
	c.Note("Keras has Muon since version 3.10, and takes its own rates for what is no matrix.")
	c.keras("Muon", c.kerasDecay(o.Decay), python.Arg("momentum", o.Momentum), python.Arg("nesterov", o.Nesterov), python.Arg("ns_steps", o.Steps),
		python.Arg("adam_beta_1", o.Beta1), python.Arg("adam_beta_2", o.Beta2), python.Arg("exclude_embeddings", false))
}
