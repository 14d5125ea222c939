package state

import (
	"descent/ml/config"
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

// Rows returns the layers of the document as it is, with what is known of each. Where the document has problems, the
// shapes before the first broken layer are still those of the last one that had none.
func (s *Store) Rows() []Row {
	if len(s.Problems) == 0 && s.Experiment != nil {
		rows := make([]Row, len(s.Plan.Rows))
		for i, r := range s.Plan.Rows {
			rows[i] = Row{ID: r.ID, Type: r.Type, Output: r.Output, Params: r.Params, FLOPs: r.FLOPs, Layer: s.Experiment.Model.Nodes[i].Layer}
		}
		return rows
	}
	broken := map[string]bool{}
	for _, p := range s.Problems {
		broken[p.Node] = true
	}
	list := nodes(s.Tree)
	if list == nil {
		return nil
	}
	var rows []Row
	known := true
	for i, n := range list.Items {
		r := Row{ID: text(n.Get("id")), Type: text(n.Get("type"))}
		r.Broken = broken[r.ID]
		known = known && !r.Broken && i < len(s.Plan.Rows) && s.Plan.Rows[i].ID == r.ID
		if known {
			r.Output, r.Params = s.Plan.Rows[i].Output, s.Plan.Rows[i].Params
		}
		if info, ok := nn.Lookup(r.Type); ok {
			r.Layer = info.New()
			var errs config.Errors
			config.Decode(n.Get("config"), r.Layer.Fields(), r.ID, "", &errs)
		}
		rows = append(rows, r)
	}
	return rows
}
