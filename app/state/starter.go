package state

import (
	"slices"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/session"
)

// A starter is an experiment to begin with, for data of one's own: small enough to train at once, and sound enough to
// learn something from most files. What the data decides is filled in by fill.
const (
	tableStarter = `{
		"version": 1, "seed": 1,
		"data": {"source": "", "split": {"validation": 0.15, "stratify": true, "shuffle": true}, "preprocess": []},
		"model": {"nodes": [{"id": "hidden", "type": "dense", "config": {"units": 16, "activation": "relu"}}]},
		"train": {"loss": "", "optimizer": {"type": "adamw", "lr": 0.01}, "batch": 16, "epochs": 60}}`

	// The two convolutions of the tutorial, half as wide.
	imageStarter = `{
		"version": 1, "seed": 1,
		"data": {"source": "", "split": {"validation": 0.15, "stratify": true, "shuffle": true},
			"preprocess": [{"type": "scale", "factor": 0.00392156862745098}], "augment": []},
		"model": {"nodes": [
			{"id": "conv1", "type": "conv2d", "config": {"filters": 16, "kernel": [3, 3], "padding": "same", "activation": "relu"}},
			{"id": "pool1", "type": "max_pool2d", "config": {"size": [2, 2]}},
			{"id": "conv2", "type": "conv2d", "config": {"filters": 32, "kernel": [3, 3], "padding": "same", "activation": "relu"}},
			{"id": "pool2", "type": "max_pool2d", "config": {"size": [2, 2]}},
			{"id": "flatten", "type": "flatten"},
			{"id": "hidden", "type": "dense", "config": {"units": 64, "activation": "relu"}}]},
		"train": {"loss": "", "optimizer": {"type": "adam", "lr": 0.001}, "batch": 16, "epochs": 20}}`

	textStarter = `{
		"version": 1, "seed": 1,
		"data": {"source": "", "split": {"validation": 0.1, "shuffle": true}},
		"model": {"nodes": [
			{"id": "tokens", "type": "embedding", "config": {"tokens": 0, "size": 64}},
			{"id": "positions", "type": "position_embedding"},
			{"id": "block1", "type": "transformer_decoder", "config": {"heads": 4}},
			{"id": "block2", "type": "transformer_decoder", "config": {"heads": 4}},
			{"id": "norm", "type": "layer_norm"}]},
		"train": {"loss": "", "optimizer": {"type": "adamw", "lr": 0.001}, "batch": 16, "steps": 2000, "clip_norm": 1, "validate_every": 100}}`

	// Patterns of a few tokens, wherever they are.
	labelStarter = `{
		"version": 1, "seed": 1,
		"data": {"source": "", "split": {"validation": 0.15, "shuffle": true}},
		"model": {"nodes": [
			{"id": "tokens", "type": "embedding", "config": {"tokens": 0, "size": 32}},
			{"id": "patterns", "type": "conv1d", "config": {"filters": 64, "kernel": 5, "padding": "same", "activation": "relu"}},
			{"id": "strongest", "type": "global_max_pool"},
			{"id": "dropout", "type": "dropout", "config": {"rate": 0.3}}]},
		"train": {"loss": "", "optimizer": {"type": "adamw", "lr": 0.003}, "batch": 16, "epochs": 30}}`
)

// starter returns an experiment for data that the trainer has looked at.
func starter(name string, source *config.Value, e *session.Seen) *config.Value {
	template, image := tableStarter, len(e.X) == 3
	switch {
	case e.Tokens > 0 && slices.Equal(e.Y, []int{1}):
		template = labelStarter
	case e.Tokens > 0:
		template = textStarter
	case image:
		template = imageStarter
	}
	tree, err := config.Parse([]byte(template))
	if err != nil {
		panic("state: a starter is not JSON: " + err.Error())
	}
	list := nodes(tree)
	if image && min(e.X[0], e.X[1]) < 8 { // too small to be pooled twice
		list.Items = list.Items[4:]
	}
	switch {
	case e.Tokens > 0: // as many as there are tokens, however the text is cut into them later
		list.Items = append(list.Items, dense("output", 0, "none"))
		tree.Set("train.loss", config.Text("cross_entropy"))
	case len(e.Classes) > 0:
		list.Items = append(list.Items, dense("output", len(e.Classes), "softmax"))
		tree.Set("train.loss", config.Text("cross_entropy"))
	default:
		outputs := 1
		for _, n := range e.Y {
			outputs *= n
		}
		list.Items = append(list.Items, dense("output", outputs, "none"))
		tree.Set("train.loss", config.Text("mse"))
	}
	if template == tableStarter {
		tree.Set("data.preprocess", preparation(e))
		if len(e.X) != 1 {
			list.Items = slices.Insert(list.Items, 0, node(flatten, flatten))
		}
	}
	if epochs := tree.Get("train").Get("epochs"); epochs != nil && e.Train > 2000 {
		epochs.Num = 10 // it takes fewer rounds when each has more steps
		tree.Set("train.batch", config.Num(64))
	}
	if len(e.Classes) == 0 || e.Tokens > 0 {
		split := tree.Get("data").Get("split")
		split.Members = slices.DeleteFunc(split.Members, func(m config.Member) bool { return m.Key == "stratify" })
	}
	fewSamples(tree, e, image)
	tree.Set("data.source", source)
	head := []config.Member{tree.Members[0], {Key: "name", Value: config.Text(name)}}
	tree.Members = append(head, tree.Members[1:]...)
	return tree
}

// fewSamples suits a document to data of which there is little: one sample at least validates where a fraction would be
// less than one, and few images are shown more often, each time a little different.
func fewSamples(tree *config.Value, e *session.Seen, image bool) {
	share := number(tree.Get("data").Get("split").Get("validation"))
	switch {
	case e.Train < 3:
		tree.Set("data.split.validation", config.Num(0))
	case share*float64(e.Train) < 1:
		tree.Set("data.split.validation", config.Num(1))
	}
	if !image || e.Train > 300 {
		return
	}
	tree.Set("train.batch", config.Num(8))
	tree.Set("train.epochs", config.Num(60))
	tree.Set("data.augment", config.List(config.Text("shift"), config.Text("rotate"), config.Text("zoom")))
}

// preparation is what a table needs before a model can read it.
func preparation(e *session.Seen) *config.Value {
	missing, categories := false, false
	for _, c := range e.Columns {
		if c.Role == data.Feature {
			missing = missing || c.Missing > 0
			categories = categories || c.Kind == data.Category
		}
	}
	steps := config.List()
	if missing {
		steps.Items = append(steps.Items, config.Text("fill_missing"))
	}
	if categories {
		steps.Items = append(steps.Items, config.Text("one_hot"))
	}
	steps.Items = append(steps.Items, config.Text("standardise"))
	return steps
}
