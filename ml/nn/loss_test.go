package nn

import (
	"math"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

func lossNamed(t *testing.T, typ string) Loss {
	t.Helper()
	info, ok := LookupLoss(typ)
	if !ok {
		t.Fatalf("there is no loss %s", typ)
	}
	return info.New()
}

func TestLossCatalogue(t *testing.T) {
	if names := LossTypes(); len(names) != 7 || names[0] != "cross_entropy" {
		t.Errorf("losses %v", names)
	}
	for _, info := range Losses() {
		if info.Title == "" || info.Doc == "" || info.Formula == "" || !info.Classes && !info.Values {
			t.Errorf("the entry is incomplete: %+v", info)
		}
		for _, f := range info.New().Fields() {
			if f.Doc == "" || f.Set(f.Value()) != "" {
				t.Errorf("%s: field %s says nothing, or does not take its default: %s", info.Type, f.Name, f.Set(f.Value()))
			}
		}
	}
}

func TestLossHeads(t *testing.T) {
	sequence := tensor.Shape{5}
	for _, c := range []struct {
		activation, loss string
		units, classes   int
		y                tensor.Shape
		answer           Answer
		want             string
	}{
		{"softmax", "cross_entropy", 3, 3, tensor.Shape{1}, OneClass, ""},
		{"none", "cross_entropy", 3, 3, tensor.Shape{1}, OneClass, ""},
		{"none", "cross_entropy", 3, 4, tensor.Shape{1}, "", "3 outputs, and the data has 4 classes"},
		{"none", "cross_entropy", 1, 0, tensor.Shape{1}, "", "cross_entropy is for classes"},
		{"none", "cross_entropy", 3, 3, sequence, "", "it must give a row for each"},
		{"none", "mse", 2, 0, tensor.Shape{2}, SomeValue, ""},
		{"none", "mse", 2, 0, tensor.Shape{1}, "", "the values to predict have the shape 1"},
		{"sigmoid", "mse", 4, 4, tensor.Shape{1}, OneClass, ""},
		{"sigmoid", "mse", 1, 2, tensor.Shape{1}, YesNo, ""},
		{"sigmoid", "mse", 3, 4, tensor.Shape{1}, "", "give it 4 units"},
		{"none", "mse", 1, 10, tensor.Shape{1}, "", "one output tells two classes apart, and the data has 10; give it 10 units"},
		{"none", "huber", 1, 3, tensor.Shape{1}, "", "one output tells two classes apart"},
		{"none", "mae", 2, 0, tensor.Shape{2}, SomeValue, ""},
		{"none", "huber", 2, 0, tensor.Shape{2}, SomeValue, ""},
		{"sigmoid", "binary_cross_entropy", 1, 2, tensor.Shape{1}, YesNo, ""},
		{"none", "binary_cross_entropy", 4, 0, tensor.Shape{4}, YesNo, ""},
		{"none", "binary_cross_entropy", 4, 4, tensor.Shape{1}, OneClass, ""},
		{"sigmoid", "binary_cross_entropy", 1, 3, tensor.Shape{1}, "", "one output tells two classes apart"},
		{"softmax", "dense_cross_entropy", 3, 0, tensor.Shape{3}, OneClass, ""},
		{"none", "dense_cross_entropy", 3, 3, tensor.Shape{1}, OneClass, ""},
		{"none", "kl_divergence", 3, 0, tensor.Shape{3}, OneClass, ""},
		{"none", "dense_cross_entropy", 1, 2, tensor.Shape{1}, "", "a softmax of one output is always 1"},
		{"none", "kl_divergence", 1, 0, tensor.Shape{1}, "", "a softmax of one output is always 1"},
		{"none", "dense_cross_entropy", 5, 4, sequence, "", "a class for each of 5 places, and of the losses only cross_entropy"},
		{"none", "mse", 5, 5, sequence, "", "a class for each of 5 places, and of the losses only cross_entropy"},
		{"none", "binary_cross_entropy", 5, 9, sequence, "", "only cross_entropy compares with those"},
		{"none", "kl_divergence", 3, 0, tensor.Shape{4}, "", "the values to predict have the shape 4"},
	} {
		m := Model{Nodes: []Node{{ID: "out", Type: "dense", Layer: &Dense{Units: c.units, Activation: c.activation, Init: "he_normal"}}}}
		g := graph.NewBuilder()
		out, _ := m.Build(g, tensor.Shape{2, 5}, Options{Seed: 1})
		h := m.Attach(g, out, lossNamed(t, c.loss), c.y, c.classes)
		err := g.Err()
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), `node "out"`) {
				t.Errorf("%+v: %v", c, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		p := g.Compile(graph.NewParams(g.Params(), 1), graph.Options{Loss: h.Loss, Outputs: []graph.Value{h.Score, h.Predict}})
		x := p.At(InputName)
		for i := range x.Data {
			x.Data[i] = float32(i)/3 - 1
		}
		p.Forward(0, 0)
		if h.Answer != c.answer {
			t.Errorf("%+v: the answer is %q", c, h.Answer)
		}
		row, sum := p.At(g.Name(h.Predict)).Data[:c.units], float32(0)
		for _, v := range row {
			sum += v
			if c.loss == "binary_cross_entropy" && (v <= 0 || v >= 1) {
				t.Errorf("%+v: what is shown is %v, no probability", c, v)
			}
		}
		if h.Logits && math.Abs(float64(sum)-1) > 1e-6 {
			t.Errorf("%+v: what is shown adds up to %v", c, sum)
		}
		if c.activation != "none" && h.Logits && g.Name(h.Score) != "out.pre" {
			t.Errorf("%+v: the score is %s and not the logits", c, g.Name(h.Score))
		}
	}
}

// The weights that make rare classes count as much as common ones.
func TestBalance(t *testing.T) {
	l := &CrossEntropy{IgnoreIndex: op.Ignored}
	if l.Balanced() {
		t.Error("a loss without class weights wants to be balanced")
	}
	l.ClassWeights = config.Series{Word: "balanced"}
	l.Balance([]int{10, 30, 0})
	if w := l.weights(); len(w) != 3 || w[0] != 2 || w[1] != float32(2)/3 || w[2] != 0 {
		t.Errorf("weights %v, want 2, 2/3 and 0", w)
	}
	l.IgnoreIndex = 1
	counts := []int{10, 30, 30}
	l.Balance(counts)
	if w := l.weights(); len(w) != 3 || w[0] != 2 || w[1] != 0 || w[2] != float32(2)/3 || counts[1] != 30 {
		t.Errorf("weights %v without the second class, want 2, 0 and 2/3", w)
	}
	l = &CrossEntropy{ClassWeights: config.Series{Values: []float64{1, 2}}, IgnoreIndex: op.Ignored}
	m := Model{Nodes: []Node{{ID: "out", Type: "dense", Layer: &Dense{Units: 3, Activation: "none", Init: "zeros"}}}}
	g := graph.NewBuilder()
	out, _ := m.Build(g, tensor.Shape{2, 5}, Options{})
	if m.Attach(g, out, l, tensor.Shape{1}, 3); g.Err() == nil || !strings.Contains(g.Err().Error(), "class_weights of the loss has 2 numbers") {
		t.Errorf("two weights of three classes: %v", g.Err())
	}
}

// A model that answers at each time step is compared with a label at each.
func TestLossOverTime(t *testing.T) {
	m := Model{Nodes: []Node{{ID: "out", Type: "flatten"}}}
	g := graph.NewBuilder()
	x := g.Input("x", tensor.Shape{2, 4, 3})
	loss := lossNamed(t, "cross_entropy").(*CrossEntropy)
	loss.IgnoreIndex = 2
	h := m.Attach(g, x, loss, tensor.Shape{4}, 3)
	if err := g.Err(); err != nil {
		t.Fatal(err)
	}
	if h.Labels != 4 || len(h.Ignore) != 2 || h.Ignore[0] != op.Ignored || h.Ignore[1] != 2 {
		t.Errorf("%d labels of each sample, and those of %v do not count", h.Labels, h.Ignore)
	}
	p := g.Compile(graph.NewParams(nil, 1), graph.Options{Loss: h.Loss})
	copy(p.At(TargetName).Data, []float32{0, 1, 0, 1, op.Ignored, 1, 2, op.Ignored})
	p.Forward(0, 0)
	for i, l := range p.At("loss").Data {
		if counted := []float64{4, 1}[i]; math.Abs(float64(l)-counted*math.Log(3)) > 1e-6 {
			t.Errorf("the loss of no knowledge is %v, want log 3 for each of %v labels", l, counted)
		}
	}
	m.Attach(g, x, lossNamed(t, "cross_entropy"), tensor.Shape{5}, 3)
	if err := g.Err(); err == nil || !strings.Contains(err.Error(), "it must give a row of 3 for each") {
		t.Errorf("four rows and five labels: %v", err)
	}
}
