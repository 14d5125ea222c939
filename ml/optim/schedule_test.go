package optim

import (
	"math"
	"testing"
)

// Values from the formulas of nanoGPT and PyTorch, worked out apart.
func TestSchedules(t *testing.T) {
	for _, c := range []struct {
		name     string
		s        Schedule
		base     float64
		steps    int
		perEpoch int
		want     map[int]float64
	}{
		{"constant", &Constant{}, 0.3, 100, 10, map[int]float64{0: 0.3, 99: 0.3}},
		{"step", &Stairs{Every: 2, Factor: 0.1}, 1, 100, 10, map[int]float64{0: 1, 19: 1, 20: 0.1, 39: 0.1, 40: 0.01}},
		{"exponential", &Exponential{Factor: 0.25}, 2, 100, 10, map[int]float64{0: 2, 5: 1, 10: 0.5, 20: 0.125}},
		// nanoGPT's get_lr with learning_rate 1e-3, warmup_iters 100, lr_decay_iters 5000, min_lr 1e-4.
		{"cosine", &Cosine{Warmup: 100, DecaySteps: 5000, Min: 1e-4}, 1e-3, 6000, 10, map[int]float64{
			0: 1e-3 / 101, 99: 100 * 1e-3 / 101, 100: 1e-3, 2550: 5.5e-4, 5000: 1e-4, 5001: 1e-4, 1325: 1e-4 + 0.5*(1+math.Sqrt2/2)*9e-4}},
		{"cosine to the end", &Cosine{}, 1, 50, 10, map[int]float64{0: 1, 25: 0.5}},
		// torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10): the top is at step 0.3·10-1 = 2.
		{"one cycle", &OneCycle{Rise: 0.3, Start: 25, End: 1e4}, 1, 10, 10, map[int]float64{0: 0.04, 1: 0.52, 2: 1, 9: 0.04 / 1e4}},
	} {
		for step, want := range c.want {
			got := c.s.Rate(c.base, Moment{Step: step, Steps: c.steps, PerEpoch: c.perEpoch})
			if math.Abs(got-want) > 1e-9*math.Max(1, want) {
				t.Errorf("%s: step %d has the rate %v, want %v", c.name, step, got, want)
			}
		}
	}
}

// A rate is a number and not below 0, however short the training.
func TestSchedulesOfShortRuns(t *testing.T) {
	for _, info := range Schedules() {
		for steps := range 4 {
			for step := range 6 {
				if r := info.New().Rate(0.1, Moment{Step: step, Steps: steps, PerEpoch: steps}); !(r >= 0 && r <= 0.1) {
					t.Errorf("%s: step %d of %d has the rate %v", info.Type, step, steps, r)
				}
			}
		}
	}
}

// A cycle that rises in its first step begins at the top.
func TestOneCycleRisesAtOnce(t *testing.T) {
	for _, c := range []struct {
		rise  float64
		steps int
	}{{0.1, 10}, {0.5, 2}, {0.25, 4}, {0.001, 1000}, {0.01, 50}} {
		s := &OneCycle{Rise: c.rise, Start: 25, End: 1e4}
		before := 0.3
		for step := range c.steps {
			r := s.Rate(0.3, Moment{Step: step, Steps: c.steps})
			if !(r > 0 && r <= before) {
				t.Errorf("rise %v: step %d of %d has the rate %v after %v", c.rise, step, c.steps, r, before)
			}
			before = r
		}
	}
}

func TestPlateau(t *testing.T) {
	s := &Plateau{Factor: 0.1, Patience: 2, MinDelta: 0.01, Min: 0.005}
	var m Memory
	rates := []float64{}
	for _, loss := range []float64{1, 0.9, 0.895, 0.9, 0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.5} {
		s.Watch(loss, &m)
		rates = append(rates, s.Rate(1, Moment{Memory: m}))
	}
	want := []float64{1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01}
	for i := range want {
		if math.Abs(rates[i]-want[i]) > 1e-12 {
			t.Fatalf("rates %v, want %v", rates, want)
		}
	}
	for range 30 {
		s.Watch(9, &m)
	}
	if r := s.Rate(1, Moment{Memory: m}); r != 0.005 {
		t.Errorf("the rate falls to %v, below its minimum", r)
	}
	if r := s.Rate(0.001, Moment{Memory: m}); r != 0.001 {
		t.Errorf("a rate set below the minimum became %v", r)
	}
}

// A loss that is not a number is no best one: what comes after it is better.
func TestPlateauAfterNaN(t *testing.T) {
	s := &Plateau{Factor: 0.1, Patience: 2}
	var m Memory
	for _, loss := range []float64{math.NaN(), 5, 4, 3, 2, 1} {
		s.Watch(loss, &m)
	}
	if m.Cuts != 0 || m.Best != 1 {
		t.Errorf("%d cuts, the best loss is %v", m.Cuts, m.Best)
	}
	for range 3 {
		s.Watch(math.NaN(), &m)
	}
	if m.Cuts != 1 || m.Best != 1 {
		t.Errorf("%d cuts after three losses that are no numbers, the best loss is %v", m.Cuts, m.Best)
	}
}
