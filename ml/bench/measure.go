package bench

import (
	"fmt"
	"slices"
	"time"

	"descent/ml/kernel"
	"descent/ml/tensor"
	"descent/ml/train"
)

// A Protocol is how long is measured. The first second or so does not count:
// caches fill, and a browser still runs code that it compiled in a hurry.
type Protocol struct {
	Warm    time.Duration // before anything counts
	Repeat  time.Duration // one repeat, and at least one step
	Repeats int
}

// Usual is the protocol of docs/performance.md.
var Usual = Protocol{Warm: 1500 * time.Millisecond, Repeat: 600 * time.Millisecond, Repeats: 7}

// A Result is one measurement.
type Result struct {
	Workload       string
	Threads, Batch int
	Kernel         string        // the arithmetic in force
	Steps          float64       // a second, the median of the repeats
	Best, Worst    float64       // likewise
	Samples        float64       // a second
	GFLOPS         float64       // 10⁹ multiplications and additions a second, of the median; of training counted as three times the forward pass
	Peak           float64       // MB that the process had taken at most
	Planned        float64       // MB that it had taken before, and that the plan said training would
	Startup        float64       // ms from the document to the end of the first step
	Profile        train.Profile // of one repeat more, which counts for nothing else; without steps for a product
}

// Train measures a workload with a number of threads.
func (p Protocol) Train(w Workload, threads int) (Result, error) {
	return p.TrainWith(w, threads, nil)
}

// TrainWith is Train where threads come from elsewhere: join gets the trainer
// the help it asks for. Without it they are goroutines.
func (p Protocol) TrainWith(w Workload, threads int, join func(*train.Trainer) error) (Result, error) {
	r := Result{Workload: w.Name, Threads: threads, Batch: w.Batch, Kernel: kernel.Name()}
	begin := time.Now()
	e, set, err := w.Experiment()
	if err != nil {
		return r, err
	}
	plan, err := e.Plan()
	if err != nil {
		return r, err
	}
	r.Planned = peak() + float64(plan.Memory.Total()-plan.Memory.Evaluation)/1e6 // nothing is evaluated here
	opt := train.Options{Workers: threads}
	if join != nil {
		opt.Workers = 1
	}
	t, err := train.New(e, set, opt)
	if err != nil {
		return r, err
	}
	if join != nil {
		if err := join(t); err != nil {
			return r, err
		}
	}
	step := func() error {
		s, err := t.Step()
		if err == nil && !(s.Batch.Loss() >= 0) { // a small model may learn its few batches by heart
			err = fmt.Errorf("bench: %s: the loss is %v", w.Name, s.Batch.Loss())
		}
		return err
	}
	if err := step(); err != nil {
		return r, err
	}
	r.Startup = float64(time.Since(begin).Microseconds()) / 1e3
	if err := p.repeat(&r, step); err != nil {
		return r, err
	}
	t.Profiling(true)
	if _, err := p.run(p.Repeat, step); err != nil {
		return r, err
	}
	r.Profile = t.Profile()
	r.Samples = r.Steps * float64(w.Batch)
	r.GFLOPS = 3 * float64(plan.FLOPs) * r.Samples / 1e9
	r.Peak = peak()
	return r, nil
}

// MatMul measures the product of two square matrices, on one thread.
func (p Protocol) MatMul(n int) (Result, error) {
	r := Result{Workload: fmt.Sprint("sgemm-", n), Threads: 1, Batch: n, Kernel: kernel.Name()}
	begin := time.Now()
	a, b, c := make([]float32, n*n), make([]float32, n*n), make([]float32, n*n)
	tensor.NewStream(1, "bench.a").FillNormal(a, 0)
	tensor.NewStream(1, "bench.b").FillNormal(b, 0)
	temp := make([]float32, kernel.MatMulTemp(n, n, n))
	multiply := func() error {
		kernel.MatMul(c, a, b, nil, kernel.None, n, n, n, temp)
		return nil
	}
	multiply()
	r.Startup = float64(time.Since(begin).Microseconds()) / 1e3
	p.repeat(&r, multiply)
	r.GFLOPS = 2 * float64(n) * float64(n) * float64(n) * r.Steps / 1e9
	r.Peak = peak()
	return r, nil
}

// repeat fills in the rates of a function.
func (p Protocol) repeat(r *Result, f func() error) error {
	if _, err := p.run(p.Warm, f); err != nil {
		return err
	}
	var rates []float64
	for range p.Repeats {
		rate, err := p.run(p.Repeat, f)
		if err != nil {
			return err
		}
		rates = append(rates, rate)
	}
	slices.Sort(rates)
	r.Steps, r.Worst, r.Best = rates[len(rates)/2], rates[0], rates[len(rates)-1]
	return nil
}

// run calls a function for so long, at least once, and returns how often a
// second.
func (p Protocol) run(d time.Duration, f func() error) (float64, error) {
	begin := time.Now()
	for n := 1; ; n++ {
		if err := f(); err != nil {
			return 0, err
		}
		if took := time.Since(begin); took >= d {
			return float64(n) / took.Seconds(), nil
		}
	}
}
