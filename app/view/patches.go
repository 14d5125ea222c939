package view

import (
	"math"
	"strconv"

	"descent/app/draw"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Attention of images is over patches: beside the matrix stands the picture, with what one row of it looks at.

const idPatches = "patches"

// attended chooses what attention is shown of: a text, or an image.
func (c *Core) attended() goapp.UI {
	if c.Sequential() {
		return c.subject()
	}
	return c.viewedSample()
}

// patches says how the columns of the matrix lie on the picture: so many along each side, after so many that lie
// nowhere, such as a class token. False where they do not.
func (a *attention) patches() (side, before int, ok bool) {
	if a.Core.Kind() != "images" {
		return 0, 0, false
	}
	n := a.heat.heat.Cols
	for before = range 3 {
		if side = int(math.Round(math.Sqrt(float64(n - before)))); side > 1 && side*side == n-before {
			return side, before, true
		}
	}
	return 0, 0, false
}

// row is the row of the matrix that is laid over the picture: the one pointed at, or the first.
func (a *attention) row() int { return min(max(0, a.heat.heat.At[0]), max(0, a.heat.heat.Rows-1)) }

func (a *attention) drawOverlay() {
	side, before, ok := a.patches()
	m, values := a.Core.value(nn.InputName)
	h := &a.heat.heat
	if !ok || m == nil || len(m.Shape) != 3 || len(h.Values) < (a.row()+1)*h.Cols {
		return
	}
	from := -1
	if a.row() >= before {
		from = a.row() - before
	}
	a.unseen.draw(idPatches, a.draw)
	draw.DrawPatches(idPatches, a.Core.picture3(m.Shape, values), h.Values[a.row()*h.Cols+before:][:side*side], side, from)
}

// hearOverlay lets people point at the patch whose attention they want to see.
func (a *attention) hearOverlay() {
	a.on.hear(goapp.Window().GetElementByID(idPatches), "click", func(e goapp.Value) {
		side, before, ok := a.patches()
		size := draw.Width(idPatches)
		if !ok || size == 0 {
			return
		}
		col, row := int(e.Get("offsetX").Float()/size*float64(side)), int(e.Get("offsetY").Float()/size*float64(side))
		at := before + min(max(row, 0), side-1)*side + min(max(col, 0), side-1)
		if at < a.heat.heat.Rows {
			a.heat.point(at, at)
		}
	})
}

// overlay is the picture with the attention of one row.
func (a *attention) overlay() goapp.UI {
	c := a.Core
	side, before, ok := a.patches()
	text := ""
	if ok {
		text = c.t("patches.class")
		if at := a.row(); at >= before {
			at -= before
			text = c.t("patches.of", strconv.Itoa(at/side+1), strconv.Itoa(at%side+1))
		}
	}
	return goapp.Div().Class("patches-frame").Hidden(!ok || c.Kind() != "images").Body(
		goapp.Canvas().ID(idPatches).Class("patches").Role("img").Aria("label", c.t("patches.label")),
		goapp.Div().Body(goapp.P().Class("said").Text(text), goapp.P().Class("soft").Text(c.t("patches.doc")), c.viewedAnswer()))
}

// place is what a row or a column is: a token, or a patch.
func (a *attention) place(names []string, i int) string {
	side, before, ok := a.patches()
	switch {
	case !ok:
		return label(names, i)
	case i < before:
		return a.Core.t("patches.token")
	}
	i -= before
	return a.Core.t("patches.place", strconv.Itoa(i/side+1), strconv.Itoa(i%side+1))
}

// intro says what the matrix is.
func (a *attention) intro() string {
	if a.Core.Kind() == "images" {
		return a.Core.t("patches.intro")
	}
	return a.Core.t("attention.doc")
}
