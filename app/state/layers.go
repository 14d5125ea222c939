package state

import (
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/graph"
	"descent/ml/nn"
)

// A Row is one layer of the chain, as far as it is known.
type Row struct {
	ID, Type string
	Output   []int // nil where it is not known
	Params   int
	FLOPs    int64
	Layer    nn.Layer // its settings; nil where they have problems
	Broken   bool
}

// examine works out the layers of the document as it is. Where it has problems, that is as far as they go.
func (s *Store) examine() {
	s.Rows, s.Input = nil, nil
	var model nn.Model
	var known []nn.Row
	if len(s.Problems) == 0 && s.Experiment != nil && s.Experiment.Data.Known() {
		model, known, s.Input = s.Experiment.Model, s.Plan.Rows, s.Plan.Input
	} else if v := s.Tree.Get("model"); v != nil {
		var errs config.Errors
		model = nn.Decode(v, &errs)
		if meta := s.meta(); meta.Known() {
			s.Input = meta.X
			_, known = model.Build(graph.NewBuilder(), s.Input.With(1), nn.Options{Tokens: meta.Tokens, Classes: len(meta.Classes), Pad: meta.Pad()})
		}
	}
	broken := map[string]bool{}
	for _, p := range s.Problems {
		broken[p.Node] = true
	}
	for i, n := range model.Nodes {
		r := Row{ID: n.ID, Type: n.Type, Layer: n.Layer, Broken: broken[n.ID]}
		if i < len(known) {
			r.Output, r.Params, r.FLOPs = known[i].Output, known[i].Params, known[i].FLOPs
		}
		s.Rows = append(s.Rows, r)
	}
}

// learn takes over what the trainer found out about data that is known only when its file was read.
func (s *Store) learn() {
	if s.Experiment == nil || s.Experiment.Data.Known() || s.Model == nil || s.Data == nil || len(s.Model.Layers) != len(s.Rows) {
		return
	}
	s.touch(OnDocument)
	d := s.Data
	meta := d.Meta()
	if d.Tokens > 0 {
		// Of tokens this is all, so that the document can be planned, also while it is changed.
		s.learned, s.learnedOf = meta, s.sourceText()
		if s.recall(); s.Experiment.Data.Known() {
			if plan, err := s.Experiment.Plan(); err == nil {
				s.Plan = plan
				s.examine()
				return
			}
		}
	}
	s.Input = s.Model.Input
	s.Plan.Meta = meta
	s.Plan.Train, s.Plan.Validation = d.Train, d.Validation
	s.Plan.Parameters, s.Plan.FLOPs = s.Model.Parameters, int64(s.Model.FLOPs)
	for i, l := range s.Model.Layers {
		s.Rows[i].Output, s.Rows[i].Params, s.Rows[i].FLOPs = l.Output, l.Parameters, int64(l.FLOPs)
	}
}

// recall tells the source of a document what was learned of it before.
func (s *Store) recall() {
	if source, ok := s.Experiment.Data.Settings.(data.Learner); ok && s.learned.Known() && s.learnedOf == s.sourceText() {
		source.Learn(s.learned)
	}
}

// sourceText is what the document says of its source.
func (s *Store) sourceText() string {
	if v := s.Value("data.source"); v != nil {
		return string(v.Append(nil, ""))
	}
	return ""
}

// Source is the type of the data's source in the document, "" where it says none.
func (s *Store) Source() string {
	v := s.Value("data.source")
	if v != nil && v.Kind == config.Object {
		v = v.Get("type")
	}
	return text(v)
}
