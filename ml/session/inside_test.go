package session

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"descent/ml/tensor"
)

// plainly opens a preset of points.
func plainly(t *testing.T, document string) *recorder {
	t.Helper()
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document}}, 1)
	if m := r.merged(); m.State.Phase != Ready {
		t.Fatalf("%+v %+v", m.State, m.Error)
	}
	return r
}

func floats(b []byte) []float64 {
	out := make([]float64, len(b)/4)
	for i := range out {
		out[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return out
}

const digits = `{"version": 1, "seed": 3, "data": {"source": {"type": "digits", "samples": 200}, "split": {"validation": 0.2}, "preprocess": [{"type": "scale", "factor": 0.004}]},
 "model": {"nodes": [{"id": "conv", "type": "conv2d", "config": {"filters": 4, "kernel": [3, 3], "activation": "relu"}},
  {"id": "pool", "type": "max_pool2d", "config": {"size": [2, 2]}}, {"id": "flat", "type": "flatten"},
  {"id": "out", "type": "dense", "config": {"units": 10, "activation": "softmax"}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 20, "epochs": 3}}`

// settle acknowledges what was shown while it trained, and what came after that.
func (r *recorder) settle() {
	for range 2 {
		r.do(Command{Ack: &Ack{Seq: r.seq}}, 1)
	}
}

// everything is all that can be watched of points of a plane.
func everything() Watch {
	return Watch{Boundary: 10, Low: -6, Side: 12, Palette: []int{0xff0000, 0xff, 0xffffff},
		Insides: Insides{Units: 8, Unit: Unit{"hidden2", 3}, Signed: []int{0xff, 0xffffff, 0xff0000},
			Values: []string{"input", "hidden1", "hidden1.weight", "output"}, Spreads: OfActivations, Projects: "hidden2"}}
}

// Training that is watched gives the same bits as training that is not, whatever
// is on show.
func TestWatchingChangesNothing(t *testing.T) {
	for name, doc := range map[string]string{
		"spiral": document(t, "spiral-mlp"),
		"digits": digits,
	} {
		alone, watched := plainly(t, doc), plainly(t, doc)
		w := everything()
		if name == "digits" {
			w = Watch{Insides: Insides{Values: []string{"input", "conv", "conv.weight", "out"}, Spreads: OfGradients, Projects: "pool"}}
		}
		seen := Event{}
		for i := range 6 {
			alone.do(Command{Run: &Run{Steps: 2}}, 1000)
			watched.do(Command{Run: &Run{Steps: 2}}, 1000)
			watched.settle()
			w.Spreads = []string{OfWeights, OfGradients, OfActivations}[i%3]
			w.Subject = Subject{Sample: i}
			seen, _ = watched.look(w)
		}
		if seen.Spreads == nil || seen.Projection == nil || len(seen.Values) != 4 || (seen.Network == nil) == (name == "spiral") {
			t.Fatalf("%s: %+v was not shown", name, w)
		}
		if a, b := alone.train.Params().Value, watched.train.Params().Value; !slices.Equal(a, b) {
			t.Errorf("%s: watching has changed the weights", name)
		}
	}
}

// The picture of a network is its weights, and what its units say to each point.
func TestNetwork(t *testing.T) {
	r := plainly(t, document(t, "spiral-mlp"))
	r.do(Command{Run: &Run{Steps: 20}}, 1000)
	const side = 6
	e, blobs := r.look(Watch{Low: -6, Side: 12, Insides: Insides{Units: side}})
	n := e.Network
	if n == nil || n.Step != 20 || n.Side != side || len(n.Tiers) != 4 || n.More != 0 {
		t.Fatalf("%+v", n)
	}
	want := []Tier{{Path: "input", Layer: "input", Units: 2, All: 2}, {Path: "hidden1", Layer: "hidden1", Units: 16, All: 16, From: []int{0}, HasWeights: true},
		{Path: "hidden2", Layer: "hidden2", Units: 16, All: 16, From: []int{1}, HasWeights: true},
		{Path: "output", Layer: "output", Units: 2, All: 2, From: []int{2}, HasWeights: true, Chances: true, Most: 1}}
	units := 0
	for i, tier := range n.Tiers {
		w := want[i]
		if i < 3 {
			if w.Most = tier.Most; !(tier.Most > 0) {
				t.Errorf("the most of %s is %v", tier.Path, tier.Most)
			}
		}
		if tier.Path != w.Path || tier.Layer != w.Layer || tier.Units != w.Units || tier.All != w.All || !slices.Equal(tier.From, w.From) ||
			tier.HasWeights != w.HasWeights || tier.Chances != w.Chances || tier.Most != w.Most {
			t.Errorf("tier %d is %+v, want %+v", i, tier, w)
		}
		units += tier.Units
	}
	maps := blobs[n.Maps]
	if len(maps) != units*side*side {
		t.Fatalf("%d bytes of maps for %d units", len(maps), units)
	}
	level := func(unit, row, col int) float64 { return (float64(maps[(unit*side+row)*side+col]) - 128) / 127 }
	if level(0, 0, 0) > -0.8 || level(0, 0, side-1) < 0.8 || level(1, 0, 0) < 0.8 || level(1, side-1, 0) > -0.8 {
		t.Error("the first coordinate does not grow to the right, or the second not upwards")
	}
	// The last unit's map is what the model predicts.
	for row := range side {
		for col := range side {
			x := []float32{-6 + 12*(float32(col)+0.5)/side, -6 + 12*(float32(side-1-row)+0.5)/side}
			p := r.train.Predict(nil, x)
			if got := level(units-1, row, col); math.Abs(got-float64(p[1])) > 0.005 {
				t.Errorf("at %v the map says %v, and the model %v", x, got, p[1])
			}
		}
	}
	numbers := floats(blobs[n.Weights])
	if len(numbers) != 16*2+16+16*16+16+2*16+2 {
		t.Fatalf("%d weights", len(numbers))
	}
	params := r.train.Params()
	at, _ := params.Find("hidden2.weight")
	second := params.Of(params.Value, at)
	for u := range 16 {
		for i := range 16 {
			if got := numbers[48+16*u+i]; got != float64(second[16*i+u]) {
				t.Fatalf("the weight of hidden2 from %d to %d is %v, told %v", i, u, second[16*i+u], got)
			}
		}
	}
	// The map of one unit as the boundary.
	e, blobs = r.look(Watch{Boundary: side, Low: -6, Side: 12, Insides: Insides{Unit: Unit{"input", 0}, Signed: []int{0x0000ff, 0xffffff, 0xff0000}}})
	if b := e.Boundary; b == nil || b.Unit != (Unit{"input", 0}) || b.Most != 5 {
		t.Fatalf("%+v", b)
	}
	rgba := blobs[e.Boundary.Blob]
	if left, right := rgba[:3], rgba[4*(side-1):][:3]; !slices.Equal(left, []byte{0, 0, 255}) || !slices.Equal(right, []byte{255, 0, 0}) {
		t.Errorf("from %v to %v", left, right)
	}
	if e, _ = r.look(Watch{Boundary: side, Low: -6, Side: 12, Insides: Insides{Unit: Unit{"gone", 0}}}); e.Boundary == nil || e.Boundary.Unit.Path != "" {
		t.Errorf("of a unit that is not there: %+v", e.Boundary)
	}
}

// A large network is cut, and says so.
func TestNetworkIsCut(t *testing.T) {
	nodes := ""
	for i := range 12 {
		nodes += `{"id": "h` + string(rune('a'+i)) + `", "type": "dense", "config": {"units": 20}}, `
		if i == 0 {
			nodes += `{"id": "norm", "type": "batch_norm"}, {"id": "act", "type": "activation"}, `
		}
	}
	r := plainly(t, `{"version": 1, "data": {"source": "spiral", "split": {"validation": 0.2}}, "model": {"nodes": [`+nodes+
		`{"id": "out", "type": "dense", "config": {"units": 2, "activation": "softmax"}}]}, "train": {"loss": "cross_entropy", "optimizer": "adam", "batch": 10, "epochs": 2}}`)
	e, blobs := r.look(Watch{Low: -6, Side: 12, Insides: Insides{Units: 5}})
	n := e.Network
	if len(n.Tiers) != maxTiers || n.More != 4 || n.Tiers[1].Units != maxUnits || n.Tiers[1].All != 20 {
		t.Fatalf("%+v", n)
	}
	if first := n.Tiers[1]; first.Path != "act" || first.Layer != "ha" {
		t.Errorf("a normalisation and an activation belong to the layer before them: %+v", first)
	}
	if last := n.Tiers[maxTiers-1]; last.Path != "out" || len(last.From) != 0 || last.HasWeights {
		t.Errorf("the last tier reads one that is not shown: %+v", last)
	}
	if want := (2 + 8*maxUnits + 2) * 25; len(blobs[n.Maps]) != want {
		t.Errorf("%d bytes, want %d", len(blobs[n.Maps]), want)
	}
}

// Values are those of a sample that can be chosen, or of what somebody drew.
func TestValues(t *testing.T) {
	r := plainly(t, digits)
	w := Watch{Subject: Subject{Sample: 3}, Insides: Insides{Values: []string{"input", "conv", "conv.weight", "nothing"}}}
	e, blobs := r.look(w)
	v := e.Viewed
	_, validation, _ := r.train.Samples()
	if v.Drawn || v.Sample != 3 || v.Samples != validation || len(v.Label) != 1 || len(v.Answer) != 10 || len(e.Values) != 3 {
		t.Fatalf("%+v with %d values", v, len(e.Values))
	}
	for i, want := range [][]int{{28, 28, 1}, {26, 26, 4}, {3, 3, 1, 4}} {
		if !slices.Equal(e.Values[i].Shape, want) || e.Values[i].Whole != nil {
			t.Errorf("%s has the shape %v, want %v", e.Values[i].Path, e.Values[i].Shape, want)
		}
	}
	x, y := make([]float32, 784), make([]float32, 1)
	r.train.Read(1, 3, x, y)
	if got := floats(blobs[e.Values[0].Blob]); got[400] != float64(x[400]) || v.Label[0] != float64(y[0]) {
		t.Error("the sample is another")
	}
	drawn := make([]float64, 784)
	for i := range drawn {
		drawn[i] = float64(i % 250)
	}
	w.Subject = Subject{Pixels: drawn}
	e, blobs = r.look(w)
	if e.Viewed == nil || !e.Viewed.Drawn || len(e.Viewed.Label) != 0 {
		t.Fatalf("%+v", e.Viewed)
	}
	if got := floats(blobs[e.Values[0].Blob]); math.Abs(got[100]-0.4) > 1e-6 {
		t.Errorf("a drawing of 100 is seen as %v; it is to be multiplied by 0.004", got[100])
	}
	r.do(Command{Predict: &Predict{Input: drawn}}, 1)
	if want := r.merged().Prediction.Values; !slices.Equal(want, e.Viewed.Answer) {
		t.Errorf("the drawing is answered by %v, and Predict says %v", e.Viewed.Answer, want)
	}
}

// What is too large to show is cut where that does least harm.
func TestFit(t *testing.T) {
	of := func(shape ...int) (out []int) {
		n := 1
		for _, d := range shape {
			n *= d
		}
		got := fit(tensorOf(shape, n), 100)
		if len(got.Data) != got.Shape.Len() {
			t.Errorf("%v has %d numbers", got.Shape, len(got.Data))
		}
		return got.Shape
	}
	for _, c := range []struct{ shape, want []int }{
		{[]int{10, 10}, []int{10, 10}}, {[]int{200}, []int{100}}, {[]int{50, 4}, []int{25, 4}}, {[]int{5, 5, 9}, []int{5, 5, 4}},
		{[]int{3, 3, 2, 64}, []int{3, 3, 2, 5}}, {[]int{200, 3}, []int{33, 3}},
	} {
		if got := of(c.shape...); !slices.Equal(got, c.want) {
			t.Errorf("%v is shown as %v, want %v", c.shape, got, c.want)
		}
	}
	v := tensorOf([]int{2, 2, 30}, 120)
	if got := fit(v, 100); !slices.Equal(got.Data[25:27], []float32{30, 31}) {
		t.Errorf("the second pixel begins with %v", got.Data[25:27])
	}
}

// Spreads tell of every parameter and layer; gradients are there after a step.
func TestSpreads(t *testing.T) {
	r := plainly(t, digits)
	e, _ := r.look(Watch{Insides: Insides{Spreads: OfGradients}})
	if s := e.Spreads; len(s.Names) != 4 || slices.Max(s.Counts) != 0 {
		t.Errorf("there are gradients before a step: %+v", s)
	}
	r.do(Command{Run: &Run{Steps: 1}}, 100)
	r.settle()
	for _, c := range []struct {
		of    string
		names []string
	}{
		{OfWeights, []string{"conv.weight", "conv.bias", "out.weight", "out.bias"}},
		{OfGradients, []string{"conv.weight", "conv.bias", "out.weight", "out.bias"}},
		{OfActivations, []string{"conv", "pool", "flat", "out"}},
	} {
		e, blobs := r.look(Watch{Insides: Insides{Spreads: c.of}})
		s := e.Spreads
		if s.Of != c.of || !slices.Equal(s.Names, c.names) || s.Step != 1 || len(s.Shapes) != 4 {
			t.Fatalf("%+v", s)
		}
		shares := floats(blobs[s.Blob])
		for i := range s.Names {
			sum := 0.0
			for _, v := range shares[i*s.Columns : (i+1)*s.Columns] {
				sum += v
			}
			if math.Abs(sum-1) > 1e-4 || s.Counts[i] == 0 || s.Min[i] > s.Mean[i] || s.Max[i] < s.Mean[i] || !(s.SD[i] > 0) {
				t.Errorf("%s of %s: %v in all, %+v", c.of, s.Names[i], sum, s)
			}
		}
		if c.of == OfActivations && (s.Zeros[0] == 0 || s.Counts[3] != 10*s.Samples || math.Abs(s.Mean[3]-0.1) > 1e-6) {
			t.Errorf("relu makes no zeros, or probabilities have another mean: %+v", s)
		}
	}
}

// A projection has every sample with its class, of the input and of any layer.
func TestProjection(t *testing.T) {
	r := plainly(t, digits)
	_, validation, _ := r.train.Samples()
	for _, c := range []struct {
		path string
		used int
	}{{"input", 784}, {"conv", 26 * 26 * 4 / 3}, {"out", 10}} {
		e, _ := r.look(Watch{Insides: Insides{Projects: c.path}})
		p := e.Projection
		if p.Path != c.path || len(p.Samples) != validation || len(p.Places) != 3*validation || len(p.Labels) != validation || len(p.Predicted) != validation ||
			math.Abs(float64(p.Used-c.used)) > 1 || p.Explained[0] < p.Explained[2] || slices.Max(p.Places) > 1 || slices.Min(p.Places) < -1 {
			t.Errorf("%s: %+v", c.path, p)
		}
	}
	from := len(r.events)
	r.do(Command{Watch: &Watch{Insides: Insides{Projects: "out.weight", Values: []string{"gone"}, Spreads: "gone", Units: 5}}}, 1)
	for _, e := range r.events[from:] {
		if e.Shows() {
			t.Errorf("what is not there is shown: %+v", e)
		}
	}
}

func tensorOf(shape []int, n int) tensor.Tensor {
	v := tensor.Tensor{Shape: shape, Data: make([]float32, n)}
	for i := range v.Data {
		v.Data[i] = float32(i)
	}
	return v
}
