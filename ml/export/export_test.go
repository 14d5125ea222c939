package export

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/optim"
	"descent/ml/safetensors"
	"descent/ml/tensor"
	"descent/web/presets"
)

// parse reads a document, and tells a source that waits for its file of some
// samples.
func parse(t *testing.T, text string) *experiment.Experiment {
	t.Helper()
	e, err := experiment.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	learn(e)
	return e
}

func learn(e *experiment.Experiment) {
	source, ok := e.Data.Settings.(data.Learner)
	if !ok || e.Data.Known() {
		return
	}
	const tokens = 40
	meta := data.Meta{X: tensor.Shape{24}, Y: tensor.Shape{24}, Classes: make([]string, tokens), Tokens: tokens, Train: 500, Test: 10,
		Layout: data.Layout{Kind: data.NextToken}}
	switch e.Data.Source {
	case "csv":
		meta = data.Meta{X: tensor.Shape{4}, Y: tensor.Shape{1}, Classes: []string{"a", "b", "c"}, Train: 105, Test: 45}
	case "text_table":
		meta.Y, meta.Classes, meta.Layout = tensor.Shape{1}, make([]string, 5), data.Layout{}
		for _, n := range e.Model.Nodes {
			if mask, ok := n.Layer.(*nn.PaddingMask); ok {
				mask.Token = 0
			}
		}
	}
	source.Learn(meta)
}

// models are small ones for what the presets do not have: a name, a source, the
// nodes and what else train says.
var models = []struct{ name, source, nodes, train string }{
	{"convolutions", "mnist", `
		{"id": "conv", "type": "conv2d", "config": {"filters": 6, "kernel": [4, 3], "stride": [2, 3], "padding": "same", "activation": "leaky_relu"}},
		{"id": "groups", "type": "conv2d", "config": {"filters": 6, "groups": 3, "padding": [1, 0, 2, 1], "init": "he_normal", "bias": false}},
		{"id": "each", "type": "depthwise_conv2d", "config": {"multiplier": 2, "padding": "same", "activation": "silu"}},
		{"id": "separable", "type": "separable_conv2d", "config": {"filters": 5, "padding": [1], "activation": "hard_swish"}},
		{"id": "norm", "type": "batch_norm", "config": {"momentum": 0.8}},
		{"id": "groupnorm", "type": "group_norm", "config": {"groups": 5}},
		{"id": "layernorm", "type": "layer_norm"},
		{"id": "rms", "type": "rms_norm"},
		{"id": "up", "type": "conv2d_transpose", "config": {"filters": 4, "activation": "gelu_tanh"}},
		{"id": "up2", "type": "conv2d_transpose", "config": {"filters": 3, "stride": [2, 3], "kernel": [2, 2], "padding": "valid"}},
		{"id": "up3", "type": "conv2d_transpose", "config": {"filters": 3, "stride": [3, 3], "kernel": [2, 2]}},
		{"id": "up4", "type": "conv2d_transpose", "config": {"filters": 3, "stride": [1, 1], "padding": [1]}},
		{"id": "more", "type": "upsampling2d", "config": {"size": [1, 2]}},
		{"id": "drop", "type": "spatial_dropout"},
		{"id": "noise", "type": "gaussian_noise"},
		{"id": "pool", "type": "max_pool2d", "config": {"size": [3, 2], "stride": [2, 2], "padding": "same"}},
		{"id": "mean", "type": "avg_pool2d", "config": {"size": [3, 3], "stride": [2, 2], "padding": "same"}},
		{"id": "mean2", "type": "avg_pool2d", "config": {"size": [3, 3], "stride": [1, 1], "padding": [1, 0, 1, 1]}},
		{"id": "pool2", "type": "max_pool2d", "config": {"size": [2, 2], "stride": [1, 1], "padding": [1, 0, 1, 0]}},
		{"id": "flat", "type": "flatten"},
		{"id": "out", "type": "dense", "config": {"units": 10, "init": "orthogonal(0.5)"}}`,
		`"optimizer": "muon", "schedule": "one_cycle", "l1": 0.001, "l2": 0.01, "clip_value": 1`},
	{"branches", "mnist", `
		{"id": "class", "type": "conv2d", "config": {"filters": 8, "padding": "same", "activation": "relu"}},
		{"id": "x", "type": "conv2d", "config": {"filters": 8, "padding": "same"}},
		{"id": "sum", "type": "add", "from": ["x", "class"]},
		{"id": "gate", "type": "multiply", "from": ["sum", "x", "input"]},
		{"id": "both", "type": "concatenate", "from": ["gate", "input"]},
		{"id": "tall", "type": "concatenate", "from": ["both", "both"], "config": {"axis": 1}},
		{"id": "act", "type": "activation", "config": {"function": "elu", "alpha": 0.7}},
		{"id": "turned", "type": "permute", "config": {"order": [3, 1, 2]}},
		{"id": "rows", "type": "reshape", "config": {"shape": [56, -1]}},
		{"id": "again", "type": "reshape", "config": {"shape": [14, 14, -1]}},
		{"id": "top", "type": "global_max_pool"},
		{"id": "out-1", "type": "dense", "trainable": false, "config": {"units": 10}},
		{"id": "2nd", "type": "activation", "config": {"function": "softmax"}}`,
		`"optimizer": "lion", "schedule": {"type": "step", "every": 1}, "early_stopping": {"patience": 1, "metric": "accuracy"}, "ema": 0.9, "accumulate": 2`},
	{"frozen norm", "mnist", `
		{"id": "flat", "type": "flatten"},
		{"id": "norm", "type": "batch_norm", "trainable": false},
		{"id": "out", "type": "dense", "config": {"units": 10, "activation": "sigmoid"}}`,
		`"optimizer": "nadam", "loss": "mse", "schedule": {"type": "reduce_on_plateau", "patience": 0}, "stop": {"metric": "loss", "target": 1e-9}`},
	{"sequences", "reverse", `
		{"id": "mask", "type": "padding_mask", "from": "input", "config": {"token": 3}},
		{"id": "tokens", "type": "embedding", "from": "input", "config": {"size": 12}},
		{"id": "waves", "type": "sinusoidal_position"},
		{"id": "look", "type": "multi_head_attention", "from": ["waves", "mask"], "config": {"heads": 4, "kv_heads": 2, "rotary": false}},
		{"id": "conv", "type": "conv1d", "from": "look", "config": {"filters": 12, "kernel": 4, "padding": "causal", "dilation": 2, "activation": "tanh"}},
		{"id": "conv2", "type": "conv1d", "config": {"filters": 12, "kernel": 4, "padding": "same", "groups": 2}},
		{"id": "norm", "type": "batch_norm"},
		{"id": "group", "type": "group_norm", "config": {"groups": 3}},
		{"id": "drop", "type": "spatial_dropout"},
		{"id": "block", "type": "transformer_encoder", "from": ["drop", "mask"], "config": {"heads": 2, "kv_heads": 1, "rotary": true, "norm": "post", "normalisation": "rms_norm", "activation": "silu", "dropout": 0.1, "attention_dropout": 0.1}},
		{"id": "cross", "type": "transformer_decoder", "from": ["block", "waves"], "config": {"heads": 3, "bias": false, "scaled_init": true}},
		{"id": "lstm", "type": "lstm", "config": {"units": 5, "layers": 2, "dropout": 0.1, "bidirectional": true, "return": "all"}},
		{"id": "gru", "type": "gru", "config": {"units": 6, "bidirectional": true, "layers": 2, "return": "all"}},
		{"id": "rnn", "type": "simple_rnn", "config": {"units": 12, "return": "all"}},
		{"id": "head", "type": "tied_dense", "config": {"to": "tokens", "bias": true}}`,
		`"optimizer": {"type": "adamw", "applies_to": "all"}, "schedule": "exponential", "clip_norm": 1`},
	{"pools", "reverse", `
		{"id": "tokens", "type": "embedding", "config": {"size": 6, "init": "truncated_normal(0.1)"}},
		{"id": "pool", "type": "max_pool1d", "config": {"size": 3, "stride": 1, "padding": "same"}},
		{"id": "pool2", "type": "max_pool1d", "config": {"size": 2, "stride": 1, "padding": "causal"}},
		{"id": "mean", "type": "avg_pool1d", "config": {"size": 3, "stride": 1, "padding": [2, 0]}},
		{"id": "mean2", "type": "avg_pool1d", "config": {"size": 3, "stride": 1, "padding": "same"}},
		{"id": "slice", "type": "slice_time", "from": "mean2", "config": {"start": 1, "length": 2}},
		{"id": "other", "type": "slice_time", "from": "mean2", "config": {"start": 2}},
		{"id": "top", "type": "global_avg_pool"},
		{"id": "last", "type": "gru", "from": "mean2", "config": {"units": 4, "bidirectional": true}},
		{"id": "lone", "type": "lstm", "from": "mean2", "config": {"units": 4, "layers": 2, "bidirectional": true}},
		{"id": "joined", "type": "concatenate", "from": ["top", "last", "lone"]},
		{"id": "wide", "type": "dense", "config": {"units": 6, "init": "lecun_normal", "bias": false, "activation": "selu"}},
		{"id": "again", "type": "repeat_vector", "config": {"times": STEPS}},
		{"id": "token", "type": "cls_token"},
		{"id": "rest", "type": "slice_time", "config": {"start": 1}},
		{"id": "places", "type": "position_embedding", "config": {"positions": 90, "init": "uniform(0.1)"}},
		{"id": "out", "type": "dense", "config": {"units": 0}}`,
		`"optimizer": "adadelta", "loss": {"type": "cross_entropy", "label_smoothing": 0.1}`},
	{"values", "reg_gauss", `{"id": "hidden", "type": "dense", "config": {"units": 5, "activation": "softplus", "init": "constant(0.2)"}}, {"id": "out", "type": "dense", "config": {"units": 1}}`,
		`"loss": {"type": "huber", "delta": 2}, "optimizer": {"type": "rmsprop", "momentum": 0.5, "centered": true}, "validate_every": 2`},
	{"one output", "circle", `{"id": "hidden", "type": "dense", "config": {"units": 5, "activation": "elu"}}, {"id": "drop", "type": "dropout"}, {"id": "out", "type": "dense", "config": {"units": 1, "activation": "sigmoid"}}`,
		`"loss": "binary_cross_entropy", "optimizer": "adagrad"`},
	{"momentum", "circle", `{"id": "out", "type": "dense", "config": {"units": 2, "activation": "sigmoid"}}`, `"loss": "mae", "optimizer": {"type": "momentum", "nesterov": true}`},
	{"distributions", "circle", `{"id": "out", "type": "dense", "config": {"units": 2, "activation": "softmax"}}`, `"loss": "dense_cross_entropy", "optimizer": "sgd"`},
	{"divergence", "circle", `{"id": "out", "type": "dense", "config": {"units": 2}}`, `"loss": "kl_divergence", "optimizer": "sgd", "schedule": {"type": "cosine", "warmup": 2, "min_lr": 0.001}`},
}

// documents returns all models that are tried, by name.
func documents(t *testing.T) map[string]*experiment.Experiment {
	all := map[string]*experiment.Experiment{}
	for _, name := range presets.Names() {
		text, _ := presets.Text(name)
		all[name] = parse(t, string(text))
	}
	for _, m := range models {
		source := `"` + m.source + `"`
		steps := "7"
		if m.source == "reverse" {
			source = `{"type": "reverse", "samples": 100, "test_samples": 10, "min_length": 3, "max_length": 3, "alphabet": 5, "layout": "masked"}`
		}
		doc := fmt.Sprintf(`{"version": 1, "data": {"source": %s, "split": {"validation": 0.1}}, "model": {"nodes": [%s]}, "train": {%s}}`,
			source, strings.ReplaceAll(m.nodes, "STEPS", steps), m.train)
		if m.source == "reverse" { // as long as its samples
			v, _ := config.Parse([]byte(source))
			info, _ := data.Lookup("reverse")
			s := info.New()
			var errs config.Errors
			config.Decode(v, s.Fields(), "", "", &errs, "type")
			doc = strings.ReplaceAll(doc, `"times": 7`, fmt.Sprintf(`"times": %d`, s.Meta().X[0]))
		}
		all[m.name] = parse(t, doc)
	}
	return all
}

// python is an interpreter that has PyTorch; a test without one is skipped.
func python3(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("a browser runs no programs")
	}
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(name, "-c", "import torch").Run() == nil {
			return name
		}
	}
	t.Skip("needs a Python with PyTorch")
	return ""
}

// What is written for PyTorch runs, has as many parameters as the model here,
// gives the same results with the same weights, and trains.
func TestPyTorchRuns(t *testing.T) {
	interpreter := python3(t)
	folder := t.TempDir()
	for name, e := range documents(t) {
		text, err := Write(e, PyTorch, Options{Weights: true})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".py"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		record(t, e, filepath.Join(folder, name+".safetensors"))
	}
	var problems bytes.Buffer
	cmd := exec.Command(interpreter, filepath.Join("testdata", "check.py"), folder)
	cmd.Stderr = &problems
	if out, err := cmd.Output(); err != nil {
		t.Fatalf("%v\n%s%s", err, out, &problems)
	}
	for line := range strings.Lines(problems.String()) {
		if !strings.Contains(line, "Warning") && !strings.HasPrefix(line, " ") {
			t.Error(strings.TrimSpace(line))
		}
	}
}

// record keeps weights, an input and what the model makes of it.
func record(t *testing.T, e *experiment.Experiment, path string) {
	t.Helper()
	g, heads, _, err := e.Graph(2)
	if err != nil {
		t.Fatal(err)
	}
	params := graph.NewParams(g.Params(), 1)
	if before, ok := g.Find(e.Model.Nodes[len(e.Model.Nodes)-1].ID + ".pre"); ok && e.Train.Loss == "binary_cross_entropy" {
		heads.Score = before // programs for PyTorch leave the sigmoid to the loss
	}
	program := g.Compile(params, graph.Options{Outputs: []graph.Value{heads.Score}})
	f := safetensors.File{}
	for i, info := range params.Index {
		values := params.Of(params.Value, i)
		s := tensor.NewStream(7, info.Name) // other biases than zeros
		for k := range values {
			values[k] += float32(s.Normal(uint64(k))) * 0.05
			if strings.HasSuffix(info.Name, ".variance") {
				values[k] = 0.5 + values[k]*values[k]
			}
		}
		f.Tensors = append(f.Tensors, named(info.Name, info.Shape, values))
	}
	x := program.At(nn.InputName)
	tokens := e.Options().Tokens
	s := tensor.NewStream(3, "input")
	for i := range x.Data {
		x.Data[i] = float32(s.Normal(uint64(i)))
		if tokens > 0 {
			x.Data[i] = float32(s.Intn(uint64(i), tokens))
		}
	}
	program.Forward(0, 0)
	out := program.At(g.Name(heads.Score))
	f.Tensors = append(f.Tensors, named("the input", x.Shape, x.Data),
		named("the output", out.Shape, out.Data))
	if tokens > 0 {
		f.Tensors = append(f.Tensors, named("the tokens", tensor.Shape{1}, []float32{1}))
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := f.Write(file); err != nil {
		t.Fatal(err)
	}
}

func named(name string, shape tensor.Shape, data []float32) safetensors.Tensor {
	return safetensors.Tensor{Name: name, Tensor: tensor.Tensor{Shape: shape, Data: data}}
}

// Both kinds of programs are Python, and say what they are.
func TestProgramsAreRead(t *testing.T) {
	folder := t.TempDir()
	for name, e := range documents(t) {
		for _, library := range Libraries {
			text, err := Write(e, library, Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !strings.HasPrefix(text, "# ") || !strings.Contains(text, "def main():") || strings.Contains(text, "%!") {
				t.Errorf("%s for %s:\n%s", name, library, text)
			}
			if err := os.WriteFile(filepath.Join(folder, name+"-"+string(library)+".py"), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if runtime.GOOS == "js" {
		return
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("needs Python")
	}
	script := "import ast, pathlib, sys\nfor p in pathlib.Path(sys.argv[1]).glob('*.py'):\n    ast.parse(p.read_text(), str(p))\n"
	if out, err := exec.Command("python3", "-c", script, folder).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Every layer, loss, optimizer and schedule says what it is called elsewhere.
func TestEverythingIsWritten(t *testing.T) {
	for _, info := range nn.Layers() {
		if _, ok := info.New().(nn.Coder); !ok {
			t.Errorf("the layer %s does not say how other libraries write it: give it PyTorch and Keras", info.Type)
		}
	}
	for _, info := range nn.Losses() {
		if _, ok := info.New().(nn.LossCoder); !ok {
			t.Errorf("the loss %s does not say how other libraries write it", info.Type)
		}
	}
	for _, info := range optim.Optimizers() {
		if _, ok := info.New().(optim.Coder); !ok {
			t.Errorf("the optimizer %s does not say how other libraries write it", info.Type)
		}
	}
	for _, info := range optim.Schedules() {
		if _, ok := info.New().(optim.ScheduleCoder); !ok {
			t.Errorf("the schedule %s does not say how other libraries write it", info.Type)
		}
	}
	tried := map[string]bool{}
	for _, e := range documents(t) {
		for _, n := range e.Model.Nodes {
			tried[n.Type] = true
		}
		tried[e.Train.Loss], tried[e.Train.Optimizer], tried[e.Train.Schedule] = true, true, true
	}
	for _, info := range nn.Layers() {
		if !tried[info.Type] {
			t.Errorf("no model of the table has the layer %s", info.Type)
		}
	}
	for _, names := range [][]string{nn.LossTypes(), optim.Types(), optim.ScheduleTypes()} {
		for _, name := range names {
			if !tried[name] {
				t.Errorf("no model of the table has %s", name)
			}
		}
	}
}
