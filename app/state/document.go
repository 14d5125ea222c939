package state

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/optim"
	"descent/ml/session"
)

// replace takes a text as the document, with or without problems, and sends nothing.
func (s *Store) replace(text string) {
	s.Text = text
	s.Preset = ""
	for _, l := range s.loads {
		if text == l.Text {
			s.loaded, s.Preset = l, l.Preset
		}
	}
	s.Drafts = map[string]Draft{}
	s.Problems, s.Tree = nil, nil
	tree, err := config.Parse([]byte(text))
	if err == nil {
		s.Tree = tree
		var e *experiment.Experiment
		if e, err = experiment.Read(tree); err == nil {
			s.Experiment, s.Plan = e, experiment.Plan{}
			s.recall()
			if e.Data.Known() {
				s.Plan, err = e.Plan()
			}
		}
	}
	if err != nil {
		if s.Problems, _ = config.All(err); s.Problems == nil {
			s.Problems = config.Errors{{Msg: err.Error()}}
		}
	}
	s.examine()
}

// came notes a text that was not typed but came whole, so that going back to it is seen as that.
func (s *Store) came(l Load) {
	s.loaded = l
	s.loads = append(s.loads, l)
	s.loads = s.loads[max(0, len(s.loads)-maxUndo):]
}

// Origin is the preset the document came from, which may have been changed since; "" for none.
func (s *Store) Origin() string { return s.loaded.Preset }

// edit replaces the text, remembers the one before for undo, and tells the trainer what changed.
func (s *Store) edit(text string, resume bool) []session.Command {
	if text == s.Text {
		return nil
	}
	s.remember()
	return s.take(text, resume)
}

// maxUndo is how many steps can be undone; a document is a few kilobytes.
const maxUndo = 100

func (s *Store) remember() {
	s.past = append(s.past, s.Text)
	s.past = s.past[max(0, len(s.past)-maxUndo):]
	s.future = nil
}

func (s *Store) take(text string, resume bool) []session.Command {
	before := s.Experiment
	s.restoring, s.copying = "", false
	s.replace(text)
	if len(s.Problems) > 0 {
		return nil // the trainer keeps the last experiment that could run
	}
	if s.State.Phase == session.Empty || s.State.Phase == "" || s.Error != nil {
		return s.open(resume)
	}
	tunes, reopen := difference(before, s.Experiment)
	if reopen {
		return s.open(resume)
	}
	if r := s.record(); r != nil {
		r.Document = s.Text // the run goes on by it
	}
	return tunes
}

func (s *Store) load(a Load) []session.Command {
	s.remember()
	s.restoring, s.copying, s.branchOf = "", false, ""
	s.came(a)
	s.replace(a.Text)
	s.Node = s.opening()
	s.touch(OnShell)
	if len(s.Problems) > 0 {
		s.Editor = true // where they can be mended
		return nil
	}
	return s.open(false)
}

// opening is the layer that is explained at first: where there is no pad to draw on there is room for it.
func (s *Store) opening() string {
	if s.Experiment == nil || s.TakesDigits() || len(s.Experiment.Model.Nodes) == 0 {
		return ""
	}
	return s.Experiment.Model.Nodes[0].ID
}

func (s *Store) undo() []session.Command { return s.travel(&s.past, &s.future) }
func (s *Store) redo() []session.Command { return s.travel(&s.future, &s.past) }

func (s *Store) travel(from, to *[]string) []session.Command {
	last := len(*from) - 1
	if last < 0 {
		return nil
	}
	text := (*from)[last]
	*from, *to = (*from)[:last], append(*to, s.Text)
	return s.take(text, true)
}

// open sends the document. Nothing that was heard before its answer is about it: each is numbered, and so are the events
// that follow it.
func (s *Store) open(resume bool) []session.Command {
	s.resume = resume && s.Running()
	s.number++
	if s.restoring == "" {
		s.end()
	}
	s.forget()
	s.stale = true
	if s.Worker != Alive || s.waiting {
		return nil // it is opened by Hello, or when it is known what the desk holds
	}
	s.touch(OnRun, OnStats, OnViews, OnPad)
	run := s.restoring
	s.restoring, s.awaited = "", run
	return []session.Command{{Open: &session.Open{Experiment: s.Text, Number: s.number, Resume: run}}}
}

// forget drops what the trainer told of an experiment.
func (s *Store) forget() {
	t := &s.Training
	*t = Training{Worker: t.Worker, Failure: t.Failure, Hello: t.Hello}
	s.State.Phase = session.Loading
	s.Zoom, s.Diagnosis = Span{}, Diagnosis{}
	s.stale, s.rewound, s.single = false, false, false
	s.watch, s.Speed = session.Watch{}, nil
	s.Pad.asked, s.Pad.Answer = false, nil
	s.Shelf.anew()
	s.Trying = Trying{Typed: s.Trying.Typed}
	s.forgetEvaluation()
}

// difference says how the trainer gets from one experiment to another: by tuning the optimizer as it runs, or by
// starting anew.
func difference(from, to *experiment.Experiment) (tunes []session.Command, reopen bool) {
	if from == nil || from.Train.Optimizer != to.Train.Optimizer || from.Train.Settings.Slots() != to.Train.Settings.Slots() {
		return nil, true
	}
	was := from.Train.Settings.Fields()
	for i, f := range to.Train.Settings.Fields() {
		v, old := f.Value(), was[i].Value()
		switch {
		case string(v.Append(nil, "")) == string(old.Append(nil, "")):
		case v.Kind == config.Number:
			tunes = append(tunes, session.Command{Tune: &session.Tune{Field: f.Name, Value: v.Num}})
		default:
			return nil, true
		}
	}
	return tunes, rest(from) != rest(to)
}

// rest is what an experiment says beside its optimizer and its name.
func rest(e *experiment.Experiment) string {
	v := e.Value().Clone()
	for _, path := range []string{"train.optimizer", "name", "doc"} {
		v.Set(path, &config.Value{Kind: config.Null})
	}
	return string(v.Append(nil, ""))
}

// Value returns what the document says at a path, or nil where it says nothing.
func (s *Store) Value(path string) *config.Value {
	at := s.Tree
	for _, step := range strings.Split(path, ".") {
		if at == nil {
			return nil
		}
		if at.Kind == config.Array {
			i := slices.IndexFunc(at.Items, func(v *config.Value) bool { return text(v.Get("id")) == step })
			if n, err := strconv.Atoi(step); err == nil && n < len(at.Items) {
				i = n
			}
			if i < 0 {
				return nil
			}
			at = at.Items[i]
		} else {
			at = at.Get(step)
		}
	}
	return at
}

// ProblemAt returns what is wrong with a setting, or "".
func (s *Store) ProblemAt(path string) string {
	if d, ok := s.Drafts[path]; ok {
		return s.Language.Text(d.Problem)
	}
	for _, p := range s.Problems {
		field := indices.Replace(p.Field)
		if field == path || p.Node != "" && (path == "model.nodes."+p.Node+".config."+field || path == "model.nodes."+p.Node+"."+field) {
			return s.Language.Problem(p)
		}
	}
	return ""
}

// indices brings the places that problems name, data.preprocess[0], into the form of paths.
var indices = strings.NewReplacer("[", ".", "]", "")

// set changes one setting in the document.
func (s *Store) set(path string, to *config.Value) []session.Command {
	if s.Tree == nil {
		return nil // text that is not JSON has no settings
	}
	tree := s.Tree.Clone()
	s.complete(tree, path)
	if err := tree.Set(path, to); err != nil {
		return nil
	}
	return s.move(path, format(tree))
}

// complete writes down what a setting belongs to where the document leaves that unsaid: the settings of a loss need the
// loss.
func (s *Store) complete(tree *config.Value, path string) {
	const loss = "train.loss"
	if strings.HasPrefix(path, loss+".") && tree.Get("train").Get("loss") == nil && s.Experiment != nil {
		tree.Set(loss, config.Text(s.Experiment.Train.Loss))
	}
}

// move is edit for what comes in many small steps: a slider on its way, or a word being typed, is one step to undo.
func (s *Store) move(path, text string) []session.Command {
	now := s.Clock()
	going := path == s.moving && now.Sub(s.movedAt) < time.Second && len(s.past) > 0
	s.moving, s.movedAt = path, now
	if going && text != s.Text {
		return s.take(text, true)
	}
	return s.edit(text, true)
}

// setSource changes where the samples come from. Settings belong to their source, so they go; and where the kind of
// the data changes, the ends of the model change with it.
func (s *Store) setSource(typ string) []session.Command {
	info, ok := data.Lookup(typ)
	if !ok || s.Tree == nil {
		return nil
	}
	tree := s.Tree.Clone()
	tree.Set("data.source", config.Text(typ))
	dropEdits(tree)
	other := s.Experiment != nil && s.Kind() != info.Kind
	if other {
		tree = fit(tree, info)
	}
	meta := info.New().Meta()
	if was := s.Experiment; !other && was != nil {
		answers(tree, len(was.Data.Settings.Meta().Classes), len(meta.Classes))
	}
	if split := tree.Get("data").Get("split"); split != nil && split.Get("train") != nil {
		if n := split.Get("train").Num + number(split.Get("validation")); n > float64(meta.Train) {
			tree.Set("data.split", config.Obj(config.Member{Key: "validation", Value: config.Num(0.1)}))
		}
	}
	commands := s.edit(format(tree), false)
	if other {
		s.Node = s.opening()
		s.touch(OnShell)
	}
	return commands
}

// setOptimizer also goes back to the learning rate that suits the new one.
func (s *Store) setOptimizer(typ string) []session.Command {
	if _, ok := optim.Lookup(typ); !ok {
		return nil
	}
	return s.set("train.optimizer", config.Text(typ))
}

func kindOf(e *experiment.Experiment) string {
	if e == nil {
		return "points"
	}
	info, _ := data.Lookup(e.Data.Source)
	return info.Kind
}
