package state

import "descent/ml/session"

// A Curve is one line of a chart: measurements in the order of their steps.
type Curve struct {
	Points []session.Point
	calm   bool // the first steps are as far apart as the others
}

// The trainer measures each of the first steps, so that there is something to see at once, and later every so many.
// Beside those the first would be a dense scribble at the left, so they are joined once there are some of the others.
const (
	firstSteps = 20
	others     = 5
)

// maxPoints bounds a curve; a screen has few more pixels across.
const maxPoints = 700

// Add appends a measurement. A curve that grows too long keeps every other point, so old and new stay equally dense.
func (c *Curve) Add(p session.Point) {
	if n := len(c.Points); n > 0 && p.Step < c.Points[n-1].Step {
		return // from before a reset
	}
	c.Points = append(c.Points, p)
	if n := len(c.Points); !c.calm && n > others && c.Points[n-others].Step > firstSteps {
		c.calm = true
		c.join(p.Step - c.Points[n-2].Step)
	}
	if len(c.Points) <= maxPoints {
		return
	}
	kept := c.Points[:0]
	for i, p := range c.Points {
		if i%2 == 0 || i == len(c.Points)-1 {
			kept = append(kept, p)
		}
	}
	c.Points = kept
}

// join makes the first steps points that are means of so many.
func (c *Curve) join(stride int) {
	n := 0
	for n < len(c.Points) && c.Points[n].Step <= firstSteps {
		n++
	}
	if n < 2 || stride < 2 || c.Points[n-1].Step-c.Points[0].Step > n {
		return // they are no denser than the others
	}
	var joined []session.Point
	for first := range c.Points[:n] {
		if first%stride != 0 {
			continue
		}
		part := c.Points[first:min(n, first+stride)]
		mean := part[len(part)-1]
		mean.Loss, mean.Accuracy = 0, 0
		for _, p := range part {
			mean.Loss += p.Loss / float64(len(part))
			mean.Accuracy += p.Accuracy / float64(len(part))
		}
		joined = append(joined, mean)
	}
	c.Points = append(joined, c.Points[n:]...)
}

// Last returns the latest measurement; false when there is none.
func (c *Curve) Last() (session.Point, bool) {
	if len(c.Points) == 0 {
		return session.Point{}, false
	}
	return c.Points[len(c.Points)-1], true
}

// Rows returns at most n measurements spread over the curve, the latest first.
func (c *Curve) Rows(n int) []session.Point {
	stride := max(1, (len(c.Points)+n-1)/n)
	var rows []session.Point
	for i := len(c.Points) - 1; i >= 0; i -= stride {
		rows = append(rows, c.Points[i])
	}
	return rows
}
