package state

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/session"
)

const verse = `{"version": 1, "data": {"source": {"type": "text", "file": "verse.txt", "context": 8}, "split": {"validation": 0.1}},
 "model": {"nodes": [{"id": "chars", "type": "embedding", "config": {"tokens": 4, "size": 6}},
  {"id": "b1", "type": "transformer_encoder", "config": {"heads": 2, "causal": true}},
  {"id": "out", "type": "dense", "config": {"units": 4}}]},
 "train": {"loss": "cross_entropy", "optimizer": "adam", "batch": 10, "epochs": 20}}`

// reader is a store whose trainer has opened a text.
func reader(t *testing.T, insides ...session.Inside) (*Store, []session.Command) {
	t.Helper()
	s := New("", verse)
	if len(s.Problems) > 0 {
		t.Fatal(s.Problems)
	}
	s.Reduce(session.Event{Hello: &session.Hello{Version: session.Version}})
	tokens := []string{"a", "b", " ", "\n"}
	return s, s.Reduce(session.Event{
		State: &session.State{Phase: session.Ready, Steps: 50, Epochs: 20},
		Model: &session.Model{Input: []int{8}, Parameters: 1, Insides: insides, Layers: make([]session.Layer, 3)},
		Data: &session.Data{X: []int{8}, Y: []int{8}, Classes: tokens, Tokens: 4, Layout: "next_token", Stride: 8, Train: 495, Validation: 55, Test: 40,
			High: 3, Vocabulary: &session.Vocabulary{Kind: "character", Tokens: tokens}},
	})
}

var twoLayers = []session.Inside{{Kind: session.OfTable, Path: "chars.weight", Layer: "chars"},
	{Kind: session.OfAttention, Path: "b1.attention.weights", Layer: "b1"}, {Kind: session.OfAttention, Path: "b2.attention.weights", Layer: "b2"}}

// A text's document is planned once its file was read, and while it is changed afterwards.
func TestTextIsPlanned(t *testing.T) {
	s, _ := reader(t)
	if s.Plan.Parameters < 100 || s.Plan.Train != 495 || s.Plan.Validation != 55 || len(s.Rows) != 3 || !slices.Equal(s.Rows[1].Output, []int{8, 6}) {
		t.Fatalf("%d parameters, %d samples, rows %+v", s.Plan.Parameters, s.Plan.Train, s.Rows)
	}
	s.Apply(Edit{Text: strings.Replace(verse, `"units": 4`, `"units": 5`, 1)})
	if len(s.Problems) != 1 || s.Problems[0].Node != "out" {
		t.Errorf("5 outputs for 4 tokens: %v", s.Problems)
	}
	s.Apply(Edit{Text: strings.Replace(verse, `"size": 6`, `"size": 10`, 1)})
	if len(s.Problems) > 0 || !slices.Equal(s.Rows[1].Output, []int{8, 10}) {
		t.Errorf("wider vectors: %v %+v", s.Problems, s.Rows)
	}
	s.Apply(Edit{Text: strings.Replace(verse, "verse.txt", "other.txt", 1)})
	if len(s.Problems) > 0 || s.Experiment.Data.Known() {
		t.Errorf("another file is known before it was read: %v", s.Problems)
	}
}

// What a model of labelled texts tells is a class, not a token.
func TestAnswerOfLabelledText(t *testing.T) {
	s, _ := reader(t)
	if got := s.Answer(1); got != "b" {
		t.Errorf("the token that comes next is %q", got)
	}
	s.Data.Layout, s.Data.Y, s.Data.Classes = "", []int{1}, []string{"good", "bad"}
	if got := s.Answer(1); got != "bad" {
		t.Errorf("the class of a text is %q", got)
	}
}

// A mask of padding is planned with what the trainer told of the vocabulary, also when the document is changed.
func TestPaddingIsPlanned(t *testing.T) {
	const reviews = `{"version": 1, "data": {"source": {"type": "text_table", "file": "reviews.csv"}, "split": {"validation": 0.1}},
		"model": {"nodes": [{"id": "mask", "type": "padding_mask"}, {"id": "look", "type": "embedding", "from": "input", "config": {"size": 6}},
			{"id": "mean", "type": "mean_over_time", "from": ["look", "mask"]}, {"id": "out", "type": "dense", "config": {"units": 0}}]},
		"train": {"loss": "cross_entropy", "optimizer": "adam"}}`
	s := New("", reviews)
	s.Reduce(session.Event{Hello: &session.Hello{Version: session.Version}})
	s.Reduce(session.Event{
		State: &session.State{Phase: session.Ready, Steps: 50, Epochs: 20},
		Model: &session.Model{Input: []int{8}, Parameters: 1, Layers: make([]session.Layer, 4)},
		Data: &session.Data{X: []int{8}, Y: []int{1}, Classes: []string{"good", "bad"}, Tokens: 4, Train: 90, Validation: 10, High: 3,
			Vocabulary: &session.Vocabulary{Kind: "character", Tokens: []string{"a", "b", "<pad>", "<unknown>"}, Special: []int{2, 3}}},
	})
	if s.Plan.Parameters != 4*6+6*2+2 {
		t.Errorf("%d parameters, problems %v", s.Plan.Parameters, s.Problems)
	}
	s.Apply(Edit{Text: strings.Replace(reviews, `"size": 6`, `"size": 10`, 1)})
	if len(s.Problems) > 0 || s.Plan.Parameters != 4*10+10*2+2 {
		t.Errorf("wider vectors: %v, %d parameters", s.Problems, s.Plan.Parameters)
	}
}

func watched(commands []session.Command) *session.Watch {
	for _, c := range commands {
		if c.Watch != nil {
			return c.Watch
		}
	}
	return nil
}

// One look is open, and only that one is asked for.
func TestLooks(t *testing.T) {
	s, first := reader(t, twoLayers...)
	if w := watched(first); w == nil || w.Reading != candidates || w.Attention != "" || w.Samples != 0 {
		t.Fatalf("at first %+v is watched", w)
	}
	if got := s.Tabs(); !slices.Equal(got, []string{InText, InLayers, InAttention, InSpreads, InProjection, InTable, InVocabulary}) {
		t.Errorf("there is %v to look into", got)
	}
	for _, c := range []struct {
		do   Action
		want session.Watch
	}{
		{LookInto{InAttention}, session.Watch{Attention: "b1.attention.weights"}},
		{Choose{session.OfAttention, "b2.attention.weights"}, session.Watch{Attention: "b2.attention.weights"}},
		{Choose{session.OfAttention, session.Rollout}, session.Watch{Attention: session.Rollout}},
		{ReadText{"ab"}, session.Watch{Attention: session.Rollout, Subject: session.Subject{Text: "ab"}}},
		{LookInto{InTable}, session.Watch{Table: "chars.weight"}},
		{LookInto{InText}, session.Watch{Reading: candidates, Subject: session.Subject{Text: "ab"}}},
		{ReadSample{By: -1}, session.Watch{Reading: candidates, Subject: session.Subject{Sample: 54}}},
		{LookInto{InVocabulary}, session.Watch{Vocabulary: true}},
		{LookInto{InStates}, session.Watch{Reading: candidates, Subject: session.Subject{Sample: 54}}}, // there is none: the first
	} {
		w := watched(s.Apply(c.do))
		if w == nil || !same(*w, c.want) {
			t.Errorf("%+v: %+v is watched, want %+v", c.do, w, c.want)
		}
	}
	if got := s.Apply(LookInto{InStates}); got != nil {
		t.Errorf("what is on show already is asked for again: %+v", got)
	}
	s.Apply(Fit{Narrow: true})
	if w := s.Watching(); w.Reading != 0 {
		t.Errorf("a narrow window shows the pane %s, and %+v is watched", s.Pane, w)
	}
	if w := watched(s.Apply(Show{PaneEvaluate})); w == nil || w.Reading != candidates {
		t.Errorf("where it is shown %+v is watched", w)
	}
	s.Apply(Load{Text: preset(t, "spiral-mlp")})
	if len(s.Tabs()) > 0 || s.Sequential() {
		t.Error("points are looked into")
	}
}

// Predictions stand at the tokens that they are about.
func TestPlaces(t *testing.T) {
	for layout, want := range map[string][]int{"next_token": {-1, 5, 6, 7}, "masked": {5, 6, 7}, "teacher": {-1, -1, 5, 6, 7}, "answer": {-1, -1, -1, 5, 6, 7}} {
		s, _ := reader(t)
		s.Data.Layout, s.Data.Question = layout, 1
		s.Reduce(session.Event{Reading: &session.Reading{Tokens: []int{0, 1, 2}, Pieces: []string{"a", "b", " "}, Targets: []int{5, 6, 7},
			Chances: []float64{0.5, 0.25, 1}, Each: 1, Guesses: []int{0, 1, 2}, Weights: []float64{1, 1, 1}}})
		var got []int
		bits := 0.0
		for i, p := range s.Places() {
			got = append(got, p.Target)
			bits += p.Bits
			if p.Target >= 0 && len(p.Guesses) != 1 || i < 3 && p.Piece != s.TokenText(i) || i >= 3 && p.Token != -1 {
				t.Errorf("%s: place %d is %+v", layout, i, p)
			}
		}
		if !slices.Equal(got, want) || bits != 3 {
			t.Errorf("%s: targets %v with %v bits, want %v with 3", layout, got, bits, want)
		}
	}
	for bits, want := range map[float64]int{0: 0, 0.9: 0, 1: 1, 3.9: 2, 4: 3, 100: 6} {
		if got := Surprise(bits); got != want {
			t.Errorf("%v bits are in step %d, want %d", bits, got, want)
		}
	}
	if got := Visible(" a\n"); got != "·a⏎" || Visible("") == "" {
		t.Errorf("seen: %q", got)
	}
	s, _ := reader(t)
	if m := s.Means(math.Log(8)); math.Abs(m.Perplexity-8) > 1e-12 || math.Abs(m.Bits-3) > 1e-12 || m.Characters {
		t.Errorf("a loss of ln 8 means %+v", m)
	}
	s.Data.Baselines = []session.Baseline{{Name: "uniform", Part: "test", Loss: 1, BitsPerCharacter: 5}, {Name: "uniform", Part: "validation", Loss: 2, BitsPerCharacter: 1}}
	if m := s.Means(4); math.Abs(m.Bits-2) > 1e-12 || !m.Characters || len(s.Baselines()) != 1 {
		t.Errorf("with tokens of several characters: %+v", m)
	}
}

// Writing: asked for, taken in piece by piece, replaced, stopped.
func TestWriting(t *testing.T) {
	s, first := reader(t)
	var sample *session.Sample
	for _, c := range first {
		if c.Sample != nil {
			sample = c.Sample
		}
	}
	if sample == nil || sample.Every != 50 || sample.Write.Tokens != 100 || sample.Write.Temperature != 0.8 {
		t.Fatalf("of 1,000 steps samples are taken as %+v", sample)
	}
	if c := s.Apply(SetSampling{250}); c[0].Sample.Every != 250 {
		t.Errorf("every 250: %+v", c)
	}
	for name, v := range map[string]float64{"temperature": 7, "tokens": 0, "top_p": 2, "beams": 3.2, "seed": -1} {
		s.Apply(SetWriting{Name: name, Number: v})
	}
	s.Apply(SetWriting{Name: "prompt", Text: "ab"})
	if a := s.Ask; a.Temperature != 5 || a.Tokens != 1 || a.TopP != 1 || a.Beams != 3 || a.Seed != 0 || a.Prompt != "ab" {
		t.Errorf("settings beyond their bounds became %+v", a)
	}
	if c := s.Apply(Write{}); len(c) != 1 || c[0].Generate.Prompt != "ab" || c[0].Generate.Temperature != 0 {
		t.Errorf("with several beams nothing is drawn, and it asks for %+v", c)
	}
	s.warm = false
	if s.Data.Question = 4; s.Temperature() != 0 {
		t.Errorf("an answer is drawn at %v", s.Temperature())
	}
	s.Data.Question = 0
	w := &s.Written
	s.Reduce(session.Event{Written: []session.Written{{Run: 1, Token: -1, Step: 7}, {Run: 1, Token: 0, Text: "a"}, {Run: 1, Token: 3, Text: "\n"}}})
	if !w.Busy || w.Text() != "a\n" || w.Step != 7 {
		t.Errorf("so far %+v", w)
	}
	if c := s.Apply(StopWriting{}); len(c) != 1 || c[0].Stop == nil {
		t.Errorf("stopping: %+v", c)
	}
	s.Apply(Write{})
	s.Reduce(session.Event{Written: []session.Written{{Run: 1, Token: 0, Text: "late"}, {Run: 2, Token: 1, Text: "b"}, {Run: 2, Token: -1, Done: true}}})
	if w.Busy || w.Text() != "b" || w.End == nil {
		t.Errorf("the second: %+v", w)
	}
	if c := s.Apply(StopWriting{}); c != nil {
		t.Errorf("nothing to stop: %+v", c)
	}
}

// Samples are kept in order, fewer when there are many, and go with a reset.
func TestSampled(t *testing.T) {
	s, _ := reader(t)
	for step := 0; step <= 10000; step += 100 {
		s.Reduce(session.Event{Sampled: []session.Sampled{{Step: step, Text: "x"}, {Step: step, Text: "again"}}})
	}
	all := s.Written.Samples
	if len(all) > mostSamples || all[0].Step != 0 || all[len(all)-1].Step != 10000 {
		t.Errorf("%d samples from step %d to %d", len(all), all[0].Step, all[len(all)-1].Step)
	}
	for i := range all {
		if all[i].Text != "x" || i > 0 && all[i].Step <= all[i-1].Step {
			t.Errorf("sample %d: %+v", i, all[i])
		}
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Ready, Step: 100, Steps: 50, Epochs: 20}})
	s.Apply(Reset{})
	if len(s.Written.Samples) > 0 {
		t.Error("samples outlive a reset")
	}
}
