package train

import (
	"errors"
	"math"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/web/presets"
)

func (f fixed) Fields() []config.Field { return nil }
func (f fixed) Meta() data.Meta        { return f.meta }
func (f fixed) Open(uint64, data.Files, func(done, total int64)) (*data.Set, error) {
	return nil, errors.New("it has no samples")
}

// open reads a preset with settings changed, and loads its data.
func open(t testing.TB, preset string, set map[string]string, workers int) *Trainer {
	t.Helper()
	text, ok := presets.Text(preset)
	if !ok {
		t.Fatalf("there is no preset %s", preset)
	}
	v, err := config.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for path, value := range set {
		if err := v.Set(path, config.ParseSetting(value)); err != nil {
			t.Fatal(err)
		}
	}
	e, err := experiment.Read(v)
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.Data.Open(e.Seed, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(e, d, Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// Label noise is in what is trained on and validated with, and not in the test.
func TestLabelNoise(t *testing.T) {
	clean := open(t, "keras-convnet", small, 1)
	noisy := open(t, "keras-convnet", with(small, "data.label_noise", "40"), 1)
	x, y, z := make([]float32, 784), make([]float32, 1), make([]float32, 1)
	for _, c := range []struct {
		part      Part
		n         int
		low, high float64
	}{{Training, 300, 0.28, 0.52}, {Validation, 100, 0.2, 0.6}, {Test, 100, 0, 0}} {
		wrong := 0
		for i := range c.n {
			clean.Read(c.part, i, x, y)
			noisy.Read(c.part, i, x, z)
			if y[0] != z[0] {
				wrong++
			}
		}
		if share := float64(wrong) / float64(c.n); share < c.low || share > c.high {
			t.Errorf("part %d: %d of %d labels are wrong", c.part, wrong, c.n)
		}
	}
}

// losses trains a number of steps and returns the loss of each.
func losses(t testing.TB, tr *Trainer, steps int) []float64 {
	t.Helper()
	var out []float64
	for range steps {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s.Batch.Loss())
	}
	return out
}

// small is a digit CNN with dropout that trains quickly on drawn digits.
var small = map[string]string{
	"data.source": `{"type":"digits","samples":400,"test_samples":100}`, "data.split": `{"train":300,"validation":100}`,
	"model.nodes.conv1.config.filters": "5", "model.nodes.conv2.config.filters": "7", "train.batch": "64", "train.shards": "4",
}

func with(base map[string]string, path, value string) map[string]string {
	out := map[string]string{path: value}
	for k, v := range base {
		if k != path {
			out[k] = v
		}
	}
	return out
}

// The numbers depend on the experiment and on nothing else: not on the run,
// not on the number of goroutines, not on a Reset in between.
func TestSameBits(t *testing.T) {
	for _, c := range []struct {
		preset string
		set    map[string]string
		steps  int
	}{
		{"spiral-mlp", nil, 60},
		{"spiral-mlp", map[string]string{"train.batch": "64", "train.shards": "3", "train.l1": "0.001"}, 30},
		{"keras-convnet", small, 12},
	} {
		one := open(t, c.preset, c.set, 1)
		want := losses(t, one, c.steps)
		if want[0] == want[c.steps-1] {
			t.Errorf("%s does not learn", c.preset)
		}
		for _, workers := range []int{1, 2, 3, 8} {
			tr := open(t, c.preset, c.set, workers)
			equal(t, c.preset, losses(t, tr, c.steps), want)
			for i, v := range tr.params.Value {
				if math.Float32bits(v) != math.Float32bits(one.params.Value[i]) {
					t.Fatalf("%s: weight %d differs with %d workers", c.preset, i, workers)
				}
			}
			m, n := tr.Evaluate(Validation, 0).Run(), one.Evaluate(Validation, 0).Run()
			if m != n {
				t.Errorf("%s: validation gives %+v with %d workers and %+v with one", c.preset, m, workers, n)
			}
		}
		one.Reset()
		equal(t, c.preset+" after a reset", losses(t, one, c.steps), want)
		other := losses(t, open(t, c.preset, with(c.set, "seed", "2"), 1), c.steps)
		if other[0] == want[0] {
			t.Errorf("%s: another seed starts with the same loss", c.preset)
		}
	}
}

func equal(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if math.Float64bits(got[i]) != math.Float64bits(want[i]) {
			t.Fatalf("%s: loss %d is %v, want %v to the last bit", what, i+1, got[i], want[i])
		}
	}
}

// How a batch is cut must matter only to rounding.
func TestShardsAgree(t *testing.T) {
	want := losses(t, open(t, "keras-convnet", with(small, "train.shards", "1"), 1), 10)
	for _, shards := range []string{"2", "5", "64"} {
		got := losses(t, open(t, "keras-convnet", with(small, "train.shards", shards), 2), 10)
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-4*want[i] {
				t.Errorf("%s shards: loss %d is %v, one shard gives %v", shards, i+1, got[i], want[i])
			}
		}
	}
}

func TestSpiralIsLearnt(t *testing.T) {
	tr := open(t, "spiral-mlp", nil, 1)
	for !tr.Done() {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
	for p, want := range map[Part]float64{Training: 0.97, Test: 0.95} {
		if acc, ok := tr.Evaluate(p, 0).Run().Accuracy(); !ok || acc < want {
			t.Errorf("part %d: accuracy %.3f, want at least %.2f", p, acc, want)
		}
	}
}

func TestDigitsAreLearnt(t *testing.T) {
	set := map[string]string{"data.source": `{"type":"digits","samples":2000,"test_samples":300}`, "data.split": `{"validation":200}`,
		"model.nodes.conv1.config.filters": "8", "model.nodes.conv2.config.filters": "16", "train.batch": "32", "train.epochs": "6", "train.optimizer.lr": "0.003"}
	tr := open(t, "keras-convnet", set, 2)
	for !tr.Done() {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if acc, _ := tr.Evaluate(Test, 0).Run().Accuracy(); acc < 0.9 {
		t.Errorf("test accuracy %.3f on drawn digits, want at least 0.9", acc)
	}
}

// An epoch visits every sample once, also when the last batch is short.
func TestEpoch(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.batch": "37", "data.split": `{"train":100,"validation":50}`, "train.epochs": "2"}, 1)
	if n := tr.StepsPerEpoch(); n != 3 {
		t.Fatalf("%d steps an epoch, want 3", n)
	}
	sizes := []int{}
	for !tr.Done() {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, s.Batch.Count)
		if s.EndOfEpoch && s.Epoch.Count != 100 {
			t.Errorf("an epoch counts %d samples, want 100", s.Epoch.Count)
		}
		if s.EndOfEpoch != (s.Step%3 == 0) {
			t.Errorf("step %d: end of epoch %v", s.Step, s.EndOfEpoch)
		}
	}
	if len(sizes) != 6 || sizes[2] != 26 || sizes[5] != 26 {
		t.Errorf("batches of %v, want 37 37 26 twice", sizes)
	}
	seen := make([]bool, 100)
	for _, i := range tr.order {
		seen[i] = true
	}
	for i, s := range seen {
		if !s {
			t.Errorf("sample %d was not visited", i)
		}
	}
}

func TestDivergenceStops(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.loss": "mse", "train.optimizer": `{"type":"sgd","lr":100}`,
		"model.nodes.hidden1.config.activation": "relu", "model.nodes.hidden2.config.activation": "relu", "model.nodes.output.config.activation": "none"}, 1)
	for range 1000 {
		if _, err := tr.Step(); err != nil {
			var nf *NotFinite
			if !errors.As(err, &nf) || nf.Step != tr.StepNumber()+1 || !strings.Contains(err.Error(), "learning rate") {
				t.Fatalf("%v (%T)", err, err)
			}
			return
		}
	}
	t.Error("a learning rate of 100 did not diverge in 1,000 steps")
}

// Penalties pull weights, and not biases, towards zero.
func TestPenalties(t *testing.T) {
	weights := func(set map[string]string) (w, b float64) {
		tr := open(t, "spiral-mlp", set, 1)
		losses(t, tr, 400)
		for i, info := range tr.params.Index {
			for _, v := range tr.params.Of(tr.params.Value, i) {
				if len(info.Shape) > 1 {
					w += math.Abs(float64(v))
				} else {
					b += math.Abs(float64(v))
				}
			}
		}
		return w, b
	}
	w0, _ := weights(nil)
	for _, key := range []string{"train.l1", "train.l2"} {
		if w, _ := weights(map[string]string{key: "0.01"}); !(w < 0.7*w0) {
			t.Errorf("%s leaves weights of %v, without it %v", key, w, w0)
		}
	}
	tr := open(t, "spiral-mlp", map[string]string{"train.l1": "0.01", "train.l2": "0.02"}, 1)
	for _, info := range tr.params.Index {
		want := [2]float64{0.01, 0.02}
		if strings.HasSuffix(info.Name, ".bias") {
			want = [2]float64{}
		}
		if got := [2]float64{info.L1, info.L2}; got != want {
			t.Errorf("%s has penalties %v, want %v", info.Name, got, want)
		}
	}
}

func TestPredict(t *testing.T) {
	tr := open(t, "spiral-mlp", nil, 1)
	x := make([]float32, 2*250)
	for i := range x {
		x[i] = float32(i%13) - 6
	}
	all := tr.Predict(nil, x)
	if len(all) != 500 {
		t.Fatalf("%d numbers for 250 points of 2 classes", len(all))
	}
	for i := 0; i < len(all); i += 2 {
		if s := all[i] + all[i+1]; math.Abs(float64(s)-1) > 1e-5 {
			t.Fatalf("probabilities of point %d add up to %v", i/2, s)
		}
		one := tr.Predict(nil, x[i:i+2])
		if math.Abs(float64(one[0]-all[i])) > 1e-5 {
			t.Fatalf("point %d alone has probability %v, among others %v", i/2, one[0], all[i])
		}
	}
}
