package session

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/ml/train"
)

func asked(tokens int) *Generate {
	return &Generate{Prompt: "the ", Tokens: tokens, TopP: 1, Repetition: 1, Beams: 1, Guesses: 3}
}

// written joins what was written in a run, and returns its first and last.
func (r *recorder) written(run int) (text string, tokens []Written, first, last Written) {
	for _, e := range r.events {
		for _, w := range e.Written {
			switch {
			case w.Run != run:
			case w.Done:
				last = w
			case w.Token < 0:
				first = w
			default:
				tokens = append(tokens, w)
				text += w.Text
			}
		}
	}
	return text, tokens, first, last
}

// Without any chance the same text comes twice, each token with its candidates,
// and another after training.
func TestGenerate(t *testing.T) {
	r := sequence(t, twoBlocks)
	r.do(Command{Run: &Run{Steps: 60}}, 10000)
	r.do(Command{Generate: asked(50)}, 10000)
	r.do(Command{Generate: asked(50)}, 10000)
	one, tokens, first, last := r.written(1)
	two, _, _, _ := r.written(2)
	if one != two || len(tokens) != 50 || !last.Done || last.Wrong != nil || first.Step != 60 || first.Missing != nil {
		t.Fatalf("%q, then %q: %+v %+v", one, two, first, last)
	}
	for i, w := range tokens {
		if len(w.Guesses) != 3 || w.Guesses[0] != w.Token || w.Weights[0] != w.Chance || w.Weights[0] < w.Weights[1] {
			t.Errorf("token %d: %+v", i, w)
		}
	}
	r.do(Command{Generate: &Generate{Prompt: "§the§", Tokens: 3, TopP: 1, Repetition: 1, Beams: 1}}, 100)
	if _, _, first, _ := r.written(3); !slices.Equal(first.Missing, []string{"§"}) {
		t.Errorf("of the prompt the vocabulary lacks %q", first.Missing)
	}
	r.do(Command{Generate: &Generate{Tokens: 5, TopP: 1, Repetition: 1, Temperature: -1, Beams: 1}}, 100)
	if _, tokens, _, last := r.written(4); tokens != nil || len(last.Wrong) != 1 || last.Wrong[0].Field != "temperature" {
		t.Errorf("a temperature below 0: %+v %+v", tokens, last)
	}
}

// Writing goes on beside training, with the weights that it began with; it can
// be stopped, and another replaces it.
func TestGenerateWhileTraining(t *testing.T) {
	alone := sequence(t, oneLSTM)
	alone.do(Command{Run: &Run{Steps: 20}}, 10000)
	alone.do(Command{Generate: asked(40)}, 10000)
	want, _, _, _ := alone.written(1)

	r := sequence(t, oneLSTM)
	r.do(Command{Run: &Run{Steps: 20}}, 10000)
	r.Do(Command{Run: &Run{}})
	r.Do(Command{Generate: asked(40)})
	for r.writer.active {
		r.Work(time.Nanosecond)
	}
	r.do(Command{Pause: &Pause{}}, 100)
	if got, _, _, _ := r.written(1); got != want || r.train.StepNumber() < 50 {
		t.Errorf("beside training it writes %q up to step %d, alone %q", got, r.train.StepNumber(), want)
	}
	r.Do(Command{Generate: asked(1000)})
	for range 30 {
		r.Work(time.Nanosecond)
	}
	r.do(Command{Stop: &Stop{}}, 1)
	if _, tokens, _, last := r.written(2); !last.Done || len(tokens) == 0 || len(tokens) > 30 {
		t.Errorf("stopped after %d tokens: %+v", len(tokens), last)
	}
	if r.Work(time.Second) != Idle {
		t.Error("after it was stopped there is more to do")
	}
	r.Do(Command{Generate: asked(1000)})
	r.do(Command{Generate: asked(2)}, 100)
	if _, tokens, _, last := r.written(4); len(tokens) != 2 || !last.Done {
		t.Errorf("the one that replaced another wrote %+v", tokens)
	}
}

// Samples come before the first step, after every so many, and after the last;
// they do not change what is learned, and are the same after a reset.
func TestSamples(t *testing.T) {
	sampled := func(r *recorder) (out []Sampled) {
		for _, e := range r.events {
			out = append(out, e.Sampled...)
		}
		return out
	}
	write := *asked(12)
	write.Temperature, write.Seed = 0.8, 1
	r := sequence(t, oneLSTM)
	r.do(Command{Sample: &Sample{Every: 10, Write: write}}, 100)
	r.do(Command{Run: &Run{Steps: 25}}, 10000)
	first := sampled(r)
	steps := []int{}
	for _, s := range first {
		steps = append(steps, s.Step)
		if s.Text == "" || strings.Contains(s.Text, "§") || (s.Loss == 0) != (s.Step == 0) {
			t.Errorf("%+v", s)
		}
	}
	if !slices.Equal(steps, []int{0, 10, 20}) {
		t.Fatalf("samples after the steps %v", steps)
	}
	plain := sequence(t, oneLSTM)
	plain.do(Command{Run: &Run{Steps: 25}}, 10000)
	if !slices.Equal(plain.train.Params().Value, r.train.Params().Value) {
		t.Error("samples change what is learned")
	}
	r.events = nil
	r.do(Command{Reset: &Reset{}}, 100)
	r.do(Command{Run: &Run{Steps: 25}}, 10000)
	if again := sampled(r); !reflect.DeepEqual(again, first) {
		t.Errorf("after a reset %+v, before it %+v", again, first)
	}
	r.events = nil
	r.do(Command{Sample: &Sample{}}, 100)
	r.do(Command{Run: &Run{Steps: 25}}, 10000)
	if got := sampled(r); got != nil {
		t.Errorf("samples that nobody wants: %+v", got)
	}
}

const taskDoc = `{"version": 1, "data": {"source": {"type": "addition", "digits": 1, "samples": 40, "test_samples": 15, "layout": LAYOUT}, "split": {"validation": 0.2}},
 "model": {"nodes": [{"id": "tokens", "type": "embedding", "config": {"size": 24}},
  {"id": "places", "type": "position_embedding"}, {"id": "b", "type": "transformer_encoder", "config": {"heads": 2, "causal": true}}, {"id": "out", "type": "dense", "config": {"units": 0}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 12, "epochs": 50}}`

// Questions are answered: it is known whether the answer is right where the
// question is among the samples, and those of the validation are the samples of
// the model's work.
func TestAnswers(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: strings.Replace(taskDoc, "LAYOUT", `"next_token"`, 1)}}, 1)
	m := r.merged()
	if m.State.Phase != Ready || m.Data.Question == 0 {
		t.Fatalf("%+v %+v", m.Error, m.Data)
	}
	questions, answers := r.asks(10)
	for i, q := range questions {
		var a, b int
		if n, err := fmt.Sscanf(q, "%d+%d", &a, &b); n != 2 || err != nil || strings.TrimSpace(answers[i]) != fmt.Sprint(a+b) {
			t.Errorf("the sample %q has the answer %q", q, answers[i])
		}
		if right, ok := r.right(q); !ok || right != answers[i] {
			t.Errorf("%q is answered by %q", q, right)
		}
	}
	if _, ok := r.right("+"); ok {
		t.Error("what is no question has an answer")
	}
	write := Generate{Tokens: 10, TopP: 1, Repetition: 1, Beams: 1}
	r.do(Command{Sample: &Sample{Every: 400, Write: write}}, 1000)
	r.do(Command{Run: &Run{Steps: 400}}, 100000)
	var samples []Sampled
	for _, e := range r.events {
		samples = append(samples, e.Sampled...)
	}
	lines := strings.Split(samples[len(samples)-1].Text, "\n")
	if len(samples) < 2 || len(lines) != sampledQuestions || !strings.HasPrefix(lines[1], questions[1]+" → ") {
		t.Fatalf("samples %+v", samples)
	}
	// What it learned by heart is right, also where the sample is asked by itself.
	x, y := make([]float32, r.modelInput()), make([]float32, r.set.Meta.Y.Len())
	for i := range 6 {
		r.train.Read(train.Training, i, x, y)
		questions, answers = append(questions, r.question(x)), append(answers, r.answer(y))
	}
	right := 0
	for i, q := range questions {
		write.Prompt = q
		r.do(Command{Generate: &write}, 1000)
		given, _, _, last := r.written(i + 1)
		if last.Right != answers[i] || last.Exact != (given == answers[i]) || i < len(lines) && last.Exact != strings.HasSuffix(lines[i], "✓") {
			t.Errorf("%q is answered by %q: %+v", q, given, last)
		}
		if last.Exact {
			right++
		}
	}
	if right == 0 {
		t.Errorf("none of %q is answered right", questions)
	}
}
