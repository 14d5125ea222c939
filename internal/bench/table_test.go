//go:build !js

package main

import (
	"bytes"
	"strings"
	"testing"
)

// Of several rounds the best repeat counts, and the median of the medians; peers' lines have other keys too.
func TestTable(t *testing.T) {
	var tab table
	for _, lines := range []string{
		`{"workload": "mlp", "env": "native", "threads": 1, "batch": 128, "steps_per_s": 100, "best_steps_per_s": 110, "gflops": 10, "peak_mb": 20, "startup_ms": 5}`,
		`{"workload": "mlp", "env": "native", "threads": 1, "batch": 128, "steps_per_s": 120, "best_steps_per_s": 130, "gflops": 12, "peak_mb": 20, "startup_ms": 5}`,
		`{"workload": "mlp", "env": "native", "threads": 1, "batch": 128, "steps_per_s": 90, "best_steps_per_s": 95, "gflops": 9, "peak_mb": 21, "startup_ms": 5}`,
	} {
		if err := tab.add("native", []byte(lines+"\n\n")); err != nil {
			t.Fatal(err)
		}
	}
	peers := `{"peer": "x", "workload": "sgemm-256", "batch": 256, "threads": 1, "steps_per_s": 10, "best_steps_per_s": 11, "note": "y"}
{"peer": "x", "workload": "mlp", "error": "none"}`
	if err := tab.add("x", []byte(peers)); err != nil {
		t.Fatal(err)
	}
	if len(tab.rows) != 2 || tab.rows[0].median() != 100 || tab.rows[0].Best != 130 || tab.rows[1].Batch != 256 {
		t.Errorf("%+v", tab.rows)
	}
	var out bytes.Buffer
	tab.print(&out)
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 3 || !strings.Contains(lines[1], "13.0") {
		t.Errorf("%s", out.String())
	}
	if err := tab.add("x", []byte("Traceback")); err == nil || !strings.Contains(err.Error(), "Traceback") {
		t.Errorf("what is no measurement: %v", err)
	}
}

func TestPeer(t *testing.T) {
	p, err := parsePeer("torch:mlp+lstm=OMP_NUM_THREADS=1 python3 bench.py 1 {}")
	if err != nil || p.name != "torch" || len(p.command) != 5 || !p.has(job{"mlp", 128}) || p.has(job{"char-gpt", 12}) {
		t.Errorf("%+v, %v", p, err)
	}
	for _, bad := range []string{"torch", "torch=", "=x {}", "torch=python3 bench.py"} {
		if _, err := parsePeer(bad); err == nil {
			t.Errorf("%q is taken for a peer", bad)
		}
	}
}
