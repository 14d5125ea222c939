package train

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"descent/ml/safetensors"
)

func TestLoad(t *testing.T) {
	from := open(t, "keras-convnet", small, 1)
	losses(t, from, 4)
	var file bytes.Buffer
	if err := from.Save(&file); err != nil {
		t.Fatal(err)
	}
	start := func(set map[string]string, only []string) *Trainer {
		tr := open(t, "keras-convnet", with(set, "seed", "5"), 1)
		tr.exp.Model.Start.Only = only
		return tr
	}
	all := start(small, nil)
	what, err := all.Load(file.Bytes())
	if err != nil || len(what.Loaded) != len(from.params.Index) || len(what.Fresh)+len(what.Skipped)+len(what.Mismatched) > 0 || !slices.Equal(weights(all), weights(from)) {
		t.Errorf("%+v (%v)", what, err)
	}
	losses(t, all, 2)
	if all.Reset(); !slices.Equal(weights(all), weights(from)) {
		t.Error("a reset does not go back to the loaded weights")
	}

	some := start(small, []string{"conv1", "conv2.bias"})
	fresh := weights(some)
	what, err = some.Load(file.Bytes())
	if err != nil || !slices.Equal(what.Loaded, []string{"conv1.weight", "conv1.bias", "conv2.bias"}) || len(what.Fresh) != 3 {
		t.Errorf("%+v (%v)", what, err)
	}
	for i, info := range some.params.Index {
		want := some.params.Of(fresh, i)
		if slices.Contains(what.Loaded, info.Name) {
			want = some.params.Of(from.params.Value, i)
		}
		if !slices.Equal(some.params.Of(some.params.Value, i), want) {
			t.Errorf("%s is not what it should be", info.Name)
		}
	}

	wider := start(with(small, "model.nodes.conv2.config.filters", "9"), nil)
	what, err = wider.Load(file.Bytes())
	if err != nil || len(what.Loaded) != 3 || len(what.Mismatched) != 3 || !strings.Contains(what.String(), "conv2.weight is 3×3×5×7 in the file and 3×3×5×9 in the model") {
		t.Errorf("%v (%v)", what, err)
	}

	renamed, _ := safetensors.Read(file.Bytes())
	for i := range renamed.Tensors {
		renamed.Tensors[i].Name = "base." + renamed.Tensors[i].Name
	}
	var other bytes.Buffer
	renamed.Write(&other)
	for _, c := range []struct {
		only []string
		set  map[string]string
		file []byte
		want string
	}{
		{[]string{"conv3"}, small, file.Bytes(), `nothing for "conv3"`},
		{[]string{"conv2"}, with(small, "model.nodes.conv2.config.filters", "9"), file.Bytes(), "conv2.weight is 3×3×5×7 in the file"},
		{nil, small, other.Bytes(), "a prefix may be missing"},
	} {
		tr := start(c.set, c.only)
		before := weights(tr)
		var te *TransferError
		if _, err := tr.Load(c.file); !errors.As(err, &te) || !strings.Contains(err.Error(), c.want) || !slices.Equal(before, weights(tr)) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	prefixed := start(small, nil)
	prefixed.exp.Model.Start.Prefix = "base."
	if what, err := prefixed.Load(other.Bytes()); err != nil || len(what.Loaded) != len(from.params.Index) {
		t.Errorf("with the prefix: %+v (%v)", what, err)
	}
	var se *safetensors.Error
	if _, err := prefixed.Load([]byte("no file at all, but a text")); !errors.As(err, &se) {
		t.Errorf("rubbish: %v", err)
	}
}
