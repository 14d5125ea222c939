package train

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"descent/ml/config"
	"descent/ml/experiment"
)

// What is kept says the same as the report, whatever kind of answer it is, and
// in the order of the samples on any number of cores.
func TestKeptOutputs(t *testing.T) {
	for _, c := range []struct {
		preset string
		set    map[string]string
		single bool
		width  int
	}{
		{"keras-convnet", small, true, 10},
		{"spiral-mlp", map[string]string{"data.source": `{"type":"spiral","samples":200}`}, true, 2},
		{"spiral-mlp", map[string]string{"data.source": `{"type":"spiral","samples":200}`, "train.loss": "binary_cross_entropy",
			"model.nodes.output.config": `{"units":1,"activation":"sigmoid"}`}, true, 2},
		{"parity-lstm", map[string]string{"data.source": `{"type":"parity","samples":300,"test_samples":30,"min_length":1,"max_length":10}`, "data.split": `{"validation":0.3}`}, true, 2},
		{"reverse-transformer", map[string]string{"data.source": `{"type":"reverse","samples":300,"test_samples":30,"min_length":1,"max_length":8,"alphabet":26,"layout":"teacher"}`, "data.split": `{"validation":0.3}`}, false, 0},
	} {
		for _, workers := range []int{1, 3} {
			tr := open(t, c.preset, c.set, workers)
			losses(t, tr, 10)
			e := tr.Evaluate(Validation, 0).Detail().Keep()
			e.Run()
			o, r := e.Outputs(), e.Report()
			if o.Single != c.single || o.Width != c.width || o.Cut || o.Count != r.Count {
				t.Fatalf("%s: single %v, width %d, cut %v, %d samples of %d", c.preset, o.Single, o.Width, o.Cut, o.Count, r.Count)
			}
			right := 0
			for i := range o.Truth {
				if o.Truth[i] == o.Guess[i] {
					right++
				}
			}
			if right != r.Correct || len(o.Truth) != r.Scored {
				t.Errorf("%s: %d of %d right, and the report has %d of %d", c.preset, right, len(o.Truth), r.Correct, r.Scored)
			}
			if got, want := o.More()["log_loss"], r.Loss(); math.Abs(got-want) > 1e-4*want {
				t.Errorf("%s: a log loss of %v, and the report has %v", c.preset, got, want)
			}
			if r.Confusion != nil && !slices.Equal(slices.Concat(r.Confusion...), o.Confusion()) {
				t.Errorf("%s: %v, and the report has %v", c.preset, o.Confusion(), r.Confusion)
			}
			if !c.single {
				continue
			}
			x, y := make([]float32, tr.meta.X.Len()), make([]float32, 1)
			for _, i := range []int{0, len(o.Truth) - 1} {
				tr.ReadRaw(Validation, int(o.Samples[i]), x, y)
				if int(y[0]) != int(o.Truth[i]) {
					t.Errorf("%s: decision %d is about another sample", c.preset, i)
				}
				want, got := tr.Predict(nil, x), o.Answer(i)
				for k := range want {
					if math.Abs(float64(want[len(want)-1-k]-got[len(got)-1-k])) > 1e-5 {
						t.Errorf("%s: the answer to sample %d is %v, and a prediction says %v", c.preset, i, got, want)
					}
				}
			}
		}
	}
}

func TestKeptValues(t *testing.T) {
	tr := open(t, "spiral-mlp", plane, 1)
	losses(t, tr, 10)
	e := tr.Evaluate(Validation, 0).Detail().Keep()
	e.Run()
	o, r := e.Outputs(), e.Report()
	if mse := o.More()["mse"]; !o.Single || o.Width != 1 || math.Abs(math.Sqrt(mse)-r.Values["rmse"]) > 1e-6 {
		t.Errorf("mse %v, and the report has %v", mse, r.Values)
	}
	c := tr.Prior()
	n, _, _ := tr.Samples()
	mean, x, y := 0.0, make([]float32, 2), make([]float32, 1)
	for i := range n {
		tr.ReadRaw(Training, i, x, y)
		mean += float64(y[0]) / float64(n)
	}
	if len(c.Means) != 1 || math.Abs(c.Means[0]-mean) > 1e-9 {
		t.Errorf("the training's mean is %v, want %v", c.Means, mean)
	}
	if got := c.Measure(o, 0)["r2"]; !(got <= 1e-9 && got > -0.2) {
		t.Errorf("a constant explains %v of the variance", got)
	}
}

func TestPrior(t *testing.T) {
	tr := open(t, "keras-convnet", small, 1)
	c := tr.Prior()
	counts := make([]int, 10)
	x, y := make([]float32, 784), make([]float32, 1)
	n, _, _ := tr.Samples()
	for i := range n {
		tr.ReadRaw(Training, i, x, y)
		counts[int(y[0])]++
	}
	for k, share := range c.Shares {
		if want := float64(counts[k]+1) / float64(n+10); math.Abs(share-want) > 1e-12 {
			t.Errorf("class %d has the share %v, want %v", k, share, want)
		}
	}
}

// How often the test was opened is counted, kept, and not taken back.
func TestOpenedTest(t *testing.T) {
	tr := open(t, "spiral-mlp", nil, 1)
	if tr.Opened() != 0 || tr.OpenTest(0) != 1 || tr.OpenTest(5) != 6 || tr.OpenTest(2) != 7 {
		t.Errorf("opened %d times", tr.Opened())
	}
	tr.Reset()
	var b bytes.Buffer
	if err := tr.Save(&b); err != nil {
		t.Fatal(err)
	}
	again := open(t, "spiral-mlp", nil, 1)
	if err := again.Restore(b.Bytes()); err != nil || again.Opened() != 7 {
		t.Errorf("after a checkpoint %d times (%v)", again.Opened(), err)
	}
	broken := bytes.Replace(b.Bytes(), []byte(`"test_opened":"7"`), []byte(`"test_opened":"x"`), 1)
	if err := again.Restore(broken); err == nil {
		t.Error("a checkpoint that was opened x times is taken")
	}
	old := bytes.Replace(b.Bytes(), []byte(`"test_opened"`), []byte(`"xxxx_opened"`), 1) // as one that knows nothing of it
	if fresh := open(t, "spiral-mlp", nil, 1); fresh.Restore(old) != nil || fresh.Opened() != 0 {
		t.Errorf("an old checkpoint was opened %d times", fresh.Opened())
	}
}

var plane = map[string]string{"data.source": `{"type":"reg_plane","samples":300}`, "data.split": `{"validation":0.4}`, "train.loss": "mse",
	"model.nodes": `[{"id":"output","type":"dense","config":{"units":1}}]`}

// A model that reads only its first feature: shuffling the second costs
// nothing, and the first what it costs by the definition.
func TestPermutation(t *testing.T) {
	tr := open(t, "spiral-mlp", plane, 1)
	for name, values := range map[string][]float32{"output.weight": {0.2, 0}, "output.bias": {0.1}} {
		at, ok := tr.params.Find(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		copy(tr.params.Of(tr.params.Value, at), values)
	}
	p := tr.Permute(Validation, 30)
	for p.Next() {
	}
	mean, sd := p.Importance()
	if len(mean) != 2 || mean[1] != 0 || sd[1] != 0 || !(mean[0] > 0.05) || !(sd[0] > 0) {
		t.Fatalf("importance %v ± %v", mean, sd)
	}
	// With the answers a shuffled a', R² loses Σ((y-a')² - (y-a)²)/Σ(y-ȳ)², whose
	// mean over all orders is 2·n·cov(a, y)/Σ(y-ȳ)².
	n, score := p.Samples()
	var a, y []float64
	x, v := make([]float32, 2), make([]float32, 1)
	for i := range n {
		tr.ReadRaw(Validation, i, x, v)
		a, y = append(a, float64(0.2*x[0]+0.1)), append(y, float64(v[0]))
	}
	var ma, my, cov, spread, squared float64
	for i := range a {
		ma, my = ma+a[i]/float64(n), my+y[i]/float64(n)
	}
	for i := range a {
		cov += (a[i] - ma) * (y[i] - my)
		spread += (y[i] - my) * (y[i] - my)
		squared += (y[i] - a[i]) * (y[i] - a[i])
	}
	if want := 1 - squared/spread; math.Abs(score-want) > 1e-5 {
		t.Errorf("a score of %v, want %v", score, want)
	}
	if want := 2 * cov / spread; math.Abs(mean[0]-want) > 3*sd[0]/math.Sqrt(30)+1e-9 {
		t.Errorf("an importance of %v ± %v, want %v", mean[0], sd[0], want)
	}
	again := tr.Permute(Validation, 30)
	for again.Next() {
	}
	if got, _ := again.Importance(); !slices.Equal(got, mean) {
		t.Errorf("%v, and then %v", mean, got)
	}
	if open(t, "keras-convnet", small, 1).Permute(Validation, 3) != nil {
		t.Error("pixels are taken for features")
	}
}

// A model that looks at one pixel and nothing else loses its answer where that
// is covered, and nowhere else.
func TestOcclusion(t *testing.T) {
	v, err := config.Parse([]byte(`{"version":1,"data":{"source":{"type":"digits","samples":100,"test_samples":20},"split":{"validation":0.2}},
		"model":{"nodes":[{"id":"flat","type":"flatten"},{"id":"out","type":"dense","config":{"units":10,"activation":"softmax"}}]},"train":{"optimizer":"sgd"}}`))
	if err != nil {
		t.Fatal(err)
	}
	e, err := experiment.Read(v)
	if err != nil {
		t.Fatal(err)
	}
	set, err := e.Data.Open(e.Seed, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(e, set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	clear(tr.params.Value)
	const row, col = 13, 9
	at, _ := tr.params.Find("out.weight")
	tr.params.Of(tr.params.Value, at)[(row*28+col)*10+3] = 0.1
	x := make([]float32, 784)
	x[row*28+col] = 255
	o := tr.Occlude(x, -1)
	for o.Next() {
	}
	done, total := o.Progress()
	m := o.Map()
	if done != total || total < 100 || m.Shape[0] != 28 || m.Shape[1] != 28 {
		t.Fatalf("%d of %d patches, map %v", done, total, m.Shape)
	}
	for y := range 28 {
		for x := range 28 {
			near := y > row-o.Patch() && y < row+o.Patch() && x > col-o.Patch() && x < col+o.Patch()
			if v := m.Data[y*28+x]; !near && v != 0 || y == row && x == col && !(v > 0.2) {
				t.Errorf("pixel %d, %d has %v", y, x, v)
			}
		}
	}
	if tr.Occlude(x[:10], -1) != nil {
		t.Error("a part of an image is taken")
	}
}
