package bench

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// The workloads are those of the peers' benchmarks: what tells is the number of
// parameters, which these sums give by hand.
func TestWorkloads(t *testing.T) {
	cnn := 9*32 + 32 + 9*32*64 + 64 + 7*7*64*128 + 128 + 128*10 + 10
	block := 2*128 + 4*128*128 + 2*128*512
	want := map[string]int{
		"mnist-cnn": cnn, "mlp": 784*128 + 128 + 128*10 + 10, "char-gpt": 65*128 + 64*128 + 4*block + 128,
		"lstm": 65*128 + 4*128*(128+128+1) + 128*65 + 65,
	}
	if want["char-gpt"] != 804_096 {
		t.Fatal("the sum is wrong")
	}
	for _, w := range Workloads {
		e, set, err := w.Experiment()
		if err != nil {
			t.Fatalf("%s: %v", w.Name, err)
		}
		p, err := e.Plan()
		if err != nil || p.Parameters != want[w.Name] || p.Train != 4*w.Batch || set.Train.Len() != p.Train {
			t.Errorf("%s: %d parameters and %d samples, want %d and %d (%v)", w.Name, p.Parameters, p.Train, want[w.Name], 4*w.Batch, err)
		}
	}
}

// A measurement is whole: every figure is there and the rates are in order.
func TestMeasure(t *testing.T) {
	p := Protocol{Warm: 0, Repeat: time.Millisecond, Repeats: 3}
	var results []Result
	for _, w := range Workloads {
		if w.Name == "mlp" || w.Batch == 12 {
			r, err := p.Train(w, 2)
			if err != nil {
				t.Fatal(err)
			}
			if r.Samples != r.Steps*float64(w.Batch) {
				t.Errorf("%+v", r)
			}
			results = append(results, r)
		}
	}
	r, err := p.MatMul(64)
	if err != nil {
		t.Fatal(err)
	}
	if got := 2 * 64 * 64 * 64 * r.Steps / 1e9; got != r.GFLOPS {
		t.Errorf("%v GFLOPS, want %v", r.GFLOPS, got)
	}
	for _, r := range append(results, r) {
		if !(0 < r.Worst && r.Worst <= r.Steps && r.Steps <= r.Best) || !(r.GFLOPS > 0 && r.Peak > 0 && r.Startup > 0) {
			t.Errorf("%+v", r)
		}
		var line map[string]any
		if err := json.Unmarshal([]byte(r.JSON("native")), &line); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"workload", "env", "threads", "batch", "kernel", "steps_per_s", "best_steps_per_s", "worst_steps_per_s", "samples_per_s", "gflops", "peak_mb", "planned_mb", "startup_ms", "phases", "layers"} {
			if r.Samples == 0 && (key == "phases" || key == "layers") {
				continue // a product has none
			}
			if _, ok := line[key]; !ok {
				t.Errorf("%s lacks %s", fmt.Sprint(line), key)
			}
		}
	}
}

// Every size of every growth is a model that can be read, and larger ones have
// more to do, but for the number of cores.
func TestGrowths(t *testing.T) {
	for _, g := range Growths(4) {
		last := int64(0)
		for _, size := range g.Sizes {
			e, _, err := g.At(size).Experiment()
			if err != nil {
				t.Fatalf("%s %d: %v", g.Name, size, err)
			}
			p, err := e.Plan()
			work := p.FLOPs * int64(e.Train.Batch)
			if err != nil || g.Shared == (work > last) && last > 0 {
				t.Errorf("%s %d: %d operations after %d (%v)", g.Name, size, work, last, err)
			}
			last = work
		}
	}
}
