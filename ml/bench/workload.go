// Package bench measures how fast models train: the five workloads that
// docs/performance.md compares with other systems, on data drawn at random,
// natively and in a browser alike. It reports what it measured and judges
// nothing.
package bench

import (
	"fmt"
	"strings"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/tensor"
)

// A Workload is a model and a batch, trained with all that a step has: forward,
// backward and update.
type Workload struct {
	Name  string // "mnist-cnn"
	Batch int
	Doc   string

	nodes     string // of the model
	optimizer string
	x, y      tensor.Shape
	classes   int
	tokens    int // X holds so many different ones; 0 for values
}

const adam = `{"type": "adam", "lr": 0.001}`

// Workloads lists them. They are those of other systems' benchmarks that
// docs/performance.md names, parameter for parameter.
var Workloads = []Workload{
	{Name: "mnist-cnn", Batch: 128, Doc: "two 3×3 convolutions of 32 and 64 filters with pooling, dense 128, dense 10; Adam",
		nodes: cnn, optimizer: adam, x: tensor.Shape{28, 28, 1}, y: tensor.Shape{1}, classes: 10},
	{Name: "mnist-cnn", Batch: 32, Doc: "the same with a small batch",
		nodes: cnn, optimizer: adam, x: tensor.Shape{28, 28, 1}, y: tensor.Shape{1}, classes: 10},
	{Name: "mlp", Batch: 128, Doc: "dense 784-128-10 with relu; Adam",
		nodes: `{"id": "dense1", "type": "dense", "config": {"units": 128, "activation": "relu"}},
			{"id": "dense2", "type": "dense", "config": {"units": 10}}`,
		optimizer: adam, x: tensor.Shape{784}, y: tensor.Shape{1}, classes: 10},
	{Name: "char-gpt", Batch: 12, Doc: "nanoGPT's configuration for CPUs: 4 layers, 4 heads, width 128, context 64, tied head, no biases, 804,096 parameters; AdamW",
		nodes: gpt(4, 128), optimizer: `{"type": "adamw", "lr": 0.001, "beta2": 0.99, "weight_decay": 0.1}`,
		x: tensor.Shape{64}, y: tensor.Shape{64}, classes: 65, tokens: 65},
	{Name: "lstm", Batch: 32, Doc: "embedding 65×128, LSTM 128, dense 65 at each of 64 steps; Adam",
		nodes: `{"id": "embedding", "type": "embedding", "config": {"tokens": 65, "size": 128}},
			{"id": "lstm", "type": "lstm", "config": {"units": 128, "return": "all"}},
			{"id": "head", "type": "dense", "config": {"units": 65}}`,
		optimizer: adam, x: tensor.Shape{64}, y: tensor.Shape{64}, classes: 65, tokens: 65},
}

const cnn = `{"id": "conv1", "type": "conv2d", "config": {"filters": 32, "kernel": [3, 3], "padding": "same", "activation": "relu"}},
	{"id": "pool1", "type": "max_pool2d", "config": {"size": [2, 2]}},
	{"id": "conv2", "type": "conv2d", "config": {"filters": 64, "kernel": [3, 3], "padding": "same", "activation": "relu"}},
	{"id": "pool2", "type": "max_pool2d", "config": {"size": [2, 2]}},
	{"id": "flatten", "type": "flatten"},
	{"id": "dense1", "type": "dense", "config": {"units": 128, "activation": "relu"}},
	{"id": "dense2", "type": "dense", "config": {"units": 10}}`

func gpt(layers, width int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"id": "tokens", "type": "embedding", "config": {"tokens": 65, "size": %d}},
		{"id": "positions", "type": "position_embedding"},`, width)
	for i := range layers {
		fmt.Fprintf(&b, `{"id": "block%d", "type": "transformer_decoder", "config": {"heads": 4, "bias": false}},`, i+1)
	}
	b.WriteString(`{"id": "norm", "type": "layer_norm", "config": {"bias": false}},
		{"id": "head", "type": "tied_dense", "config": {"to": "tokens"}}`)
	return b.String()
}

// Experiment returns the workload's document, read, and its data: a few batches
// of random samples, so that no step waits for any.
func (w Workload) Experiment() (*experiment.Experiment, *data.Set, error) {
	e, err := experiment.Parse(fmt.Appendf(nil, `{"version": 1, "name": %q, "seed": 1,
		"data": {"source": {"type": "text", "file": "random"}, "split": {"validation": 0}},
		"model": {"nodes": [%s]},
		"train": {"loss": "cross_entropy", "optimizer": %s, "batch": %d, "epochs": 1000000}}`,
		w.Name, w.nodes, w.optimizer, w.Batch))
	if err != nil {
		return nil, nil, err
	}
	d := draw(w, 4*w.Batch)
	meta := data.Meta{X: w.x, Y: w.y, Classes: make([]string, w.classes), Tokens: w.tokens, Train: d.n, Test: 0, Range: [2]float64{0, 1}}
	for i := range meta.Classes {
		meta.Classes[i] = fmt.Sprint(i)
	}
	e.Data.Settings.(data.Learner).Learn(meta)
	return e, &data.Set{Meta: meta, Train: d, Test: data.Range(d, 0, 0)}, nil
}

// random is samples drawn once: values from a normal distribution, tokens and
// classes from an even one.
type random struct {
	n, x, y        int
	values, labels []float32
}

func draw(w Workload, n int) *random {
	r := &random{n: n, x: w.x.Len(), y: w.y.Len()}
	r.values, r.labels = make([]float32, n*r.x), make([]float32, n*r.y)
	values, labels := tensor.NewStream(1, "bench.x"), tensor.NewStream(1, "bench.y")
	for i := range r.values {
		if w.tokens > 0 {
			r.values[i] = float32(values.Intn(uint64(i), w.tokens))
		} else {
			r.values[i] = float32(values.Normal(uint64(i)))
		}
	}
	for i := range r.labels {
		r.labels[i] = float32(labels.Intn(uint64(i), w.classes))
	}
	return r
}

func (r *random) Len() int { return r.n }

func (r *random) Read(i int, x, y []float32) {
	copy(x, r.values[i*r.x:(i+1)*r.x])
	copy(y, r.labels[i*r.y:(i+1)*r.y])
}
