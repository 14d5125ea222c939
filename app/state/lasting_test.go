package state

import (
	"math"
	"testing"
)

func TestLasts(t *testing.T) {
	c := Course{Document: "d", Steps: 1200, Speed: 2, Shards: 4, Of: OfImages}
	of := func(change func(*Course)) Course {
		c := c
		change(&c)
		return c
	}
	run := func(document string, step int, seconds float64) Run {
		return Run{ID: "r", Document: document, Step: step, Seconds: seconds}
	}
	for _, x := range []struct {
		name    string
		gauge   float64
		cores   int
		course  Course
		runs    []Run
		seconds float64
		seen    bool
	}{
		{"as fast as where it was measured", 30e9, 2, c, nil, 20, false},
		{"three times slower", 10e9, 2, c, nil, 60, false},
		{"one core does both halves", 30e9, 1, c, nil, 40, false},
		{"four cores have a shard each", 30e9, 4, c, nil, 10, false},
		{"more than there are shards", 30e9, 16, c, nil, 10, false},
		{"three cores wait for the one with two", 30e9, 3, c, nil, 20, false},
		{"a batch that is not cut", 30e9, 1, of(func(c *Course) { c.Shards = 1 }), nil, 20, false},
		{"not gauged yet", 0, 2, c, nil, 0, false},
		{"not measured", 30e9, 2, of(func(c *Course) { c.Speed = 0 }), nil, 0, false},
		{"no steps", 30e9, 2, of(func(c *Course) { c.Steps = 0 }), nil, 0, false},
		{"a whole run", 30e9, 2, c, []Run{run("d", 1200, 33)}, 33, true},
		{"a whole run, not gauged", 0, 2, c, []Run{run("d", 1200, 33)}, 33, true},
		{"a quarter of one", 30e9, 2, c, []Run{run("d", 300, 8)}, 32, false},
		{"too little of one", 30e9, 2, c, []Run{run("d", 59, 8)}, 20, false},
		{"another document", 30e9, 2, c, []Run{run("other", 1200, 33)}, 20, false},
		{"the longest run counts", 30e9, 2, c, []Run{run("d", 300, 8), run("d", 1200, 33), run("d", 600, 1)}, 33, true},
		{"the pace is slower", 30e9, 2, of(func(c *Course) { c.Of = OfPoints; c.Steps = 120000; c.Speed = 1000 }), nil, 300, false},
		{"and slower than a whole run was", 30e9, 2, of(func(c *Course) { c.Of = OfPoints }), []Run{run("d", 1200, 1)}, 3, false},
	} {
		s := New("p", "{}")
		s.gauged, s.Runs = x.gauge, x.runs
		got, seen := s.Lasts(x.course, x.cores)
		if math.Abs(got-x.seconds) > 1e-9*x.seconds || seen != x.seen {
			t.Errorf("%s: %v s, seen %v; want %v s, %v", x.name, got, seen, x.seconds, x.seen)
		}
	}
}

func TestRoughly(t *testing.T) {
	s := New("p", "{}")
	for seconds, want := range map[float64]string{0.02: "1 s", 0.6: "1 s", 1.4: "1 s", 2.6: "3 s", 14: "10 s", 38: "40 s", 54: "50 s", 55: "1 min",
		89: "1 min", 95: "2 min", 560: "9 min", 580: "10 min", 2600: "40 min", 3400: "1 h", 9000: "3 h", 50000: "10 h"} {
		if got := s.Roughly(seconds); got != want {
			t.Errorf("%v s is %q, want %q", seconds, got, want)
		}
	}
}
