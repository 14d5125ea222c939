package session

import (
	"math"
	"testing"

	"descent/ml/train"
)

// While somebody watches, the session tells where the time goes: shares that
// come to the whole, of layers that the model has, and nothing when nobody does.
func TestSpeed(t *testing.T) {
	if len(Phases) != train.Phases {
		t.Fatalf("%d names of %d phases", len(Phases), train.Phases)
	}
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Run: &Run{}}, 5)
	if r.merged().Speed != nil {
		t.Error("nobody asked where the time goes")
	}
	r.do(Command{Watch: &Watch{Speed: true}}, 5)
	if r.merged().Speed != nil {
		t.Error("no second has passed")
	}
	r.clocked = r.clocked.Add(-speedEvery)
	r.do(Command{Watch: &Watch{Speed: true}}, 5)
	s := r.merged().Speed
	if s == nil {
		t.Fatal("nothing is told")
	}
	sum, passes := 0.0, 0.0
	for _, v := range s.Phases {
		sum += v
	}
	for i := range s.Layers {
		passes += s.Forward[i] + s.Backward[i]
	}
	if math.Abs(sum-1) > 1e-6 || math.Abs(passes-s.Phases[1]-s.Phases[2]) > 1e-6 || !(s.GFLOPS > 0 && s.Samples > 0 && s.Step > 0) {
		t.Errorf("%+v", s)
	}
	if n := len(s.Layers); n < 3 || s.Layers[0] != "hidden1" || s.Layers[n-1] != "" {
		t.Errorf("layers %q", s.Layers)
	}
}
