//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// A row is what came out for one workload in one place.
type row struct {
	name     string // where
	Workload string
	Batch    int
	Threads  int
	Kernel   string
	Steps    float64 `json:"steps_per_s"`
	Best     float64 `json:"best_steps_per_s"`
	Samples  float64 `json:"samples_per_s"`
	GFLOPS   float64
	Peak     float64 `json:"peak_mb"`
	Startup  float64 `json:"startup_ms"`
	medians  []float64
}

// A table collects the rounds: of each row the best repeat of all, and the median of the rounds' medians.
type table struct {
	rows []*row
	raw  bytes.Buffer
}

// add takes in JSON lines. Those of a peer may have more keys, and an error instead of figures.
func (t *table) add(name string, lines []byte) error {
	for line := range strings.Lines(string(lines)) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		r := &row{name: name}
		if err := json.Unmarshal([]byte(line), r); err != nil {
			return fmt.Errorf("%s printed %q, which is no measurement: %w", name, strings.TrimSpace(line), err)
		}
		fmt.Fprintf(&t.raw, "%s\n", strings.TrimSpace(line))
		if r.Steps == 0 {
			continue
		}
		if strings.HasPrefix(r.Workload, "sgemm") { // peers say its size once in the name and once as the batch
			var n int
			fmt.Sscanf(r.Workload, "sgemm-%d", &n)
			r.Batch = n
		}
		i := slices.IndexFunc(t.rows, func(o *row) bool {
			return o.name == name && o.Workload == r.Workload && o.Batch == r.Batch && o.Threads == r.Threads
		})
		if i < 0 {
			t.rows = append(t.rows, r)
			i = len(t.rows) - 1
		}
		own := t.rows[i]
		own.medians = append(own.medians, r.Steps)
		if r.Best >= own.Best {
			own.Best, own.Peak, own.Startup = r.Best, max(own.Peak, r.Peak), r.Startup
		}
	}
	return nil
}

func (t *table) save(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, t.raw.Bytes(), 0o666)
}

// median is that of the rounds.
func (r *row) median() float64 {
	m := slices.Sorted(slices.Values(r.medians))
	return m[len(m)/2]
}

func (t *table) print(w io.Writer) {
	slices.SortStableFunc(t.rows, func(a, b *row) int {
		if d := strings.Compare(a.Workload, b.Workload); d != 0 {
			return d
		}
		return a.Batch - b.Batch
	})
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "workload\tbatch\twhere\tthreads\tmedian steps/s\tbest steps/s\tbest GFLOPS\tpeak MB\tstart-up ms\tkernel\t")
	for _, r := range t.rows {
		gflops := "-"
		if r.GFLOPS > 0 {
			gflops = fmt.Sprintf("%.1f", r.GFLOPS*r.Best/r.Steps)
		}
		own := func(v float64) string {
			if v == 0 {
				return "-"
			}
			return fmt.Sprintf("%.0f", v)
		}
		fmt.Fprintf(out, "%s\t%d\t%s\t%d\t%.2f\t%.2f\t%s\t%s\t%s\t%s\t\n", r.Workload, r.Batch, r.name, r.Threads, r.median(), r.Best, gflops, own(r.Peak), own(r.Startup), r.Kernel)
	}
	out.Flush()
}
