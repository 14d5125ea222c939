package workload

import (
	"strings"
	"testing"
)

// TestWorkloads takes a step of each, so that a benchmark does not find out that one cannot be opened.
func TestWorkloads(t *testing.T) {
	for _, name := range Names() {
		w, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Step(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if (w.Batch == 0) != (w.Flops > 0) {
			t.Errorf("%s has batch %d and %v flops", name, w.Batch, w.Flops)
		}
	}
}

// TestLanguageModelSize holds the model to the number of weights that its peers have.
func TestLanguageModelSize(t *testing.T) {
	for _, m := range models {
		if m.name != "char-gpt-12" {
			continue
		}
		trainer, err := m.trainer()
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, p := range trainer.Params().Index {
			got += p.Shape.Len()
		}
		if got != 804_096 {
			t.Errorf("%d parameters, want 804,096", got)
		}
	}
}

func TestUnknownWorkloads(t *testing.T) {
	for _, name := range []string{"", "sgemm-", "sgemm-0", "sgemm-8193", "sgemm-x", "mnist"} {
		if _, err := Open(name); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
