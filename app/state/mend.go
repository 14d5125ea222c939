package state

import (
	"fmt"
	"slices"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/nn"
	"descent/ml/session"
)

// Fixes are the mends that the page can do for a problem.
var Fixes = []string{"insert_flatten", "padding_same", "answer_classes", "answer_values", "insert_embedding", "return_all", "over_time", "over_image",
	"use_dense", "match_shapes", "tokens_data", "read_input", "loss_mse", experiment.DropEdits}

// mend does what a problem's Fix names.
func (s *Store) mend(a Mend) []session.Command {
	if s.Tree == nil {
		return nil
	}
	tree := s.Tree.Clone()
	if mended, ok := s.mendLayer(tree, a); ok {
		return s.edit(format(mended), true)
	}
	switch a.Fix {
	case experiment.DropEdits:
		dropEdits(tree)
	case "padding_same":
		tree.Set("model.nodes."+a.Node+".config.padding", config.Text("same"))
	case "loss_mse":
		tree.Set("train.loss", config.Text("mse"))
	}
	return s.edit(format(tree), true)
}

const flatten = "flatten"

func nodes(tree *config.Value) *config.Value { return tree.Get("model").Get("nodes") }

// fresh returns an id that no node has.
func fresh(list *config.Value, id string) string {
	taken := func(id string) bool {
		return slices.ContainsFunc(list.Items, func(n *config.Value) bool { return text(n.Get("id")) == id })
	}
	name := id
	for i := 2; taken(name); i++ {
		name = fmt.Sprint(id, i)
	}
	return name
}

func node(id, typ string, settings ...config.Member) *config.Value {
	v := config.Obj(config.Member{Key: "id", Value: config.Text(id)}, config.Member{Key: "type", Value: config.Text(typ)})
	if len(settings) > 0 {
		v.Members = append(v.Members, config.Member{Key: "config", Value: config.Obj(settings...)})
	}
	return v
}

func dense(id string, units int, activation string) *config.Value {
	return node(id, "dense", config.Member{Key: "units", Value: config.Num(float64(units))},
		config.Member{Key: "activation", Value: config.Text(activation)})
}

// fit changes a document for data of another kind: how it is scaled, what the model begins and ends with, what is made
// small, and how much is learnt from. Somebody who changes the data then sees a model learn it, and can undo.
func fit(tree *config.Value, info data.Info) *config.Value {
	meta := info.New().Meta()
	image := info.Kind == "images"
	in := tree.Get("data")
	in.Members = slices.DeleteFunc(in.Members, func(m config.Member) bool {
		return m.Key == "preprocess" || m.Key == "augment" || m.Key == "label_noise" && len(meta.Classes) == 0
	})
	loss, last := "cross_entropy", dense("output", len(meta.Classes), "softmax")
	batch, epochs := 10.0, 300.0
	if len(meta.Classes) == 0 {
		loss, last = "mse", dense("output", meta.Y.Len(), "none")
	}
	if image {
		scale := config.Obj(config.Member{Key: "type", Value: config.Text("scale")},
			config.Member{Key: "factor", Value: config.Num(1.0 / 255)})
		in.Members = append(in.Members, config.Member{Key: "preprocess", Value: config.List(scale)})
		batch, epochs = 64, 10
	}
	tree.Set("train.loss", config.Text(loss))
	tree.Set("train.batch", config.Num(batch))
	tree.Set("train.epochs", config.Num(epochs))
	train := tree.Get("train")
	train.Members = slices.DeleteFunc(train.Members, func(m config.Member) bool { return m.Key == "steps" })

	list := nodes(tree)
	if list == nil || len(list.Items) == 0 {
		return tree
	}
	list.Items = list.Items[:len(list.Items)-1] // its last layer gave the answers to other questions
	spatial := func(n *config.Value) bool {
		t := text(n.Get("type"))
		return t == flatten || t == "conv2d" || t == "max_pool2d" || t == "avg_pool2d"
	}
	reads := func(n *config.Value) bool { // tokens, or a sequence, neither of which this data has
		layer, _ := nn.Lookup(text(n.Get("type")))
		return layer.Group == "sequence"
	}
	patches := slices.IndexFunc(list.Items, spatial)
	ordered := slices.IndexFunc(list.Items, reads)
	switch {
	case image && ordered >= 0 && (patches < 0 || patches > ordered):
		list.Items = []*config.Value{node(flatten, flatten), dense("hidden1", 64, "relu")}
	case !image && (patches >= 0 || ordered >= 0):
		list.Items = []*config.Value{dense("hidden1", 16, "tanh"), dense("hidden2", 16, "tanh")}
	case image && patches < 0:
		list.Items = slices.Insert(list.Items, 0, node(flatten, flatten))
	}
	last.Members[0].Value = config.Text(fresh(list, "output"))
	list.Items = append(list.Items, last)
	return tree
}

// answers gives the last layer as many outputs as there are classes, where it had as many before.
func answers(tree *config.Value, was, are int) {
	list := nodes(tree)
	if was == are || was == 0 || are == 0 || list == nil || len(list.Items) == 0 {
		return
	}
	last := list.Items[len(list.Items)-1]
	if units := last.Get("config").Get("units"); units != nil && units.Num == float64(was) {
		units.Num = float64(are)
	}
}

func text(v *config.Value) string {
	if v == nil || v.Kind != config.String {
		return ""
	}
	return v.Str
}

func number(v *config.Value) float64 {
	if v == nil || v.Kind != config.Number {
		return 0
	}
	return v.Num
}
