package graph

import "time"

// A Clock adds up how long the ops of programs take, forward and backward, by
// the name of their result. Programs that run at the same time need one each.
type Clock struct {
	Names             []string // in the order they run
	Forward, Backward []time.Duration
}

// Time has the program's ops timed from now on; nil for not any more. All
// programs of a clock are compiled from the same graph, for any number of
// samples. It costs two looks at the time for each op, and nothing when it is
// off.
func (p *Program) Time(c *Clock) {
	p.clock = c
	if c == nil || len(c.Names) == len(p.steps) {
		return
	}
	c.Names = append(c.Names[:0], p.names...)
	c.Forward, c.Backward = make([]time.Duration, len(p.steps)), make([]time.Duration, len(p.steps))
}

// Clear sets all sums to zero.
func (c *Clock) Clear() {
	clear(c.Forward)
	clear(c.Backward)
}

// lap adds the time since from to one of the sums, and returns the time.
func lap(sum *time.Duration, from time.Time) time.Time {
	now := time.Now()
	*sum += now.Sub(from)
	return now
}
