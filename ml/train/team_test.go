package train

import (
	"sync/atomic"
	"testing"
	"time"
)

// Each piece is done once, and all are done when run returns, with as many
// goroutines as there are cores and more, also when helpers have gone.
func TestTeam(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 3, 8} {
		team := newTeam(workers)
		for round := range 300 {
			n := round % 19
			done := make([]atomic.Int64, n)
			var all atomic.Int64
			team.run(n, func(i int) {
				done[i].Add(1)
				all.Add(1)
			})
			if int(all.Load()) != n {
				t.Fatalf("%d workers did %d pieces of %d", workers, all.Load(), n)
			}
			for i := range done {
				if done[i].Load() != 1 {
					t.Fatalf("%d workers did piece %d of %d %d times", workers, i, n, done[i].Load())
				}
			}
			if round%100 == 99 {
				time.Sleep(2 * lingering)
			}
		}
		for team.present.Load() > 0 {
			time.Sleep(time.Millisecond) // a helper that stays would hang the test
		}
	}
}

func TestTeamAllocatesNothing(t *testing.T) {
	team := newTeam(3)
	var sum atomic.Int64
	f := func(i int) { sum.Add(int64(i)) }
	if n := testing.AllocsPerRun(200, func() { team.run(7, f) }); n >= 1 {
		t.Errorf("%v allocations", n)
	}
}
