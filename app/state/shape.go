package state

import (
	"slices"
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// What can be done with the picture of a network, each in one step to undo.
type (
	Deepen struct{ By int } // adds a hidden layer, or takes the last away
	Widen  struct {
		Node string
		By   int
	} // gives a hidden layer more units, or fewer
	Activate struct{ Name string } // gives all hidden layers that activation
)

func (Deepen) action()   {}
func (Widen) action()    {}
func (Activate) action() {}

// shape does what concerns the picture of a network.
func (s *Store) shape(a Action) []session.Command {
	if s.Tree == nil {
		return nil
	}
	tree := s.Tree.Clone()
	hidden := s.Hidden()
	switch a := a.(type) {
	case Deepen:
		return s.deepen(a.By, hidden)
	case Widen:
		n := s.UnitsOf(a.Node) + a.By
		if n < 1 || n > MostDrawn {
			return nil
		}
		tree.Set(Layers+"."+a.Node+".config.units", config.Num(float64(n)))
	case Activate:
		for _, id := range hidden {
			tree.Set(Layers+"."+id+".config.activation", config.Text(a.Name))
		}
	}
	return s.edit(format(tree), true)
}

// MostDrawn is how many units a layer may be given in the picture, and mostHidden how many layers there may be.
const (
	MostDrawn  = 16
	mostHidden = 8
)

func (s *Store) deepen(by int, hidden []string) []session.Command {
	switch {
	case by > 0 && len(hidden) > 0 && len(hidden) < mostHidden:
		tree := s.Tree.Clone()
		list, last := nodes(tree), hidden[len(hidden)-1]
		at := s.nodeAt(last)
		one := list.Items[at].Clone()
		one.Get("id").Str = numbered(list, strings.TrimRight(last, "0123456789"), len(hidden)+1)
		list.Items = slices.Insert(list.Items, at+1, one)
		return s.edit(format(tree), true)
	case by > 0 && len(hidden) == 0:
		tree := s.Tree.Clone()
		list := nodes(tree)
		if list == nil || len(list.Items) == 0 {
			return nil
		}
		first := node(fresh(list, "hidden1"), "dense")
		first.Members = append(first.Members, config.Member{Key: "config", Value: config.Obj(
			config.Member{Key: "units", Value: config.Num(4)}, config.Member{Key: "activation", Value: config.Text("tanh")})})
		list.Items = append([]*config.Value{first}, list.Items...)
		return s.edit(format(tree), true)
	case by < 0 && len(hidden) > 0:
		return s.Apply(Remove{List: Layers, At: s.nodeAt(hidden[len(hidden)-1])})
	}
	return nil
}

// numbered returns a name with a number that no node has, from that number on.
func numbered(list *config.Value, name string, from int) string {
	for i := from; ; i++ {
		id := name + strconv.Itoa(i)
		if !slices.ContainsFunc(list.Items, func(n *config.Value) bool { return text(n.Get("id")) == id }) {
			return id
		}
	}
}

// Hidden lists the dense layers before the last layer, by their names.
func (s *Store) Hidden() (out []string) {
	for _, r := range s.Rows[:max(0, len(s.Rows)-1)] {
		if r.Type == "dense" {
			out = append(out, r.ID)
		}
	}
	return out
}

// CanDeepen reports whether the picture has room for one more layer.
func (s *Store) CanDeepen() bool { return s.Tree != nil && len(s.Hidden()) < mostHidden }

// CanWiden reports whether a hidden layer can have so many units more.
func (s *Store) CanWiden(id string, by int) bool {
	n := s.UnitsOf(id) + by
	return s.UnitsOf(id) > 0 && n >= 1 && n <= MostDrawn
}

// UnitsOf is how many units a dense layer has; 0 where that is not known.
func (s *Store) UnitsOf(id string) int {
	for _, r := range s.Rows {
		if r.ID == id && r.Type == "dense" && len(r.Output) == 1 {
			return r.Output[0]
		}
	}
	return 0
}

// Activation is the one that all hidden layers have, or "".
func (s *Store) Activation() string {
	name := ""
	for i, id := range s.Hidden() {
		now := "none"
		if v := s.Value(Layers + "." + id + ".config.activation"); v != nil {
			now = v.Str
		}
		if i > 0 && now != name {
			return ""
		}
		name = now
	}
	return name
}

func (s *Store) nodeAt(id string) int {
	for i, r := range s.Rows {
		if r.ID == id {
			return i
		}
	}
	return -1
}
