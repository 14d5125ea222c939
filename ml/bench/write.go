package bench

import (
	"fmt"
	"math"

	"descent/ml/config"
)

// JSON writes a result as one line; env says where it was measured: "native",
// "node", "chromium".
func (r Result) JSON(env string) string {
	number := func(v float64, digits int) *config.Value {
		f := math.Pow10(digits)
		return config.Num(math.Round(v*f) / f)
	}
	return string(config.Obj(
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
		config.Member{Key: "startup_ms", Value: number(r.Startup, 1)},
	).Append(nil, ""))
}

// Title names a workload with its batch, or the size of a product.
func (r Result) Title() string {
	if r.Samples == 0 {
		return r.Workload
	}
	return fmt.Sprintf("%s, batch %d", r.Workload, r.Batch)
}
