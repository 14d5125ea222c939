package nn

import "descent/ml/python"

// A LossCoder is a loss that says how other libraries write it.
type LossCoder interface {
	Loss

	// Ends names the activation at a model's end that belongs to the loss, which
	// it then applies itself; "" for none.
	Ends() string

	// PyTorch writes the loss of a batch as an expression of out, what the model
	// gives without that activation, and y.
	PyTorch(c *LossCode)

	// Keras writes what compile takes as loss.
	Keras(c *LossCode)
}

// A LossCode is the place of a loss in a program.
type LossCode struct {
	python.Piece

	Classes int    // 0 where there are values to predict
	Outputs int    // numbers in the last dimension of the model's result
	Steps   bool   // a label for each step of a sequence
	Ended   bool   // the model ends in the activation that belongs to the loss
	Target  string // what Keras' labels are made into; "" for what they are
}

// row is y as a row that can be compared with the result value by value, in
// PyTorch.
func (c *LossCode) row() string {
	switch {
	case c.Classes > 0 && c.Outputs == 1:
		return "y.float().unsqueeze(-1)"
	case c.Classes > 0:
		return python.Call("F.one_hot", python.Raw("y"), c.Outputs) + ".float()"
	}
	return "y"
}

// kerasRow has Keras compare value by value too.
func (c *LossCode) kerasRow() {
	switch {
	case c.Classes > 0 && c.Outputs == 1:
		c.Target = `%s.astype("float32").reshape(-1, 1)`
	case c.Classes > 0:
		c.Target = "keras.utils.to_categorical(%s, " + python.Literal(c.Outputs) + ")"
	}
}
