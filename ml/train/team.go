package train

import (
	"runtime"
	"sync/atomic"
	"time"
)

// A team is goroutines that work for the trainer's caller, which works along.
// A step sets out work several times within a millisecond, and waking a
// goroutine that sleeps takes a good part of that. So helpers watch for the next
// piece of work for a moment before they go, and come back when there is more:
// nobody has to let a team go, and one that is idle costs nothing.
type team struct {
	helpers int // goroutines beside the caller's
	f       func(i int)
	pieces  int

	// order is the round in the upper half and the number of pieces that nobody
	// has taken in the lower. A helper that takes one cannot belong to another
	// round, since a round ends when all of its pieces are done.
	order   atomic.Uint64
	left    atomic.Int64 // pieces that are not done
	present atomic.Int64
	help    func() // t.assist, made once
}

// lingering is how long a helper watches for work before it goes.
const lingering = 200 * time.Microsecond

func newTeam(workers int) *team {
	t := &team{helpers: max(0, workers-1)}
	t.help = t.assist
	return t
}

// run calls f for 0 to n-1, in no order, and returns when all are done. It has
// one caller at a time. A method value is to be made once and kept, or each run
// allocates one.
func (t *team) run(n int, f func(i int)) {
	if t.helpers == 0 || n < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	t.f, t.pieces = f, n
	t.left.Store(int64(n))
	t.order.Store((t.order.Load()>>32+1)<<32 | uint64(n))
	for t.present.Load() < int64(min(t.helpers, n-1)) {
		t.present.Add(1)
		go t.help()
	}
	for t.take() {
	}
	for spins := 1; t.left.Load() > 0; spins++ {
		rest(spins)
	}
}

// take does one piece, if there is one.
func (t *team) take() bool {
	for {
		order := t.order.Load()
		left := int(uint32(order))
		if left == 0 {
			return false
		}
		if t.order.CompareAndSwap(order, order-1) {
			t.f(t.pieces - left)
			t.left.Add(-1)
			return true
		}
	}
}

// assist is the life of a helper.
func (t *team) assist() {
	defer t.present.Add(-1)
	last := time.Now()
	for spins := 1; ; spins++ {
		for t.take() {
			spins = 0
		}
		if spins == 0 {
			last = time.Now()
		} else if spins%64 == 0 && time.Since(last) > lingering {
			return
		}
		rest(spins)
	}
}

// rest passes the moment between two looks at what others do: others may run
// now and then, also where there are fewer cores than goroutines.
func rest(spins int) {
	if spins%32 == 0 {
		runtime.Gosched()
	}
}
