package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"descent/ml/bench"

	"github.com/spf13/cobra"
)

// benchFlags is the command line of descent bench.
type benchFlags struct {
	threads []int
	batch   int
	json    bool
	profile bool
	seconds float64
	repeats int
}

var squares = []int{256, 512, 1024}

func newBench() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench [WORKLOAD...]",
		Short: "Measure how fast this machine trains",
		Long: `Measure how fast this machine trains: steps a second, each with forward pass, backward pass and update, on
random data. Each workload is warmed up first; of several repeats the median counts, with the best and the
worst beside it. Close what else keeps the machine busy.

` + workloads() + `
Results go to stdout as a table, or with --json as one object a line: workload, env, threads, batch, kernel,
steps_per_s, best_steps_per_s, worst_steps_per_s, samples_per_s, gflops, peak_mb, planned_mb, startup_ms, and the
shares of time of phases and layers. With --profile the table has those too, of the forward and of the backward pass.
gflops counts a training step as three times its forward pass; peak_mb is the most memory the process had
taken by then, so it is a workload's own only when it is measured alone; planned_mb is what it had taken before and what the
plan says training takes; startup_ms is the time from the
document to the end of the first step.

Exit codes: 0 done, 1 failure, 2 command line not understood, 130 interrupted.`,
		Example: `  descent bench
  descent bench char-gpt lstm --threads 1,2
  descent bench mnist-cnn --profile
  descent bench sgemm-512 --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			for _, name := range args {
				if !slices.Contains(names(), name) {
					return fmt.Errorf("there is no workload %s; there are %s", name, strings.Join(names(), ", "))
				}
			}
			switch {
			case f.seconds <= 0 || f.seconds > 600:
				return fmt.Errorf("--seconds wants more than 0 and at most 600")
			case f.repeats < 1 || f.repeats > 1000:
				return fmt.Errorf("--repeats wants 1 to 1000")
			}
			for _, n := range f.threads {
				if n < 1 {
					return fmt.Errorf("--threads wants numbers from 1, such as 1,2")
				}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = names()
			}
			return runBench(cmd.Context(), f, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	threads := []int{1}
	if n := runtime.GOMAXPROCS(0); n > 1 {
		threads = append(threads, n)
	}
	cmd.Flags().IntSliceVar(&f.threads, "threads", threads, "`numbers` of cores to measure with, commas between them")
	cmd.Flags().IntVar(&f.batch, "batch", 0, "measure only the workloads with this `number` of samples a batch; 0 for all")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	cmd.Flags().BoolVar(&f.profile, "profile", false, "show where the time goes, by phase and layer")
	cmd.Flags().Float64Var(&f.seconds, "seconds", bench.Usual.Repeat.Seconds(), "how long one repeat takes, in `seconds`")
	cmd.Flags().IntVar(&f.repeats, "repeats", bench.Usual.Repeats, "the `number` of repeats")
	return cmd
}

// names lists the workloads, and the matrix products after them.
func names() []string {
	var out []string
	for _, w := range bench.Workloads {
		if !slices.Contains(out, w.Name) {
			out = append(out, w.Name)
		}
	}
	for _, n := range squares {
		out = append(out, fmt.Sprint("sgemm-", n))
	}
	return out
}

// workloads describes them for the help.
func workloads() string {
	var b strings.Builder
	for _, w := range bench.Workloads {
		fmt.Fprintf(&b, "  %-10s batch %-4d %s\n", w.Name, w.Batch, w.Doc)
	}
	fmt.Fprintf(&b, "  %-10s            the product of two square matrices of that size, on one core\n", "sgemm-N")
	return b.String()
}

func runBench(ctx context.Context, f benchFlags, args []string, stdout, stderr io.Writer) error {
	p := bench.Usual
	p.Repeat, p.Repeats = time.Duration(f.seconds*float64(time.Second)), f.repeats
	p.Warm = min(p.Warm, 4*p.Repeat)
	if !f.json {
		fmt.Fprintf(stdout, "%-24s %7s %12s %25s %12s %9s\n", "workload", "threads", "steps/s", "worst to best", "samples/s", "GFLOPS")
	}
	show := func(r bench.Result, err error) error {
		if err != nil {
			return err
		}
		if f.json {
			fmt.Fprintln(stdout, r.JSON("native"))
			return ctx.Err()
		}
		samples := "-"
		if r.Samples > 0 {
			samples = group(int(r.Samples + 0.5))
		}
		fmt.Fprintf(stdout, "%-24s %7d %12.2f %12.2f to %9.2f %12s %9.1f\n", r.Title(), r.Threads, r.Steps, r.Worst, r.Best, samples, r.GFLOPS)
		if f.profile && r.Profile.Steps > 0 {
			fmt.Fprint(stdout, bench.Table(r.Profile))
		}
		return ctx.Err()
	}
	for _, w := range bench.Workloads {
		if !slices.Contains(args, w.Name) || f.batch != 0 && f.batch != w.Batch {
			continue
		}
		for _, threads := range f.threads {
			if err := show(p.Train(w, threads)); err != nil {
				return err
			}
		}
	}
	for _, n := range squares {
		if slices.Contains(args, fmt.Sprint("sgemm-", n)) && f.batch == 0 {
			if err := show(p.MatMul(n)); err != nil {
				return err
			}
		}
	}
	return nil
}
