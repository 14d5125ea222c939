package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// The command measures what it is asked for and nothing else, and says what it does not know.
func TestBench(t *testing.T) {
	var out, errs bytes.Buffer
	code := Run(t.Context(), []string{"bench", "mlp", "sgemm-256", "--threads", "1,2", "--seconds", "0.001", "--repeats", "2", "--json"}, &out, &errs)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if code != ExitOK || len(lines) != 3 {
		t.Fatalf("exit %d: %s%s", code, out.String(), errs.String())
	}
	for i, want := range []struct {
		workload string
		threads  float64
	}{{"mlp", 1}, {"mlp", 2}, {"sgemm-256", 1}} {
		var got map[string]any
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil || got["workload"] != want.workload || got["threads"] != want.threads {
			t.Errorf("line %d is %s (%v)", i+1, lines[i], err)
		}
	}
	for args, says := range map[string]string{"bench gpt": "char-gpt", "bench --threads 0": "from 1", "bench --repeats 0": "1 to 1000", "bench --seconds 0": "more than 0"} {
		out.Reset()
		errs.Reset()
		if code := Run(t.Context(), strings.Fields(args), &out, &errs); code != ExitUsage || !strings.Contains(errs.String(), says) {
			t.Errorf("%s: exit %d, %s", args, code, errs.String())
		}
	}
}
