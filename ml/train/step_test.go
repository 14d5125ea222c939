package train

import (
	"math"
	"testing"

	"descent/ml/optim"
)

// weights returns a copy of what a trainer has learned.
func weights(tr *Trainer) []float32 { return append([]float32{}, tr.params.Value...) }

func farthest(a, b []float32) (d float64) {
	for i := range a {
		d = math.Max(d, math.Abs(float64(a[i])-float64(b[i])))
	}
	return d
}

// Several batches that make one step are one large batch, dropout included.
func TestAccumulate(t *testing.T) {
	large := open(t, "keras-convnet", with(small, "train.batch", "100"), 1)
	want := losses(t, large, 6)
	few := open(t, "keras-convnet", with(with(small, "train.batch", "25"), "train.accumulate", "4"), 2)
	if few.StepsPerEpoch() != large.StepsPerEpoch() {
		t.Fatalf("%d steps an epoch, want %d", few.StepsPerEpoch(), large.StepsPerEpoch())
	}
	got := losses(t, few, 6)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-4*want[i] {
			t.Errorf("loss %d is %v in four batches, %v in one", i+1, got[i], want[i])
		}
	}
	if d := farthest(weights(few), weights(large)); d > 1e-3 {
		t.Errorf("weights differ by %v", d)
	}
	// The epoch's last step takes what is left: 300 samples are 64·3 and 64+44.
	rest := open(t, "keras-convnet", with(with(small, "train.batch", "64"), "train.accumulate", "3"), 1)
	counts := []int{}
	for range 4 {
		s, err := rest.Step()
		if err != nil {
			t.Fatal(err)
		}
		counts = append(counts, s.Batch.Count)
	}
	if counts[0] != 192 || counts[1] != 108 || counts[2] != 192 || rest.epoch != 2 {
		t.Errorf("steps of %v samples, %d epochs", counts, rest.epoch)
	}
}

// With plain descent and a rate of 1 a step is the clipped gradient.
func TestClip(t *testing.T) {
	set := map[string]string{"train.optimizer": `{"type":"sgd","lr":1}`, "train.batch": "50", "train.shards": "2"}
	step := func(path, value string) (change []float64, stats Stats) {
		s := set
		if path != "" {
			s = with(set, path, value)
		}
		tr := open(t, "spiral-mlp", s, 1)
		before := weights(tr)
		stats, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range tr.params.Value {
			change = append(change, float64(before[i])-float64(w))
		}
		return change, stats
	}
	length := func(x []float64) (sum float64) {
		for _, v := range x {
			sum += v * v
		}
		return math.Sqrt(sum)
	}
	free, stats := step("", "")
	if norm := length(free); math.Abs(norm-stats.GradNorm) > 1e-5*norm || norm < 0.02 {
		t.Fatalf("the gradient's length is %v, said to be %v", norm, stats.GradNorm)
	}
	short, clipped := step("train.clip_norm", "0.01")
	if norm := length(short); math.Abs(norm-0.01) > 1e-4*0.01+1e-6 || clipped.GradNorm != stats.GradNorm {
		t.Errorf("clipped to %v, want 0.01; reported %v, want %v", norm, clipped.GradNorm, stats.GradNorm)
	}
	for i := range free {
		if want := free[i] * 0.01 / stats.GradNorm; math.Abs(short[i]-want) > 1e-6 {
			t.Errorf("number %d of the clipped gradient is %v, want %v", i, short[i], want)
		}
	}
	flat, _ := step("train.clip_value", "0.003")
	for i := range free {
		if want := math.Max(-0.003, math.Min(0.003, free[i])); math.Abs(flat[i]-want) > 1e-6 {
			t.Errorf("number %d of the clamped gradient is %v, want %v", i, flat[i], want)
		}
	}
	set = with(set, "train.clip_norm", "0.01") // after the numbers, of what is left of them
	both, _ := step("train.clip_value", "0.003")
	for i := range flat {
		if want := flat[i] * math.Min(1, 0.01/length(flat)); math.Abs(both[i]-want) > 1e-6 {
			t.Errorf("number %d of the gradient that is clipped twice is %v, want %v", i, both[i], want)
		}
	}
	if _, long := step("train.clip_norm", "1e6"); long.GradNorm != stats.GradNorm {
		t.Error("a limit that is not reached changes the gradient")
	}
}

// The learning rate of a step is the schedule's.
func TestScheduledRate(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.schedule": `{"type":"cosine","warmup":4,"min_lr":0.0001}`, "train.epochs": "2"}, 1)
	for i := range 40 {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		want := (&optim.Cosine{Warmup: 4, Min: 0.0001}).Rate(0.003, optim.Moment{Step: i, Steps: 40, PerEpoch: 20})
		if s.Rate != want {
			t.Errorf("step %d has the rate %v, want %v", i+1, s.Rate, want)
		}
	}
	if !tr.Done() {
		t.Error("two epochs are not 40 steps")
	}
}

// The average is what its formula says, and what is evaluated.
func TestAverageOfWeights(t *testing.T) {
	set := map[string]string{"train.ema": "0.9", "train.optimizer": `{"type":"sgd","lr":0.3}`}
	tr := open(t, "spiral-mlp", set, 1)
	plain := open(t, "spiral-mlp", with(set, "train.ema", "0"), 1)
	average := make([]float64, len(tr.params.Value))
	for i, w := range tr.params.Value {
		average[i] = float64(w)
	}
	for step := range 200 {
		losses(t, tr, 1)
		losses(t, plain, 1)
		keep := math.Min(0.9, float64(step+2)/float64(step+11))
		for i, w := range tr.params.Value {
			average[i] = keep*average[i] + (1-keep)*float64(w)
		}
	}
	if farthest(weights(tr), weights(plain)) != 0 {
		t.Error("averaging changes what is trained")
	}
	for i, w := range tr.average.Value {
		if math.Abs(float64(w)-average[i]) > 1e-5 {
			t.Fatalf("average %d is %v, want %v", i, w, average[i])
		}
	}
	one, other := tr.Evaluate(Validation, 0).Run(), plain.Evaluate(Validation, 0).Run()
	if one == other {
		t.Error("evaluation does not use the average")
	}
	copy(plain.params.Value, tr.average.Value)
	if now := plain.Evaluate(Validation, 0).Run(); now != one {
		t.Errorf("evaluation gives %+v, the average has %+v", one, now)
	}
}

func TestTrainerStepAllocatesNothing(t *testing.T) {
	for name, set := range map[string]map[string]string{
		"adam":   nil,
		"all":    {"train.accumulate": "2", "train.clip_norm": "1", "train.clip_value": "1", "train.ema": "0.9", "train.l2": "0.001", "train.optimizer": `"muon"`, "train.schedule": `"one_cycle"`},
		"smooth": {"train.loss": `{"type":"cross_entropy","label_smoothing":0.1,"class_weights":[1,2]}`, "train.optimizer": `"adamw"`},
	} {
		tr := open(t, "spiral-mlp", set, 1)
		losses(t, tr, 25) // every number of samples has come up
		if n := testing.AllocsPerRun(30, func() { tr.Step() }); n >= 1 {
			t.Errorf("%s: %v allocations a step", name, n)
		}
	}
}

// Every optimizer learns the spiral's first steps, and every loss goes down.
func TestEveryOptimizerAndLossLearns(t *testing.T) {
	for _, info := range optim.Optimizers() {
		tr := open(t, "spiral-mlp", map[string]string{"data.source": `"gauss"`, "train.optimizer": `"` + info.Type + `"`, "train.batch": "20"}, 1)
		all := losses(t, tr, 400)
		if first, last := all[0], all[399]; !(last < 0.9*first) {
			t.Errorf("%s: the loss goes from %v to %v", info.Type, first, last)
		}
	}
	for _, loss := range []string{"binary_cross_entropy", "mse", "mae", "huber", "dense_cross_entropy", "kl_divergence"} {
		activation := "softmax"
		if loss == "binary_cross_entropy" {
			activation = "sigmoid"
		}
		tr := open(t, "spiral-mlp", map[string]string{"data.source": `"gauss"`, "train.loss": loss, "model.nodes.output.config.activation": activation}, 1)
		losses(t, tr, 300)
		if acc, ok := tr.Evaluate(Test, 0).Run().Accuracy(); !ok || acc < 0.9 {
			t.Errorf("%s: accuracy %.3f", loss, acc)
		}
	}
	// One output for two classes.
	tr := open(t, "spiral-mlp", map[string]string{"data.source": `"gauss"`, "train.loss": "binary_cross_entropy",
		"model.nodes.output.config.units": "1", "model.nodes.output.config.activation": "none"}, 1)
	losses(t, tr, 300)
	if acc, ok := tr.Evaluate(Test, 0).Run().Accuracy(); !ok || acc < 0.9 {
		t.Errorf("one output: accuracy %.3f", acc)
	}
}
