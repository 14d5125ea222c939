package view

import (
	"fmt"
	"math"
	"strconv"

	"descent/app/state"
	"descent/ml/evaluation"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// maxMatrix is how many classes a matrix is drawn for; of more only the most frequent mistakes are listed.
const maxMatrix = 26

// confusion is how often each class was taken for each. A cell opens its samples.
type confusion struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	rows gradual
}

// cellsAtOnce is how many cells of a matrix are made on one frame.
const cellsAtOnce = 60

func (m *confusion) Render() goapp.UI {
	c := m.Core
	r := c.Report
	n := r.Classes
	most := 0
	for i, count := range r.Confusion {
		if i/n != i%n {
			most = max(most, count)
		}
	}
	if n > maxMatrix {
		return c.card("confusion", c.t("confusion.title"), c.t("confusion.many", n), nil, c.pairs())
	}
	heads := []goapp.UI{goapp.Th().Class("matrix-corner").Scope("col").Text(c.t("confusion.corner"))}
	for k := range n {
		heads = append(heads, goapp.Th().Scope("col").Title(c.className(k)).Text(cut(c.className(k), n)))
	}
	rows := []goapp.UI{goapp.Tr().Role("row").Body(heads...)}
	for right := range m.rows.upTo(c, m, n, max(1, cellsAtOnce/n)) {
		of := 0
		for guess := range n {
			of += r.Confusion[right*n+guess]
		}
		cells := []goapp.UI{goapp.Th().Scope("row").Title(c.className(right)).Text(cut(c.className(right), n))}
		for guess := range n {
			cells = append(cells, m.cell(right, guess, r.Confusion[right*n+guess], of, most))
		}
		rows = append(rows, goapp.Tr().Role("row").Body(cells...))
	}
	return c.card("confusion", c.t("confusion.title"), c.t("confusion.doc"), nil,
		goapp.Div().Class("wide").Body(goapp.Table().Class("matrix").DataSet("small", n > 12).Role("grid").Aria("label", c.t("confusion.title")).
			On("keydown", m.key).Body(rows...)),
		goapp.P().Class("soft", "matrix-legend").Body(
			goapp.Span().Class("swatch", "heat-right-8"), goapp.Text(c.t("confusion.right")), goapp.Text(" "),
			goapp.Span().Class("swatch", "heat-wrong-8"), goapp.Text(c.t("confusion.wrong"))))
}

// cell is one count. Its colour goes by its share: of its class on the diagonal, and of the most frequent mistake off it.
func (m *confusion) cell(right, guess, count, of, most int) goapp.UI {
	c := m.Core
	class := "heat-wrong-" + strconv.Itoa(heat(count, most))
	key := "confusion.cell.wrong"
	if right == guess {
		class, key = "heat-right-"+strconv.Itoa(heat(count, of)), "confusion.cell.right"
	}
	index := -1
	if c.Cell == [2]int{right, guess} {
		index = 0
	}
	on := c.Asked.Order == evaluation.InCell && c.Asked.Right == right && c.Asked.Guess == guess
	text := state.Count(count)
	if count == 0 {
		text = "·"
	}
	label := c.t(key, state.Count(count), c.className(right))
	if right != guess {
		label = c.t(key, state.Count(count), c.className(right), c.className(guess))
	}
	return goapp.Td().Role("gridcell").ID(cellID(right, guess)).TabIndex(index).Class("cell", class).Aria("label", label).Aria("selected", on).Title(label).
		OnClick(func(goapp.Context, goapp.Event) { c.openCell(right, guess, count) }, right, guess, count).Text(text)
}

func cellID(right, guess int) string { return fmt.Sprintf("cell-%d-%d", right, guess) }

// openCell shows the samples of a cell.
func (c *Core) openCell(right, guess, count int) {
	c.Do(state.ToCell{Right: right, Guess: guess})
	if count > 0 {
		c.Do(state.Examine{Order: evaluation.InCell, Right: right, Guess: guess})
	}
}

// key moves over the matrix with the arrow keys, and opens a cell with Enter or the space bar.
func (m *confusion) key(_ goapp.Context, e goapp.Event) {
	c := m.Core
	n := c.Report.Classes
	to := c.Cell
	switch e.Get("key").String() {
	case "ArrowLeft":
		to[1]--
	case "ArrowRight":
		to[1]++
	case "ArrowUp":
		to[0]--
	case "ArrowDown":
		to[0]++
	case "Home":
		to[1] = 0
	case "End":
		to[1] = n - 1
	case "Enter", " ":
		e.PreventDefault()
		e.StopImmediatePropagation()
		c.openCell(to[0], to[1], c.Report.Confusion[to[0]*n+to[1]])
		return
	default:
		return
	}
	e.PreventDefault()
	c.Do(state.ToCell{Right: to[0], Guess: to[1]})
	goapp.Window().GetElementByID(cellID(c.Cell[0], c.Cell[1])).Call("focus")
}

// heat is a share as one of eleven steps; what is there is never as pale as nothing.
func heat(count, of int) int {
	if count == 0 || of == 0 {
		return 0
	}
	return max(1, min(10, int(math.Round(10*math.Sqrt(float64(count)/float64(of))))))
}

// cut shortens a name to what has room over a column.
func cut(name string, columns int) string {
	most := 10
	if columns > 6 {
		most = 5
	}
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return string(runes[:most-1]) + "…"
}

// className is a class in the reader's language.
func (c *Core) className(i int) string {
	name := c.Class(i)
	return c.Language.Term("class."+name, name)
}

// pairs lists the most frequent mistakes.
func (c *Core) pairs() goapp.UI {
	var rows []goapp.UI
	for _, p := range c.Confused(12) {
		rows = append(rows, goapp.Li().Body(goapp.Button().Type("button").Class("small-text").
			OnClick(func(goapp.Context, goapp.Event) { c.openCell(p.Right, p.Guess, p.Count) }, p.Right, p.Guess).
			Text(c.t("confusion.cell.wrong", state.Count(p.Count), c.className(p.Right), c.className(p.Guess)))))
	}
	return goapp.Ol().Class("pairs").Body(rows...)
}
