package state

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/nn"
)

// rename gives a layer another name, in all places; it returns what is wrong with the name, by its key, or "".
func rename(tree *config.Value, a Rename) (problem string) {
	list := nodes(tree)
	if list == nil || a.To == a.Node {
		return ""
	}
	if a.To == "" || strings.ContainsAny(a.To, ". /") {
		return "name.letters"
	}
	for _, n := range list.Items {
		if text(n.Get("id")) == a.To || a.To == nn.InputName {
			return "name.taken"
		}
	}
	for _, n := range list.Items {
		if id := n.Get("id"); text(id) == a.Node {
			id.Str = a.To
		}
	}
	call(tree, a.Node, a.To)
	return ""
}

// call has everybody who names a layer name another instead.
func call(tree *config.Value, old, now string) {
	for _, n := range nodes(tree).Items {
		for _, from := range sources(n) {
			if from.Str == old {
				from.Str = now
			}
		}
		info, known := nn.Lookup(text(n.Get("type")))
		if !known {
			continue
		}
		for _, f := range info.New().Fields() {
			if v := n.Get("config").Get(f.Name); f.Form() == "reference" && text(v) == old {
				v.Str = now
			}
		}
	}
	only := tree.Get("model").Get("only") // whose weights come from a file: layers, or parameters as layer.weight
	if only == nil {
		return
	}
	for _, v := range only.Items {
		if name, rest, _ := strings.Cut(v.Str, "."); name == old {
			v.Str = strings.TrimSuffix(now+"."+rest, ".")
		}
	}
}

// sources is the names that a layer says it reads, none when it reads the one before it.
func sources(n *config.Value) []*config.Value {
	from := n.Get("from")
	if from == nil || from.Kind == config.String {
		from = config.List(from)
	}
	return slices.DeleteFunc(slices.Clone(from.Items), func(v *config.Value) bool { return v == nil || v.Kind != config.String })
}

// readFrom says what a layer reads. Nothing is the layer before it.
func readFrom(tree *config.Value, a SetFrom) bool {
	list := nodes(tree)
	if list == nil {
		return false
	}
	for _, n := range list.Items {
		if text(n.Get("id")) != a.Node {
			continue
		}
		from := config.List()
		for _, name := range strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune(" ,，、", r) }) {
			from.Items = append(from.Items, config.Text(name))
		}
		n.Members = slices.DeleteFunc(n.Members, func(m config.Member) bool { return m.Key == "from" })
		if len(from.Items) > 0 {
			n.Members = slices.Insert(n.Members, min(2, len(n.Members)), config.Member{Key: "from", Value: from})
		}
		return true
	}
	return false
}
