package state

import (
	"strings"
	"testing"
)

// wires writes a model as name<what it reads, layer by layer.
func wires(t *testing.T, s *Store) string {
	t.Helper()
	w, ok := wiringOf(s.Tree)
	if !ok {
		t.Fatal("the document has no wiring")
	}
	var out []string
	for _, l := range w.layers {
		out = append(out, l.id+"<"+strings.Join(l.from, "+"))
	}
	return strings.Join(out, " ")
}

func TestWire(t *testing.T) {
	for _, test := range []struct {
		name   string
		do     []Action
		wires  string
		node   string // selected afterwards; "" for none said
		notice string
	}{
		{"add after", []Action{AddAfter{"a", "dropout"}}, "a<input dropout<a b<dropout sum<b+dropout out<sum", "dropout", ""},
		{"add at the beginning", []Action{AddAfter{"input", "dropout"}}, "dropout<input a<dropout b<a sum<b+a out<sum", "dropout", ""},
		{"add at the end", []Action{AddAfter{"out", "activation"}}, "a<input b<a sum<b+a out<sum activation<out", "activation", ""},
		{"add on an edge", []Action{AddOn{"sum", 1, "dense"}}, "a<input b<a dense<a sum<b+dense out<sum", "dense", ""},
		{"add on no edge", []Action{AddOn{"sum", 2, "dense"}}, "a<input b<a sum<b+a out<sum", "", ""},
		{"a merge finds its partner", []Action{AddAfter{"sum", "add"}}, "a<input b<a sum<b+a add<sum+b out<add", "add", ""},
		{"branch and merge", []Action{Branch{"a", "dense"}, Connect{"dense", "sum"}}, "a<input dense<a b<a sum<b+a+dense out<sum", "", ""},
		{"connect a later one", []Action{Connect{"b", "out"}, Connect{"sum", "b"}}, "a<input b<a sum<b+a out<b", "", "wire.circle"},
		{"connect what reads one", []Action{Connect{"a", "out"}}, "a<input b<a sum<b+a out<a", "", ""},
		{"connect twice", []Action{Connect{"a", "sum"}}, "a<input b<a sum<b+a out<sum", "", "wire.already"},
		{"connect with itself", []Action{Connect{"a", "a"}}, "a<input b<a sum<b+a out<sum", "", "wire.nothing"},
		{"connect the input", []Action{Connect{"input", "sum"}}, "a<input b<a sum<b+a+input out<sum", "", ""},
		{"order follows", []Action{AddAfter{"sum", "dense"}, Connect{"dense", "a"}, Connect{"input", "b"}, Unconnect{"sum", 1}}, "a<input b<input sum<b+a dense<sum out<dense", "", "wire.needed"},
		{"unconnect", []Action{Connect{"input", "sum"}, Unconnect{"sum", 0}}, "a<input b<a sum<a+input out<sum", "", ""},
		{"move to an edge", []Action{AddAfter{"sum", "dropout"}, MoveOn{"dropout", "b", 0}}, "a<input dropout<a b<dropout sum<b+a out<sum", "", ""},
		{"move to its own edge", []Action{MoveOn{"b", "sum", 0}}, "a<input b<a sum<b+a out<sum", "", "wire.nothing"},
		{"move up", []Action{AddAfter{"sum", "dropout"}, MoveAlong{"out", -1}}, "a<input b<a sum<b+a out<sum dropout<out", "", ""},
		{"move down", []Action{AddAfter{"sum", "dropout"}, MoveAlong{"dropout", 1}}, "a<input b<a sum<b+a out<sum dropout<out", "dropout", ""},
		{"move up what many read", []Action{MoveAlong{"b", -1}}, "a<input b<a sum<b+a out<sum", "", "wire.many"},
		{"move above the input", []Action{MoveAlong{"a", -1}}, "a<input b<a sum<b+a out<sum", "", "wire.end"},
		{"duplicate", []Action{Duplicate{"b"}}, "a<input b<a b2<b sum<b2+a out<sum", "b2", ""},
		{"delete", []Action{TakeOut{"b"}}, "a<input sum<a+a out<sum", "sum", ""},
		{"delete the last", []Action{TakeOut{"out"}}, "a<input b<a sum<b+a", "sum", ""},
		{"undo", []Action{TakeOut{"b"}, Undo{}}, "a<input b<a sum<b+a out<sum", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := New("", residual)
			for _, a := range test.do {
				s.Apply(a)
			}
			if got := wires(t, s); got != test.wires {
				t.Errorf("the layers are\n%s, want\n%s", got, test.wires)
			}
			if test.node != "" && s.Node != test.node {
				t.Errorf("selected is %q, want %q", s.Node, test.node)
			}
			if s.Notice != test.notice {
				t.Errorf("what is said is %q, want %q", s.Notice, test.notice)
			}
		})
	}
}

// A chain stays as short to read as it was: who reads the layer before does not say so.
func TestWireSaysLittle(t *testing.T) {
	s := New("", `{"version": 1, "data": {"source": "spiral"}, "model": {"nodes": [
		{"id": "a", "type": "dense", "config": {"units": 4}}, {"id": "out", "type": "dense", "config": {"units": 2}}]}, "train": {"optimizer": "adam"}}`)
	s.Apply(AddAfter{"a", "dropout"})
	s.Apply(Duplicate{"a"})
	s.Apply(MoveAlong{"dropout", -1})
	if strings.Contains(s.Text, `"from"`) {
		t.Errorf("a chain names what it reads:\n%s", s.Text)
	}
	s.Apply(Branch{"a", "dense"})
	if !strings.Contains(s.Text, `"from"`) {
		t.Errorf("a branch does not name what it reads:\n%s", s.Text)
	}
}
