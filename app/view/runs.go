package view

import (
	"slices"
	"strings"
	"time"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// runsTable is all runs that are kept, one below the other.
type runsTable struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (t *runsTable) Render() goapp.UI {
	c := t.Core
	listed := c.Listed()
	return goapp.Section().Class("panel", "runs").Aria("labelledby", "runs-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("runs-title").Text(c.t("runs.title")),
			goapp.Label().Class("button").Body(icon("upload"), goapp.Span().Text(c.t("runs.open")),
				goapp.Input().Type("file").ID("run-file").Class("unseen").Accept(".safetensors").
					OnChange(func(ctx goapp.Context, _ goapp.Event) { c.bring(picked(ctx.JSSrc())) })),
		),
		goapp.P().Class("doc").Text(c.where()),
		when(len(c.Runs) > 0, c.filters),
		when(len(c.Runs) == 0 && c.Place == state.PlaceHere, func() goapp.UI {
			return goapp.Div().Class("runs-empty").Body(icon("history"), goapp.P().Text(c.t("runs.empty")),
				goapp.Button().Type("button").Class("primary").OnClick(c.act(state.Show{Pane: state.PaneTrain})).Text(c.t("runs.gotrain")))
		}),
		when(len(c.Runs) > 0 && len(listed) == 0, func() goapp.UI { return goapp.P().Class("soft").Text(c.t("runs.nomatch")) }),
		when(len(listed) > 0, func() goapp.UI { return c.runsGrid(listed) }),
		when(len(c.Unread) > 0, c.unread),
	)
}

// where says where runs are, and how much room they take.
func (c *Core) where() string {
	switch c.Place {
	case state.PlaceNone:
		return c.t("runs.nowhere", c.Why)
	case state.PlaceHere:
		bytes := 0
		for _, r := range c.Runs {
			bytes += r.Bytes
		}
		if bytes > 0 {
			return c.t("runs.here.room", state.Memory(bytes))
		}
		return c.t("runs.here")
	}
	return c.t("runs.looking")
}

func (c *Core) filters() goapp.UI {
	return goapp.Div().Class("runs-filters").Body(
		goapp.Label().Class("runs-search").Body(icon("search"), goapp.Span().Class("unseen").Text(c.t("runs.search")),
			goapp.Input().Type("search").ID("runs-query").Placeholder(c.t("runs.search")).Value(c.Query).
				OnInput(func(ctx goapp.Context, _ goapp.Event) {
					c.Do(state.FilterRuns{Query: ctx.JSSrc().Get("value").String()})
				})),
		goapp.Label().Class("check").Body(goapp.Input().Type("checkbox").Checked(c.Keeping.Starred).
			OnChange(c.act(state.OnlyStarred{On: !c.Keeping.Starred}), c.Keeping.Starred), goapp.Span().Text(c.t("runs.starred"))),
		goapp.Span().Class("soft", "runs-hint").Text(c.t("runs.compare.hint")),
	)
}

// runsGrid is the table itself. A narrow window has a card for each run.
func (c *Core) runsGrid(listed []state.Run) goapp.UI {
	head := []goapp.UI{goapp.Th().Scope("col").Body(goapp.Span().Class("unseen").Text(c.t("runs.mark")))}
	for _, by := range state.RunColumns {
		head = append(head, c.runsColumn(by))
	}
	head = append(head, goapp.Th().Scope("col").Body(goapp.Span().Class("unseen").Text(c.t("runs.actions"))))
	var rows []goapp.UI
	for i := range listed {
		rows = append(rows, c.runRow(&listed[i]))
		if c.Open == listed[i].ID {
			rows = append(rows, c.runDetails(&listed[i]))
		}
	}
	return goapp.Div().Class("runs-scroll").Body(
		goapp.Table().Class("runs-table").Aria("labelledby", "runs-title").Body(
			goapp.THead().Body(goapp.Tr().Body(head...)), goapp.TBody().Body(rows...)))
}

func (c *Core) runsColumn(by string) goapp.UI {
	sorted, face := "none", ""
	if now := c.Order; now == by || now == "" && by == state.ByDate {
		sorted, face = "descending", "arrow-down"
		if c.Rising {
			sorted, face = "ascending", "arrow-up"
		}
	}
	return goapp.Th().Scope("col").Aria("sort", sorted).Class("runs-" + by).Body(
		goapp.Button().Type("button").Class("sort").DataSet("testid", "sort-"+by).OnClick(c.act(state.SortRuns{By: by}), by).Body(
			goapp.Span().Text(c.t("runs.column."+by)), when(face != "", func() goapp.UI { return icon(face) })))
}

func (c *Core) runRow(r *state.Run) goapp.UI {
	marked := slices.Contains(c.Marked, r.ID)
	star, starred := "runs.star", "false"
	if r.Starred {
		star, starred = "runs.unstar", "true"
	}
	cell := func(by, name, text string) goapp.UI {
		return goapp.Td().Class("runs-"+by).DataSet("name", name).Text(text)
	}
	loss, accuracy, size := "–", "–", "–"
	if v, ok := r.Best(); ok {
		loss = state.Loss(v)
	}
	if v, ok := r.Top(); ok {
		accuracy = state.Percent(v)
	}
	switch {
	case r.Bytes > 0:
		size = state.Memory(r.Bytes)
	case r.Dropped:
		size = c.t("runs.dropped")
	}
	open := c.Open == r.ID
	face := "chevron-right"
	if open {
		face = "chevron-down"
	}
	return goapp.Tr().Class("run-row").DataSet("testid", "run-row").DataSet("run", r.ID).DataSet("current", yes(r.ID == c.Current)).Body(
		goapp.Td().Class("runs-mark").Body(
			goapp.Input().Type("checkbox").Checked(marked).Aria("label", c.t("runs.mark.of", r.Name)).
				OnChange(c.act(state.MarkRun{ID: r.ID, On: !marked}), r.ID, marked),
			goapp.Button().Type("button").Class("tool", "star").Aria("pressed", starred).Title(c.t(star)).Aria("label", c.t(star+".of", r.Name)).
				OnClick(c.act(state.StarRun{ID: r.ID, On: !r.Starred}), r.ID, r.Starred).Body(icon("star"))),
		goapp.Td().Class("runs-name").Body(sparkline(r), goapp.Div().Class("runs-title").Body(c.runName(r), c.runState(r))),
		cell(state.ByDate, c.t("runs.column.began"), c.date(r.Began)),
		cell(state.ByProgress, c.t("runs.column.step"), state.Count(r.Step)),
		cell(state.ByLoss, c.t("runs.column.loss"), loss),
		cell(state.ByAccuracy, c.t("runs.column.accuracy"), accuracy),
		cell(state.ByDuration, c.t("runs.column.seconds"), c.Duration(r.Seconds)),
		cell(state.BySize, c.t("runs.column.bytes"), size),
		goapp.Td().Class("runs-open").Body(
			goapp.Button().Type("button").Class("tool").Aria("expanded", open).Title(c.t("runs.details")).Aria("label", c.t("runs.details.of", r.Name)).
				DataSet("testid", "run-details").OnClick(c.act(state.OpenRun{ID: r.ID}), r.ID).Body(icon(face))),
	)
}

// runName is the name, or a place to type another.
func (c *Core) runName(r *state.Run) goapp.UI {
	id := r.ID
	if c.Renaming == id {
		return &renaming{Core: c, ID: id, Name: r.Name}
	}
	return goapp.Div().Class("run-named").Body(
		goapp.Span().Class("run-name").DataSet("testid", "run-name").Text(r.Name),
		goapp.Button().Type("button").Class("tool").Title(c.t("runs.rename")).Aria("label", c.t("runs.rename.of", r.Name)).
			OnClick(c.act(state.TypeName{ID: id}), id).Body(icon("pencil")))
}

// renaming is where a run's name is typed. It has the focus as soon as it is there.
type renaming struct {
	goapp.Compo
	Core     *Core
	ID, Name string
}

const renameID = "run-name"

func (n *renaming) OnMount(goapp.Context) {
	if e := goapp.Window().GetElementByID(renameID); e.Truthy() {
		e.Call("focus")
		e.Call("select")
	}
}

func (n *renaming) Render() goapp.UI {
	c := n.Core
	return goapp.Input().Type("text").ID(renameID).Class("run-rename").Value(n.Name).Aria("label", c.t("runs.rename.of", n.Name)).
		OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.RenameRun{ID: n.ID, Name: ctx.JSSrc().Get("value").String()})
		}, n.ID).
		OnKeyDown(func(ctx goapp.Context, e goapp.Event) {
			switch e.Get("key").String() {
			case "Escape":
				c.Do(state.TypeName{})
			case "Enter": // also where nothing was changed
				c.Do(state.RenameRun{ID: n.ID, Name: ctx.JSSrc().Get("value").String()})
			}
		}, n.ID)
}

// runState says how a run ended, in a word.
func (c *Core) runState(r *state.Run) goapp.UI {
	key := "runs.left"
	switch {
	case r.ID == c.Current:
		key = "runs.current"
	case r.Phase == session.Done:
		key = "runs.done"
	case r.Phase == session.Failed:
		key = "runs.failed"
	}
	return goapp.Span().Class("run-state").DataSet("state", strings.TrimPrefix(key, "runs.")).Text(c.t(key))
}

// date is a moment as the reader's language writes it, in this machine's time.
func (c *Core) date(ms int64) string {
	return time.UnixMilli(ms).Format("2006-01-02 15:04")
}

// runDetails is what can be done with a run, and what else is known of it.
func (c *Core) runDetails(r *state.Run) goapp.UI {
	id, kept := r.ID, r.Bytes > 0
	button := func(testid, face, key string, off bool, do func(), primary bool) goapp.UI {
		b := goapp.Button().Type("button").DataSet("testid", testid).Disabled(off).
			OnClick(func(goapp.Context, goapp.Event) { do() }, testid, id).Body(icon(face), goapp.Span().Text(c.t(key)))
		if primary {
			b = b.Class("primary")
		}
		return b
	}
	current := id == c.Current
	fact := func(key, value string) goapp.UI {
		return goapp.Div().Body(goapp.Dt().Text(c.t(key)), goapp.Dd().Text(value))
	}
	machine := r.Kernel
	if r.Workers > 1 {
		machine = c.t("run.workers", state.Count(r.Workers)) + " · " + machine
	}
	facts := []goapp.UI{
		fact("runs.fact.epoch", c.t("run.epoch", state.Setting(float64(int(100*r.Epoch))/100), state.Count(r.Epochs))),
		fact("runs.fact.parameters", state.Count(r.Parameters)),
		fact("runs.fact.machine", machine),
	}
	if from := c.Run(r.From); from != nil {
		facts = append(facts, fact("runs.fact.from", from.Name))
	}
	if r.Test != nil {
		facts = append(facts, fact("runs.fact.test", state.Loss(r.Test.Loss)))
	}
	return goapp.Tr().Class("run-details").Body(goapp.Td().ColSpan(len(state.RunColumns)+2).Body(
		goapp.Dl().Class("run-facts").Body(facts...),
		goapp.Div().Class("run-actions").Role("group").Aria("label", c.t("runs.actions.of", r.Name)).Body(
			button("run-resume", "play", "runs.resume", !kept || current, func() { c.resumeRun(id) }, true),
			button("run-branch", "copy", "runs.branch", false, func() { c.branchRun(id, false) }, false),
			button("run-branch-weights", "copy", "runs.branch.weights", !kept, func() { c.branchRun(id, true) }, false),
			button("run-save", "save", "runs.save", !kept, func() { c.saveRun(id, formWhole) }, false),
			button("run-weights", "download", "runs.weights", !kept, func() { c.saveRun(id, formWeights) }, false),
			button("run-metrics", "download", "runs.metrics", false, func() { c.saveRun(id, formMetrics) }, false),
			button("run-delete", "trash-2", "runs.delete", current, func() { c.deleteRun(id) }, false),
		),
		when(!kept, func() goapp.UI { return goapp.P().Class("soft").Text(c.t("runs.noweights")) }),
	))
}

// regret is how long a deleted run can be had back.
const regret = 15 * time.Second

func (c *Core) deleteRun(id string) {
	c.Do(state.DeleteRun{ID: id})
	time.AfterFunc(regret, func() {
		c.dispatch(func() {
			if len(c.Deleted) > 0 && c.Deleted[0].ID == id {
				c.Do(state.ForgetDeleted{})
			}
		})
	})
}

// unread lists what is kept and cannot be read: others are as they were.
func (c *Core) unread() goapp.UI {
	var rows []goapp.UI
	for _, u := range c.Unread {
		rows = append(rows, goapp.Li().Body(
			goapp.Span().Text(c.t("runs.unread."+u.Shelf, u.Key)),
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "unread-save").OnClick(func(goapp.Context, goapp.Event) { c.saveUnread(u) }, u.Key).Text(c.t("runs.unread.save")),
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "unread-drop").OnClick(c.act(state.DropUnread{Shelf: u.Shelf, Key: u.Key}), u.Key).Text(c.t("runs.unread.drop")),
		))
	}
	return goapp.Div().Class("runs-unread").DataSet("testid", "unread").Body(
		goapp.H3().Text(c.t("runs.unread")), goapp.P().Class("soft").Text(c.t("runs.unread.doc")), goapp.Ul().Body(rows...))
}

// yes is a condition as the style sheet reads it.
func yes(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
