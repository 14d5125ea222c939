package state

import (
	"strings"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/session"
	"descent/web/presets"
)

func preset(t testing.TB, name string) string {
	t.Helper()
	text, ok := presets.Text(name)
	if !ok {
		t.Fatalf("there is no preset %s", name)
	}
	return string(text)
}

// names writes commands as the fields they set.
func names(commands []session.Command) string {
	var out []string
	for _, c := range commands {
		v, err := config.Parse(c.Encode())
		if err != nil {
			return err.Error()
		}
		out = append(out, v.Members[0].Key)
	}
	return strings.Join(out, " ")
}

// opened returns a store whose trainer is ready with a preset.
func opened(t *testing.T, name string) *Store {
	t.Helper()
	s := New(name, preset(t, name))
	hello(t, s)
	loaded(s)
	return s
}

func hello(t *testing.T, s *Store) {
	t.Helper()
	if got := names(s.Reduce(session.Event{Hello: &session.Hello{Version: 1, Kernel: "scalar"}})); got != "open" {
		t.Fatalf("Hello is answered by %q, want open", got)
	}
}

func loaded(s *Store) []session.Command {
	meta := s.Plan.Meta
	out := s.Reduce(session.Event{State: &session.State{Phase: session.Loading}})
	return append(out, s.Reduce(session.Event{
		State: &session.State{Phase: session.Ready, Steps: s.Plan.Steps, Epochs: s.Experiment.Train.Epochs},
		Model: &session.Model{},
		Data:  &session.Data{X: meta.X, Classes: meta.Classes, Train: s.Plan.Train, Validation: s.Plan.Validation, Test: meta.Test, Low: meta.Range[0], High: meta.Range[1]},
	})...)
}

func set(path string, v *config.Value) Action { return Set{Path: path, Value: v} }

func TestCommandsOfActions(t *testing.T) {
	running := session.Event{State: &session.State{Phase: session.Running, Step: 5}}
	done := session.Event{State: &session.State{Phase: session.Done, Step: 50}}
	for _, test := range []struct {
		name   string
		events []session.Event
		act    Action
		want   string
	}{
		{"play", nil, Play{}, "run"},
		{"play while it runs", []session.Event{running}, Play{}, ""},
		{"play when it is over", []session.Event{done}, Play{}, ""},
		{"pause", []session.Event{running}, Pause{}, "pause"},
		{"pause while it stands", nil, Pause{}, ""},
		{"step", nil, Step{}, "run"},
		{"step while it runs stops it", []session.Event{running}, Step{}, "pause"},
		{"reset at the start", nil, Reset{}, ""},
		{"reset", []session.Event{running}, Reset{}, "reset"},
		{"the learning rate is tuned", nil, set("train.optimizer.lr", config.Num(0.5)), "tune"},
		{"the same learning rate is nothing", nil, set("train.optimizer.lr", config.Num(0.003)), ""},
		{"the batch starts anew", nil, set("train.batch", config.Num(20)), "open"},
		{"the seed starts anew", nil, set("seed", config.Num(7)), "open"},
		{"a layer starts anew", nil, set("model.nodes.hidden1.config.units", config.Num(3)), "open"},
		{"a problem is not sent", nil, set("train.batch", config.Num(-1)), ""},
		{"a name is not news", nil, set("name", config.Text("Other")), ""},
		{"other data", nil, SetSource{"xor"}, "open"},
		{"an unknown source", nil, SetSource{"nonsense"}, ""},
		{"another optimizer", nil, SetOptim{"sgd"}, "open"},
		{"text that is no number", nil, SetText{"train.batch", "int", "many"}, ""},
		{"text that is one", nil, SetText{"train.batch", "int", "16"}, "open"},
		{"validation points are watched", nil, ShowChecks{true}, "watch"},
		{"colours are sent", nil, Paint{Palette{Classes: [10]int{1, 2}}}, "watch"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := opened(t, "spiral-mlp")
			for _, e := range test.events {
				s.Reduce(e)
			}
			if got := names(s.Apply(test.act)); got != test.want {
				t.Errorf("the commands are %q, want %q", got, test.want)
			}
		})
	}
}

// While one step is made, the button goes on saying Train.
func TestSingleStep(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Apply(Step{})
	s.Reduce(session.Event{State: &session.State{Phase: session.Running}})
	if s.Running() || !s.Playable() {
		t.Error("one step counts as running")
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Ready, Step: 1}})
	s.Apply(Play{})
	s.Reduce(session.Event{State: &session.State{Phase: session.Running, Step: 2}})
	if !s.Running() || s.State.Step != 2 {
		t.Error("after one step, training does not count as running")
	}
}

// Points are held to a pace that can be watched, images are not, and a change acts while it runs.
func TestPace(t *testing.T) {
	rate := func(commands []session.Command) float64 {
		t.Helper()
		if names(commands) != "run" {
			t.Fatalf("the commands are %q, want run", names(commands))
		}
		return commands[0].Run.Rate
	}
	s := opened(t, "spiral-mlp")
	if got := s.Apply(SetPace{OfPoints, 20}); len(got) > 0 {
		t.Errorf("while it stands, the pace sends %q", names(got))
	}
	if got := rate(s.Apply(Play{})); got != 20 {
		t.Errorf("it runs at %v, want 20", got)
	}
	if got := rate(s.Apply(SetPace{OfPoints, 0})); got != 0 {
		t.Errorf("at full speed it runs at %v", got)
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Done}})
	if s.Reduce(session.Event{Error: &session.Error{Code: session.Refused}}); s.Error != nil {
		t.Errorf("a change of pace that came too late is told as %+v", s.Error)
	}
	if s.Reduce(session.Event{Error: &session.Error{Code: session.Refused}}); s.Error == nil {
		t.Error("after it, nothing is told")
	}
	for _, a := range []SetPace{{OfPoints, 17}, {"nothing", 20}, {OfImages, 2}} {
		if got := s.Apply(a); len(got) > 0 || s.Pace() != 0 {
			t.Errorf("%+v sends %q, and the pace is %v", a, names(got), s.Pace())
		}
	}
	if got := rate(opened(t, "spiral-mlp").Apply(Play{})); got != 400 {
		t.Errorf("points start at %v steps a second, want 400", got)
	}
	if got := rate(opened(t, "keras-convnet").Apply(Play{})); got != 0 {
		t.Errorf("images start at %v steps a second, want full speed", got)
	}
	// Play in the middle of a single step goes on after it.
	s = opened(t, "spiral-mlp")
	s.Apply(Step{})
	if got := names(s.Apply(Play{})); got != "pause run" {
		t.Errorf("Play during one step sends %q, want pause run", got)
	}
}

func TestDataIsWatched(t *testing.T) {
	s := New("", preset(t, "spiral-mlp"))
	hello(t, s)
	if got := names(loaded(s)); got != "watch" {
		t.Fatalf("data is answered by %q, want watch", got)
	}
	w := s.Watching()
	if w.Boundary == 0 || len(w.Palette) != 3 || w.Low > -6 || w.Low+w.Side < 6 {
		t.Errorf("points are watched as %+v: want a map with two colours and one between, around -6..6", w)
	}
	s = New("", preset(t, "keras-convnet"))
	hello(t, s)
	loaded(s)
	if w := s.Watching(); w.Boundary != 0 || w.Checks == 0 || w.Samples == 0 {
		t.Errorf("images are watched as %+v: want samples and checks", w)
	}
}

// What was under way when another experiment was opened is not about it.
func TestStaleEvents(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Apply(Play{})
	s.Apply(set("seed", config.Num(2)))
	late := session.Event{State: &session.State{Phase: session.Running, Step: 77},
		Points: []session.Point{{Curve: "train", Step: 77}}}
	s.Reduce(late)
	if s.State.Step != 0 || len(s.Train.Points) != 0 {
		t.Errorf("an event from before counts: step %d, %d points", s.State.Step, len(s.Train.Points))
	}
	if got := names(loaded(s)); got != "watch run" {
		t.Errorf("the new experiment is answered by %q; it was running, so want watch run", got)
	}

	s.Reduce(late)
	s.Apply(Reset{})
	s.Reduce(late)
	if s.State.Step != 0 || len(s.Train.Points) != 0 {
		t.Errorf("an event from before the reset counts: step %d, %d points", s.State.Step, len(s.Train.Points))
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Ready}})
	s.Reduce(late)
	if s.State.Step != 77 {
		t.Errorf("after the reset, events do not count")
	}
}

func TestUndo(t *testing.T) {
	s := opened(t, "spiral-mlp")
	first := s.Text
	s.Apply(set("train.batch", config.Num(20)))
	second := s.Text
	s.Apply(Edit{"{"})
	if s.Preset != "" || len(s.Problems) == 0 {
		t.Errorf("a broken text is preset %q with %d problems", s.Preset, len(s.Problems))
	}
	s.Apply(Undo{})
	if s.Text != second {
		t.Error("undo does not bring back the text before the last")
	}
	s.Apply(Undo{})
	if s.Text != first || s.Preset != "spiral-mlp" || s.CanUndo() {
		t.Error("undo does not bring back the preset")
	}
	s.Apply(Redo{})
	if s.Text != second {
		t.Error("redo does not bring it forward again")
	}

	// A slider that moves is one step.
	s = opened(t, "spiral-mlp")
	now := time.Now()
	s.Clock = func() time.Time { return now }
	for _, lr := range []float64{0.01, 0.02, 0.03} {
		now = now.Add(100 * time.Millisecond)
		s.Apply(set("train.optimizer.lr", config.Num(lr)))
	}
	s.Apply(Undo{})
	if s.Text != first {
		t.Error("a slider that moved takes several undos")
	}
}

func TestMend(t *testing.T) {
	text := preset(t, "keras-convnet")
	broken := strings.Replace(text, `{"id": "flatten", "type": "flatten"},`, "", 1)
	s := opened(t, "spiral-mlp")
	s.Apply(Load{Text: broken})
	if len(s.Problems) != 1 || s.Problems[0].Fix != "insert_flatten" || !s.Editor {
		t.Fatalf("the problems are %v, and the editor is open: %v", s.Problems, s.Editor)
	}
	rows := s.Rows
	if last := rows[len(rows)-1]; !last.Broken || last.Output != nil || rows[0].Output == nil {
		t.Errorf("the chain of the broken model is %+v", rows)
	}
	if s.Playable() {
		t.Error("a broken experiment can be played")
	}
	p := s.Problems[0]
	if got := names(s.Apply(Mend{p.Fix, p.Node})); got != "open" || len(s.Problems) != 0 {
		t.Errorf("the mend is followed by %q, with the problems %v", got, s.Problems)
	}
	if s.Plan.Parameters != 34826 {
		t.Errorf("the mended model has %d parameters, want 34826", s.Plan.Parameters)
	}
}

// A setting that changes what the optimizer remembers cannot be tuned as it runs.
func TestOptimizerThatRemembersMore(t *testing.T) {
	s := opened(t, "keras-mlp")
	if got := names(s.Apply(set("train.optimizer.decay", config.Num(0.99)))); got != "tune" {
		t.Errorf("the decay: %q", got)
	}
	if got := names(s.Apply(set("train.optimizer.momentum", config.Num(0.9)))); got != "open" {
		t.Errorf("a momentum: %q", got)
	}
	if got := names(s.Apply(set("train.optimizer.momentum", config.Num(0.8)))); got != "tune" {
		t.Errorf("another momentum: %q", got)
	}
}

// Every source can follow every preset: the model is fitted to it.
func TestEverySourceFits(t *testing.T) {
	for _, name := range presets.Names() {
		for _, source := range []string{"circle", "reg_plane", "digits", "mnist", "spiral"} {
			s := New(name, preset(t, name))
			s.Apply(SetSource{source})
			if len(s.Problems) > 0 {
				t.Errorf("%s with %s: %v", name, source, s.Problems)
			}
			if s.Source() != source {
				t.Errorf("%s with %s has the source %q", name, source, s.Source())
			}
			// And back to points.
			s.Apply(SetSource{"xor"})
			if len(s.Problems) > 0 {
				t.Errorf("%s with %s, then xor: %v", name, source, s.Problems)
			}
		}
	}
}

func TestWorkerDies(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Apply(set("train.batch", config.Num(25)))
	s.Apply(Play{})
	s.Apply(WorkerDied{Message: "out of memory"})
	if s.Playable() || s.Running() || s.Worker != Dead {
		t.Error("a dead trainer seems to live")
	}
	s.Apply(WorkerStart{})
	commands := s.Reduce(session.Event{Hello: &session.Hello{Version: 1}})
	if names(commands) != "open" || commands[0].Open.Experiment != s.Text || !strings.Contains(s.Text, `"batch": 25`) {
		t.Errorf("the new trainer gets %q", names(commands))
	}
}

func TestNoData(t *testing.T) {
	s := New("", preset(t, "keras-convnet"))
	hello(t, s)
	s.Reduce(session.Event{State: &session.State{Phase: session.Loading}})
	s.Reduce(session.Event{State: &session.State{Phase: session.Empty}, Error: &session.Error{Code: session.NoData, Message: "404"}})
	if s.Error == nil || s.Playable() {
		t.Fatal("the missing data is not told")
	}
	if got := names(s.Apply(SetSource{"digits"})); got != "open" || s.Error != nil || len(s.Problems) > 0 {
		t.Errorf("drawn digits are followed by %q, error %v, problems %v", got, s.Error, s.Problems)
	}
}
