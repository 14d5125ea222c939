package state

import "descent/ml/session"

// A Curve is one line of a chart: measurements in the order of their steps.
type Curve struct {
	Points []session.Point
	calm   bool // the first steps have become one
}

// The trainer measures each of the first steps, so that there is something to see at once. Later they would be a dense
// scribble at the left, so they are made one when the curve has so many points.
const (
	firstSteps = 20
	calmAt     = 60
)

// maxPoints bounds a curve; a screen has few more pixels across.
const maxPoints = 600

// Add appends a measurement. A curve that grows too long keeps every other point, so old and new stay equally dense.
func (c *Curve) Add(p session.Point) {
	if n := len(c.Points); n > 0 && p.Step < c.Points[n-1].Step {
		return // from before a reset
	}
	c.Points = append(c.Points, p)
	if !c.calm && len(c.Points) > calmAt {
		c.calm = true
		c.join()
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

// join makes the first steps one point, their mean.
func (c *Curve) join() {
	n := 0
	var sum session.Point
	for n < len(c.Points) && c.Points[n].Step <= firstSteps {
		sum.Loss += c.Points[n].Loss
		sum.Accuracy += c.Points[n].Accuracy
		n++
	}
	if n < 2 {
		return
	}
	mean := c.Points[n/2]
	mean.Loss, mean.Accuracy = sum.Loss/float64(n), sum.Accuracy/float64(n)
	c.Points = append([]session.Point{mean}, c.Points[n:]...)
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
