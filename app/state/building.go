package state

import (
	"slices"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/export"
	"descent/ml/nn"
	"descent/ml/session"
)

// The ways in which the model stage shows the model.
const (
	TabGraph   = "graph"
	TabJSON    = "json"
	TabKeras   = "keras"
	TabPyTorch = "pytorch"
)

// Tabs lists them in their order.
var Tabs = []string{TabGraph, TabJSON, TabKeras, TabPyTorch}

// Building is what the model stage keeps besides the document.
type Building struct {
	View    string
	Linking string // the layer whose result another is about to read; "" for none
	Slot    Slot   // where a layer that is chosen in the palette goes

	flops   float64 // a second of training, as it was last measured with a model
	flopsOf int64   // that model takes for a sample
	gauged  float64 // the same of a small network, for who has not trained yet
	written program
}

// A Slot is where in the graph a new layer goes: on the edge to a layer that is named, or behind one.
type Slot struct {
	After  string
	Branch bool // beside what follows it
	To     string
	Port   int
}

// A program is a document as code, kept until the document changes.
type program struct {
	of, to string
	text   string
	err    error
}

// What can be done in the model stage besides changing the document.
type (
	ShowTab struct{ Tab string }
	Mark    struct{ Node string } // selects a layer, also one that is selected
	Join    struct{ From string } // begins to connect a layer, or ends that
	FindFor struct{ Slot Slot }   // opens the palette for a place
)

func (ShowTab) action() {}
func (Mark) action()    {}
func (Join) action()    {}
func (FindFor) action() {}

// Rewire changes what one input of a layer reads; the number after the last adds one.
type Rewire struct {
	To   string
	Port int
	From string
}

func (Rewire) action() {}

func (s *Store) build(a Action) []session.Command {
	s.touch(OnShell)
	switch a := a.(type) {
	case ShowTab:
		s.View, s.Linking = a.Tab, ""
	case Mark:
		s.Node = a.Node
	case Join:
		s.Linking = a.From
	case FindFor:
		s.Palette, s.Slot, s.PaletteAt = true, a.Slot, 0
	}
	return nil
}

// Put adds a layer of a type at a place.
func (p Slot) Put(typ string) Action {
	switch {
	case p.To != "":
		return AddOn{To: p.To, Port: p.Port, Type: typ}
	case p.Branch:
		return Branch{Node: p.After, Type: typ}
	}
	return AddAfter{Node: p.After, Type: typ}
}

// Reads is what each layer reads, in the order of Rows; the input is nn.InputName. Names that no layer before has are left
// out, since there is nothing to be drawn.
func (s *Store) Reads() [][]string {
	known := map[string]bool{nn.InputName: true}
	list := nodes(s.Tree)
	out := make([][]string, 0, len(s.Rows))
	last := nn.InputName
	for i, r := range s.Rows {
		var from []string
		if list != nil && i < len(list.Items) {
			for _, f := range sources(list.Items[i]) {
				if known[f.Str] {
					from = append(from, f.Str)
				}
			}
			if len(sources(list.Items[i])) == 0 {
				from = []string{last}
			}
		}
		out = append(out, from)
		known[r.ID], last = true, r.ID
	}
	return out
}

// Frozen reports whether a layer is not trained.
func (s *Store) Frozen(id string) bool {
	v := s.Value(Layers + "." + id + ".trainable")
	return v != nil && v.Kind == config.Bool && !v.Bool
}

// Readable is what a layer could read without a circle: the input, and all that do not read it, not even through others.
func (s *Store) Readable(id string) []string {
	w, ok := wiringOf(s.Tree)
	if !ok {
		return nil
	}
	below := map[string]bool{id: true}
	for range w.layers { // whatever their order
		for _, l := range w.layers {
			if slices.ContainsFunc(l.from, func(f string) bool { return below[f] }) {
				below[l.id] = true
			}
		}
	}
	out := []string{nn.InputName}
	for _, l := range w.layers {
		if !below[l.id] {
			out = append(out, l.id)
		}
	}
	return out
}

// rewire is connect for one input.
func (w *wiring) rewire(a Rewire) string {
	i := w.at(a.To)
	if i < 0 || a.Port < 0 || a.Port > len(w.layers[i].from) || a.From != nn.InputName && w.at(a.From) < 0 {
		return "wire.nothing"
	}
	if a.Port == len(w.layers[i].from) {
		if _, many := w.inputs(i); len(w.layers[i].from) >= many {
			return "wire.nothing"
		}
		w.layers[i].from = append(w.layers[i].from, a.From)
		return ""
	}
	w.layers[i].from[a.Port] = a.From
	return ""
}

// EpochTime is how long an epoch of the model takes on this machine, in seconds: measured, when it is this model that was
// trained; otherwise estimated from its arithmetic and what the machine did before. Without either it is 0.
func (s *Store) EpochTime() (seconds float64, measured bool) {
	n := float64(s.Plan.Train)
	if len(s.Problems) > 0 || n == 0 {
		return 0, false
	}
	if s.Stats.SamplesPerSecond > 0 && !s.stale {
		return n / s.Stats.SamplesPerSecond, true
	}
	rate := s.flops
	if s.Plan.FLOPs > 10*s.flopsOf { // a step of so small a model is mostly other things than arithmetic
		rate = max(rate, s.gauged)
	}
	if rate == 0 {
		return 0, false
	}
	return trainingCost * float64(s.Plan.FLOPs) * n / rate, false
}

// trainingCost is how many times the arithmetic of a forward pass a step of training takes.
const trainingCost = 3

// paceOf notes what the machine does with the model that is trained.
func (s *Store) paceOf(st session.Stats) {
	if rate := trainingCost * float64(s.Plan.FLOPs) * st.SamplesPerSecond; rate > 0 && !s.stale {
		s.flops, s.flopsOf = rate, s.Plan.FLOPs
	}
}

// Program is the document as a program for a library.
func (s *Store) Program(to export.Library) (string, error) {
	if s.written.of != s.Text || s.written.to != string(to) {
		text, err := s.program(to)
		s.written = program{s.Text, string(to), text, err}
		if err != nil {
			s.written.of = "" // what is known of the data may come later
		}
	}
	return s.written.text, s.written.err
}

func (s *Store) program(to export.Library) (string, error) {
	e, err := s.informed()
	if err != nil {
		return "", err
	}
	return export.Write(e, to, export.Options{})
}

// informed is the experiment of the document with all that is known of its data.
func (s *Store) informed() (*experiment.Experiment, error) {
	e, err := experiment.Read(s.Tree) // the store's own is not to be told of
	if err != nil {
		return nil, err
	}
	if source, ok := e.Data.Settings.(data.Learner); ok && !e.Data.Known() {
		if meta := s.meta(); meta.Known() {
			source.Learn(meta)
		}
	}
	return e, nil
}
