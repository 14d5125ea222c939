package state

import (
	"slices"

	"descent/ml/config"
	"descent/ml/nn"
)

// wiringOf reads a document's wiring. A model whose layers have no names, or share one, has none.
func wiringOf(tree *config.Value) (*wiring, bool) {
	list := nodes(tree)
	if list == nil {
		return nil, false
	}
	w := &wiring{}
	last := nn.InputName
	for _, v := range list.Items {
		l := wired{id: text(v.Get("id")), value: v}
		if l.id == "" || l.id == nn.InputName || w.at(l.id) >= 0 {
			return nil, false
		}
		for _, f := range sources(v) {
			l.from = append(l.from, f.Str)
		}
		if l.from == nil {
			l.from = []string{last}
		}
		w.layers, last = append(w.layers, l), l.id
	}
	return w, true
}

// write puts the layers into a document. A layer that reads the one before it need not say so.
func (w *wiring) write(tree *config.Value) {
	list := nodes(tree)
	list.Items = nil
	last := nn.InputName
	for _, l := range w.layers {
		v := l.value
		v.Members = slices.DeleteFunc(v.Members, func(m config.Member) bool { return m.Key == "from" })
		if len(l.from) != 1 || l.from[0] != last {
			from := config.List()
			for _, f := range l.from {
				from.Items = append(from.Items, config.Text(f))
			}
			v.Members = slices.Insert(v.Members, min(2, len(v.Members)), config.Member{Key: "from", Value: from})
		}
		list.Items = append(list.Items, v)
		last = l.id
	}
}
