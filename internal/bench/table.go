//go:build !js

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"descent/ml/bench"
)

// A row is what came out for one workload in one place.
type row struct {
	name     string // where
	Peer     string // whose; "" for ours
	Env      string // native, node or chromium
	Workload string
	Batch    int
	Threads  int
	Kernel   string
	Steps    float64 `json:"steps_per_s"`
	Best     float64 `json:"best_steps_per_s"`
	Samples  float64 `json:"samples_per_s"`
	GFLOPS   float64
	Peak     float64 `json:"peak_mb"`
	Planned  float64 `json:"planned_mb"`
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
		for _, w := range bench.Workloads { // a peer may say behind the name how it gets by without a kernel
			if strings.HasPrefix(r.Workload, w.Name+"-") {
				r.Workload = w.Name
			}
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
			own.Best, own.Peak, own.Planned, own.Startup = r.Best, max(own.Peak, r.Peak), r.Planned, r.Startup
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
	t.sort()
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "workload\tbatch\twhere\tthreads\tmedian steps/s\tbest steps/s\tbest GFLOPS\tpeak MB\tplanned MB\tstart-up ms\tkernel\t")
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
		fmt.Fprintf(out, "%s\t%d\t%s\t%d\t%.2f\t%.2f\t%s\t%s\t%s\t%s\t%s\t\n", r.Workload, r.Batch, r.name, r.Threads, r.median(), r.Best, gflops, own(r.Peak), own(r.Planned), own(r.Startup), r.Kernel)
	}
	out.Flush()
}

func (t *table) sort() {
	slices.SortStableFunc(t.rows, func(a, b *row) int {
		return cmp.Or(strings.Compare(a.Workload, b.Workload), a.Batch-b.Batch)
	})
}

// compare writes, as Markdown, ours beside the best peer's of the same place and number of threads: medians, with the
// best repeats behind them, and how many times faster ours is by both. Each place has a table of its own.
func (t *table) compare(w io.Writer) {
	t.sort()
	for _, env := range []string{"native", "chromium"} {
		var lines []string
		for _, own := range t.rows {
			if own.Peer != "" || own.Env != env {
				continue
			}
			var best *row
			for _, p := range t.rows {
				same := p.Workload == own.Workload && p.Batch == own.Batch && p.Threads == own.Threads && p.Env == env
				if same && p.Peer != "" && (best == nil || p.median() > best.median()) {
					best = p
				}
			}
			alone := own
			for _, o := range t.rows {
				if o.Peer == "" && o.Env == env && o.Workload == own.Workload && o.Batch == own.Batch && o.Threads == 1 {
					alone = o
				}
			}
			line := fmt.Sprintf("| %s, batch %d | %d | %s (%s) | ", own.Workload, own.Batch, own.Threads, figure(own.median()), figure(own.Best))
			if strings.HasPrefix(own.Workload, "sgemm") {
				line = fmt.Sprintf("| %s | %d | %s (%s) | ", own.Workload, own.Threads, figure(own.median()), figure(own.Best))
			}
			if best == nil {
				line += "| | | "
			} else {
				line += fmt.Sprintf("%s | %s (%s) | %.2f (%.2f) | ", best.name, figure(best.median()), figure(best.Best), own.median()/best.median(), own.Best/best.Best)
			}
			if alone != own {
				line += fmt.Sprintf("%.2f (%.2f) ", own.median()/alone.median(), own.Best/alone.Best)
			}
			lines = append(lines, line+"|")
		}
		if lines != nil {
			fmt.Fprintf(w, "\n%s: steps a second, median (best)\n\n| Workload | Cores | Descent | Best peer | Its steps | Ratio | Over one core |\n| --- | --- | --- | --- | --- | --- | --- |\n%s\n", env, strings.Join(lines, "\n"))
		}
	}
}

// figure writes three digits, or as many as a whole number has.
func figure(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// read takes in what save wrote, of one run or of several.
func (t *table) read(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(b) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := t.add(cmp.Or(r.Peer, "Descent "+r.Env), line); err != nil {
			return err
		}
	}
	return nil
}
