package optim

import "descent/ml/python"

// A Coder is an optimizer that says how other libraries write it.
type Coder interface {
	PyTorch(c *Code)
	Keras(c *Code)
}

// A Code is the place of an optimizer in a program, where the model is called
// model.
type Code struct {
	python.Piece

	Rate  any      // for Keras: the learning rate, a number or a schedule
	Extra []any    // for Keras: arguments that every optimizer takes
	Then  []string // statements about the optimizer, once it is there
}

// keras makes an optimizer of Keras.
func (c *Code) keras(name string, args ...any) {
	args = append([]any{python.Arg("learning_rate", c.Rate)}, args...)
	c.Expr = python.Call("keras.optimizers."+name, append(args, c.Extra...)...)
}

// torch makes an optimizer of PyTorch over all parameters.
func (c *Code) torch(name string, args ...any) {
	c.Expr = python.Call(name, append([]any{python.Raw("model.parameters()")}, args...)...)
}

// torchDecay is torch with a weight decay, where need be of the weights alone.
func (c *Code) torchDecay(name string, d Decay, args ...any) {
	if d.Rate == 0 || d.AppliesTo == "all" {
		c.torch(name, append(args, python.Arg("weight_decay", d.Rate))...)
		return
	}
	c.Need(torchGroups)
	c.Expr = python.Call(name, append([]any{python.Raw("decaying(model, " + python.Float(d.Rate) + ")")}, args...)...)
}

var torchGroups = python.Def{Name: "decaying", Text: `def decaying(model, rate):
    """Lets weights decay, but no biases and no gains."""
    own = [p for p in model.parameters() if p.requires_grad]
    return [{"params": [p for p in own if p.ndim >= 2], "weight_decay": rate},
            {"params": [p for p in own if p.ndim < 2], "weight_decay": 0.0}]
`}

// kerasDecay is the argument for a weight decay, where need be of the weights alone.
func (c *Code) kerasDecay(d Decay) python.Named {
	if d.Rate > 0 && d.AppliesTo != "all" {
		c.Then = append(c.Then, "optimizer.exclude_from_weight_decay(var_list=[v for v in model.trainable_variables if len(v.shape) < 2])")
	}
	return python.Arg("weight_decay", d.Rate)
}

// A ScheduleCoder is a schedule that says how other libraries write it.
type ScheduleCoder interface {
	// PyTorch writes a scheduler of the optimizer, which is asked to step after
	// every step. It may speak of steps and steps_per_epoch.
	PyTorch(c *ScheduleCode)

	// Keras writes what an optimizer takes as its learning rate, which may speak
	// of the same two, or leaves Expr empty and writes a callback.
	Keras(c *ScheduleCode)
}

// A ScheduleCode is the place of a schedule in a program.
type ScheduleCode struct {
	python.Piece

	LR         float64 // the learning rate that was set
	Validation bool    // the scheduler goes by the validation loss, after each validation
	Callback   string  // of Keras
}

// share is how much of the learning rate a rate is.
func (c *ScheduleCode) share(rate float64) float64 {
	if c.LR == 0 {
		return 0
	}
	return rate / c.LR
}
