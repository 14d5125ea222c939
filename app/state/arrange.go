package state

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/nn"
	"descent/ml/session"
)

// Layers is the path of the model's list.
const Layers = "model.nodes"

// arrange changes which items the lists of the document have, in which order, and what they are called.
func (s *Store) arrange(a Action) []session.Command {
	if s.Tree == nil {
		return nil
	}
	tree := s.Tree.Clone()
	node, done := s.Node, false
	switch a := a.(type) {
	case Insert:
		node, done = insert(tree, a, node)
	case Remove:
		done = remove(tree, a)
	case Copy:
		node, done = duplicate(tree, a, node)
	case Shift:
		done = shift(tree, a)
	case SetFrom:
		done = readFrom(tree, a)
	case Rename:
		path := Layers + "." + a.Node + ".id"
		if problem := rename(tree, a); problem != "" {
			s.Drafts[path] = Draft{a.To, problem}
			return nil
		}
		delete(s.Drafts, path)
		if done = a.To != a.Node; node == a.Node {
			node = a.To
		}
	}
	if !done {
		return nil
	}
	s.Node = node
	return s.edit(format(tree), true)
}

// at returns the list of a path, made where the document has none.
func at(tree *config.Value, path string) *config.Value {
	v := tree
	for _, step := range strings.Split(path, ".") {
		next := v.Get(step)
		if next == nil {
			next = config.List()
			v.Members = append(v.Members, config.Member{Key: step, Value: next})
		}
		v = next
	}
	return v
}

func insert(tree *config.Value, a Insert, selected string) (node string, ok bool) {
	list := at(tree, a.List)
	if list.Kind != config.Array || a.At < 0 || a.At > len(list.Items) {
		return selected, false
	}
	item := config.Text(a.Type)
	if a.List == Layers {
		item = layer(list, a.Type, a.At)
		selected = text(item.Get("id"))
	}
	list.Items = slices.Insert(list.Items, a.At, item)
	return selected, true
}

// layer is a node of that type as it can stand at a place in the list: one that reads several reads the one before it
// and the one before that, and one that refers to another refers to one of the kind it wants, where there is one.
func layer(list *config.Value, typ string, place int) *config.Value {
	v := node(fresh(list, typ), typ)
	info, known := nn.Lookup(typ)
	if !known {
		return v
	}
	before := []*config.Value{config.Text(nn.InputName)}
	for _, n := range list.Items[:place] {
		before = append(before, config.Text(text(n.Get("id"))))
	}
	if fewest := info.Inputs[0]; fewest > 1 {
		from := slices.Clone(before[max(0, len(before)-fewest):])
		slices.Reverse(from)
		for len(from) < fewest {
			from = append(from, from[0].Clone())
		}
		v.Members = append(v.Members, config.Member{Key: "from", Value: config.List(from...)})
	}
	for _, f := range info.New().Fields() {
		if f.Form() != "reference" {
			continue
		}
		for _, n := range slices.Backward(list.Items[:place]) {
			if text(n.Get("type")) == "embedding" {
				v.Members = append(v.Members, config.Member{Key: "config", Value: config.Obj(config.Member{Key: f.Name, Value: config.Text(text(n.Get("id")))})})
				break
			}
		}
	}
	return v
}

// remove takes an item out. Who read a layer reads what it read.
func remove(tree *config.Value, a Remove) bool {
	list := at(tree, a.List)
	if a.At < 0 || a.At >= len(list.Items) || a.List == Layers && len(list.Items) == 1 {
		return false
	}
	gone := list.Items[a.At]
	list.Items = slices.Delete(list.Items, a.At, a.At+1)
	if a.List != Layers {
		if len(list.Items) == 0 {
			drop(tree, a.List)
		}
		return true
	}
	heir := nn.InputName
	if a.At > 0 {
		heir = text(list.Items[a.At-1].Get("id"))
	}
	if from := sources(gone); len(from) > 0 {
		heir = from[0].Str
		if a.At < len(list.Items) && list.Items[a.At].Get("from") == nil {
			list.Items[a.At].Members = append(list.Items[a.At].Members, config.Member{Key: "from", Value: config.List(config.Text(heir))})
		}
	}
	call(tree, text(gone.Get("id")), heir)
	return true
}

// drop takes the member at a path out.
func drop(tree *config.Value, path string) {
	steps := strings.Split(path, ".")
	last := len(steps) - 1
	v := tree
	for _, step := range steps[:last] {
		v = v.Get(step)
	}
	v.Members = slices.DeleteFunc(v.Members, func(m config.Member) bool { return m.Key == steps[last] })
}

func duplicate(tree *config.Value, a Copy, selected string) (node string, ok bool) {
	list := at(tree, a.List)
	if a.At < 0 || a.At >= len(list.Items) {
		return selected, false
	}
	item := list.Items[a.At].Clone()
	if id := item.Get("id"); id != nil && a.List == Layers {
		id.Str = fresh(list, strings.TrimRight(id.Str, "0123456789"))
		selected = id.Str
	}
	list.Items = slices.Insert(list.Items, a.At+1, item)
	return selected, true
}

func shift(tree *config.Value, a Shift) bool {
	list := at(tree, a.List)
	to := a.At + a.By
	if a.At < 0 || a.At >= len(list.Items) || to < 0 || to >= len(list.Items) {
		return false
	}
	list.Items[a.At], list.Items[to] = list.Items[to], list.Items[a.At]
	return true
}
