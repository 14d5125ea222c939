package nn

import (
	"fmt"
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// A Node is one layer of a model.
type Node struct {
	ID     string
	Type   string
	From   []string // ids of what it reads; nil for the node before it
	Layer  Layer
	Frozen bool // "trainable": false
	at     *config.Value
}

// A Model is layers in order. Its input is called "input".
type Model struct {
	Nodes []Node
	Start Start
}

// InputName is the id of what the model reads.
const InputName = "input"

// Decode reads {"nodes": [...]}, noting every problem.
func Decode(v *config.Value, errs *config.Errors) Model {
	var m Model
	list := v.Get("nodes")
	m.Start.decode(v, errs)
	if list == nil || list.Kind != config.Array || len(list.Items) == 0 {
		errs.Add(v, "", "model.nodes", "wants a list of at least one layer")
		return m
	}
	seen := map[string]bool{InputName: true}
	for i, item := range list.Items {
		n := decodeNode(item, i, seen, errs)
		seen[n.ID] = true
		m.Nodes = append(m.Nodes, n)
	}
	return m
}

func decodeNode(v *config.Value, i int, seen map[string]bool, errs *config.Errors) Node {
	n := Node{at: v}
	place := fmt.Sprintf("model.nodes[%d]", i)
	known := len(*errs)
	if v.Kind != config.Object {
		errs.Add(v, "", place, "wants an object with id, type and config")
		return n
	}
	text := func(key string) string {
		s := v.Get(key)
		if s == nil {
			errs.Add(v, n.ID, place+"."+key, "is missing")
			return ""
		}
		if s.Kind != config.String || s.Str == "" {
			errs.Add(s, n.ID, place+"."+key, "wants a name in quotes")
		}
		return s.Str
	}
	n.ID = text("id")
	switch n.ID {
	case InputName, TargetName, MixName, lossName:
		errs.Add(v.Get("id"), n.ID, "id", "every model has something called %q already; choose another name", n.ID)
	default:
		if seen[n.ID] && n.ID != "" {
			errs.Add(v.Get("id"), n.ID, "id", "the name is used twice; each node wants its own")
		}
	}
	if strings.ContainsAny(n.ID, ". /") {
		errs.Add(v.Get("id"), n.ID, "id", "a name must not contain a dot, a space or a slash")
	}
	n.Type = text("type")
	if info, ok := Lookup(n.Type); ok {
		n.Layer = info.New()
		config.Decode(v.Get("config"), n.Layer.Fields(), n.ID, "", errs)
	} else if n.Type != "" {
		errs.Add(v.Get("type"), n.ID, "type", "%s", config.Misnamed("layer", n.Type, types(), alsoCalled))
	}
	from := v.Get("from")
	if from != nil && from.Kind == config.String {
		from = config.List(from)
	}
	if from != nil && from.Kind != config.Array {
		errs.Add(from, n.ID, "from", "wants the name of a node in quotes, or a list of them")
	} else if from != nil {
		for _, item := range from.Items {
			if !seen[item.Str] {
				errs.Add(item, n.ID, "from", "there is no node %q before this one", item.Str)
				continue
			}
			n.From = append(n.From, item.Str)
		}
	}
	if info, ok := Lookup(n.Type); ok {
		few, many := max(1, info.Inputs[0]), max(1, info.Inputs[1])
		reads := 1
		if from != nil {
			reads = len(from.Items)
		}
		if (reads < few || reads > many) && (from == nil || from.Kind == config.Array) {
			at := from
			if at == nil {
				at = v
			}
			errs.Add(at, n.ID, "from", "%s reads %s, not %d; name them in a list", n.Type, count(few, many), reads)
		}
	}
	if t := v.Get("trainable"); t != nil {
		if t.Kind != config.Bool {
			errs.Add(t, n.ID, "trainable", "wants true or false")
		}
		n.Frozen = !t.Bool
	}
	for _, m := range v.Members {
		switch m.Key {
		case "id", "type", "from", "config", "trainable":
		default:
			errs.Add(&config.Value{Line: m.Line, Col: m.Col}, n.ID, m.Key, "%s", config.Unknown("setting", m.Key, []string{"id", "type", "from", "config", "trainable"}))
		}
	}
	if len(*errs) > known {
		n.Layer = nil // shapes worked out from wrong settings would be wrong too
	}
	return n
}

// count words how many nodes a layer reads.
func count(few, many int) config.Message {
	switch {
	case few == many && few == 1:
		return config.Say("one node")
	case few == many:
		return config.Say("%d nodes", few)
	}
	return config.Say("%d to %d nodes", few, many)
}

// WholeBatch reports whether a layer has to see all samples of a batch.
func (m Model) WholeBatch() bool {
	for _, n := range m.Nodes {
		if info, _ := Lookup(n.Type); info.WholeBatch && !n.Frozen {
			return true
		}
	}
	return false
}

// Encode writes the model so that Decode reads the same.
func (m Model) Encode() *config.Value {
	list := config.List()
	for _, n := range m.Nodes {
		members := []config.Member{{Key: "id", Value: config.Text(n.ID)}, {Key: "type", Value: config.Text(n.Type)}}
		if len(n.From) > 0 {
			from := config.List()
			for _, id := range n.From {
				from.Items = append(from.Items, config.Text(id))
			}
			members = append(members, config.Member{Key: "from", Value: from})
		}
		if n.Frozen {
			members = append(members, config.Member{Key: "trainable", Value: config.Flag(false)})
		}
		info, _ := Lookup(n.Type)
		if set := config.Encode(n.Layer.Fields(), info.New().Fields()); len(set) > 0 {
			members = append(members, config.Member{Key: "config", Value: config.Obj(set...)})
		}
		list.Items = append(list.Items, config.Obj(members...))
	}
	return config.Obj(append([]config.Member{{Key: "nodes", Value: list}}, m.Start.encode()...)...)
}

// Options is what the layers need to know of the experiment.
type Options struct {
	Seed   uint64
	L1, L2 float64 // penalties on weights, not on biases
	Tokens int     // the input holds the numbers of so many different tokens; 0 where that is not known
	// Classes is how many classes are to be told apart; 0 where that is not known, or values are to be predicted.
	Classes int
	Pad     int  // the token that fills short texts up; -1 where there is none
	Mixed   bool // samples are mixed with others before the model sees them
}

// A Row is one line of a model's summary.
type Row struct {
	ID, Type string
	Output   tensor.Shape // of one sample; nil where it could not be found out
	Params   int
	FLOPs    int64 // forward, one sample
}

// Build adds the model to a graph over an input of the given shape, batch
// included, and returns its result. Problems are noted in the graph's builder,
// with the place in the document; layers after a broken one are still checked
// where their input is known.
func (m Model) Build(g *graph.Builder, shape tensor.Shape, opt Options) (graph.Value, []Row) {
	last := g.Input(InputName, shape)
	made := map[string]graph.Value{InputName: last}
	rows := make([]Row, 0, len(m.Nodes))
	blocks := m.Blocks()
	for _, n := range m.Nodes {
		in, known := []graph.Value{last}, last.OK()
		if len(n.From) > 0 {
			in, known = nil, true
			for _, id := range n.From {
				in = append(in, made[id])
				known = known && made[id].OK()
			}
		}
		row := Row{ID: n.ID, Type: n.Type}
		var out graph.Value
		if n.Layer != nil && known {
			before, noted := len(g.Params()), len(problems(g.Err()))
			flops := g.FLOPs()
			b := &Builder{graph: g, node: n.ID, seed: opt.Seed, l1l2: [2]float64{opt.L1, opt.L2}, data: opt, blocks: blocks, Frozen: n.Frozen}
			out = n.Layer.Build(b, in...)
			for _, e := range problems(g.Err())[noted:] {
				e.Node = n.ID // an op names its part of the node
				if e.Line == 0 && n.at != nil {
					e.Line, e.Col = n.at.Line, n.at.Col
				}
			}
			if out.OK() {
				row.Output = b.Shape(out)
				row.FLOPs = (g.FLOPs() - flops) / int64(max(1, shape[0]))
			}
			for _, p := range g.Params()[before:] {
				row.Params += p.Shape.Len()
			}
		}
		rows = append(rows, row)
		made[n.ID], last = out, out
	}
	return last, rows
}

func problems(err error) config.Errors {
	all, _ := config.All(err)
	return all
}

// Referred reports whether a layer's settings name a node, so that it shares
// that one's weight.
func (m Model) Referred(id string) bool {
	for _, n := range m.Nodes {
		if n.Layer == nil {
			continue
		}
		for _, f := range n.Layer.Fields() {
			if f.Form() == "reference" && f.Value().Str == id {
				return true
			}
		}
	}
	return false
}
