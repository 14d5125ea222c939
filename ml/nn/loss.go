package nn

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// TargetName is the id of what the model's result is compared with.
const TargetName = "target"

// Losses by name, with a line of explanation.
var Losses = []struct{ Type, Title, Doc string }{
	{"cross_entropy", "Cross entropy", "How surprised the model is by the right class, in nats; for classification"},
	{"mse", "Mean squared error", "The mean of the squared differences; for values"},
}

// LossTypes returns the names of all losses.
func LossTypes() []string {
	out := make([]string, len(Losses))
	for i, l := range Losses {
		out[i] = l.Type
	}
	return out
}

// Heads is where a model's result is used.
type Heads struct {
	Loss    graph.Value // one number a sample
	Score   graph.Value // what is compared to find the predicted class
	Predict graph.Value // what is shown: probabilities, or values
}

// Attach adds the loss to a model's result. Cross entropy works on logits: it
// looks through a softmax that ends the model, and where there is none adds one
// for showing predictions. The target is y, one sample's shape; with classes it
// is an index, which mse compares as a one-hot row.
func (m Model) Attach(g *graph.Builder, out graph.Value, loss string, y tensor.Shape, classes int) Heads {
	shape := g.Shape(out)
	fail := func(format string, args ...any) Heads {
		last := m.Nodes[len(m.Nodes)-1]
		e := &config.Error{Node: last.ID, Msg: fmt.Sprintf(format, args...)}
		if last.at != nil {
			e.Line, e.Col = last.at.Line, last.at.Col
		}
		g.Fail(e)
		return Heads{}
	}
	one := shape[1:]
	target := g.Input(TargetName, y.With(shape[0]))
	h := Heads{Score: out, Predict: out}
	switch loss {
	case "cross_entropy":
		switch {
		case classes == 0:
			return fail("cross_entropy is for classes, and the data has values to predict; use the loss mse")
		case len(one) != 1:
			return fail("the last layer gives %v, and cross_entropy wants one row of %d, a number for each class", one, classes)
		case one[0] != classes:
			return fail("the last layer has %d outputs, and the data has %d classes", one[0], classes)
		}
		if source, logits := g.Source(out); source == (op.Softmax{}) {
			h.Score = logits
		} else {
			h.Predict = g.Apply("softmax of the result", op.Softmax{}, out)
		}
		h.Loss = g.Apply("loss", op.CrossEntropy{}, h.Score, target)
	case "mse":
		oneHot := classes > 0 && one.Equal(tensor.Shape{classes})
		if !oneHot && !one.Equal(y) {
			if classes > 0 {
				return fail("the last layer gives %v, and the data has %d classes; give it %d units", one, classes, classes)
			}
			return fail("the last layer gives %v, and the values to predict have the shape %v", one, y)
		}
		h.Loss = g.Apply("loss", op.MSE{OneHot: oneHot}, out, target)
	default:
		panic("nn: no loss " + loss)
	}
	return h
}
