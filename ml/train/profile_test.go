package train

import (
	"math"
	"slices"
	"testing"
)

// A profile tells of every step since the last one, its phases come to its
// seconds, its layers to the passes, and a run that is timed has the bits of any
// other, alone, on goroutines and with a crew.
func TestProfile(t *testing.T) {
	set := with(small, "train.shards", "4")
	plain := open(t, "keras-convnet", set, 1)
	want := losses(t, plain, 6)
	for _, c := range []struct {
		what    string
		workers int
		members int
	}{{"alone", 1, 0}, {"on goroutines", 3, 0}, {"with a crew", 1, 1}} {
		tr := open(t, "keras-convnet", set, c.workers)
		if c.members > 0 {
			tr.Lead(&gang{members: []*Trainer{open(t, "keras-convnet", set, 1)}})
		}
		got := losses(t, tr, 2)
		tr.Profiling(true)
		got = append(got, losses(t, tr, 3)...)
		p := tr.Profile()
		if p.Steps != 3 || p.Samples == 0 || !(p.Seconds > 0) {
			t.Errorf("%s: %+v", c.what, p)
		}
		sum, passes := 0.0, 0.0
		for phase, v := range p.Phases {
			if v < 0 || v == 0 && (phase != PhaseExchange || c.members > 0) {
				t.Errorf("%s: phase %d takes %v", c.what, phase, v)
			}
			sum += v
		}
		if math.Abs(sum/p.Seconds-1) > 1e-6 {
			t.Errorf("%s: the phases come to %v of %v seconds", c.what, sum, p.Seconds)
		}
		var nodes []string
		for _, l := range p.Layers {
			nodes = append(nodes, l.Node)
			passes += l.Forward + l.Backward
			if l.Node == "conv2" && !(l.Forward > 0 && l.Backward > 0) {
				t.Errorf("%s: %+v", c.what, l)
			}
		}
		if both := p.Phases[PhaseForward] + p.Phases[PhaseBackward]; math.Abs(passes/both-1) > 1e-6 {
			t.Errorf("%s: the layers come to %v of %v seconds", c.what, passes, both)
		}
		if model := tr.exp.Model.Nodes; len(nodes) != len(model)+1 || nodes[0] != model[0].ID || nodes[len(model)] != "" {
			t.Errorf("%s: layers %q", c.what, nodes)
		}
		got = append(got, losses(t, tr, 1)...)
		if p := tr.Profile(); p.Steps != 1 {
			t.Errorf("%s: a profile of %d steps, want 1", c.what, p.Steps)
		}
		tr.Profiling(false)
		if p := tr.Profile(); p.Steps != 0 || p.Seconds != 0 {
			t.Errorf("%s: nobody asked for %+v", c.what, p)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: losses %v, want %v", c.what, got, want)
		}
	}
}

// Timing allocates nothing in a step.
func TestProfilingAllocatesNothing(t *testing.T) {
	tr := open(t, "spiral-mlp", nil, 1)
	tr.Profiling(true)
	losses(t, tr, 60)
	if n := testing.AllocsPerRun(30, func() { tr.Step() }); n >= 1 {
		t.Errorf("%v allocations a step", n)
	}
}
