package train

import (
	"bytes"
	"strings"
	"testing"
)

// Save at step k and resume: the same bits as a run that was never stopped,
// for every optimizer, in the middle of an epoch, with dropout.
func TestResume(t *testing.T) {
	for _, optimizer := range []string{`"adam"`, `"sgd"`, `{"type":"momentum","nesterov":true}`} {
		for _, at := range []int{3, 5, 7} { // five steps an epoch
			set := with(small, "train.optimizer", optimizer)
			whole := open(t, "keras-convnet", set, 1)
			want := losses(t, whole, 12)

			first := open(t, "keras-convnet", set, 1)
			losses(t, first, at)
			var b bytes.Buffer
			if err := first.Save(&b); err != nil {
				t.Fatal(err)
			}
			second := open(t, "keras-convnet", set, 2)
			losses(t, second, 2) // it has been elsewhere before
			if err := second.Restore(b.Bytes()); err != nil {
				t.Fatal(err)
			}
			equal(t, optimizer, losses(t, second, 12-at), want[at:])
			if second.Trained() != whole.Trained() {
				t.Errorf("%s: the last epoch gives %+v, want %+v", optimizer, second.Trained(), whole.Trained())
			}
			for i := range second.params.Value {
				if second.params.Value[i] != whole.params.Value[i] {
					t.Fatalf("%s: weight %d differs", optimizer, i)
				}
			}
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	tr := open(t, "keras-convnet", small, 1)
	losses(t, tr, 2)
	var b bytes.Buffer
	if err := tr.Save(&b); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set  map[string]string
		data []byte
		want string
	}{
		{with(small, "seed", "9"), b.Bytes(), "belongs to seed 1"},
		{with(small, "train.optimizer", `"sgd"`), b.Bytes(), `optimizer "adam"`},
		{with(small, "model.nodes.conv1.config.filters", "6"), b.Bytes(), "no conv1.weight of shape 3×3×1×6"},
		{with(small, "data.split", `{"train":64}`), b.Bytes(), "stands at sample 128"},
		{small, b.Bytes()[:b.Len()-1], "safetensors"},
	} {
		other := open(t, "keras-convnet", c.set, 1)
		before := append([]float32{}, other.params.Value...)
		if err := other.Restore(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
		for i, v := range before {
			if other.params.Value[i] != v || other.StepNumber() != 0 {
				t.Fatal("a refused checkpoint changed the trainer")
			}
		}
	}
}
