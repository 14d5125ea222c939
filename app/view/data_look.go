package view

import (
	"slices"
	"strconv"

	"descent/app/state"
	"descent/ml/config"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// dataLook shows the samples as they are before preprocessing: some of them, one of them, and how all are spread.
type dataLook struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (d *dataLook) OnMount(goapp.Context)  { d.Core.paintFound() }
func (d *dataLook) OnUpdate(goapp.Context) { d.Core.paintFound() }
func (d *dataLook) OnResize(goapp.Context) { d.Core.paintFound() }

func (d *dataLook) Render() goapp.UI {
	c := d.Core
	return goapp.Div().Class("look-data").Body(
		goapp.Section().Class("panel", "found").Aria("labelledby", "found-title").Body(
			goapp.Div().Class("panel-head").Body(
				goapp.H2().ID("found-title").Text(c.t("found.samples")),
				goapp.Span().Class("soft").Role("status").DataSet("testid", "found").Text(c.foundText())),
			c.sampleFilters(),
			c.found(),
			c.pager(),
			c.loading(),
		),
		goapp.Div().Class("look-side").Body(
			when(c.Shelf.PickedAt() >= 0, c.sampleCard),
			when(c.Edits() > 0, c.editsCard),
			when(c.Shelf.Spread != nil, c.balanceCard),
			when(c.Shelf.Spread != nil && len(c.Shelf.Spread.Columns) > 0, c.columnsCard),
		),
	)
}

func (c *Core) foundText() string {
	f := c.Shelf.Found
	if f == nil {
		return ""
	}
	return c.t("found.found", state.Count(f.Total))
}

// share is a part of the data; of what is not there it is empty.
func (c *Core) share(part string) session.Share {
	if s := c.Shelf.Spread; s != nil {
		for _, share := range s.Shares {
			if share.Part == part {
				return share
			}
		}
	}
	return session.Share{}
}

// sampleFilters chooses which samples are shown. The test's never are: there is its number, and a seal.
func (c *Core) sampleFilters() goapp.UI {
	f, m := c.Shelf.Find, &c.Shelf.Meta
	part := func(name string, count int) goapp.UI {
		to := f
		to.Part = name
		text := c.t("part." + name)
		if name == "" {
			text = c.t("part.all")
		}
		return goapp.Button().Type("button").Class("chip").Aria("pressed", f.Part == name).DataSet("testid", "part-"+name).
			OnClick(c.act(state.Find{Browse: to}), name, f.Class, f.Search, f.Sort).Body(
			goapp.Span().Text(text),
			goapp.If(count > 0, goapp.Span().Class("chip-count").Text(state.Count(count))))
	}
	chips := []goapp.UI{part("", 0)}
	for _, name := range []string{session.PartTrain, session.PartValidation, session.PartNeither} {
		if n := c.share(name).Count; n > 0 || name == f.Part && name != "" {
			chips = append(chips, part(name, n))
		}
	}
	if c.Edits() > 0 || f.Part == session.PartEdited || f.Part == session.PartRemoved {
		chips = append(chips, part(session.PartEdited, 0), part(session.PartRemoved, 0))
	}
	if n := c.share(session.PartTest).Count; n > 0 {
		chips = append(chips, goapp.Span().Class("chip", "chip-sealed").Title(c.t("part.sealed")).DataSet("testid", "sealed").Body(
			icon("lock"), goapp.Span().Text(c.t("part.test")), goapp.Span().Class("chip-count").Text(state.Count(n)),
			goapp.Span().Class("unseen").Text(c.t("part.sealed"))))
	}
	as := c.SamplesAs()
	searchable := as == state.AsTable || as == state.AsTexts
	return goapp.Div().Class("filters").Body(
		goapp.Div().Class("chips").Role("group").Aria("label", c.t("found.part")).Body(chips...),
		when(c.oneClass(), c.classFilter),
		when(searchable, func() goapp.UI {
			return goapp.Label().Class("find").Body(icon("search"), goapp.Span().Class("unseen").Text(c.t("found.search")),
				goapp.Input().Type("text").ID("find-text").Placeholder(c.t("found.search")).Value(f.Search).AutoComplete(false).Spellcheck(false).
					OnInput(func(ctx goapp.Context, _ goapp.Event) {
						to := c.Shelf.Find
						to.Search = ctx.JSSrc().Get("value").String()
						c.Do(state.Find{Browse: to})
					}))
		}),
		when(m.X.Len() == 2 && len(m.X) == 1 && c.Kind() != "table" && m.Tokens == 0, func() goapp.UI {
			return goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").ID("listed").Checked(c.Shelf.Listed).OnChange(c.act(state.ListThem{On: !c.Shelf.Listed}), c.Shelf.Listed),
				goapp.Span().Text(c.t("found.listed")))
		}),
	)
}

// oneClass reports whether each sample is of one class.
func (c *Core) oneClass() bool {
	m := &c.Shelf.Meta
	return len(m.Classes) > 0 && (m.Tokens == 0 || m.Layout.Kind == "") && m.Y.Len() == 1
}

func (c *Core) classFilter() goapp.UI {
	f := c.Shelf.Find
	options := []goapp.UI{goapp.Option().Value("0").Selected(f.Class == 0).Text(c.t("found.anyclass"))}
	for i, name := range c.Shelf.Meta.Classes {
		options = append(options, goapp.Option().Value(strconv.Itoa(i+1)).Selected(f.Class == i+1).Text(c.Language.Term("class."+name, name)))
	}
	return goapp.Select().ID("find-class").Aria("label", c.t("found.class")).OnChange(func(ctx goapp.Context, _ goapp.Event) {
		to := c.Shelf.Find
		to.Class, _ = strconv.Atoi(ctx.JSSrc().Get("value").String())
		c.Do(state.Find{Browse: to})
	}, c.Shelf.Find.Part).Body(options...)
}

// found is a page of samples, as their kind is shown.
func (c *Core) found() goapp.UI {
	f := c.Shelf.Found
	switch {
	case f == nil && len(c.Problems) > 0:
		return goapp.P().Class("empty").Text(c.t("found.mendfirst"))
	case f == nil:
		return goapp.P().Class("empty").Text(c.t("found.loading"))
	case f.Total == 0:
		return goapp.Div().Class("empty").Body(goapp.P().Text(c.t("found.none")),
			goapp.Button().Type("button").OnClick(c.act(state.Find{})).Text(c.t("found.showall")))
	}
	switch c.SamplesAs() {
	case state.AsImages, state.AsSeries:
		return c.thumbnails()
	case state.AsPoints:
		return c.foundPoints()
	case state.AsTexts:
		return c.foundTexts()
	}
	return c.foundTable()
}

// spokenSample is a sample in words.
func (c *Core) spokenSample(at int) string {
	f := c.Shelf.Found
	return c.t("found.sample", state.Count(f.Index[at]+1), c.labelText(f.Labels[at]), c.t("part."+f.Parts[at]))
}

// labelText is a label as a person reads it.
func (c *Core) labelText(label float64) string {
	if classes := c.Shelf.Meta.Classes; c.oneClass() {
		if i := int(label); i >= 0 && i < len(classes) {
			return c.Language.Term("class."+classes[i], classes[i])
		}
	}
	return short(label)
}

// short writes a number in as many digits as a person reads.
func short(v float64) string {
	if v != v {
		return "–"
	}
	return strconv.FormatFloat(v, 'g', 5, 64)
}

func (c *Core) pager() goapp.UI {
	pages, page := c.FoundPages(), c.FoundPage()
	if c.Shelf.Found == nil || pages < 2 {
		return goapp.Div()
	}
	turn := func(face, key string, to int) goapp.UI {
		return goapp.Button().Type("button").Class("small").Title(c.t(key)).Aria("label", c.t(key)).Disabled(to < 0 || to >= pages).
			DataSet("testid", key).OnClick(c.act(state.TurnFound{To: to}), to, key).Body(icon(face))
	}
	return goapp.Div().Class("pager").Body(
		turn("chevron-left", "found.before", page-1),
		goapp.Label().Body(goapp.Span().Class("unseen").Text(c.t("found.page")),
			goapp.Input().Type("text").ID("page").Attr("inputmode", "numeric").AutoComplete(false).Value(page+1).
				OnChange(func(ctx goapp.Context, _ goapp.Event) {
					if n, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
						c.Do(state.TurnFound{To: min(max(n-1, 0), c.FoundPages()-1)})
					}
				})),
		goapp.Span().Class("soft").Text(c.t("found.pages", state.Count(pages))),
		turn("chevron-right", "found.after", page+1),
	)
}

// sampleCard is one sample large, with what can be corrected of it.
func (c *Core) sampleCard() goapp.UI {
	f, at := c.Shelf.Found, c.Shelf.PickedAt()
	index, removed := f.Index[at], f.Parts[at] == session.PartRemoved
	next := func(face, key string, to int) goapp.UI {
		there := to >= 0 && to < len(f.Index)
		pick := -1
		if there {
			pick = f.Index[to]
		}
		return goapp.Button().Type("button").Class("small").Title(c.t(key)).Aria("label", c.t(key)).Disabled(!there).
			OnClick(c.act(state.Pick{Index: pick}), pick, key).Body(icon(face))
	}
	edited := f.Labels[at] != f.Own[at] && f.Labels[at] == f.Labels[at]
	return goapp.Section().Class("panel", "sample").Aria("labelledby", "sample-title").DataSet("testid", "sample").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("sample-title").Text(c.t("found.one", state.Count(index+1))),
			goapp.Div().Class("item-tools").Body(
				next("chevron-left", "found.previous", at-1), next("chevron-right", "found.next", at+1),
				goapp.Button().Type("button").Class("small").Title(c.t("found.close")).Aria("label", c.t("found.close")).
					OnClick(c.act(state.Pick{Index: index}), index).Body(icon("x")))),
		c.largeSample(at),
		goapp.P().Class("soft").Text(c.t("part."+f.Parts[at])),
		when(c.labelled() && !removed, func() goapp.UI { return c.labelField(at) }),
		goapp.If(edited && !removed, goapp.P().Class("note").Body(icon("pencil"), goapp.Span().Text(c.t("edit.was", c.labelText(f.Own[at]))))),
		goapp.Div().Class("own-buttons").Body(
			when(c.removable() && !removed, func() goapp.UI {
				return goapp.Button().Type("button").DataSet("testid", "exclude").OnClick(c.act(state.Exclude{Index: index, Out: true}), index).
					Body(icon("trash-2"), goapp.Span().Text(c.t("edit.remove")))
			}),
			when(removed, func() goapp.UI {
				return goapp.Button().Type("button").DataSet("testid", "include").OnClick(c.act(state.Exclude{Index: index}), index).
					Body(icon("undo-2"), goapp.Span().Text(c.t("edit.restore")))
			}),
		),
	)
}

// labelled reports whether a sample has one label that can be set, removable whether one can be taken out: windows of a
// text that overlap cannot.
func (c *Core) labelled() bool {
	m := &c.Shelf.Meta
	return c.oneClass() || len(m.Classes) == 0 && m.Tokens == 0 && m.Y.Len() == 1
}

func (c *Core) removable() bool {
	return c.Shelf.Meta.Known() && c.Shelf.Meta.Overlap() == 0
}

func (c *Core) labelField(at int) goapp.UI {
	f := c.Shelf.Found
	index := f.Index[at]
	set := func(ctx goapp.Context, _ goapp.Event) {
		c.Do(state.Relabel{Index: index, Text: ctx.JSSrc().Get("value").String()})
	}
	if !c.oneClass() {
		return goapp.Div().Class("field").Body(
			goapp.Label().Class("field-name").For("sample-label").Text(c.t("edit.value")),
			goapp.Input().Type("text").ID("sample-label").Attr("inputmode", "decimal").AutoComplete(false).
				Value(strconv.FormatFloat(f.Labels[at], 'g', -1, 32)).OnChange(set, index))
	}
	var options []goapp.UI
	for i, name := range c.Shelf.Meta.Classes {
		options = append(options, goapp.Option().Value(name).Selected(i == int(f.Labels[at])).Text(c.Language.Term("class."+name, name)))
	}
	return goapp.Div().Class("field").Body(
		goapp.Label().Class("field-name").For("sample-label").Text(c.t("edit.label")),
		goapp.Select().ID("sample-label").OnChange(set, index).Body(options...))
}

// editsCard says how much was corrected, and takes it back.
func (c *Core) editsCard() goapp.UI {
	removed := 0
	if v := c.Value("data.edits"); v != nil {
		for _, e := range v.Items {
			if r := e.Get("remove"); r != nil && r.Kind == config.Bool && r.Bool {
				removed++
			}
		}
	}
	return goapp.Section().Class("panel").Aria("labelledby", "edits-title").DataSet("testid", "edits").Body(
		goapp.H2().ID("edits-title").Text(c.t("edit.title")),
		goapp.P().Class("doc").Text(c.t("edit.count", c.Edits()-removed, removed)),
		goapp.Div().Class("own-buttons").Body(
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "undo-edit").OnClick(c.act(state.Undo{})).Disabled(!c.CanUndo()).Text(c.t("tool.undo")),
			goapp.Button().Type("button").Class("small-text").OnClick(c.act(state.ForgetEdits{})).Text(c.t("edit.forget"))),
	)
}

// roving moves the focus among the buttons of a grid with the arrow keys.
func roving(grid goapp.Value, key string) bool {
	cells := grid.Call("querySelectorAll", "button")
	n := cells.Length()
	now := slices.IndexFunc(slices.Collect(indices(n)), func(i int) bool {
		return cells.Index(i).Equal(goapp.Window().Get("document").Get("activeElement"))
	})
	if now < 0 {
		return false
	}
	columns := 1
	top := cells.Index(0).Get("offsetTop").Int()
	for columns < n && cells.Index(columns).Get("offsetTop").Int() == top {
		columns++
	}
	to := now
	switch key {
	case "ArrowLeft":
		to--
	case "ArrowRight":
		to++
	case "ArrowUp":
		to -= columns
	case "ArrowDown":
		to += columns
	case "Home":
		to = 0
	case "End":
		to = n - 1
	default:
		return false
	}
	if to < 0 || to >= n {
		return true
	}
	cells.Index(now).Set("tabIndex", -1)
	cells.Index(to).Set("tabIndex", 0)
	cells.Index(to).Call("focus")
	return true
}

// indices counts from 0 to n.
func indices(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}
