package train

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/experiment"
)

// mixed is a run whose samples are mixed after they were augmented and prepared.
var mixed = strings.Replace(preparedDoc, `"noise"]`, `{"type": "mixup", "alpha": 0.4}]`, 1)

// A mixed run gives the same on any number of workers, and goes on from a
// checkpoint bit for bit.
func TestMixedRuns(t *testing.T) {
	one, _ := startPrepared(t, mixed, 1)
	many, _ := startPrepared(t, mixed, 4)
	steps(t, one, 7)
	steps(t, many, 4)
	var kept bytes.Buffer
	if err := many.Save(&kept); err != nil {
		t.Fatal(err)
	}
	resumed, _ := startPrepared(t, mixed, 2)
	if err := resumed.Restore(kept.Bytes()); err != nil {
		t.Fatal(err)
	}
	steps(t, many, 3)
	steps(t, resumed, 3)
	if !slices.Equal(one.params.Value, many.params.Value) || !slices.Equal(one.params.Value, resumed.params.Value) {
		t.Error("one worker, four, and a resumed run end with other weights")
	}
	plain, _ := startPrepared(t, preparedDoc, 1)
	copy(plain.params.Value, one.params.Value)
	if err := plain.pipe.SetStats(one.pipe.Stats()); err != nil {
		t.Fatal(err)
	}
	if a, b := one.Evaluate(Test, 0).Run(), plain.Evaluate(Test, 0).Run(); a != b {
		t.Errorf("mixing changes an evaluation from %+v to %+v", b, a)
	}
	if one.evals[0].program(1).mix.Data != nil {
		t.Error("a program that evaluates has labels to mix")
	}
	if n := testing.AllocsPerRun(20, func() { one.Step() }); n >= 1 {
		t.Errorf("%v allocations a step", n)
	}
}

// The gradient of a mixed batch is the weighted sum of those of its two
// labels, and the right class is that of the larger part.
func TestMixedGradient(t *testing.T) {
	tr, _ := startPrepared(t, mixed, 1)
	r := tr.shards[0]
	r.ids, r.scale = []int{4, 8, 15, 16}, 0.25
	p := r.program(len(r.ids))
	p.fillLearning(tr, r.ids)
	own, mix := slices.Clone(p.y.Data), slices.Clone(p.mix.Data)
	if own[0] == mix[0] && own[1] == mix[2] && own[2] == mix[4] && own[3] == mix[6] {
		t.Fatal("the samples are mixed with their like")
	}
	run := func(share func(i int) float32) (loss, grad []float32) {
		for i := range own {
			p.mix.Data[2*i+1] = share(i)
		}
		p.Forward(0, 0)
		p.Backward(r.scale)
		return slices.Clone(p.loss.Data), slices.Clone(p.ParamGrad())
	}
	loss, grad := run(func(i int) float32 { return mix[2*i+1] })
	want, sum := make([]float32, len(loss)), make([]float32, len(grad))
	_, base := run(func(int) float32 { return 1 })
	for i := range own { // the i-th sample has its other label, and then the rest of the batch its own
		first, _ := run(func(int) float32 { return 1 })
		second, other := run(func(j int) float32 { return float32(min(1, abs(i-j))) })
		share := mix[2*i+1]
		want[i] = share*first[i] + (1-share)*second[i]
		for j := range sum {
			sum[j] += (1 - share) * (other[j] - base[j])
		}
	}
	for i := range want {
		if math.Abs(float64(loss[i]-want[i])) > 1e-5 {
			t.Errorf("sample %d has the loss %v, want %v", i, loss[i], want[i])
		}
	}
	for j := range sum {
		if math.Abs(float64(grad[j]-base[j]-sum[j])) > 1e-5 {
			t.Fatalf("the gradient has %v, want %v", grad[j], base[j]+sum[j])
		}
	}
	// The larger part counts.
	for i := range own {
		p.y.Data[i], p.mix.Data[2*i], p.mix.Data[2*i+1] = 3, 7, []float32{0.9, 0.5, 0.4, 0}[i]
	}
	for i, want := range []int{3, 3, 7, 7} {
		if got, counts := p.right(i, len(own)); got != want || !counts {
			t.Errorf("the right class is %d, want %d", got, want)
		}
	}
}

func abs(i int) int { return max(i, -i) }

// Values and probabilities are mixed like the features; class indices only
// where the loss can.
func TestMixedLosses(t *testing.T) {
	points := func(source, units, activation, loss string) string {
		return `{"version": 1, "data": {"source": ` + source + `, "augment": ["mixup"]},
 "model": {"nodes": [{"id": "out", "type": "dense", "config": {"units": ` + units + `, "activation": "` + activation + `"}}]},
 "train": {"loss": "` + loss + `", "optimizer": "adam", "batch": 10, "epochs": 3}}`
	}
	for _, c := range []struct{ source, units, activation, loss, want string }{
		{`"spiral"`, "2", "none", "cross_entropy", ""},
		{`"spiral"`, "1", "sigmoid", "binary_cross_entropy", ""},
		{`"spiral"`, "1", "sigmoid", "mse", ""},
		{`"reg_plane"`, "1", "none", "mse", ""},
		{`"reg_plane"`, "1", "none", "huber", ""},
		{`"spiral"`, "2", "sigmoid", "binary_cross_entropy", "data.augment: mixup makes samples of two classes"},
		{`"spiral"`, "2", "none", "dense_cross_entropy", "data.augment: mixup makes samples of two classes"},
		{`"spiral"`, "2", "none", "mse", "data.augment: mixup makes samples of two classes"},
	} {
		text := points(c.source, c.units, c.activation, c.loss)
		if c.want != "" {
			if _, err := experiment.Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line 1") {
				t.Errorf("%v: %v", c, err)
			}
			continue
		}
		tr, set := startPrepared(t, text, 1)
		steps(t, tr, 5)
		ids := make([]int, 20)
		for i := range ids {
			ids[i] = i
		}
		p := tr.shards[0].program(len(ids))
		p.fillLearning(tr, ids)
		if labels := p.mix.Data != nil; labels != (c.loss == "cross_entropy") {
			t.Errorf("%v: labels are mixed: %v", c, labels)
		}
		var x [2]float32
		var y [1]float32
		whole := len(set.Meta.Classes) > 0 && p.mix.Data == nil
		for i := range ids {
			set.Train.Read(i, x[:], y[:])
			whole = whole && p.y.Data[i] == y[0]
		}
		if whole {
			t.Errorf("%v: the values were not mixed", c)
		}
	}
	tokens := strings.Replace(points(`"spiral"`, "2", "none", "cross_entropy"), `{"id": "out"`,
		`{"id": "e", "type": "embedding"}, {"id": "flat", "type": "flatten"}, {"id": "out"`, 1)
	if _, err := experiment.Parse([]byte(tokens)); err == nil || !strings.Contains(err.Error(), "mixup in data.augment makes others of them") {
		t.Errorf("an embedding of mixed tokens: %v", err)
	}
}
