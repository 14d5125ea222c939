package state

import (
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/session"
	"descent/ml/tensor"
)

// brought returns a store that has asked its trainer about files.
func brought(t *testing.T, names_ ...string) (*Store, string) {
	t.Helper()
	s := opened(t, "spiral-mlp")
	var files []File
	for _, n := range names_ {
		files = append(files, File{n, 1000})
	}
	commands := s.Apply(Bring{Files: files})
	if len(commands) != 1 || commands[0].Look == nil {
		t.Fatalf("%v is answered by %q, want look", names_, names(commands))
	}
	return s, commands[0].Look.Source
}

// A file becomes an experiment that fits what the trainer saw in it: the document has no problems once the source knows
// its samples, and the step can be undone.
func TestFileBecomesExperiment(t *testing.T) {
	number, category := session.Column{Name: "a", Kind: data.Number, Role: data.Feature, Missing: 2}, session.Column{Name: "b", Kind: data.Category, Role: data.Feature, Values: 3}
	for _, c := range []struct {
		files  []string
		source string
		seen   session.Seen
		says   []string // in the document
	}{
		{[]string{"iris.csv"}, `{"type":"csv","file":"iris.csv"}`,
			session.Seen{X: []int{4}, Y: []int{1}, Classes: []string{"x", "y", "z"}, Train: 120, Test: 30},
			[]string{`"preprocess": ["standardise"]`, `"units": 3`, `"cross_entropy"`, `"name": "iris"`}},
		{[]string{"houses.tsv"}, `{"type":"csv","file":"houses.tsv"}`,
			session.Seen{X: []int{2}, Y: []int{1}, Train: 5000, Test: 100, Columns: []session.Column{number, category}},
			[]string{`"fill_missing", "one_hot", "standardise"`, `"units": 1`, `"mse"`, `"epochs": 10`}},
		{[]string{"flowers/rose/1.jpg", "flowers/tulip/1.jpg"}, `{"type":"images","file":"flowers"}`,
			session.Seen{X: []int{32, 32, 3}, Y: []int{1}, Classes: []string{"rose", "tulip"}, Train: 80, Test: 20},
			[]string{`"conv2"`, `"units": 2`}},
		{[]string{"tiny.zip"}, `{"type":"images","file":"tiny.zip"}`,
			session.Seen{X: []int{4, 4, 1}, Y: []int{1}, Classes: []string{"a", "b"}, Train: 80, Test: 20},
			[]string{`"flatten"`, `"units": 2`}},
		{[]string{"poem.txt"}, `{"type":"text","file":"poem.txt"}`,
			session.Seen{X: []int{64}, Y: []int{64}, Classes: make([]string, 40), Tokens: 40, Train: 100, Test: 10},
			[]string{`"tokens": 0`, `"units": 0`, `"transformer_decoder"`}},
		{[]string{"reviews.csv"}, `{"type":"csv","file":"reviews.csv"}`,
			session.Seen{Instead: `{"type":"text_table","file":"reviews.csv"}`, X: []int{50}, Y: []int{1}, Classes: []string{"bad", "good"}, Tokens: 40, Train: 100, Test: 10},
			[]string{`"type": "text_table"`, `"conv1d"`, `"units": 0`}},
		{[]string{"train-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz"}, `{"type":"idx","file":"train-images-idx3-ubyte.gz","labels":"train-labels-idx1-ubyte.gz"}`,
			session.Seen{X: []int{28, 28, 1}, Y: []int{1}, Classes: []string{"0", "1"}, Train: 80, Test: 20},
			[]string{`"conv2"`, `"type": "idx"`}},
		{[]string{"mnist.npz"}, `{"type":"npz","file":"mnist.npz"}`,
			session.Seen{X: []int{3, 5}, Y: []int{2}, Train: 100, Test: 10},
			[]string{`"flatten"`, `"units": 2`}},
	} {
		s, source := brought(t, c.files...)
		if source != c.source {
			t.Errorf("%v: asked about %s, want %s", c.files, source, c.source)
		}
		c.seen.Source = source
		if got := names(s.Reduce(session.Event{Seen: &c.seen})); got != "open" {
			t.Errorf("%v: what was seen is answered by %q", c.files, got)
		}
		for _, want := range c.says {
			if !strings.Contains(s.Text, want) {
				t.Errorf("%v: the document lacks %s:\n%s", c.files, want, s.Text)
			}
		}
		if len(s.Problems) > 0 || s.Experiment == nil {
			t.Fatalf("%v: %v\n%s", c.files, s.Problems, s.Text)
		}
		meta := data.Meta{X: c.seen.X, Y: c.seen.Y, Classes: c.seen.Classes, Tokens: c.seen.Tokens, Train: c.seen.Train, Test: c.seen.Test, Range: [2]float64{0, 1}}
		for _, col := range c.seen.Columns {
			meta.Columns = append(meta.Columns, data.Column{Name: col.Name, Kind: col.Kind, Role: col.Role, Values: make([]string, col.Values)})
		}
		s.Experiment.Data.Settings.(data.Learner).Learn(meta)
		p, err := s.Experiment.Plan()
		if err != nil {
			t.Errorf("%v: %v\n%s", c.files, err, s.Text)
		}
		if out := p.Rows[len(p.Rows)-1].Output; len(c.seen.Classes) > 0 && out[len(out)-1] != len(c.seen.Classes) || tensor.Shape(out).Len() == 0 {
			t.Errorf("%v: the model ends in %v", c.files, out)
		}
		s.Apply(Undo{})
		if s.Source() != "spiral" || s.Preset != "spiral-mlp" {
			t.Errorf("%v: undo leads to %q", c.files, s.Source())
		}
	}
}

// A file that stands in for the missing one leaves model and training as they are; one of another kind begins anew.
func TestInstead(t *testing.T) {
	s := opened(t, "nanogpt-cpu")
	if got := strings.Join(s.Instead(), " "); got != ".md .txt" {
		t.Errorf("stand-ins end in %q", got)
	}
	model := string(s.Tree.Get("model").Append(nil, ""))
	got := names(s.Apply(Bring{Files: []File{{"mine.txt", 9}}, Instead: true}))
	if got != "open" || !s.names("mine.txt") || string(s.Tree.Get("model").Append(nil, "")) != model {
		t.Errorf("%q; the document reads %s", got, s.Tree.Get("data").Append(nil, ""))
	}
	if got := names(s.Apply(Bring{Files: []File{{"mine.csv", 9}}, Instead: true})); got != "look" || !s.names("mine.txt") {
		t.Errorf("a table for a text: %q", got)
	}
	s.Apply(SetSource{Type: "pasted_text"})
	if got := s.Instead(); got != nil {
		t.Errorf("a source without a file takes %q", got)
	}
}

// The files of the document that is open are read again; files that nothing reads, and a picture without a class, are
// answered in words; what another question brought is not mixed up.
func TestBring(t *testing.T) {
	s, source := brought(t, "a.csv")
	seen := session.Seen{Source: source, X: []int{2}, Y: []int{1}, Classes: []string{"x", "y"}, Train: 10}
	other := seen
	other.Source = "{}"
	if got := s.Reduce(session.Event{Seen: &other}); got != nil || s.Source() != "spiral" {
		t.Errorf("an answer to nothing changed the document: %s", names(got))
	}
	s.Reduce(session.Event{Seen: &seen})
	if got := names(s.Apply(Bring{Files: []File{{"a.csv", 7}}})); got != "open" {
		t.Errorf("the same file again: %q", got)
	}
	s.Reduce(session.Event{Model: &session.Model{}, Data: &session.Data{Source: "csv", X: []int{2}, Y: []int{1}, Classes: []string{"x", "y"}, Train: 10}})
	if got := s.QualityShown(); got != "accuracy" {
		t.Errorf("once its file was read, the second chart of a table of classes shows %q of %q", got, s.Qualities())
	}
	if len(s.Brought) != 1 || s.Brought[0].Size != 7 {
		t.Errorf("%+v", s.Brought)
	}
	for name, want := range map[string]string{"a.exe": "notice.unread", "rose.png": "notice.folder"} {
		if got := s.Apply(Bring{Files: []File{{name, 1}}}); got != nil || s.Notice != want {
			t.Errorf("%s: %q, and says %q", name, names(got), s.Notice)
		}
	}
	s.Apply(Bring{Files: []File{{"f/x/1.png", 1}, {"f/y/2.png", 2}}})
	want := []Entry{{"a.csv", 7, 0}, {"a.exe", 1, 0}, {"rose.png", 1, 0}, {"f", 3, 2}}
	if got := s.Entries(); len(got) != 4 || got[0] != want[0] || got[3] != want[3] {
		t.Errorf("%+v, want %+v", got, want)
	}
	if s.Looking() != "f" {
		t.Errorf("looking at %q", s.Looking())
	}
	s.Reduce(session.Event{Error: &session.Error{Code: session.NoData, Message: "broken"}})
	if s.Looking() != "" || s.Error == nil {
		t.Errorf("after an error it still looks at %q", s.Looking())
	}
	s.Apply(Drop{"f"})
	if len(s.Brought) != 3 {
		t.Errorf("%+v", s.Brought)
	}
}
