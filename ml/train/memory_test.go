package train

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
)

// The plan of the memory is what a trainer comes to hold.
func TestTooLarge(t *testing.T) {
	for _, set := range []map[string]string{small, with(small, "train.accumulate", "2"), with(small, "train.ema", "0.9"),
		with(small, "train.early_stopping", `{"patience":3}`), with(small, "model.weights", "base.safetensors")} {
		tr := open(t, "keras-convnet", set, 1)
		plan, _ := tr.exp.Plan()
		m := plan.Memory
		block := 4 * int64(tr.params.Count())
		if tr.exp.Model.Start.Weights != "" {
			var b bytes.Buffer
			if err := tr.Save(&b); err != nil {
				t.Fatal(err)
			}
			if _, err := tr.Load(b.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
		for s, err := (Stats{}), error(nil); !s.EndOfEpoch; { // with a short batch at its end
			if s, err = tr.Step(); err != nil {
				t.Fatal(err)
			}
		}
		v := tr.Evaluate(Validation, 0)
		v.Run()
		tr.Validated(v)
		tr.Evaluate(Test, 0).Run()
		have := experiment.Memory{Data: 785 * 500, Parameters: block, Optimizer: 2 * block}
		for _, copied := range [][]float32{tr.loaded, tr.control.best} {
			if copied != nil {
				have.Parameters += block
			}
		}
		if tr.average != nil {
			have.Parameters += block
		}
		if tr.total != nil {
			have.Gradients += block
		}
		for _, r := range tr.shards {
			have.Gradients += block
			most := int64(0)
			for _, p := range r.programs {
				most = max(most, p.Cost().Activations)
			}
			have.Activations += most
		}
		for _, p := range tr.evals[0].programs {
			have.Evaluation = max(have.Evaluation, p.Cost().Activations)
		}
		have.Spared = m.Spared // see TestRecompute
		if have != m || m.Total() != tr.Bytes() {
			t.Errorf("training takes %+v, the plan says %+v", have, m)
		}
		var large *experiment.TooLarge
		_, err := New(tr.exp, &data.Set{}, Options{Memory: m.Total() - 1}) // a set that would panic
		if !errors.As(err, &large) || !strings.Contains(err.Error(), "may take") {
			t.Errorf("%v", err)
		}
		if err := tr.exp.CheckMemory(m.Total(), 1); err != nil {
			t.Error(err)
		}
	}
}
