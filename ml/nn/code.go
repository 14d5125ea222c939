package nn

import (
	"fmt"
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/python"
	"descent/ml/tensor"
)

// A Coder is a layer that says how other libraries write it. Package export
// makes programs of that.
type Coder interface {
	// PyTorch writes the layer as modules of a torch.nn.Module and what its
	// forward does with them. Images are [channels, height, width] there; all
	// else is laid out as here.
	PyTorch(c *Code)

	// Keras writes the layer in Keras' functional style, for version 3. Images
	// and weights are laid out as here.
	Keras(c *Code)
}

// A Code is the place of one layer in a program.
type Code struct {
	python.Piece // Expr is the layer's result

	Name   string // what Python calls the layer
	Node   string // what the document calls it
	In     []Term
	Out    tensor.Shape // of one sample
	Frozen bool
	Shared bool   // another layer reads its weight
	Bare   string // an activation at the end that the loss applies itself
	Data   Options
	Blocks int // of transformers in the model
	// Of finds another layer of the model and what Python calls it.
	Of func(id string) (name string, n Node)

	Make  []string // statements that make the layer's modules
	Start []string // statements that draw its weights
	Lines []string // statements before the result
	Takes []Take   // where trained weights go
	Eval  []string // modules that stay as in evaluation while the model trains
}

// A Take says where a parameter of ours goes: what other libraries call it, and
// what is to be done to it on the way.
type Take struct{ Theirs, Ours, Change string }

// A Term is a value in a program: an expression and the shape of one sample, as
// it is here.
type Term struct {
	Expr  string
	Shape tensor.Shape
}

// image reports whether PyTorch has the value with its channels first.
func (t Term) image() bool { return len(t.Shape) == 3 }

// last is a PyTorch expression of a value with its channels last, as here.
func (t Term) last() string {
	if t.image() {
		return t.Expr + ".permute(0, 2, 3, 1)"
	}
	return t.Expr
}

// channels is the size of the last dimension.
func (t Term) channels() int { return t.Shape[len(t.Shape)-1] }

// x is the expression of the first input.
func (c *Code) x() string { return c.In[0].Expr }

// module makes a module of the layer and returns its name: self.conv1.
func (c *Code) module(part, expr string) string {
	name := "self." + c.Name
	if part != "" {
		name += "_" + part
	}
	c.Make = append(c.Make, name+" = "+expr)
	return name
}

// take says where a parameter goes.
func (c *Code) take(theirs, ours, change string) {
	c.Takes = append(c.Takes, Take{strings.TrimPrefix(theirs, "self."), c.Node + "." + ours, change})
}

// what is done to weights on their way to PyTorch.
const (
	asIs       = ""
	transposed = ".T"
	filtered   = ".permute(3, 2, 0, 1)" // [kh, kw, in, out] becomes [out, in, kh, kw]
)

// line adds a statement before the result.
func (c *Code) line(format string, args ...any) {
	c.Lines = append(c.Lines, fmt.Sprintf(format, args...))
}

// first sets a result that was computed with its channels last.
func (c *Code) first(expr string) {
	if len(c.Out) == 3 {
		expr += ".permute(0, 3, 1, 2)"
	}
	c.Expr = expr
}

// start draws a weight of PyTorch's that is laid out as the library wants it.
func (c *Code) start(weight, init string) { c.Start = append(c.Start, torchInit(weight, init)) }

// startBias sets a bias to zeros.
func (c *Code) startBias(bias string) { c.Start = append(c.Start, "nn.init.zeros_("+bias+")") }

// startFilters draws weights whose own shape would not show how many products
// are summed, those of groups: fanIn and fanOut are the products.
func (c *Code) startFilters(weight, init string, groups, fanIn, fanOut int) {
	if groups > 1 {
		if kind, amount, ok := spread(init, fanIn, fanOut); ok {
			if kind == "uniform" {
				c.Start = append(c.Start, fmt.Sprintf("nn.init.uniform_(%s, -%s, %[2]s)  # %s of one group", weight, short(amount), init))
			} else {
				c.Start = append(c.Start, fmt.Sprintf("nn.init.normal_(%s, std=%s)  # %s of one group", weight, short(amount), init))
			}
			return
		}
	}
	c.start(weight, init)
}

// short writes a number that is worked out, with as many digits as count.
func short(v float64) string { return python.Float(math.Round(v*1e7) / 1e7) }

// spread returns how wide the named initialiser draws.
func spread(init string, fanIn, fanOut int) (kind string, amount float64, ok bool) {
	variance := 0.0
	name, rule, _ := strings.Cut(init, "_")
	switch name {
	case "glorot":
		variance = 2 / float64(fanIn+fanOut)
	case "he":
		variance = 2 / float64(fanIn)
	case "lecun":
		variance = 1 / float64(fanIn)
	default:
		return "", 0, false
	}
	if rule == "uniform" {
		return rule, math.Sqrt(3 * variance), true
	}
	return rule, math.Sqrt(variance), true
}

// torchInit is the statement that draws a weight.
func torchInit(weight, init string) string {
	name, number, given := config.Split(init)
	if a, ok := amounts[name]; ok && !given {
		number = a.usual
	}
	n := python.Float(number)
	switch name {
	case "glorot_uniform":
		return "nn.init.xavier_uniform_(" + weight + ")"
	case "glorot_normal":
		return "nn.init.xavier_normal_(" + weight + ")"
	case "he_uniform", "he_normal":
		return "nn.init.kaiming_" + strings.TrimPrefix(name, "he_") + "_(" + weight + `, nonlinearity="relu")`
	case "lecun_uniform", "lecun_normal":
		return "nn.init.kaiming_" + strings.TrimPrefix(name, "lecun_") + "_(" + weight + `, nonlinearity="linear")`
	case "unit_length":
		return "nn.init.normal_(" + weight + ", std=" + weight + ".shape[-1] ** -0.5)"
	case "zeros":
		return "nn.init.zeros_(" + weight + ")"
	case "constant":
		return "nn.init.constant_(" + weight + ", " + n + ")"
	case "uniform":
		return "nn.init.uniform_(" + weight + ", -" + n + ", " + n + ")"
	case "normal":
		return "nn.init.normal_(" + weight + ", std=" + n + ")"
	case "truncated_normal":
		return "nn.init.trunc_normal_(" + weight + ", std=" + n + ", a=" + python.Float(-2*number) + ", b=" + python.Float(2*number) + ")"
	case "orthogonal":
		return python.Call("nn.init.orthogonal_", python.Raw(weight), python.Unless("gain", number, 1))
	}
	panic("nn: no PyTorch for the initialiser " + init)
}

// kerasInit is the argument for an initialiser, nil for Keras' own default.
func (c *Code) kerasInit(init string, size int) any {
	name, number, given := config.Split(init)
	if a, ok := amounts[name]; ok && !given {
		number = a.usual
	}
	n := python.Float(number)
	switch name {
	case "glorot_uniform":
		return nil
	case "he_uniform", "lecun_uniform", "zeros":
		return name
	case "glorot_normal", "he_normal", "lecun_normal":
		c.Note("Keras cuts %s at two standard deviations, and widens it to the same variance; Descent draws from the whole normal distribution.", name)
		return name
	case "unit_length":
		return python.Raw("keras.initializers.RandomNormal(stddev=" + short(1/math.Sqrt(float64(max(1, size)))) + ")")
	case "constant":
		return python.Raw("keras.initializers.Constant(" + n + ")")
	case "uniform":
		return python.Raw("keras.initializers.RandomUniform(-" + n + ", " + n + ")")
	case "normal":
		return python.Raw("keras.initializers.RandomNormal(stddev=" + n + ")")
	case "truncated_normal":
		return python.Raw("keras.initializers.TruncatedNormal(stddev=" + n + ")")
	case "orthogonal":
		return python.Raw(python.Call("keras.initializers.Orthogonal", python.Unless("gain", number, 1)))
	}
	panic("nn: no Keras for the initialiser " + init)
}

// kerasFilters is kerasInit for weights of groups; see startFilters.
func (c *Code) kerasFilters(init string, groups, fanIn, fanOut int) any {
	if kind, amount, ok := spread(init, fanIn, fanOut); ok && groups > 1 {
		if kind == "uniform" {
			return python.Raw("keras.initializers.RandomUniform(-" + short(amount) + ", " + short(amount) + ")")
		}
		return python.Raw("keras.initializers.RandomNormal(stddev=" + short(amount) + ")")
	}
	return c.kerasInit(init, 0)
}

// penalty is the argument for the L1 and L2 penalties on weights; nil for none.
func (c *Code) penalty() any {
	switch l1, l2 := c.Data.L1, c.Data.L2; {
	case l1 > 0 && l2 > 0:
		return python.Raw("keras.regularizers.L1L2(" + python.Float(l1) + ", " + python.Float(l2) + ")")
	case l1 > 0:
		return python.Raw("keras.regularizers.L1(" + python.Float(l1) + ")")
	case l2 > 0:
		return python.Raw("keras.regularizers.L2(" + python.Float(l2) + ")")
	}
	return nil
}

// keras makes a layer of Keras, with its name, and applies it to the first input.
func (c *Code) keras(name string, args ...any) {
	c.Expr = c.kerasOf("", name, args...) + "(" + c.x() + ")"
}

// kerasOf makes a layer of Keras for a part of this one.
func (c *Code) kerasOf(part, name string, args ...any) string {
	own := c.Name
	if part != "" {
		own += "_" + part
	}
	if c.Frozen {
		args = append(args, python.Arg("trainable", false))
	}
	return python.Call(name, append(args, python.Arg("name", own))...)
}

// Result returns a term for what the layer gives.
func (c *Code) Result() Term { return Term{c.Expr, c.Out} }

// torchActivation applies an activation, unless the loss does.
func (c *Code) torchActivation(name, expr string) string {
	if name == c.Bare && name != "none" {
		c.Note("The %s at the end is left to the loss, which wants what goes into it.", name)
		return expr
	}
	dim := -1
	if len(c.Out) == 3 {
		dim = 1
	}
	return torchFunction(name, expr, dim)
}

// torchFunction is an activation of PyTorch; dim is where the channels are.
func torchFunction(name, x string, dim int) string {
	switch name {
	case "none":
		return x
	case "relu", "elu", "selu", "gelu", "silu", "softplus":
		return "F." + name + "(" + x + ")"
	case "leaky_relu":
		return "F.leaky_relu(" + x + ", 0.01)"
	case "gelu_tanh":
		return "F.gelu(" + x + `, approximate="tanh")`
	case "hard_swish":
		return "F.hardswish(" + x + ")"
	case "tanh", "sigmoid":
		return "torch." + name + "(" + x + ")"
	case "softmax":
		return fmt.Sprintf("torch.softmax(%s, dim=%d)", x, dim)
	}
	panic("nn: no PyTorch for the activation " + name)
}

// kerasActivation is the argument for an activation; nil for none.
func kerasActivation(name string) any {
	switch name {
	case "none":
		return nil
	case "leaky_relu":
		return python.Raw("lambda x: keras.activations.leaky_relu(x, negative_slope=0.01)")
	case "gelu_tanh":
		return python.Raw("lambda x: keras.activations.gelu(x, approximate=True)")
	case "hard_swish":
		return "hard_silu"
	}
	return name
}
