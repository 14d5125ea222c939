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

// model reads a list of nodes from JSON.
func model(t *testing.T, nodes string) Model {
	t.Helper()
	v, err := config.Parse([]byte(`{"nodes": [` + nodes + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	var errs config.Errors
	m := Decode(v, &errs)
	if err := errs.Err(); err != nil {
		t.Fatal(err)
	}
	return m
}

// compiled is a program over a model whose result is summed as a loss.
func compiled(t *testing.T, m Model, input tensor.Shape, observe func(string) bool) (*graph.Program, *graph.Params, string) {
	t.Helper()
	g := graph.NewBuilder()
	out, _ := m.Build(g, input, Options{Seed: 3})
	if err := g.Err(); err != nil {
		t.Fatal(err)
	}
	axes := make([]int, len(g.Shape(out))-1)
	for i := range axes {
		axes[i] = i + 1
	}
	loss := g.Apply("loss", op.Reduce{Do: op.Sum, Axes: axes}, g.Apply("squares", op.Binary{Do: op.Mul}, out, out))
	params := graph.NewParams(g.Params(), 3)
	return g.Compile(params, graph.Options{Outputs: []graph.Value{out}, Loss: loss, Train: true, Observe: observe}), params, g.Name(out)
}

func fillIDs(x []float32, n int) {
	for i := range x {
		x[i] = float32(i * 7 % 11 % n)
	}
}

// Whole models: what central differences show is what Backward promises, for
// every parameter.
func TestSequenceModels(t *testing.T) {
	for name, nodes := range map[string]string{
		"gpt": `{"id": "e", "type": "embedding", "config": {"tokens": 9, "size": 8}}, {"id": "p", "type": "position_embedding", "config": {"positions": 7}},
			{"id": "b", "type": "transformer_decoder", "config": {"heads": 2, "rotary": true}},
			{"id": "n", "type": "layer_norm"}, {"id": "h", "type": "tied_dense", "config": {"to": "e", "bias": true}}`,
		"encoder": `{"id": "m", "type": "padding_mask", "config": {"token": 1}}, {"id": "e", "type": "embedding", "from": "input", "config": {"tokens": 9, "size": 8}},
			{"id": "s", "type": "sinusoidal_position"}, {"id": "c", "type": "transformer_encoder", "from": ["s", "m"], "config": {"heads": 4, "norm": "post", "hidden": 5, "activation": "silu"}},
			{"id": "w", "type": "mean_over_time", "from": ["c", "m"]}, {"id": "u", "type": "dense", "from": "c", "config": {"units": 8}},
			{"id": "t", "type": "cls_token"}, {"id": "a", "type": "multi_head_attention", "config": {"heads": 4, "kv_heads": 2}},
			{"id": "l", "type": "first_step"}, {"id": "d", "type": "add", "from": ["l", "w"]}`,
		"both": `{"id": "m", "type": "padding_mask", "config": {"token": 1}}, {"id": "e", "type": "embedding", "from": "input", "config": {"tokens": 9, "size": 8}},
			{"id": "c", "type": "transformer_encoder", "from": ["e", "m"], "config": {"heads": 2}},
			{"id": "b", "type": "transformer_decoder", "from": ["e", "c", "m"], "config": {"heads": 2}}, {"id": "l", "type": "last_step"}`,
		"lean": `{"id": "e", "type": "embedding", "config": {"tokens": 9, "size": 8, "init": "normal(0.5)"}},
			{"id": "b", "type": "transformer_decoder", "config": {"kv_heads": 2, "bias": false, "normalisation": "rms_norm", "attention_dropout": 0.3}},
			{"id": "c", "type": "transformer_encoder", "config": {"heads": 2, "norm": "post", "bias": false, "scaled_init": true}},
			{"id": "a", "type": "multi_head_attention", "config": {"attention_dropout": 0.2, "bias": false}},
			{"id": "n", "type": "layer_norm", "config": {"bias": false}}, {"id": "c1", "type": "conv1d", "config": {"filters": 4, "bias": false}},
			{"id": "h", "type": "dense", "config": {"units": 3}}`,
		"translator": `{"id": "q", "type": "slice_time", "from": "input", "config": {"length": 4}}, {"id": "m", "type": "padding_mask", "config": {"token": 1}},
			{"id": "eq", "type": "embedding", "from": "q", "config": {"tokens": 9, "size": 8}}, {"id": "c", "type": "transformer_encoder", "from": ["eq", "m"], "config": {"heads": 2}},
			{"id": "a", "type": "slice_time", "from": "input", "config": {"start": 4}}, {"id": "ea", "type": "embedding", "config": {"tokens": 9, "size": 8}},
			{"id": "b", "type": "transformer_decoder", "from": ["ea", "c", "m"], "config": {"heads": 2}}, {"id": "s", "type": "slice_time", "config": {"start": 1, "length": 1}}`,
		"adder": `{"id": "e", "type": "embedding", "config": {"tokens": 9, "size": 4}}, {"id": "l", "type": "lstm", "config": {"units": 5}},
			{"id": "r", "type": "repeat_vector", "config": {"times": 3}}, {"id": "g", "type": "gru", "config": {"units": 4, "return": "all"}}, {"id": "d", "type": "dense", "config": {"units": 3}}`,
		"recurrent": `{"id": "e", "type": "embedding", "config": {"tokens": 9, "size": 4}},
			{"id": "l", "type": "lstm", "config": {"units": 5, "return": "all", "bidirectional": true, "layers": 2}},
			{"id": "g", "type": "gru", "config": {"units": 6, "return": "all"}},
			{"id": "r", "type": "simple_rnn", "config": {"units": 3, "bidirectional": true, "layers": 2, "dropout": 0.3}}`,
	} {
		t.Run(name, func(t *testing.T) {
			p, params, _ := compiled(t, model(t, nodes), tensor.Shape{3, 6}, nil)
			fillIDs(p.At(InputName).Data, 9)
			for i, v := range params.Value { // away from what starts at zero
				params.Value[i] = v + 0.1*float32(math.Sin(float64(i)))
			}
			value := func() (sum float64) {
				p.Forward(1, 0)
				for _, v := range p.At("loss").Data {
					sum += float64(v)
				}
				return sum
			}
			value()
			p.Backward(1)
			grad := append([]float32{}, p.ParamGrad()...)
			for i, info := range params.Index {
				w, promised, scale := params.Of(params.Value, i), 0.0, 0.0
				old := append([]float32{}, w...)
				dir := tensor.NewStream(5, info.Name)
				move := func(by float64) float64 {
					for k := range w {
						w[k] = old[k] + float32(by*float64(dir.Intn(uint64(k), 2)*2-1)/math.Sqrt(float64(len(w))))
					}
					defer copy(w, old)
					return value()
				}
				for k, g := range params.Of(grad, i) {
					promised += float64(g) * float64(dir.Intn(uint64(k), 2)*2-1) / math.Sqrt(float64(len(w)))
					scale += float64(g) * float64(g)
				}
				const step = 5e-3
				shown := (move(step) - move(-step)) / (2 * step)
				if math.Abs(shown-promised) > 5e-3*math.Max(math.Sqrt(scale), 0.3) {
					t.Errorf("%s: the gradient promises %.6g, the difference shows %.6g", info.Name, promised, shown)
				}
			}
		})
	}
}

// A causal step does not see what comes later, and nobody sees padding.
func TestWhoSeesWhat(t *testing.T) {
	causal := `{"id": "e", "type": "embedding", "config": {"tokens": 9, "size": 8}}, {"id": "b", "type": "transformer_decoder", "config": {"heads": 2}}`
	p, _, name := compiled(t, model(t, causal), tensor.Shape{1, 6}, nil)
	x := p.At(InputName).Data
	fillIDs(x, 9)
	p.Forward(0, 0)
	before := append([]float32{}, p.At(name).Data...)
	x[4] = float32(int(x[4]+1) % 9)
	p.Forward(0, 0)
	for i, v := range p.At(name).Data {
		if changed := v != before[i]; changed != (i/8 >= 4) {
			t.Fatalf("step %d changed: %v, after step 4 did", i/8, changed)
		}
	}

	padded := `{"id": "m", "type": "padding_mask", "config": {"token": 0}}, {"id": "e", "type": "embedding", "from": "input", "config": {"tokens": 9, "size": 8}},
		{"id": "a", "type": "multi_head_attention", "from": ["e", "m"], "config": {"heads": 2}}`
	p, params, name := compiled(t, model(t, padded), tensor.Shape{1, 6}, nil)
	copy(p.At(InputName).Data, []float32{3, 4, 5, 0, 0, 0})
	p.Forward(0, 0)
	before = append([]float32{}, p.At(name).Data[:3*8]...)
	i, _ := params.Find("e.weight")
	for k := range 8 {
		params.Of(params.Value, i)[k] += 1 // the vector of the padding
	}
	p.Forward(0, 0)
	for i, v := range before {
		if p.At(name).Data[i] != v {
			t.Fatalf("step %d sees the padding", i/8)
		}
	}
}

// The weights of attention are there for whoever asks, and cost nothing else.
func TestAttentionWeightsAreObserved(t *testing.T) {
	m := model(t, `{"id": "a", "type": "multi_head_attention", "config": {"heads": 2, "causal": true}}`)
	p, _, name := compiled(t, m, tensor.Shape{2, 5, 8}, nil)
	if _, ok := p.Value("a.weights"); ok {
		t.Error("the weights are kept though nobody looks")
	}
	seen, _, _ := compiled(t, m, tensor.Shape{2, 5, 8}, func(name string) bool { return name == "a.weights" })
	for i := range p.At(InputName).Data {
		p.At(InputName).Data[i] = float32(math.Sin(float64(i)))
	}
	copy(seen.At(InputName).Data, p.At(InputName).Data)
	p.Forward(0, 0)
	seen.Forward(0, 0)
	for i, v := range seen.At(name).Data {
		if v != p.At(name).Data[i] {
			t.Fatal("looking changes the result")
		}
	}
	w := seen.At("a.weights")
	if !w.Shape.Equal(tensor.Shape{2, 2, 5, 5}) {
		t.Fatalf("the weights have the shape %v", w.Shape)
	}
	for r := 0; r < len(w.Data); r += 5 {
		sum := float32(0)
		for k, v := range w.Data[r : r+5] {
			sum += v
			if k > r/5%5 && v != 0 {
				t.Errorf("row %d sees step %d", r/5, k)
			}
		}
		if math.Abs(float64(sum)-1) > 1e-6 {
			t.Errorf("row %d adds up to %v", r/5, sum)
		}
	}
}

// A tied head has no table of its own.
func TestTiedDense(t *testing.T) {
	m := model(t, `{"id": "e", "type": "embedding", "config": {"tokens": 9, "size": 8}}, {"id": "h", "type": "tied_dense", "config": {"to": "e"}}`)
	_, params, _ := compiled(t, m, tensor.Shape{2, 5}, nil)
	if len(params.Index) != 1 || params.Count() != 72 {
		t.Errorf("parameters %v", params.Index)
	}
}

func TestSequenceLayerErrors(t *testing.T) {
	for _, c := range []struct {
		nodes string
		input tensor.Shape
		want  string
	}{
		{`{"id": "a", "type": "multi_head_attention", "config": {"heads": 5}}`, tensor.Shape{4, 12}, "12 channels cannot be split among 5 heads evenly; take 1, 2, 3, 4, 6 or 12"},
		{`{"id": "a", "type": "multi_head_attention", "config": {"kv_heads": 3}}`, tensor.Shape{4, 12}, "4 heads cannot share 3 heads of keys evenly; take 1, 2 or 4"},
		{`{"id": "a", "type": "multi_head_attention", "config": {"rotary": true}}`, tensor.Shape{4, 12}, "a head has 3; take another number of heads"},
		{`{"id": "a", "type": "multi_head_attention", "from": ["input", "input"], "config": {"causal": true}}`, tensor.Shape{4, 12}, "switch causal off"},
		{`{"id": "a", "type": "transformer_encoder", "from": ["input", "input"]}`, tensor.Shape{4, 12}, "take a transformer_decoder"},
		{`{"id": "a", "type": "lstm"}`, tensor.Shape{12}, "put an embedding before it if these are tokens"},
		{`{"id": "a", "type": "gru"}`, tensor.Shape{5, 5, 1}, "gru wants a sequence, [time, channels], and what arrives has the shape 5×5×1"},
		{`{"id": "a", "type": "lstm"}, {"id": "b", "type": "lstm"}`, tensor.Shape{5, 4}, "let the layer before it return all steps"},
		{`{"id": "a", "type": "embedding"}`, tensor.Shape{5, 4}, "embedding wants the numbers of tokens"},
		{`{"id": "d", "type": "dense"}, {"id": "a", "type": "embedding"}`, tensor.Shape{5}, `reads what "d" has computed; let it read "input"`},
		{`{"id": "a", "type": "slice_time", "config": {"start": 5}}`, tensor.Shape{5, 4}, "the sequence has 5 steps, numbered from 0, and none with the number 5"},
		{`{"id": "a", "type": "slice_time", "config": {"start": 3, "length": 3}}`, tensor.Shape{5}, "make it at most 2, or 0 for all that follow"},
		{`{"id": "a", "type": "slice_time"}`, tensor.Shape{5, 4, 3}, "slice_time wants a sequence, [time, channels], and what arrives has the shape 5×4×3"},
		{`{"id": "d", "type": "dense"}, {"id": "s", "type": "slice_time"}`, tensor.Shape{5}, `slice_time wants the numbers of tokens as they are in the data, and reads what "d" has computed`},
		{`{"id": "s", "type": "slice_time"}, {"id": "f", "type": "reshape", "config": {"shape": [5]}}, {"id": "a", "type": "padding_mask"}`, tensor.Shape{5}, `reads what "f" has computed; let it read "input"`},
		{`{"id": "a", "type": "repeat_vector"}`, tensor.Shape{5, 4}, "let the layer before it return its last step only"},
		{`{"id": "a", "type": "position_embedding", "config": {"positions": 3}}`, tensor.Shape{5, 4}, "make it at least 5"},
		{`{"id": "a", "type": "tied_dense", "config": {"to": "nobody"}}`, tensor.Shape{5, 4}, `there is no embedding called "nobody"`},
		{`{"id": "e", "type": "embedding", "config": {"tokens": 3, "size": 4}}, {"id": "d", "type": "dense"}, {"id": "a", "type": "tied_dense", "config": {"to": "e"}}`, tensor.Shape{5}, "put a dense of 4 units before"},
		{`{"id": "a", "type": "mean_over_time", "from": ["input", "input"]}`, tensor.Shape{5, 4}, "which of the 5 steps count, and \"input\" gives 5×4"},
		{`{"id": "a", "type": "embedding"}`, tensor.Shape{5}, "tokens: 0 tokens mean as many as the data has"},
		{`{"id": "a", "type": "embedding", "config": {"tokens": 3, "size": 0}}`, tensor.Shape{5}, "size: a size of 0 means one number for each class"},
		{`{"id": "a", "type": "dense", "config": {"units": 0}}`, tensor.Shape{5}, "units: 0 units mean one for each class"},
		{`{"id": "a", "type": "dense"}`, tensor.Shape{5, 5, 3}, "put a flatten before it"},
	} {
		g := graph.NewBuilder()
		model(t, c.nodes).Build(g, c.input.With(2), Options{})
		if err := g.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of %v: %v, want %q", c.nodes, c.input, err, c.want)
		}
	}
}

// A bidirectional network is two that read in opposite directions.
func TestBidirectional(t *testing.T) {
	both := model(t, `{"id": "r", "type": "gru", "config": {"units": 3, "bidirectional": true, "return": "all"}}`)
	p, params, name := compiled(t, both, tensor.Shape{1, 4, 2}, nil)
	x := p.At(InputName).Data
	for i := range x {
		x[i] = float32(i%3) - 1
	}
	i, _ := params.Find("r.weight")
	for k := i; k < i+4; k++ { // the same weights in both directions
		copy(params.Of(params.Value, k+4), params.Of(params.Value, k))
	}
	p.Forward(0, 0)
	y := append([]float32{}, p.At(name).Data...)
	for t := range 2 {
		for c := range 2 {
			x[t*2+c], x[(3-t)*2+c] = x[(3-t)*2+c], x[t*2+c]
		}
	}
	p.Forward(0, 0)
	for step := range 4 {
		for c := range 3 {
			if got, want := p.At(name).Data[step*6+c], y[(3-step)*6+3+c]; got != want {
				t.Errorf("step %d of the turned sequence gives %v forward, and gave %v in reverse", step, got, want)
			}
		}
	}
}
