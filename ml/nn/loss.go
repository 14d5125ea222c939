package nn

import (
	"slices"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// TargetName is the id of what the model's result is compared with.
const TargetName = "target"

// MixName is the id of the labels that a sample's own are mixed with, and of
// the share of its own after them.
const MixName = "mix"

// lossName is the id of the loss of the samples.
const lossName = "loss"

// A Loss is the settings of what training makes small.
type Loss interface {
	Fields() []config.Field

	// Attach adds the loss to a model's result, one number a sample. What does
	// not fit it says through Fail and returns empty Heads.
	Attach(a *Attachment) Heads
}

// A Balancer is a loss that can make up for classes with few samples. The
// trainer tells it how many samples there are of each, before it is attached.
type Balancer interface {
	Loss
	Balanced() bool // whether it wants to know
	Balance(counts []int)
}

// A Ranged is a loss that compares with numbers of a range, both ends included,
// such as probabilities. With others it may have no least value.
type Ranged interface {
	Loss
	Targets() (low, high float32)
}

// A LossInfo is a loss's entry in the catalogue.
type LossInfo struct {
	Type, Title, Doc string
	Formula          string
	Classes, Values  bool // which kind of data it is for
	New              func() Loss
}

var losses []LossInfo

// RegisterLoss adds a loss; each loss's file calls it once.
func RegisterLoss(info LossInfo) {
	rank := func(typ string) int {
		if at := slices.Index(usual, typ); at >= 0 {
			return at
		}
		return len(usual)
	}
	at := 0
	for at < len(losses) && rank(losses[at].Type) <= rank(info.Type) {
		at++
	}
	losses = slices.Insert(losses, at, info)
}

// usual is the losses that are asked for most, in the order of the catalogue.
var usual = []string{"cross_entropy", "binary_cross_entropy", "mse", "mae", "huber"}

// Losses returns the catalogue, the usual ones first.
func Losses() []LossInfo { return slices.Clone(losses) }

// LookupLoss finds a loss by type.
func LookupLoss(typ string) (LossInfo, bool) {
	i := slices.IndexFunc(losses, func(info LossInfo) bool { return info.Type == typ })
	if i < 0 {
		return LossInfo{}, false
	}
	return losses[i], true
}

// LossTypes returns the names of all losses.
func LossTypes() []string {
	var out []string
	for _, l := range Losses() {
		out = append(out, l.Type)
	}
	return out
}

// Answers of a model.
type Answer string

const (
	OneClass  Answer = "one class"   // a score for each class, of which one is right
	YesNo     Answer = "yes or no"   // a probability each
	SomeValue Answer = "some values" // numbers
)

// Heads is where a model's result is used.
type Heads struct {
	Loss    graph.Value // one number a sample
	Learn   graph.Value // the same of mixed samples, which training makes small; Loss when none are mixed
	Score   graph.Value // what is compared to find the predicted class
	Predict graph.Value // what is shown: probabilities, or values
	Answer  Answer      // how Score is to be read
	Logits  bool        // softmax of Score gives probabilities
	Labels  int         // a sample's Loss is the sum over so many labels, those in Ignore left out; 0 where it has no labels to leave out
	Ignore  []int       // labels that do not count
}

// An Attachment is the end of a model as a loss sees it.
type Attachment struct {
	Result  graph.Value
	Shape   tensor.Shape // one sample of the result
	Target  tensor.Shape // one sample of what it is compared with
	Classes int          // 0 when there are values to predict
	Mixed   bool         // training mixes samples; values to predict are mixed alike
	target  graph.Value
	graph   *graph.Builder
	node    *Node
	fix     string // what mends the next problem
	last    bool   // some layer gives its last step only, where it could give all
}

// Attach adds the loss to a model's result. The target is y, one sample's
// shape; with classes it holds indices.
func (m Model) Attach(g *graph.Builder, out graph.Value, loss Loss, y tensor.Shape, classes int) Heads {
	return m.attach(g, out, loss, y, classes, false)
}

// AttachMixed is Attach for training with mixed samples: where the target is
// class indices, Learn also reads those of other samples from MixName.
func (m Model) AttachMixed(g *graph.Builder, out graph.Value, loss Loss, y tensor.Shape, classes int) Heads {
	return m.attach(g, out, loss, y, classes, true)
}

func (m Model) attach(g *graph.Builder, out graph.Value, loss Loss, y tensor.Shape, classes int, mixed bool) Heads {
	shape := g.Shape(out)
	h := loss.Attach(&Attachment{Result: out, Shape: shape[1:], Target: y, Classes: classes, Mixed: mixed,
		target: g.Input(TargetName, y.With(shape[0])), graph: g, node: &m.Nodes[len(m.Nodes)-1],
		last: slices.ContainsFunc(m.Nodes, func(n Node) bool { r, ok := n.Layer.(*Recurrent); return ok && r.Return == "last" })})
	if !h.Learn.OK() {
		h.Learn = h.Loss
	}
	return h
}

// Fail notes a problem at the model's last layer.
func (a *Attachment) Fail(format string, args ...any) Heads {
	e := config.Problem(format, args...)
	e.Node, e.Fix, a.fix = a.node.ID, a.fix, ""
	if a.node.at != nil {
		e.Line, e.Col = a.node.at.Line, a.node.at.Col
	}
	a.graph.Fail(e)
	return Heads{}
}

// offer names a mend for the problem that is noted next.
func (a *Attachment) offer(fix string) { a.fix = fix }

// Apply adds the op of the loss over a result and the target.
func (a *Attachment) Apply(o graph.Op, result graph.Value) graph.Value {
	return a.graph.Apply(lossName, o, result, a.target)
}

// ApplyMixed adds the op of the loss over a result, the target and what that is
// mixed with.
func (a *Attachment) ApplyMixed(o graph.Op, result graph.Value) graph.Value {
	shape := a.graph.Shape(a.target)
	mix := a.graph.Input(MixName, tensor.Shape{shape[0], shape[1:].Len() + 1})
	return a.graph.Apply("loss of mixed samples", o, result, a.target, mix)
}

// Through returns what an op that ends the model was given, such as the logits
// before a softmax; or the result itself, and what the op would make of it.
func (a *Attachment) Through(end graph.Op) (before, after graph.Value) {
	if source, in := a.graph.Source(a.Result); source == end {
		return in, a.Result
	}
	return a.Result, a.graph.Apply(end.Name()+" of the result", end, a.Result)
}

// logits is Through for a softmax over the classes.
func (a *Attachment) logits() (score, predict graph.Value) { return a.Through(op.Softmax{}) }

// compared checks that the result can be compared with the target value by
// value; an index among classes may stand for a one-hot row. More than one
// index a sample cannot be told from as many values, and is none of these.
func (a *Attachment) compared() (oneHot, ok bool) {
	if a.Classes > 0 && a.Target.Equal(tensor.Shape{1}) && a.Shape.Equal(tensor.Shape{a.Classes}) {
		if a.Mixed {
			a.graph.Fail(config.Problem("mixup makes samples of two classes, and of the losses for classes only cross_entropy compares with both; " +
				"use that loss, or remove mixup").At("data.augment"))
			return false, false
		}
		return true, true
	}
	switch {
	case a.Classes > 0 && a.Target.Len() > 1:
		a.Fail("the data has a class for each of %v places, and of the losses only cross_entropy compares with those; take that loss", a.Target)
	case a.Classes > 2 && a.Target.Equal(tensor.Shape{1}) && a.Shape.Equal(a.Target):
		a.offer("answer_classes")
		a.Fail("one output tells two classes apart, and the data has %d; give it %d units", a.Classes, a.Classes)
	case a.Shape.Equal(a.Target):
		return false, true
	case a.Classes > 0:
		a.offer("answer_classes")
		a.Fail("the last layer gives %v, and the data has %d classes; give it %d units", a.Shape, a.Classes, a.Classes)
	case len(a.Target) == 1:
		a.offer("answer_values")
		a.Fail("the last layer gives %v, and the values to predict have the shape %v", a.Shape, a.Target)
	default:
		a.Fail("the last layer gives %v, and the values to predict have the shape %v", a.Shape, a.Target)
	}
	return false, false
}

// values are the heads of a loss that compares values as they are.
func (a *Attachment) values(o func(oneHot bool) graph.Op) Heads {
	oneHot, ok := a.compared()
	if !ok {
		return Heads{}
	}
	h := Heads{Score: a.Result, Predict: a.Result, Answer: SomeValue, Loss: a.Apply(o(oneHot), a.Result)}
	switch {
	case oneHot:
		h.Answer = OneClass
	case a.Classes > 0:
		h.Answer = YesNo
	}
	return h
}
