package nn

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/op"
	"descent/ml/python"
)

// CrossEntropy compares logits with class indices. It looks through a softmax
// that ends the model, and where there is none adds one for showing
// predictions. A model that gives a row of classes for each time step is
// compared with a label for each. A label of -100 never counts, nor does
// IgnoreIndex: the loss is the mean over the labels that do.
type CrossEntropy struct {
	LabelSmoothing float64
	ClassWeights   config.Series
	IgnoreIndex    int

	balance []float32
}

func init() {
	RegisterLoss(LossInfo{Type: "cross_entropy", Title: "Cross entropy", Classes: true,
		Doc:     "How surprised the model is by the right class, in nats; for classification",
		Formula: "L = -log softmax(x)[t]",
		New:     func() Loss { return &CrossEntropy{IgnoreIndex: op.Ignored} }})
}

func (l *CrossEntropy) Fields() []config.Field {
	return []config.Field{
		config.Float("label_smoothing", &l.LabelSmoothing, 0, 0.99, "How much of the certainty is spread over all classes, so that the model does not become too sure; 0.1 is usual"),
		config.Numbers("class_weights", &l.ClassWeights, 0, 1e6, "How much each class counts, as a list; \"balanced\" makes rare classes count as much as common ones", "balanced"),
		config.Int("ignore_index", &l.IgnoreIndex, op.Ignored, 1<<20, "Samples and time steps with this label do not count, such as padding; -100 never does"),
	}
}

func (l *CrossEntropy) Balanced() bool { return l.ClassWeights.Word == "balanced" }

// Balance weighs each class by samples/(classes·samples of the class), so that
// the mean weight of a sample is 1, as scikit-learn's "balanced" does. A class
// that does not count is none of them.
func (l *CrossEntropy) Balance(counts []int) {
	if i := l.IgnoreIndex; i >= 0 && i < len(counts) {
		counts = slices.Clone(counts)
		counts[i] = 0
	}
	present, total := 0, 0
	for _, n := range counts {
		total += n
		if n > 0 {
			present++
		}
	}
	l.balance = make([]float32, len(counts))
	for i, n := range counts {
		if n > 0 {
			l.balance[i] = float32(float64(total) / (float64(present) * float64(n)))
		}
	}
}

func (l *CrossEntropy) weights() []float32 {
	if l.Balanced() {
		return l.balance // nil until the trainer has counted
	}
	var out []float32
	for _, w := range l.ClassWeights.Values {
		out = append(out, float32(w))
	}
	return out
}

func (l *CrossEntropy) Attach(a *Attachment) Heads {
	one := a.Shape
	last := 0
	if len(one) > 0 {
		last = one[len(one)-1]
	}
	steps := len(one) > 1 && one[:len(one)-1].Equal(a.Target)
	switch w := l.ClassWeights.Values; {
	case a.Classes == 0:
		a.offer("loss_mse")
		return a.Fail("cross_entropy is for classes, and the data has values to predict; use the loss mse")
	case len(one) != 1 && len(a.Target) == 1 && a.Target[0] == 1:
		a.offer("answer_classes")
		return a.Fail("the last layer gives %v, and cross_entropy wants one row of %d, a number for each class", one, a.Classes)
	case len(one) == 1 && a.Target.Len() != 1 && a.last:
		a.offer("return_all")
		return a.Fail("the last layer gives one row of %v, and there are labels for %v; it must give a row for each", one, a.Target)
	case len(one) == 1 && a.Target.Len() != 1:
		return a.Fail("the last layer gives one row of %v, and there are labels for %v; it must give a row for each", one, a.Target)
	case len(one) != 1 && !steps:
		return a.Fail("the last layer gives %v, and there are labels for %v; it must give a row of %d for each", one, a.Target, a.Classes)
	case last != a.Classes:
		a.offer("answer_classes")
		return a.Fail("the last layer has %d outputs, and the data has %d classes", last, a.Classes)
	case len(w) > 0 && len(w) != a.Classes:
		return a.Fail("class_weights of the loss has %d numbers, and the data has %d classes", len(w), a.Classes)
	}
	ignore := []int{op.Ignored}
	if l.IgnoreIndex != op.Ignored {
		ignore = append(ignore, l.IgnoreIndex)
	}
	o := op.CrossEntropy{Smoothing: float32(l.LabelSmoothing), Weights: l.weights(), Ignore: ignore[1:]}
	score, predict := a.logits()
	h := Heads{Loss: a.Apply(o, score), Score: score, Predict: predict, Answer: OneClass, Logits: true, Labels: a.Target.Len(), Ignore: ignore}
	if a.Mixed {
		h.Learn = a.ApplyMixed(o, score)
	}
	return h
}

func (*CrossEntropy) Ends() string { return "softmax" }

func (l *CrossEntropy) PyTorch(c *LossCode) {
	out, y := "out", "y"
	if c.Steps {
		out, y = "out.flatten(0, -2)", "y.flatten()"
	}
	args := []any{python.Raw(out), python.Raw(y)}
	switch {
	case l.Balanced():
		c.Note("class_weights is \"balanced\" in Descent: weigh each class by samples / (classes · samples of the class), as weight=.")
	case len(l.ClassWeights.Values) > 0:
		args = append(args, python.Arg("weight", python.Raw("torch.tensor("+list(l.ClassWeights.Values)+")")))
		c.Note("PyTorch divides by the sum of the weights of a batch's labels, and Descent by their number.")
	}
	args = append(args, python.Unless("label_smoothing", l.LabelSmoothing, 0), python.Unless("ignore_index", l.IgnoreIndex, op.Ignored))
	c.Expr = python.Call("F.cross_entropy", args...)
}

func (l *CrossEntropy) Keras(c *LossCode) {
	if l.Balanced() {
		c.Note("class_weights is \"balanced\" in Descent: give fit a class_weight of samples / (classes · samples of the class).")
	} else if len(l.ClassWeights.Values) > 0 {
		c.Note("Give fit the class_weight %s.", list(l.ClassWeights.Values))
	}
	if l.LabelSmoothing > 0 {
		c.Target = "keras.utils.to_categorical(%s, " + python.Literal(c.Classes) + ")"
		c.Expr = python.Call("keras.losses.CategoricalCrossentropy", python.Unless("from_logits", !c.Ended, false), python.Arg("label_smoothing", l.LabelSmoothing))
		return
	}
	ignore := python.Named{Name: "ignore_class"}
	if c.Steps || l.IgnoreIndex != op.Ignored {
		ignore.Value = l.IgnoreIndex
	}
	c.Expr = python.Call("keras.losses.SparseCategoricalCrossentropy", python.Unless("from_logits", !c.Ended, false), ignore)
}

// list writes numbers as a list of Python.
func list(v []float64) string {
	var text []string
	for _, n := range v {
		text = append(text, python.Float(n))
	}
	return "[" + strings.Join(text, ", ") + "]"
}
