package workload

import (
	"fmt"
	"strings"
)

// A model is a document with gaps.
type model struct {
	name      string
	task      string // of the noise it learns
	batch     int
	optimizer string
	nodes     string
}

const (
	adam  = `{"type": "adam", "lr": 0.001}`
	adamW = `{"type": "adamw", "lr": 0.001, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.1}`

	convnet = `
		{"id": "conv1", "type": "conv2d", "config": {"filters": 32, "kernel": [3, 3], "padding": "same", "activation": "relu"}},
		{"id": "pool1", "type": "max_pool2d", "config": {"size": [2, 2]}},
		{"id": "conv2", "type": "conv2d", "config": {"filters": 64, "kernel": [3, 3], "padding": "same", "activation": "relu"}},
		{"id": "pool2", "type": "max_pool2d", "config": {"size": [2, 2]}},
		{"id": "flatten", "type": "flatten"},
		{"id": "dense1", "type": "dense", "config": {"units": 128, "activation": "relu"}},
		{"id": "dense2", "type": "dense", "config": {"units": 10, "activation": "softmax"}}`
)

// models are those that the peers were measured with: the tutorial's convolutional network, a perceptron, the language
// model of nanoGPT's configuration for a CPU (without biases, 804,096 parameters), and a recurrent one.
var models = []model{
	{"mnist-cnn-128", "image", 128, adam, convnet},
	{"mnist-cnn-32", "image", 32, adam, convnet},
	{"mlp-128", "pixels", 128, adam, `
		{"id": "hidden", "type": "dense", "config": {"units": 128, "activation": "relu"}},
		{"id": "out", "type": "dense", "config": {"units": 10, "activation": "softmax"}}`},
	{"char-gpt-12", "text", 12, adamW, `
		{"id": "wte", "type": "embedding", "config": {"tokens": 65, "size": 128}},
		{"id": "wpe", "type": "position_embedding"},` +
		strings.Join(blocks(4), ",") + `,
		{"id": "norm", "type": "layer_norm", "config": {"bias": false}},
		{"id": "head", "type": "tied_dense", "config": {"to": "wte"}}`},
	{"lstm-32", "text", 32, adam, `
		{"id": "embedding", "type": "embedding", "config": {"tokens": 65, "size": 128}},
		{"id": "lstm", "type": "lstm", "config": {"units": 128, "return": "all"}},
		{"id": "head", "type": "dense", "config": {"units": 65}}`},
}

func blocks(n int) []string {
	var nodes []string
	for i := range n {
		nodes = append(nodes, fmt.Sprintf(`
		{"id": "block%d", "type": "transformer_decoder", "config": {"heads": 4, "bias": false}}`, i+1))
	}
	return nodes
}

func (m *model) document() string {
	return fmt.Sprintf(`{"version": 1, "seed": 1,
	"data": {"source": {"type": "noise", "task": %q}, "split": {"train": 384, "validation": 1}},
	"model": {"nodes": [%s]},
	"train": {"loss": "cross_entropy", "optimizer": %s, "batch": %d, "epochs": 1000}}`,
		m.task, m.nodes, m.optimizer, m.batch)
}
