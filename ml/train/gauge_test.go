package train

import (
	"bytes"
	"math"
	"slices"
	"testing"
)

// A run that is measured at every step and looked at has the bits of one that
// nobody watches, and the ratio is what one works out from its weights.
func TestMeasuredRunIsTheSame(t *testing.T) {
	for _, preset := range []string{"spiral-mlp", "keras-convnet"} {
		set := map[string]string{}
		if preset == "keras-convnet" {
			set = small
		}
		plain, watched := open(t, preset, set, 1), open(t, preset, set, 1)
		checkup := watched.Checkup()
		for step := range 12 {
			want, err := plain.Step()
			if err != nil {
				t.Fatal(err)
			}
			before := slices.Clone(watched.params.Value)
			watched.Measure()
			got, err := watched.Step()
			if err != nil {
				t.Fatal(err)
			}
			moved, length := 0.0, 0.0
			for i, w := range watched.params.Value {
				d := float64(w) - float64(before[i])
				moved, length = moved+d*d, length+float64(before[i])*float64(before[i])
			}
			exact := math.Sqrt(moved / length)
			if off := math.Abs(got.Ratio/exact - 1); off > 0.05 || preset == "spiral-mlp" && off > 1e-9 {
				t.Errorf("%s: step %d went %v of the weights, want %v", preset, step, got.Ratio, exact)
			}
			if want.Ratio != 0 {
				t.Errorf("%s: a step that nobody measured tells %v", preset, want.Ratio)
			}
			if step%5 == 4 {
				checkup.Run()
			}
			if got.Ratio = 0; got != want {
				t.Fatalf("%s: step %d gives %+v, want %+v", preset, step, got, want)
			}
		}
		if !slices.Equal(plain.params.Value, watched.params.Value) {
			t.Errorf("%s: measuring changed the weights", preset)
		}
	}
}

// Measuring allocates nothing either.
func TestMeasureAllocates(t *testing.T) {
	tr := open(t, "spiral-mlp", nil, 1)
	losses(t, tr, 60) // an epoch and more, so that all programs are there
	if n := testing.AllocsPerRun(20, func() { tr.Measure(); tr.Step() }); n > 0 {
		t.Errorf("%v allocations in a measured step", n)
	}
}

// The gradient of each node over the steps since the last checkup comes to that
// of the whole.
func TestCheckupGradients(t *testing.T) {
	tr := open(t, "spiral-mlp", nil, 1)
	c := tr.Checkup()
	for _, v := range c.Run() {
		if v.Grad != -1 || v.Ratio != -1 || !(v.Weight > 0) {
			t.Errorf("before the first step: %+v", v)
		}
	}
	sum := 0.0
	for range 7 {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		sum += s.GradNorm * s.GradNorm / 7
	}
	got := 0.0
	for _, squares := range tr.gauge.squares {
		got += squares / 7
	}
	if math.Abs(got/sum-1) > 1e-12 {
		t.Errorf("the nodes' gradients come to %v, want %v", got, sum)
	}
	for _, v := range c.Run() {
		if !(v.Grad > 0) {
			t.Errorf("%+v", v)
		}
	}
	for _, v := range c.Run() {
		if v.Grad != -1 {
			t.Errorf("gradients of no steps: %+v", v)
		}
	}
}

// Units of relu that a large negative bias has killed are counted, and values of
// tanh that large weights have driven to the ends of their range.
func TestCheckupFindsDeadAndSaturated(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"model.nodes.hidden1.config.activation": "relu", "model.nodes.hidden2.config.activation": "tanh"}, 1)
	find := func(node string) Vital {
		vitals := tr.Checkup().Run()
		i := slices.IndexFunc(vitals, func(v Vital) bool { return v.Node == node })
		return vitals[i]
	}
	healthy := find("hidden1")
	if healthy.Dead != 0 || healthy.Saturated != -1 {
		t.Errorf("at first %+v", healthy)
	}
	if v := find("hidden2"); v.Dead != -1 || v.Saturated > 0.3 {
		t.Errorf("at first %+v", v)
	}
	if v := find("output"); v.Dead != -1 || v.Saturated != -1 {
		t.Errorf("the answers are no activations: %+v", v)
	}
	i, _ := tr.params.Find("hidden1.bias")
	bias := tr.params.Of(tr.params.Value, i)
	for k := range len(bias) / 2 {
		bias[k] = -1000
	}
	if v := find("hidden1"); v.Dead != 0.5 {
		t.Errorf("half of the units are dead, and %v were found", v.Dead)
	}
	i, _ = tr.params.Find("hidden2.weight")
	for k, w := range tr.params.Of(tr.params.Value, i) {
		tr.params.Of(tr.params.Value, i)[k] = 1000 * w
	}
	if v := find("hidden2"); v.Saturated < 0.9 {
		t.Errorf("nearly all is saturated, and %v was found", v.Saturated)
	}
}

// A changed learning rate acts from the next step on, is told, goes through a
// checkpoint with the document of the beginning or of the end, and with the
// changes a run comes out the same to the last bit.
func TestChanges(t *testing.T) {
	run := func(tr *Trainer, steps int) []float64 { return losses(t, tr, steps) }
	whole := open(t, "spiral-mlp", nil, 1)
	if err := whole.Tune("lr", 0.02); err != nil {
		t.Fatal(err)
	}
	if len(whole.Changes()) != 0 {
		t.Errorf("before the first step nothing has changed: %+v", whole.Changes())
	}
	whole = open(t, "spiral-mlp", nil, 1)
	run(whole, 10)
	for _, v := range []float64{0.5, 0.01} {
		if err := whole.Tune("lr", v); err != nil {
			t.Fatal(err)
		}
	}
	if s, _ := whole.Step(); s.Rate != 0.01 {
		t.Errorf("the rate is %v", s.Rate)
	}
	if err := whole.Tune("beta1", 0.8); err != nil {
		t.Fatal(err)
	}
	want := []Change{{10, "lr", 0.003, 0.01}, {11, "beta1", 0.9, 0.8}}
	if !slices.Equal(whole.Changes(), want) {
		t.Errorf("%+v, want %+v", whole.Changes(), want)
	}
	for _, bad := range []struct {
		field string
		value float64
	}{{"lr", -1}, {"speed", 1}} {
		if err := whole.Tune(bad.field, bad.value); err == nil {
			t.Errorf("%s %v was taken", bad.field, bad.value)
		}
	}
	var b bytes.Buffer
	if err := whole.Save(&b); err != nil {
		t.Fatal(err)
	}
	tail := run(whole, 10)

	again := open(t, "spiral-mlp", nil, 2)
	run(again, 10)
	again.Tune("lr", 0.01)
	run(again, 1)
	again.Tune("beta1", 0.8)
	equal(t, "the same changes", run(again, 10), tail)

	for name, set := range map[string]map[string]string{"first": nil, "last": {"train.optimizer": `{"type":"adam","lr":0.01,"beta1":0.8}`}} {
		resumed := open(t, "spiral-mlp", set, 1)
		if err := resumed.Restore(b.Bytes()); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(resumed.Changes(), want) {
			t.Errorf("with the %s document: %+v, want %+v", name, resumed.Changes(), want)
		}
		equal(t, "with the "+name+" document", run(resumed, 10), tail)
	}
	other := open(t, "spiral-mlp", map[string]string{"train.optimizer": `{"type":"adam","lr":0.2,"beta1":0.8}`}, 1)
	if err := other.Restore(b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if got := other.Changes(); len(got) != 3 || got[2] != (Change{11, "lr", 0.01, 0.2}) {
		t.Errorf("a document that says something else: %+v", got)
	}
	whole.Tune("lr", 0.5)
	whole.Tune("lr", 0.01)
	if got := whole.Changes(); !slices.Equal(got, want) {
		t.Errorf("a change that was taken back is left in %+v", got)
	}
	whole.Reset()
	if len(whole.Changes()) != 0 {
		t.Error("a reset run has changes")
	}
}
