package nn

import (
	"fmt"
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
	"descent/ml/tensor"
)

// Recurrent is a stack of recurrent networks over a sequence, which the types
// simple_rnn, lstm and gru share. Parameters of the k-th of several layers have
// their names behind "layer<k>.", from the second on; those of the direction
// from the end to the start behind "reverse.":
//
//	weight[in, gates·units]            from the inputs
//	recurrent_weight[units, gates·units]   from the state
//	bias[gates·units]
//	recurrent_bias[units]              gru: of the candidate, inside the reset gate
//
// What an LSTM's memory cell holds after each step is node.cell, likewise.
type Recurrent struct {
	Units         int
	Return        string
	Bidirectional bool
	Layers        int
	Dropout       float64
	Init          string
	RecurrentInit string
	cell          cell
}

// A cell is what tells the recurrent types apart.
type cell struct {
	name  string
	gates int
	op    func(reverse bool) graph.Op
}

func init() {
	for _, entry := range []struct {
		cell                cell
		title, doc, formula string
	}{
		{cell{"simple_rnn", 1, func(r bool) graph.Op { return op.SimpleRNN{Reverse: r} }}, "Simple RNN",
			"Reads a sequence step by step and keeps a state; it forgets within some ten steps",
			"h[t] = tanh(x[t]·W + h[t-1]·U + b)"},
		{cell{"lstm", 4, func(r bool) graph.Op { return op.LSTM{Reverse: r} }}, "LSTM",
			"Reads a sequence step by step; gates decide what its memory cell takes in, keeps and shows",
			"i, f, g, o = σ, σ, tanh, σ of x[t]·W + h[t-1]·U + b; c[t] = f·c[t-1] + i·g; h[t] = o·tanh(c[t])"},
		{cell{"gru", 3, func(r bool) graph.Op { return op.GRU{Reverse: r} }}, "GRU",
			"Reads a sequence step by step with two gates: as able as an LSTM for many tasks, with fewer weights",
			"r, z = σ(x[t]·W + h[t-1]·U + b); n = tanh(x[t]·W + b + r·(h[t-1]·U + v)); h[t] = (1-z)·n + z·h[t-1]"},
	} {
		Register(Info{Type: entry.cell.name, Title: entry.title, Group: "sequence", Doc: entry.doc, Formula: entry.formula,
			New: func() Layer {
				return &Recurrent{Units: 64, Return: "last", Layers: 1, Init: "glorot_uniform", RecurrentInit: "orthogonal", cell: entry.cell}
			}})
	}
}

func (l *Recurrent) Fields() []config.Field {
	return []config.Field{
		config.Int("units", &l.Units, 1, 1<<14, "How many numbers the state has, and each output"),
		config.Choice("return", &l.Return, []string{"last", "all"},
			"last gives the state after the whole sequence; all gives it after each step, as another sequence"),
		config.Toggle("bidirectional", &l.Bidirectional,
			"Also reads from the end to the start and puts both outputs side by side; not for predicting the next step"),
		config.Int("layers", &l.Layers, 1, 8, "How many of these are stacked, each reading the outputs of the one below"),
		config.Float("dropout", &l.Dropout, 0, 0.99, "The share of values that is switched off between stacked layers while training"),
		initField(&l.Init),
		weightsField("recurrent_init", &l.RecurrentInit,
			"How the weights from the state start; orthogonal ones neither swell nor fade what they carry from step to step"),
	}
}

func (l *Recurrent) Build(b *Builder, in ...graph.Value) graph.Value {
	if _, _, ok := b.steps(l.cell.name, in[0]); !ok {
		return graph.Value{}
	}
	x, last := in[0], l.Return == "last"
	for k := 1; k <= l.Layers; k++ {
		prefix := ""
		if k > 1 {
			prefix = fmt.Sprintf("layer%d.", k)
			if l.Dropout > 0 {
				x = b.Part(prefix+"dropout", op.Dropout{Rate: l.Dropout, Stream: b.Stream().Fork(uint64(k))}, x)
			}
		}
		top := k == l.Layers
		if !l.Bidirectional {
			x = l.run(b, prefix, x, false, top && last, top)
			continue
		}
		forward := l.run(b, prefix, x, false, top && last, false)
		reverse := l.run(b, prefix, x, true, top && last, false)
		x = b.put(prefix+"both", top, op.Concat{}, forward, reverse)
	}
	return x
}

// run applies one network in one direction, and takes its last step if that
// is all that is wanted: the last that ran, which reverse is the first in time.
func (l *Recurrent) run(b *Builder, prefix string, x graph.Value, reverse, last, result bool) graph.Value {
	name := prefix + "steps"
	if reverse {
		prefix += "reverse."
		name = prefix + "steps"
	}
	s := b.Shape(x)
	sums := l.cell.gates * l.Units
	in := []graph.Value{x,
		b.Weight(prefix+"weight", l.Init, s[1], sums),
		b.Weight(prefix+"recurrent_weight", l.RecurrentInit, l.Units, sums),
		b.gateBias(prefix+"bias", l.cell, l.Units)}
	if l.cell.name == "gru" {
		in = append(in, b.Bias(prefix+"recurrent_bias", l.Units))
	}
	y := b.put(name, result && !last, l.cell.op(reverse), in...)
	if l.cell.name == "lstm" {
		b.Part(prefix+"cell", op.LSTMCells{Reverse: reverse}, in...) // dead until somebody observes it
	}
	if last {
		y = b.put(prefix+"last", result, op.Step{First: reverse}, y)
	}
	return y
}

// gateBias declares the bias of the gates. An LSTM's forget gate starts at 1,
// so that it remembers before it has learned what for (Jozefowicz et al., 2015).
func (b *Builder) gateBias(name string, c cell, units int) graph.Value {
	return b.param(graph.ParamInfo{Name: name, Shape: tensor.Shape{c.gates * units},
		Init: func(dst []float32, _ tensor.Shape, _ tensor.Stream) {
			if c.name == "lstm" {
				for i := units; i < 2*units; i++ {
					dst[i] = 1
				}
			}
		}})
}

// put adds an op as a part of the node, or as its result.
func (b *Builder) put(part string, result bool, o graph.Op, in ...graph.Value) graph.Value {
	if result {
		return b.Apply(o, in...)
	}
	return b.Part(part, o, in...)
}

func (l *Recurrent) PyTorch(c *Code) {
	kind := map[string]string{"simple_rnn": "nn.RNN", "lstm": "nn.LSTM", "gru": "nn.GRU"}[l.cell.name]
	dropout := l.Dropout
	if l.Layers == 1 {
		dropout = 0
	}
	m := c.module("", python.Call(kind, c.In[0].channels(), l.Units, python.Unless("num_layers", l.Layers, 1), python.Arg("batch_first", true),
		python.Unless("dropout", dropout, 0), python.Unless("bidirectional", l.Bidirectional, false)))
	lines := []string{"for name, p in " + m + ".named_parameters():",
		`    if name.startswith("weight_ih"):`, "        " + torchInit("p", l.Init),
		`    elif name.startswith("weight_hh"):`, "        " + torchInit("p", l.RecurrentInit),
		"    else:", "        nn.init.zeros_(p)"}
	switch l.cell.name {
	case "lstm":
		lines = append(lines, `    if name.startswith("bias_ih"):`, fmt.Sprintf("        p.data[%d:%d] = 1.0  # the forget gate begins open", l.Units, 2*l.Units))
		fallthrough
	case "simple_rnn":
		lines = append(lines, `    if name.startswith("bias_hh"):`, "        p.requires_grad_(False)")
		c.Note("%s has two biases for each gate, and Descent one: the second stays at zero.", kind)
	default:
		c.Note("nn.GRU has two biases for each gate, which act as their sum; Descent has the second of the candidate only.")
	}
	c.Start = append(c.Start, strings.Join(lines, "\n"))
	for k := range l.Layers {
		for _, way := range []string{"", "reverse."}[:1+b2i(l.Bidirectional)] {
			ours, theirs := way, fmt.Sprintf("_l%d", k)
			if k > 0 {
				ours = fmt.Sprintf("layer%d.%s", k+1, way)
			}
			if way != "" {
				theirs += "_reverse"
			}
			c.take(m+".weight_ih"+theirs, ours+"weight", transposed)
			c.take(m+".weight_hh"+theirs, ours+"recurrent_weight", transposed)
			c.take(m+".bias_ih"+theirs, ours+"bias", asIs)
			if l.cell.name == "gru" {
				c.take(fmt.Sprintf("%s.bias_hh%s[%d:]", m, theirs, 2*l.Units), ours+"recurrent_bias", asIs)
			}
		}
	}
	all := m + "(" + c.x() + ")[0]"
	switch {
	case l.Return == "all":
		c.Expr = all
	case !l.Bidirectional:
		c.Expr = all + "[:, -1]"
	default: // each direction's last step
		c.line("%s_steps = %s", c.Name, all)
		c.Expr = fmt.Sprintf("torch.cat([%s_steps[:, -1, :%d], %[1]s_steps[:, 0, %[2]d:]], dim=1)", c.Name, l.Units)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (l *Recurrent) Keras(c *Code) {
	kind := map[string]string{"simple_rnn": "layers.SimpleRNN", "lstm": "layers.LSTM", "gru": "layers.GRU"}[l.cell.name]
	if l.cell.name == "gru" {
		c.Note("Keras' GRU has two biases for each gate; Descent has the second of the candidate only.")
	}
	c.Expr = c.x()
	for k := 1; k <= l.Layers; k++ {
		part := ""
		if k > 1 {
			part = fmt.Sprintf("layer%d", k)
			if l.Dropout > 0 {
				c.Expr = python.Call("layers.Dropout", l.Dropout) + "(" + c.Expr + ")"
			}
		}
		args := []any{l.Units, python.Unless("return_sequences", k < l.Layers || l.Return == "all", false),
			python.Arg("kernel_initializer", c.kerasInit(l.Init, 0)), python.Arg("kernel_regularizer", c.penalty()),
			python.Arg("recurrent_regularizer", c.penalty())}
		if l.RecurrentInit != "orthogonal" { // Keras' own
			init := c.kerasInit(l.RecurrentInit, 0)
			if init == nil {
				init = l.RecurrentInit
			}
			args = append(args, python.Arg("recurrent_initializer", init))
		}
		made := ""
		if l.Bidirectional {
			made = c.kerasOf(part, "layers.Bidirectional", python.Raw(python.Call(kind, args...)))
		} else {
			made = c.kerasOf(part, kind, args...)
		}
		c.Expr = made + "(" + c.Expr + ")"
	}
}
