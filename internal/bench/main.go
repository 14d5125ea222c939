//go:build !js

// Command bench measures training steps and matrix products as a browser runs them: under Node.js and in a worker of
// headless Chromium, with Go's own SIMD and with both variants of the companion, which take turns.
//
//	go run ./internal/bench [-env node,chromium] [-rounds 5] [-json FILE] [WORKLOAD ...]
//
// It prints a table and, with -json, writes one object a line to a file.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"descent/internal/bench/workload"
)

// Settings say how long to measure; compare.js reads them.
type Settings struct {
	Workloads []string `json:"workloads"`
	Rounds    int      `json:"rounds"`
	Warm      int      `json:"warm"` // milliseconds before the first round, which engines need to optimise what runs
	Round     int      `json:"ms"`   // milliseconds
}

// A Result is one line.
type Result struct {
	Workload string  `json:"workload"`
	Env      string  `json:"env"`
	Kernel   string  `json:"kernel"`
	Threads  int     `json:"threads"`
	Batch    int     `json:"batch,omitempty"`
	Flops    float64 `json:"flops,omitempty"`
	Best     float64 `json:"best"` // steps a second, of the rounds
	Median   float64 `json:"median"`
	Worst    float64 `json:"worst"`
	Samples  float64 `json:"samples_per_s,omitempty"` // these two of the best
	GFLOPS   float64 `json:"gflops,omitempty"`
}

func main() {
	var s Settings
	envs := flag.String("env", "node,chromium", "where to measure")
	lines := flag.String("json", "", "also write one JSON object a line to this file")
	flag.IntVar(&s.Rounds, "rounds", 5, "how often each variant's turn comes")
	flag.IntVar(&s.Warm, "warm", 1500, "milliseconds before the first round")
	flag.IntVar(&s.Round, "ms", 800, "milliseconds of a round")
	flag.Parse()
	s.Workloads = flag.Args()
	if len(s.Workloads) == 0 {
		s.Workloads = workload.Names()
	}
	if err := run(s, strings.Split(*envs, ","), *lines); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(s Settings, envs []string, lines string) error {
	record := io.Discard
	if lines != "" {
		f, err := os.Create(lines)
		if err != nil {
			return err
		}
		defer f.Close()
		record = f
	}
	dir, err := os.MkdirTemp("", "descent-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := prepare(dir); err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	defer table.Flush()
	fmt.Fprintln(table, "workload\tenv\tkernel\tbest\tmedian\tworst\t")
	report := func(r Result) error {
		r.Threads = 1
		r.Samples = r.Best * float64(r.Batch)
		r.GFLOPS = r.Best * r.Flops / 1e9
		unit, scale := "steps/s", 1.0
		if r.Flops > 0 {
			unit, scale = "GFLOPS", r.Flops/1e9
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%.4g\t%.4g\t%.4g\t%s\n", r.Workload, r.Env, r.Kernel, scale*r.Best, scale*r.Median, scale*r.Worst, unit)
		return json.NewEncoder(record).Encode(r)
	}
	for _, env := range envs {
		measure, ok := map[string]func(string, Settings, func(Result) error) error{"node": inNode, "chromium": inChromium}[env]
		if !ok {
			return fmt.Errorf("there is no environment %q; there are node and chromium", env)
		}
		if err := measure(dir, s, report); err != nil {
			return fmt.Errorf("in %s: %w", env, err)
		}
	}
	return nil
}
