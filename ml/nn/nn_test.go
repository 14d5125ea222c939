package nn

import (
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// inputs is a shape that each layer of the catalogue takes; a layer without
// one fails the test, so the table stays complete.
var inputs = map[string]tensor.Shape{
	"dense": {7}, "conv2d": {6, 5, 3}, "max_pool2d": {6, 5, 3}, "avg_pool2d": {6, 5, 3},
	"flatten": {6, 5, 3}, "dropout": {9}, "activation": {9},
}

// before is what a layer refers to: nodes that stand before it, once its
// settings name them.
var before = map[string]func(Layer) []Node{}

// Every layer says what it is, builds with its defaults, and survives a trip
// through JSON with every field changed.
func TestCatalogue(t *testing.T) {
	for _, info := range Layers() {
		t.Run(info.Type, func(t *testing.T) {
			if info.Title == "" || info.Doc == "" || info.Formula == "" || info.Group == "" {
				t.Errorf("the entry is incomplete: %+v", info)
			}
			shape, ok := inputs[info.Type]
			if !ok {
				t.Fatal("the layer has no row in the table of inputs")
			}
			for _, f := range info.New().Fields() {
				if f.Doc == "" {
					t.Errorf("field %s says nothing about itself", f.Name)
				}
				if problem := f.Set(f.Value()); problem != "" {
					t.Errorf("field %s does not take its own default: %s", f.Name, problem)
				}
			}
			layer, m := info.New(), Model{}
			if refer := before[info.Type]; refer != nil {
				m.Nodes = refer(layer)
			}
			others := len(m.Nodes)
			m.Nodes = append(m.Nodes, Node{ID: "a", Type: info.Type, Layer: layer})
			for range info.Inputs[0] { // merging: the input with itself
				m.Nodes[others].From = append(m.Nodes[others].From, InputName)
			}
			g := graph.NewBuilder()
			out, rows := m.Build(g, shape.With(4), Options{Seed: 1, Tokens: 9})
			rows = rows[others:]
			if err := g.Err(); err != nil {
				t.Fatal(err)
			}
			params := 0
			for _, p := range g.Params() {
				if strings.HasPrefix(p.Name, "a.") {
					params += p.Shape.Len()
				} else if others == 0 {
					t.Errorf("a parameter is called %s", p.Name)
				}
			}
			if rows[0].Params != params || !rows[0].Output.Equal(g.Shape(out)[1:]) {
				t.Errorf("summary %+v, the graph has %d parameters and %v", rows[0], params, g.Shape(out))
			}
			g.Compile(graph.NewParams(g.Params(), 1), graph.Options{Outputs: []graph.Value{out}}).Forward(0, 0)
		})
	}
}

func TestJSONRoundTrip(t *testing.T) {
	for _, info := range Layers() {
		changed := info.New()
		for _, f := range changed.Fields() {
			var v *config.Value
			switch f.Form() {
			case "int":
				v = config.Num(f.Value().Num + 1)
			case "float":
				v = config.Num((f.Min + f.Max) / 3)
			case "toggle":
				v = config.Flag(!f.Value().Bool)
			case "reference":
				v = config.Text("somebody")
			case "choice":
				v = config.Text(f.Choices[len(f.Choices)-1])
			case "pair":
				v = config.List(config.Num(4), config.Num(5))
			case "numbers":
				v = config.List(config.Num(f.Min), config.Num(f.Max))
			}
			if problem := f.Set(v); problem != "" {
				t.Fatalf("%s.%s: %s", info.Type, f.Name, problem)
			}
		}
		node := Node{ID: "a", Type: info.Type, Layer: changed}
		for range info.Inputs[0] { // merging
			node.From = append(node.From, InputName)
		}
		text := Model{Nodes: []Node{node}}.Encode().Append(nil, "")
		v, err := config.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		var errs config.Errors
		back := Decode(v, &errs)
		if errs.Err() != nil || string(back.Encode().Append(nil, "")) != string(text) {
			t.Errorf("%s became %s (%v)", text, back.Encode().Append(nil, ""), errs)
		}
	}
}

func TestSamePadding(t *testing.T) {
	// TensorFlow: output ⌈n/stride⌉, for every size.
	for n := 1; n < 12; n++ {
		for k := 1; k <= 5; k++ {
			for s := 1; s <= 3; s++ {
				l := &Conv2D{Filters: 2, Kernel: [2]int{k, k}, Stride: [2]int{s, s}, Dilation: one, Groups: 1, Padding: config.Series{Word: "same"}, Activation: "none", Init: "zeros"}
				g := graph.NewBuilder()
				m := Model{Nodes: []Node{{ID: "c", Type: "conv2d", Layer: l}}}
				_, rows := m.Build(g, tensor.Shape{1, n, n, 1}, Options{})
				if want := (n + s - 1) / s; g.Err() != nil || rows[0].Output[0] != want || rows[0].Output[1] != want {
					t.Errorf("%d with kernel %d stride %d gives %v, want %d (%v)", n, k, s, rows[0].Output, want, g.Err())
				}
			}
		}
	}
}
