package train

import (
	"math"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/experiment"
	"descent/web/presets"
)

// Weights of the loss that make rare classes count as much as common ones.
func TestBalancedClasses(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.loss": `{"type":"cross_entropy","class_weights":"balanced"}`, "data.split": `{"train":101,"validation":50}`}, 1)
	one, _ := tr.Step()
	counts := [2]float64{}
	x, y := make([]float32, 2), make([]float32, 1)
	for i := range 101 {
		tr.Read(Training, i, x, y)
		counts[int(y[0])]++
	}
	if counts[0] == counts[1] {
		t.Fatal("the classes are balanced already")
	}
	plain := open(t, "spiral-mlp", map[string]string{"data.split": `{"train":101,"validation":50}`}, 1)
	plain.Step()
	p := plain.shards[0].programs[10]
	want := 0.0
	for i, l := range p.loss.Data {
		want += float64(l) * 101 / (2 * counts[int(p.y.Data[i])]) / 10
	}
	if math.Abs(one.Batch.Loss()-want) > 1e-6 {
		t.Errorf("the balanced loss is %v, want %v", one.Batch.Loss(), want)
	}
}

// A loss that compares with probabilities is refused data that has others.
func TestTargetsOfTheLoss(t *testing.T) {
	for _, c := range []struct{ source, loss, want string }{
		{`{"type":"gauss","labels":"signs"}`, "binary_cross_entropy", "train.loss: binary_cross_entropy compares with numbers from 0 to 1, and the data has -1"},
		{`"reg_plane"`, "binary_cross_entropy", "numbers from 0 to 1"},
		{`"reg_plane"`, "mse", ""},
		{`{"type":"gauss","labels":"signs"}`, "mae", ""},
		{`"gauss"`, "binary_cross_entropy", ""},
	} {
		text, _ := presets.Text("spiral-mlp")
		v, err := config.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for path, value := range map[string]string{"data.source": c.source, "train.loss": c.loss,
			"model.nodes.output.config.units": "1", "model.nodes.output.config.activation": "none"} {
			if err := v.Set(path, config.ParseSetting(value)); err != nil {
				t.Fatal(err)
			}
		}
		e, err := experiment.Read(v)
		if err != nil {
			t.Fatal(err)
		}
		set, err := e.Data.Open(e.Seed, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = New(e, set, Options{})
		if _, listed := config.All(err); c.want == "" && err != nil || c.want != "" && (!listed || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s on %s: %v, want %q", c.loss, c.source, err, c.want)
		}
	}
}
