package train

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/tensor"
)

// What Inspect shows is what it says: values follow from each other, and a
// gradient is how the loss changes with its weight.
func TestInspect(t *testing.T) {
	tr := open(t, "tutorial-cnn", small, 1)
	losses(t, tr, 2)
	samples := []int{4, 9, 2}
	paths := []string{"input", "conv1.pre", "conv1", "pool1", "conv1.weight", "dense2.bias", "dense2"}
	looks, err := tr.Inspect(Validation, samples, paths...)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range looks {
		if l.Path != paths[i] || l.Param != strings.HasSuffix(l.Path, "weight") && l.Param != strings.HasSuffix(l.Path, "bias") {
			t.Errorf("look %d is %s, a parameter: %v", i, l.Path, l.Param)
		}
		if l.Path == "input" || l.Path == "dense2" { // the loss looks through the softmax
			if l.Grad.Data != nil {
				t.Errorf("%s has a gradient", l.Path)
			}
		} else if len(l.Grad.Data) != len(l.Value.Data) {
			t.Errorf("%s has %d values and %d gradients", l.Path, len(l.Value.Data), len(l.Grad.Data))
		}
	}
	if want := (tensor.Shape{3, 28, 28, 5}); !looks[1].Value.Shape.Equal(want) {
		t.Errorf("conv1.pre has the shape %v, want %v", looks[1].Value.Shape, want)
	}
	for i, v := range looks[1].Value.Data {
		if got := looks[2].Value.Data[i]; got != max(v, 0) {
			t.Fatalf("relu of %v is %v", v, got)
		}
	}
	// A prediction's probabilities.
	x, y := make([]float32, 784), make([]float32, 1)
	for i, id := range samples {
		tr.validation.Read(id, x, y)
		if !slices.Equal(x, looks[0].Value.Data[i*784:(i+1)*784]) {
			t.Errorf("sample %d is another", id)
		}
	}
	loss := func() (sum float64) {
		r := tr.newReplica(false)
		r.ids = samples
		r.evaluate(tr.validation)
		return r.metrics.Loss()
	}
	at, _ := tr.params.Find("dense2.bias")
	bias := tr.params.Of(tr.params.Value, at)
	for i := range bias {
		const h = 1e-2
		was := bias[i]
		bias[i] = was + h
		up := loss()
		bias[i] = was - h
		down := loss()
		bias[i] = was
		if got, want := float64(looks[5].Grad.Data[i]), (up-down)/(2*h); math.Abs(got-want) > 1e-3 {
			t.Errorf("the gradient of bias %d is %v, want %v", i, got, want)
		}
	}
	for _, c := range []struct {
		samples []int
		path    string
		want    string
	}{
		{samples, "conv3", "there is no value of that name; there are input, conv1.weight"},
		{[]int{100}, "conv1", "there is no sample 100; there are 100"},
		{nil, "conv1", "is worked out from samples"},
	} {
		if _, err := tr.Inspect(Validation, c.samples, c.path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v of %s: %v, want %q", c.samples, c.path, err, c.want)
		}
	}
	only, err := tr.Inspect(Validation, nil, "conv1.weight")
	if err != nil || !slices.Equal(only[0].Value.Data, looks[4].Value.Data) || only[0].Grad.Data != nil {
		t.Errorf("the weights alone: %v", err)
	}
	only[0].Value.Data[0]++
	if only[0].Value.Data[0] == tr.params.Value[0] {
		t.Error("a look shares memory with the trainer")
	}
}

// Training with somebody looking gives the same bits as without.
func TestInspectChangesNothing(t *testing.T) {
	alone, watched := open(t, "keras-convnet", small, 1), open(t, "keras-convnet", small, 2)
	want := losses(t, alone, 7)
	var got []float64
	for range 7 {
		if _, err := watched.Inspect(Training, []int{1, 5}, watched.Paths()...); err != nil {
			t.Fatal(err)
		}
		if s := watched.Spreads(); len(s) != 6 || s[0].Name != "conv1.weight" || (s[0].Grad.Count > 0) != (watched.step > 0) {
			t.Fatalf("%d spreads, first %+v", len(s), s[0])
		}
		got = append(got, losses(t, watched, 1)...)
	}
	equal(t, "watched", got, want)
	if !slices.Equal(alone.params.Value, watched.params.Value) {
		t.Error("looking changed the weights")
	}
}

// The gradients that are told of are those of the latest step, if there was one
// since the weights came from elsewhere.
func TestSpreadsAfterRestore(t *testing.T) {
	for _, accumulate := range []string{"1", "2"} {
		tr := open(t, "spiral-mlp", map[string]string{"train.accumulate": accumulate}, 1)
		shown := func() bool { return tr.Spreads()[0].Grad.Count > 0 }
		losses(t, tr, 3)
		var b bytes.Buffer
		if err := tr.Save(&b); err != nil || !shown() {
			t.Fatal(err)
		}
		if err := tr.Restore(b.Bytes()); err != nil || shown() {
			t.Errorf("restored, there is a gradient (%v)", err)
		}
		if losses(t, tr, 1); !shown() {
			t.Error("after a step there is none")
		}
		if tr.Reset(); shown() {
			t.Error("reset, there is one")
		}
	}
}

func TestHistogram(t *testing.T) {
	inf := float32(math.Inf(1))
	h := NewHistogram([]float32{-1, 3, 1, 1, inf, float32(math.NaN())})
	if h.Count != 4 || h.NotFinite != 2 || h.Min != -1 || h.Max != 3 || h.Mean != 1 || math.Abs(h.SD-math.Sqrt2) > 1e-12 {
		t.Errorf("%+v", h)
	}
	if h.Bins[0] != 1 || h.Bins[Bins/2] != 2 || h.Bins[Bins-1] != 1 {
		t.Errorf("columns %v", h.Bins)
	}
	if h := NewHistogram([]float32{2, 2, 2}); h.Bins[0] != 3 || h.SD != 0 || h.Min != 2 {
		t.Errorf("of equal numbers: %+v", h)
	}
	if h := NewHistogram(nil); h != (Histogram{}) {
		t.Errorf("of nothing: %+v", h)
	}
}
