package train

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"descent/web/presets"
)

// normalised is a deep network of images in which most is cheap.
func normalised() string {
	cheap := []string{
		`{"id":"norm%d","type":"batch_norm"},{"id":"act%[1]d","type":"activation","config":{"function":"gelu"}}`,
		`{"id":"norm%d","type":"group_norm","config":{"groups":2}},{"id":"act%[1]d","type":"activation","config":{"function":"relu"}},{"id":"drop%[1]d","type":"spatial_dropout","config":{"rate":0.1}}`,
		`{"id":"norm%d","type":"batch_norm"},{"id":"noise%[1]d","type":"gaussian_noise","config":{"stddev":0.1}},{"id":"act%[1]d","type":"activation","config":{"function":"elu"}}`,
		`{"id":"norm%d","type":"layer_norm"},{"id":"act%[1]d","type":"activation","config":{"function":"silu"}},{"id":"drop%[1]d","type":"dropout","config":{"rate":0.3}}`,
	}
	conv := `{"id":"conv%d","type":"conv2d","config":{"filters":8,"kernel":[3,3],"padding":"same"}}`
	nodes := fmt.Sprintf(conv, 0)
	for i := range 12 {
		nodes += "," + fmt.Sprintf(cheap[i%len(cheap)], i) + "," + fmt.Sprintf(conv, i+1)
	}
	return "[" + nodes + `,{"id":"sum","type":"add","from":["conv12","conv11"]},{"id":"pool","type":"max_pool2d","config":{"size":[2,2]}},
		{"id":"flat","type":"flatten"},{"id":"output","type":"dense","config":{"units":10,"activation":"softmax"}}]`
}

// What is made again is what was there: recomputing changes no bit of a loss
// or a weight, takes less memory, as much as the plan says, and allocates nothing.
func TestRecompute(t *testing.T) {
	for _, c := range []struct {
		name  string
		open  func(t *testing.T, recompute string) *Trainer
		third bool // more than a third of the activations is spared
	}{
		{"normalised", func(t *testing.T, on string) *Trainer {
			return standIn(t, "keras-convnet", "model.nodes", normalised(), "train.batch", "8", "train.recompute", on)
		}, true},
		{"transformer", func(t *testing.T, on string) *Trainer {
			return standIn(t, "vit-digits", "train.batch", "8", "train.recompute", on)
		}, false},
		{"text", func(t *testing.T, on string) *Trainer {
			return standIn(t, "masked-language-model", "train.batch", "4", "train.recompute", on)
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := c.open(t, "false"), c.open(t, "true")
			for step := range 6 {
				x, err := a.Step()
				if err != nil {
					t.Fatal(err)
				}
				y, err := b.Step()
				if err != nil {
					t.Fatal(err)
				}
				if x.Batch.Loss() != y.Batch.Loss() || x.GradNorm != y.GradNorm {
					t.Errorf("step %d: the loss is %v, and %v with recomputing", step, x.Batch.Loss(), y.Batch.Loss())
				}
			}
			if !slices.Equal(a.params.Value, b.params.Value) {
				t.Error("the weights differ")
			}
			p, err := a.exp.Plan()
			if err != nil {
				t.Fatal(err)
			}
			q, err := b.exp.Plan()
			if err != nil {
				t.Fatal(err)
			}
			kept, again := p.Memory, q.Memory
			if kept.Activations-again.Activations != again.Spared || again.Spared != kept.Spared || again.Spared <= 0 {
				t.Errorf("activations take %d bytes, and %d with recomputing, which is said to spare %d or %d", kept.Activations, again.Activations, kept.Spared, again.Spared)
			}
			t.Logf("%.0f %% of the activations are spared", 100*float64(kept.Spared)/float64(kept.Activations))
			if c.third && 3*kept.Spared <= kept.Activations {
				t.Errorf("recomputing spares %d of %d bytes, want more than a third", kept.Spared, kept.Activations)
			}
			if n := testing.AllocsPerRun(3, func() { b.Step() }); n != 0 {
				t.Errorf("a step allocates %v times", n)
			}
		})
	}
}

// The plan of the memory is what a training takes from the machine, within a
// tenth; the samples here are drawn when they are read and take nothing.
func TestPlanAgainstHeap(t *testing.T) {
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for _, name := range presets.Names() {
		for _, recompute := range []string{"false", "true"} {
			if runtime.GOOS == "js" && recompute == "true" {
				continue // it is planned alike everywhere, and slow here
			}
			before := heap()
			tr := standIn(t, name, "train.recompute", recompute)
			plan, err := tr.exp.Plan()
			if err != nil {
				t.Fatal(err)
			}
			m := plan.Memory
			m.Evaluation = 0 // none has been asked for
			m.Data = 0
			if m.Total() < 20e6 || m.Total() > 200e6 {
				continue // so little that what is no number counts, or much for a test
			}
			for range 2 {
				if _, err := tr.Step(); err != nil {
					t.Fatal(err)
				}
			}
			have, want := heap()-before, float64(m.Total())
			t.Logf("%s, recompute %s: %.1f MB planned, %.1f MB taken", name, recompute, want/1e6, have/1e6)
			if have < 0.9*want || have > 1.1*want {
				t.Errorf("%s, recompute %s: %.1f MB are planned, and %.1f MB taken", name, recompute, want/1e6, have/1e6)
			}
			runtime.KeepAlive(tr)
		}
	}
}
