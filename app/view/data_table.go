package view

import (
	"strconv"

	"descent/app/state"
	"descent/ml/data"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// features is the columns that the samples have values of.
func (c *Core) features() []session.Spread {
	if c.Shelf.Spread == nil {
		return nil
	}
	var out []session.Spread
	for _, s := range c.Shelf.Spread.Columns {
		if s.Role == data.Feature {
			out = append(out, s)
		}
	}
	return out
}

// target is the name of what the model is to tell.
func (c *Core) target() string {
	if c.Shelf.Spread != nil {
		for _, s := range c.Shelf.Spread.Columns {
			if s.Role == data.Target {
				return s.Name
			}
		}
	}
	if c.oneClass() {
		return c.t("edit.label")
	}
	return c.t("edit.value")
}

// spreadText is a value of a column as a person reads it.
func spreadText(v float64, s session.Spread) string {
	if k := int(v); v == v && s.Kind == data.Category && k >= 0 && k < len(s.Names) {
		return s.Names[k]
	}
	return short(v)
}

// tableColumns bounds how many columns of a table are shown: the rest is in the picked sample.
const tableColumns = 40

// foundTable is a page of a table. A click on a column's name sorts by it. Tab stops at one row, and arrow keys go to the
// others.
func (c *Core) foundTable() goapp.UI {
	f, features := c.Shelf.Found, c.features()
	wide := len(f.Values) / max(1, len(f.Index))
	shown := min(wide, tableColumns)
	head := []goapp.UI{goapp.Th().Scope("col").Text(c.t("table.row"))}
	for k := range shown {
		name := "x" + strconv.Itoa(k+1)
		if k < len(features) {
			name = features[k].Name
		}
		head = append(head, c.sorting(name, k+1))
	}
	head = append(head, c.sorting(c.target(), wide+1))
	var rows []goapp.UI
	c.row = min(c.row, len(f.Index)-1)
	for i, index := range f.Index {
		cells := []goapp.UI{goapp.Th().Scope("row").Body(
			goapp.Button().Type("button").Class("row-of").TabIndex(stopAt(i == c.row)).Aria("pressed", index == c.Shelf.Picked).Aria("label", c.spokenSample(i)).
				OnClick(c.act(state.Pick{Index: index}), index).Text(state.Count(index + 1)))}
		for k := range shown {
			v := f.Values[i*wide+k]
			text := short(v)
			if k < len(features) {
				text = spreadText(v, features[k])
			}
			cells = append(cells, goapp.Td().Text(text))
		}
		cells = append(cells, goapp.Td().Class("label-of").Text(c.labelText(f.Labels[i])))
		class := "row"
		if f.Parts[i] == session.PartRemoved {
			class = "row sample-removed"
		}
		if index == c.Shelf.Picked {
			class += " row-picked"
		}
		rows = append(rows, goapp.Tr().Class(class).Body(cells...))
	}
	return goapp.Div().Class("found-table").TabIndex(0).Role("group").Aria("label", c.t("found.samples")).Body(
		goapp.Table().Body(goapp.THead().Body(goapp.Tr().Body(head...)), goapp.TBody().ID("found-rows").Body(rows...).
			On("keydown", func(_ goapp.Context, e goapp.Event) {
				if to, ok := stepTo("found-rows", e.Get("key").String()); ok {
					e.PreventDefault()
					c.row = to
				}
			})))
}

// sorting is the head of a column: the first click sorts up, the next down, the third as the source has it.
func (c *Core) sorting(name string, column int) goapp.UI {
	to, now := c.Shelf.Find, "none"
	mark := ""
	switch to.Sort {
	case column:
		to.Sort, now, mark = -column, "ascending", " ↑"
	case -column:
		to.Sort, now, mark = 0, "descending", " ↓"
	default:
		to.Sort = column
	}
	return goapp.Th().Scope("col").Aria("sort", now).Body(
		goapp.Button().Type("button").Class("sort-column").Title(c.t("table.sort", name)).DataSet("testid", "sort-"+strconv.Itoa(column)).
			OnClick(c.act(state.Find{Browse: to}), to.Sort, column, to.Part, to.Class, to.Search).Text(name + mark))
}
