package bench

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/train"
)

// JSON writes a result as one line; env says where it was measured: "native",
// "node", "chromium".
func (r Result) JSON(env string) string {
	number := func(v float64, digits int) *config.Value {
		f := math.Pow10(digits)
		return config.Num(math.Round(v*f) / f)
	}
	line := config.Obj(
		config.Member{Key: "workload", Value: config.Text(r.Workload)},
		config.Member{Key: "env", Value: config.Text(env)},
		config.Member{Key: "threads", Value: config.Num(float64(r.Threads))},
		config.Member{Key: "batch", Value: config.Num(float64(r.Batch))},
		config.Member{Key: "kernel", Value: config.Text(r.Kernel)},
		config.Member{Key: "steps_per_s", Value: number(r.Steps, 3)},
		config.Member{Key: "best_steps_per_s", Value: number(r.Best, 3)},
		config.Member{Key: "worst_steps_per_s", Value: number(r.Worst, 3)},
		config.Member{Key: "samples_per_s", Value: number(r.Samples, 1)},
		config.Member{Key: "gflops", Value: number(r.GFLOPS, 2)},
		config.Member{Key: "peak_mb", Value: number(r.Peak, 1)},
		config.Member{Key: "planned_mb", Value: number(r.Planned, 1)},
		config.Member{Key: "startup_ms", Value: number(r.Startup, 1)},
	)
	if r.Profile.Steps > 0 {
		var phases, layers []config.Member
		for i, name := range PhaseNames {
			phases = append(phases, config.Member{Key: name, Value: number(r.Profile.Phases[i]/r.Profile.Seconds, 4)})
		}
		for _, l := range r.Profile.Layers {
			layers = append(layers, config.Member{Key: cmp.Or(l.Node, "loss"), Value: number((l.Forward+l.Backward)/r.Profile.Seconds, 4)})
		}
		line.Members = append(line.Members, config.Member{Key: "phases", Value: config.Obj(phases...)}, config.Member{Key: "layers", Value: config.Obj(layers...)})
	}
	return string(line.Append(nil, ""))
}

// PhaseNames are those of train.Profile.Phases.
var PhaseNames = [train.Phases]string{"data", "forward", "backward", "exchange", "update"}

// Table writes a profile for people: the share of the time that each phase and
// each layer took.
func Table(p train.Profile) string {
	var b strings.Builder
	share := func(name string, of ...float64) {
		fmt.Fprintf(&b, "  %-20s", name)
		for _, v := range of {
			fmt.Fprintf(&b, " %7.1f %%", 100*v/p.Seconds)
		}
		b.WriteString("\n")
	}
	for i, name := range PhaseNames {
		if p.Phases[i] > 0 {
			share(name, p.Phases[i])
		}
	}
	fmt.Fprintf(&b, "  %-20s %9s %9s\n", "layer", "forward", "backward")
	for _, l := range p.Layers {
		share(cmp.Or(l.Node, "loss"), l.Forward, l.Backward)
	}
	return b.String()
}

// Title names a workload with its batch, or the size of a product.
func (r Result) Title() string {
	if r.Samples == 0 {
		return r.Workload
	}
	return fmt.Sprintf("%s, batch %d", r.Workload, r.Batch)
}
