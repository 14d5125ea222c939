package nn

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/tensor"
)

// built returns the parameters of a model over an input, newly drawn.
func built(t *testing.T, nodes string, input tensor.Shape, opt Options) *graph.Params {
	t.Helper()
	g := graph.NewBuilder()
	model(t, nodes).Build(g, input.With(2), opt)
	if err := g.Err(); err != nil {
		t.Fatal(err)
	}
	return graph.NewParams(g.Params(), 5)
}

func values(t *testing.T, p *graph.Params, name string) []float32 {
	t.Helper()
	i, ok := p.Find(name)
	if !ok {
		t.Fatalf("there is no parameter %s", name)
	}
	return p.Of(p.Value, i)
}

func deviation(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(len(x)))
}

// What is left at 0 is as many as the data has.
func TestSizesOfTheData(t *testing.T) {
	nodes := `{"id": "e", "type": "embedding", "config": {"size": 4}}, {"id": "d", "type": "dense", "config": {"units": 0}}`
	p := built(t, nodes, tensor.Shape{6}, Options{Tokens: 11, Classes: 7})
	if e, d := len(values(t, p, "e.weight")), len(values(t, p, "d.weight")); e != 11*4 || d != 4*7 {
		t.Errorf("the embedding has %d numbers and the dense layer %d", e, d)
	}
	m := model(t, nodes+`, {"id": "f", "type": "embedding", "config": {"tokens": 20}, "from": "input"}`)
	if node, tokens := m.Looks(11); node != "e" || tokens != 11 {
		t.Errorf("the smallest table is that of %s, with %d tokens", node, tokens)
	}
	if node, tokens := m.Looks(30); node != "f" || tokens != 20 {
		t.Errorf("the smallest table of more tokens is that of %s, with %d", node, tokens)
	}
}

// A table of as many scores as there are classes is a bigram model.
func TestTableOfScores(t *testing.T) {
	p := built(t, `{"id": "e", "type": "embedding", "config": {"size": 0}}`, tensor.Shape{6}, Options{Tokens: 11, Classes: 7})
	if n := len(values(t, p, "e.weight")); n != 11*7 {
		t.Errorf("the table has %d numbers", n)
	}
}

// The mask hides what the data fills up with, unless it is told otherwise.
func TestPaddingOfTheData(t *testing.T) {
	for _, c := range []struct {
		settings string
		pad      int
		want     []float32
	}{
		{`{}`, 5, []float32{1, 0, 1}}, {`{"token": 3}`, 5, []float32{1, 1, 0}}, {`{"token": 3}`, -1, []float32{1, 1, 0}},
	} {
		g := graph.NewBuilder()
		out, _ := model(t, `{"id": "m", "type": "padding_mask", "config": `+c.settings+`}`).Build(g, tensor.Shape{1, 3}, Options{Pad: c.pad})
		if err := g.Err(); err != nil {
			t.Fatal(err)
		}
		p := g.Compile(graph.NewParams(g.Params(), 1), graph.Options{Outputs: []graph.Value{out}})
		copy(p.At(InputName).Data, []float32{4, 5, 3})
		p.Forward(0, 0)
		if got := p.At("m").Data; !slices.Equal(got, c.want) {
			t.Errorf("%s of data with the padding %d: %v, want %v", c.settings, c.pad, got, c.want)
		}
	}
	g := graph.NewBuilder()
	model(t, `{"id": "m", "type": "padding_mask"}`).Build(g, tensor.Shape{1, 3}, Options{Pad: -1})
	if err := g.Err(); err == nil || !strings.Contains(err.Error(), "nothing to mask") {
		t.Errorf("a mask of data without padding: %v", err)
	}
}

// A model without biases has none, as nanoGPT's with bias=False.
func TestNoBias(t *testing.T) {
	for _, normalisation := range []string{"layer_norm", "rms_norm"} {
		p := built(t, `{"id": "b", "type": "transformer_decoder", "config": {"heads": 2, "bias": false, "normalisation": "`+normalisation+`"}},
			{"id": "n", "type": "layer_norm", "config": {"bias": false}}`, tensor.Shape{6, 8}, Options{})
		for _, info := range p.Index {
			if strings.HasSuffix(info.Name, "bias") {
				t.Errorf("there is %s", info.Name)
			}
		}
		if want := 12*8*8 + 3*8; p.Count() != want {
			t.Errorf("%d parameters, want %d", p.Count(), want)
		}
	}
}

// GPT-2's start: N(0, 0.02²), and less by √(2·blocks) for what leads into a
// shortcut.
func TestScaledInit(t *testing.T) {
	block := `"type": "transformer_decoder", "config": {"heads": 2, "kv_heads": 1, "init": "normal(0.02)", "scaled_init": true}}`
	p := built(t, `{"id": "a", `+block+`, {"id": "b", `+block+`, {"id": "c", `+block, tensor.Shape{6, 64}, Options{})
	for name, want := range map[string]float64{
		"a.attention.query.weight": 0.02, "b.expand.weight": 0.02, "c.attention.output.weight": 0.02 / math.Sqrt(6), "a.contract.weight": 0.02 / math.Sqrt(6),
	} {
		w := values(t, p, name)
		if got := deviation(w); math.Abs(got-want) > 4*want/math.Sqrt(2*float64(len(w))) { // four standard errors
			t.Errorf("%s has the deviation %.5f, want %.5f", name, got, want)
		}
	}
	if k := values(t, p, "a.attention.key.weight"); len(k) != 64*32 {
		t.Errorf("one head of keys of 64 channels in two heads has %d weights", len(k))
	}
}

// Tables start as they are told to.
func TestTableInit(t *testing.T) {
	p := built(t, `{"id": "e", "type": "embedding", "config": {"tokens": 500, "size": 16}}, {"id": "p", "type": "position_embedding", "config": {"init": "normal(0.02)"}}`,
		tensor.Shape{300}, Options{})
	if got := deviation(values(t, p, "e.weight")); math.Abs(got-0.25) > 4*0.25/math.Sqrt(2*500*16) {
		t.Errorf("vectors of 16 numbers have the deviation %.4f, want 1/4", got)
	}
	if got := deviation(values(t, p, "p.weight")); math.Abs(got-0.02) > 4*0.02/math.Sqrt(2*300*16) {
		t.Errorf("positions have the deviation %.4f, want 0.02", got)
	}
}

// The weights from the state start at right angles, as Keras' do.
func TestRecurrentInit(t *testing.T) {
	for _, kind := range []string{"simple_rnn", "lstm", "gru"} {
		p := built(t, `{"id": "r", "type": "`+kind+`", "config": {"units": 6}}`, tensor.Shape{5, 4}, Options{})
		u := values(t, p, "r.recurrent_weight")
		width := len(u) / 6
		for i := range 6 {
			for j := range 6 {
				dot, want := 0.0, 0.0
				for k := range width {
					dot += float64(u[i*width+k]) * float64(u[j*width+k])
				}
				if i == j {
					want = 1
				}
				if math.Abs(dot-want) > 1e-5 {
					t.Errorf("%s: rows %d and %d have the product %v, want %v", kind, i, j, dot, want)
				}
			}
		}
	}
}
