package view

import (
	"time"

	"descent/app/draw"
)

// unseen draws once more what was to be drawn before the page had brought its canvas to light: an update says that it
// has happened a little before the elements have changed.
type unseen struct{ tries int }

func (u *unseen) draw(id string, again func()) {
	if draw.Width(id) > 0 || u.tries >= 5 {
		u.tries = 0
		return
	}
	u.tries++
	time.AfterFunc(50*time.Millisecond, again)
}
