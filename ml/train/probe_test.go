package train

import (
	"math"
	"slices"
	"testing"
)

// A probe sees what Inspect and Predict see, at every step of training, and
// training goes on as if nobody had looked.
func TestProbe(t *testing.T) {
	tr, twin := open(t, "tutorial-cnn", small, 1), open(t, "tutorial-cnn", small, 1)
	p, err := tr.Probe("conv1", "conv1.pre", "dense2.weight")
	if err != nil {
		t.Fatal(err)
	}
	x, y := make([]float32, tr.meta.X.Len()), make([]float32, 1)
	for range 3 {
		tr.Read(Validation, 2, x, y)
		p.Run(x)
		looks, err := tr.Inspect(Validation, []int{2}, "conv1", "conv1.pre", "dense2.weight")
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range looks {
			if !slices.Equal(p.Value(l.Path).Data, l.Value.Data) {
				t.Errorf("%s differs from what Inspect sees", l.Path)
			}
		}
		for i, v := range x { // the document scales bytes
			x[i] = float32(math.Round(float64(v) * 255))
		}
		if got, want := p.Prediction(), tr.Predict(nil, x); !slices.Equal(got.Data, want) || !got.Shape.Equal(tr.Outputs()) {
			t.Errorf("predicts %v of shape %v, and Predict %v", got.Data, got.Shape, want)
		}
		steps(t, tr, 2)
		steps(t, twin, 2)
	}
	if !slices.Equal(tr.params.Value, twin.params.Value) {
		t.Error("looking has changed the training")
	}
	if _, err := tr.Probe("conv7"); err == nil {
		t.Error("a value that is not there is taken")
	}
}
