package state

import (
	"slices"

	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/session"
)

// Corrections of single samples. They are part of the document, so they can be undone, and go with a link and a file.
type (
	Relabel struct {
		Index int
		Text  string // the name of a class, or a number as typed
	}
	Exclude struct {
		Index int
		Out   bool
	}
	ForgetEdits struct{} // all of them
)

func (Relabel) action()     {}
func (Exclude) action()     {}
func (ForgetEdits) action() {}

// amend does one of these with a sample of the page on show.
func (s *Store) amend(a Action) []session.Command {
	if s.Tree == nil || s.Shelf.Found == nil {
		return nil
	}
	meta := s.Shelf.Meta
	var e experiment.Edit
	keep := true
	switch a := a.(type) {
	case ForgetEdits:
		return s.withoutEdits()
	case Relabel:
		at := slices.Index(s.Shelf.Found.Index, a.Index)
		if at < 0 {
			return nil
		}
		own := experiment.LabelText(float32(s.Shelf.Found.Own[at]), meta)
		e = experiment.Edit{Index: a.Index, Label: config.Text(a.Text), Was: own}
		if len(meta.Classes) == 0 {
			n, ok := figure(a.Text)
			if !ok {
				s.Notice = "notice.number"
				s.touch(OnShell)
				return nil
			}
			e.Label = config.Num(n)
		}
		keep = string(e.Label.Append(nil, "")) != string(own.Append(nil, ""))
	case Exclude:
		at := slices.Index(s.Shelf.Found.Index, a.Index)
		if at < 0 {
			return nil
		}
		e = experiment.Edit{Index: a.Index, Remove: true, Was: experiment.LabelText(float32(s.Shelf.Found.Own[at]), meta)}
		keep = a.Out
	}
	tree := s.Tree.Clone()
	list := tree.Get("data").Get("edits")
	if list == nil || list.Kind != config.Array {
		list = config.List()
		tree.Set("data.edits", list)
		list = tree.Get("data").Get("edits")
	}
	list.Items = slices.DeleteFunc(list.Items, func(v *config.Value) bool { return number(v.Get("index")) == float64(e.Index) })
	if keep {
		at, _ := slices.BinarySearchFunc(list.Items, e.Index, func(v *config.Value, index int) int { return int(number(v.Get("index"))) - index })
		list.Items = slices.Insert(list.Items, at, e.Value())
	}
	if len(list.Items) == 0 {
		dropEdits(tree)
	}
	return s.edit(format(tree), true)
}

func (s *Store) withoutEdits() []session.Command {
	tree := s.Tree.Clone()
	dropEdits(tree)
	return s.edit(format(tree), true)
}

// dropEdits takes all edits out of a document: they are about the samples of one source.
func dropEdits(tree *config.Value) {
	if in := tree.Get("data"); in != nil {
		in.Members = slices.DeleteFunc(in.Members, func(m config.Member) bool { return m.Key == "edits" })
	}
}

// Edits is how many samples are edited.
func (s *Store) Edits() int {
	if v := s.Value("data.edits"); v != nil {
		return len(v.Items)
	}
	return 0
}
