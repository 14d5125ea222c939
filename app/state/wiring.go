package state

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/nn"
	"descent/ml/session"
)

// What can be done with the model as a graph. Layers are named; an edge is the layer that reads and which of its inputs.
type (
	AddAfter struct{ Node, Type string } // a new layer between a layer and all that read it
	AddOn    struct {                    // a new layer on an edge
		To   string
		Port int
		Type string
	}
	Branch    struct{ Node, Type string } // a new layer that reads this one and is read by nobody yet
	Connect   struct{ From, To string }   // To also reads From, or instead of what it read if it reads one only
	Unconnect struct {                    // To reads one less
		To   string
		Port int
	}
	MoveOn struct { // a layer leaves its place for an edge
		Node, To string
		Port     int
	}
	MoveAlong struct { // a layer changes places with the one that it reads, or with its reader when By is above 0
		Node string
		By   int
	}
	Duplicate struct{ Node string }
	TakeOut   struct{ Node string }
)

func (AddAfter) action()  {}
func (AddOn) action()     {}
func (Branch) action()    {}
func (Connect) action()   {}
func (Unconnect) action() {}
func (MoveOn) action()    {}
func (MoveAlong) action() {}
func (Duplicate) action() {}
func (TakeOut) action()   {}

// wire changes who reads whom. What cannot be done changes nothing, and is said in passing.
func (s *Store) wire(a Action) []session.Command {
	if s.Tree == nil {
		return nil
	}
	tree := s.Tree.Clone()
	w, ok := wiringOf(tree)
	if !ok {
		return nil
	}
	node, problem := s.Node, ""
	switch a := a.(type) {
	case AddAfter:
		node = w.addAfter(s, a.Node, a.Type)
	case AddOn:
		node = w.addOn(s, a.To, a.Port, a.Type)
	case Branch:
		node = w.branch(s, a.Node, a.Type)
	case Connect:
		problem = w.connect(a.From, a.To)
	case Rewire:
		problem = w.rewire(a)
	case Unconnect:
		problem = w.unconnect(a.To, a.Port)
	case MoveOn:
		node, problem = a.Node, w.moveOn(a.Node, a.To, a.Port)
	case MoveAlong:
		node, problem = a.Node, w.moveAlong(a.Node, a.By)
	case Duplicate:
		node, problem = w.duplicate(a.Node)
	case TakeOut:
		node, problem = w.delete(tree, a.Node)
	}
	if problem == "" && !w.settle() {
		problem = "wire.circle"
	}
	s.Notice, s.Linking = problem, ""
	if problem != "" || node == "" {
		return nil
	}
	w.write(tree)
	s.Node = node
	return s.edit(format(tree), true)
}

// A wiring is the layers of a model in order, each with the names of what it reads.
type wiring struct{ layers []wired }

type wired struct {
	id    string
	value *config.Value
	from  []string
}

func (w *wiring) at(id string) int {
	return slices.IndexFunc(w.layers, func(l wired) bool { return l.id == id })
}

// inputs is the fewest and the most layers that a layer reads.
func (w *wiring) inputs(i int) (few, many int) {
	info, _ := nn.Lookup(text(w.layers[i].value.Get("type")))
	return max(1, info.Inputs[0]), max(1, info.Inputs[1])
}

// replace has all who read one layer read another, but for one that stays.
func (w *wiring) replace(old, now, but string) {
	for i := range w.layers {
		if w.layers[i].id == but {
			continue
		}
		for k, f := range w.layers[i].from {
			if f == old {
				w.layers[i].from[k] = now
			}
		}
	}
}

// insert puts a new layer into the list, after the one of that name or at the beginning.
func (w *wiring) insert(after string, l wired) {
	w.layers = slices.Insert(w.layers, w.at(after)+1, l)
}

// make returns a new layer of a type that reads one of that name, and others where it needs more.
func (w *wiring) make(s *Store, typ, from string) wired {
	list := config.List()
	for _, l := range w.layers {
		list.Items = append(list.Items, l.value)
	}
	v := layer(list, typ, w.at(from)+1)
	v.Members = slices.DeleteFunc(v.Members, func(m config.Member) bool { return m.Key == "from" })
	l := wired{id: text(v.Get("id")), value: v, from: []string{from}}
	info, _ := nn.Lookup(typ)
	for len(l.from) < info.Inputs[0] {
		l.from = append(l.from, w.partner(s, l.from))
	}
	return l
}

// partner is what a layer that joins several reads besides some: the nearest layer before them that gives the same shape,
// since that is what can be added to them, or what the first of them reads.
func (w *wiring) partner(s *Store, with []string) string {
	shape := s.outputOf(with[0])
	for i := w.at(with[0]) - 1; i >= 0; i-- {
		if id := w.layers[i].id; !slices.Contains(with, id) && shape != nil && slices.Equal(s.outputOf(id), shape) {
			return id
		}
	}
	if i := w.at(with[0]); i >= 0 && !slices.Contains(with, w.layers[i].from[0]) {
		return w.layers[i].from[0]
	}
	return with[0]
}

// outputOf is the shape that a layer gives, or the input; nil where that is not known.
func (s *Store) outputOf(id string) []int {
	if id == nn.InputName {
		return s.Input
	}
	for _, r := range s.Rows {
		if r.ID == id {
			return r.Output
		}
	}
	return nil
}

func (w *wiring) addAfter(s *Store, node, typ string) string {
	if node != nn.InputName && w.at(node) < 0 {
		return ""
	}
	l := w.make(s, typ, node)
	w.replace(node, l.id, "")
	w.insert(node, l)
	return l.id
}

func (w *wiring) branch(s *Store, node, typ string) string {
	if node != nn.InputName && w.at(node) < 0 {
		return ""
	}
	l := w.make(s, typ, node)
	at := w.at(node) + 1
	if at == len(w.layers) { // the last layer stays the model's answer
		at--
		l.from = slices.Clone(w.layers[at].from[:1])
	}
	w.layers = slices.Insert(w.layers, at, l)
	return l.id
}

func (w *wiring) addOn(s *Store, to string, port int, typ string) string {
	i := w.at(to)
	if i < 0 || port < 0 || port >= len(w.layers[i].from) {
		return ""
	}
	l := w.make(s, typ, w.layers[i].from[port])
	w.layers[i].from[port] = l.id
	w.layers = slices.Insert(w.layers, i, l)
	return l.id
}

// connect returns why a layer cannot read another, as a key, or "".
func (w *wiring) connect(from, to string) string {
	i := w.at(to)
	if i < 0 || from != nn.InputName && w.at(from) < 0 || from == to {
		return "wire.nothing"
	}
	l := &w.layers[i]
	few, many := w.inputs(i)
	switch {
	case slices.Contains(l.from, from) && len(l.from) > 1:
		return "wire.already"
	case many == 1 || len(l.from) == few && few == 1 && many == 1:
		l.from = []string{from}
	case len(l.from) >= 2 && l.from[0] == l.from[1]: // it only stood in
		l.from[1] = from
	case len(l.from) >= many:
		l.from[len(l.from)-1] = from
	default:
		l.from = append(l.from, from)
	}
	return ""
}

func (w *wiring) unconnect(to string, port int) string {
	i := w.at(to)
	if i < 0 || port < 0 || port >= len(w.layers[i].from) {
		return "wire.nothing"
	}
	if few, _ := w.inputs(i); len(w.layers[i].from) <= few {
		return "wire.needed"
	}
	w.layers[i].from = slices.Delete(w.layers[i].from, port, port+1)
	return ""
}

// take lifts a layer out of its place: who read it reads what it read first.
func (w *wiring) take(node string) (wired, bool) {
	i := w.at(node)
	if i < 0 || len(w.layers) == 1 {
		return wired{}, false
	}
	l := w.layers[i]
	w.replace(node, l.from[0], node)
	w.layers = slices.Delete(w.layers, i, i+1)
	return l, true
}

func (w *wiring) moveOn(node, to string, port int) string {
	i := w.at(to)
	if i < 0 || port < 0 || port >= len(w.layers[i].from) || node == to || w.layers[i].from[port] == node {
		return "wire.nothing"
	}
	l, ok := w.take(node)
	if !ok {
		return "wire.nothing"
	}
	i = w.at(to)
	l.from[0] = w.layers[i].from[port]
	w.layers[i].from[port] = node
	w.layers = slices.Insert(w.layers, i, l)
	return ""
}

func (w *wiring) moveAlong(node string, by int) string {
	i := w.at(node)
	if i < 0 {
		return "wire.nothing"
	}
	if by > 0 { // the same as moving its reader up
		readers := w.readers(node)
		if len(readers) != 1 {
			return "wire.many"
		}
		node, i = readers[0], w.at(readers[0])
	}
	before := w.layers[i].from[0]
	k := w.at(before)
	if k < 0 {
		return "wire.end"
	}
	if len(w.layers[i].from) > 1 || len(w.layers[k].from) > 1 || len(w.readers(before)) > 1 {
		return "wire.many"
	}
	w.replace(node, before, before)
	w.layers[i].from, w.layers[k].from = w.layers[k].from, []string{node}
	l := w.layers[i]
	w.layers = slices.Insert(slices.Delete(w.layers, i, i+1), k, l)
	return ""
}

// readers is the layers that read one.
func (w *wiring) readers(node string) (out []string) {
	for _, l := range w.layers {
		if slices.Contains(l.from, node) {
			out = append(out, l.id)
		}
	}
	return out
}

func (w *wiring) duplicate(node string) (made, problem string) {
	i := w.at(node)
	if i < 0 {
		return "", "wire.nothing"
	}
	v := w.layers[i].value.Clone()
	list := config.List()
	for _, l := range w.layers {
		list.Items = append(list.Items, l.value)
	}
	id := fresh(list, strings.TrimRight(node, "0123456789"))
	v.Get("id").Str = id
	l := wired{id: id, value: v, from: slices.Clone(w.layers[i].from)}
	l.from[0] = node
	w.replace(node, id, "")
	w.insert(node, l)
	return id, ""
}

// delete takes a layer out of the model. The one that took its place is selected.
func (w *wiring) delete(tree *config.Value, node string) (selected, problem string) {
	i := w.at(node)
	l, ok := w.take(node)
	if !ok {
		return "", "wire.last"
	}
	call(tree, node, l.from[0]) // who shared its weight, and whose weights come from a file
	return w.layers[min(i, len(w.layers)-1)].id, ""
}

// settle sorts the layers so that each reads only those before it, and the order stays where it can. The answer stays
// last. It reports false where layers read each other in a circle.
func (w *wiring) settle() bool {
	var sorted []wired
	done := map[string]bool{nn.InputName: true}
	rest := slices.Clone(w.layers)
	for len(rest) > 0 {
		i := slices.IndexFunc(rest, func(l wired) bool {
			return !slices.ContainsFunc(l.from, func(f string) bool { return !done[f] && w.at(f) >= 0 })
		})
		if i < 0 {
			return false
		}
		done[rest[i].id] = true
		sorted = append(sorted, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	w.layers = sorted
	return true
}
