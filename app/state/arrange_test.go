package state

import (
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/nn"
)

// ids is the names of the model's layers, in order.
func ids(s *Store) string {
	var out []string
	for _, r := range s.Rows {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

const residual = `{"version": 1, "data": {"source": "spiral"}, "model": {"nodes": [
	{"id": "a", "type": "dense", "config": {"units": 4}},
	{"id": "b", "type": "dense", "config": {"units": 4}},
	{"id": "sum", "type": "add", "from": ["b", "a"]},
	{"id": "out", "type": "dense", "config": {"units": 2, "activation": "softmax"}}
]}, "train": {"optimizer": "adam"}}`

func TestArrange(t *testing.T) {
	for _, test := range []struct {
		name string
		do   Action
		ids  string
		text string // in the document afterwards
	}{
		{"insert", Insert{List: Layers, Type: "dropout", At: 3}, "a b sum dropout out", `"dropout"`},
		{"insert one of two inputs", Insert{List: Layers, Type: "multiply", At: 2}, "a b multiply sum out", `"from": ["b", "a"]`},
		{"remove what is named", Remove{Layers, 1}, "a sum out", `"from": ["a", "a"]`},
		{"remove what names", Remove{Layers, 2}, "a b out", `"from": ["b"]`},
		{"copy", Copy{Layers, 0}, "a a2 b sum out", `"a2"`},
		{"shift", Shift{Layers, 1, -1}, "b a sum out", ``},
		{"shift too far", Shift{Layers, 0, -1}, "a b sum out", ``},
		{"rename", Rename{"a", "first"}, "first b sum out", `"from": ["b", "first"]`},
		{"rename to a taken name", Rename{"a", "b"}, "a b sum out", ``},
		{"read", SetFrom{"b", "input"}, "a b sum out", `"from": ["input"]`},
		{"a step", Insert{List: "data.preprocess", Type: "standardise"}, "a b sum out", `"preprocess": ["standardise"]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := New("", residual)
			if len(s.Problems) > 0 {
				t.Fatal(s.Problems)
			}
			s.Apply(test.do)
			if got := ids(s); got != test.ids {
				t.Errorf("the layers are %q, want %q", got, test.ids)
			}
			if !strings.Contains(s.Text, test.text) {
				t.Errorf("the document does not say %s:\n%s", test.text, s.Text)
			}
			if len(s.Problems) > 0 {
				t.Errorf("problems: %v", s.Problems)
			}
		})
	}
}

// A layer that refers to another follows it when it is renamed.
func TestRenameReference(t *testing.T) {
	s := New("", `{"version": 1, "data": {"source": "spiral"}, "model": {"only": ["words", "words.weight"], "nodes": [
		{"id": "words", "type": "embedding"}, {"id": "scores", "type": "tied_dense", "config": {"to": "words"}}]},
		"train": {"optimizer": "adam"}}`)
	s.Apply(Rename{"words", "tokens"})
	for _, want := range []string{`"to": "tokens"`, `["tokens", "tokens.weight"]`, `"id": "tokens"`} {
		if !strings.Contains(s.Text, want) {
			t.Errorf("the document does not say %s:\n%s", want, s.Text)
		}
	}
	s.Apply(Rename{"tokens", "a b"})
	if s.ProblemAt(Layers+".tokens.id") == "" {
		t.Error("a name with a space is taken")
	}
}

// Every layer of the catalogue can be put anywhere and taken out again, whatever the core then thinks of it.
func TestInsertEveryLayer(t *testing.T) {
	for _, info := range nn.Layers() {
		s := New("", residual)
		s.Apply(Insert{List: Layers, Type: info.Type, At: 0})
		if len(s.Rows) != 5 || s.Rows[0].Type != info.Type || s.Node != s.Rows[0].ID {
			t.Errorf("%s: the layers are %q, and %q is selected", info.Type, ids(s), s.Node)
		}
		s.Apply(Remove{Layers, 0})
		if ids(s) != "a b sum out" || len(s.Problems) > 0 {
			t.Errorf("%s: afterwards the layers are %q, with %v", info.Type, ids(s), s.Problems)
		}
	}
}

func TestRead(t *testing.T) {
	for _, test := range []struct{ form, text, want string }{
		{"int", "12", "12"}, {"float", "0,5", "0.5"}, {"float", "much", ""}, {"toggle", "true", "true"}, {"choice", "same", `"same"`},
		{"pair", "3", "[3,3]"}, {"pair", "3×5", "[3,5]"}, {"pair", "1 2 3", ""}, {"pair", "", ""}, {"numbers", "[1, 2.5 3]", "[1,2.5,3]"},
		{"numbers", "", "[]"}, {"numbers", "1, x2y", ""}, {"reference", "conv1", `"conv1"`}, {"text", " species ", `"species"`},
		{"amount normal", "0.02", `"normal(0.02)"`}, {"amount normal", "", `"normal"`}, {"amount normal", "x", ""},
	} {
		v, ok := read(test.form, test.text)
		got := ""
		if ok {
			got = string(v.Append(nil, ""))
		}
		if got != test.want {
			t.Errorf("%q typed as %s is %s, want %s", test.text, test.form, got, test.want)
		}
	}
}

// The settings of a loss that the document leaves to the default can be set.
func TestSetOfDefault(t *testing.T) {
	s := New("", residual)
	s.Apply(Set{Path: "train.loss.label_smoothing", Value: config.Num(0.1)})
	if len(s.Problems) > 0 || !strings.Contains(s.Text, `"loss": {"type": "cross_entropy", "label_smoothing": 0.1}`) {
		t.Errorf("%v:\n%s", s.Problems, s.Text)
	}
}
