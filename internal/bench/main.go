//go:build !js

// Command bench measures how fast Descent trains: natively, as wasm under node, and as wasm in a worker of headless
// Chromium, each measurement in a process of its own, in turns, so that a machine that drifts drifts for all of them. It
// prints a table, and writes the measurements as JSON lines beside it.
//
//	go run ./internal/bench                               everything, about ten minutes
//	go run ./internal/bench -env native -workloads char-gpt -rounds 3
//	go run ./internal/bench -env chromium -companion none,simd128,relaxed
//	go run ./internal/bench -growth docs/growth.svg
//	go run ./internal/bench -peer 'pytorch=taskset -c 1 python3 torch/bench.py 1 {}' -peer-dir ~/peers
//
// A peer is another system's benchmark: a command that prints JSON lines with workload, batch, threads and steps_per_s
// for the workload that stands for {}. Its rows stand beside ours, measured in the same rounds.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"descent/ml/bench"
)

type options struct {
	envs, workloads []string
	threads         []int
	companions      []string
	rounds          int
	peers           []peer
	peerDir         string
	json            string
	read            []string
	growth          string
}

func main() {
	var o options
	list := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) }
	envs := flag.String("env", "native,node,chromium", "where to measure")
	workloads := flag.String("workloads", "", "names of workloads, all without; sgemm for the matrix products; with -growth names of what grows")
	companions := flag.String("companion", "best", "which companions of the kernels as wasm: none, simd128, relaxed, or the best that is there")
	threads := flag.String("threads", "", "numbers of goroutines natively and of workers in Chromium; 1 and all cores without")
	flag.IntVar(&o.rounds, "rounds", 2, "how often everything is measured; of the rounds the best counts")
	flag.StringVar(&o.json, "json", "build/bench.jsonl", "where the measurements are written")
	flag.StringVar(&o.growth, "growth", "", "measure instead how the time of a step grows with width, depth and so on, and draw it into this SVG file")
	read := flag.String("read", "", "measure nothing: make the tables of measurements that were written before, files with commas between them")
	flag.StringVar(&o.peerDir, "peer-dir", ".", "where the peers' commands run")
	flag.Func("peer", "another system's benchmark: name=command", func(s string) error {
		p, err := parsePeer(s)
		o.peers = append(o.peers, p)
		return err
	})
	flag.Parse()
	o.envs, o.workloads, o.companions = list(*envs), list(*workloads), list(*companions)
	o.read = list(*read)
	for _, s := range list(*threads) {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			fmt.Fprintln(os.Stderr, "bench: -threads wants numbers from 1")
			os.Exit(2)
		}
		o.threads = append(o.threads, n)
	}
	if o.threads == nil {
		o.threads = slices.Compact([]int{1, runtime.NumCPU()})
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A job is one thing to measure.
type job struct {
	workload string
	batch    int // or the size of a product
}

// String names a job for the program under wasm/.
func (j job) String() string { return fmt.Sprint(j.workload, "/", j.batch) }

func (o options) wanted(name string) bool {
	return len(o.workloads) == 0 || slices.Contains(o.workloads, name)
}

func (o options) jobs() []job {
	var jobs []job
	for _, w := range bench.Workloads {
		if o.wanted(w.Name) {
			jobs = append(jobs, job{w.Name, w.Batch})
		}
	}
	for _, n := range []int{256, 512, 1024} {
		if o.wanted("sgemm") {
			jobs = append(jobs, job{"sgemm", n})
		}
	}
	return jobs
}

func run(ctx context.Context, o options) error {
	if o.growth != "" {
		return grow(o.growth, o.rounds, o.wanted, os.Stdout)
	}
	if len(o.read) > 0 {
		var t table
		for _, file := range o.read {
			if err := t.read(file); err != nil {
				return err
			}
		}
		t.print(os.Stdout)
		t.compare(os.Stdout)
		return nil
	}
	tools, err := prepare(ctx, o.envs, o.companions)
	if err != nil {
		return err
	}
	defer tools.close()
	var t table
	for round := range o.rounds {
		for _, j := range o.jobs() {
			for _, m := range tools.measurements(o, j) {
				fmt.Fprintf(os.Stderr, "round %d of %d: %s, %s\n", round+1, o.rounds, j, m.name)
				lines, err := m.run(ctx)
				if err != nil {
					return fmt.Errorf("%s, %s: %w", j, m.name, err)
				}
				if err := t.add(m.name, lines); err != nil {
					return err
				}
				if err := t.save(o.json); err != nil { // whatever comes, what was measured is there
					return err
				}
			}
		}
	}
	t.print(os.Stdout)
	t.compare(os.Stdout)
	return nil
}
