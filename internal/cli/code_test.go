package cli

import (
	"bytes"
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		want []string
	}{
		{"code keras-convnet --to keras", ExitOK, []string{"import keras", `layers.Conv2D(32, 3, activation="relu", name="conv1")(inputs)`, "batch_size, epochs = 128, ", "keras.datasets.mnist.load_data()"}},
		{"code keras-convnet --to pytorch --set model.nodes.conv1.config.filters=7", ExitOK, []string{"import torch", "nn.Conv2d(1, 7, 3)", "nn.init.xavier_uniform_(self.conv1.weight)"}},
		{"code spiral-mlp --to pytorch --weights", ExitOK, []string{`model.hidden1.weight.copy_(weights["hidden1.weight"].T)`}},
		{"code spiral-mlp", ExitUsage, []string{"--to wants keras or pytorch"}},
		{"code spiral-mlp --to jax", ExitUsage, []string{`not "jax"`}},
		{"code none.json --to keras", ExitNotFound, nil},
	} {
		var out, errs bytes.Buffer
		code := Run(t.Context(), strings.Fields(c.args), &out, &errs)
		if code != c.code {
			t.Errorf("%s: exit code %d: %s", c.args, code, &errs)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String()+errs.String(), want) {
				t.Errorf("%s has no %s:\n%s%s", c.args, want, &out, &errs)
			}
		}
	}
}
