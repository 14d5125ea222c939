package view

import (
	"slices"
	"strconv"
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// writing is where the model is asked to write, and where one reads it.
type writing struct {
	goapp.Compo
	Core  *Core
	Rev   uint64
	at    int // the token that its candidates are shown of, from 1; 0 for the last
	count int // tokens that were scrolled to
}

// OnUpdate keeps the end of what is being written in sight.
func (w *writing) OnUpdate(goapp.Context) {
	n := len(w.Core.Written.Tokens)
	if n == w.count || w.at > 0 {
		return
	}
	w.count = n
	if list := goapp.Window().GetElementByID("written"); list.Truthy() {
		frame := list.Get("parentElement")
		frame.Set("scrollTop", frame.Get("scrollHeight"))
	}
}

func (w *writing) Render() goapp.UI {
	c := w.Core
	title, hint := c.t("write.title"), c.t("write.doc")
	if c.Answers() {
		title, hint = c.t("ask.title"), c.t("ask.doc")
	}
	return goapp.Section().Class("panel", "writing").Aria("labelledby", "write-title").Body(
		goapp.Div().Class("panel-head").Body(goapp.H2().ID("write-title").Text(title), w.origin()),
		goapp.P().Class("doc").Text(hint),
		w.prompt(),
		w.settings(),
		w.output(),
	)
}

// origin says whose weights wrote what is on show.
func (w *writing) origin() goapp.UI {
	c := w.Core
	if !c.Written.Busy && c.Written.End == nil {
		return nil
	}
	return goapp.Span().Class("soft").Text(c.t("write.at", state.Count(c.Written.Step)))
}

func (w *writing) prompt() goapp.UI {
	c := w.Core
	face, key, test := "pencil", "write.go", "write"
	var do state.Action = state.Write{}
	if c.Answers() {
		key = "ask.go"
	}
	if c.Written.Busy {
		face, key, test, do = "square", "write.stop", "write-stop", state.StopWriting{}
	}
	label := "write.prompt"
	if c.Answers() {
		label = "ask.question"
	}
	return goapp.Div().Class("prompt").Body(
		goapp.Label().Class("unseen").For("prompt").Text(c.t(label)),
		goapp.Textarea().ID("prompt").Rows(2).Spellcheck(false).Placeholder(c.t(label)).Text(c.Ask.Prompt).
			On("input", func(ctx goapp.Context, _ goapp.Event) {
				c.send(c.Apply(state.SetWriting{Name: "prompt", Text: ctx.JSSrc().Get("value").String()}))
			}).
			On("keydown", func(_ goapp.Context, e goapp.Event) {
				if e.Get("key").String() == "Enter" && (e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy() || c.Answers()) {
					e.PreventDefault()
					c.Do(state.Write{})
				}
			}),
		goapp.Button().Type("button").Class("primary").DataSet("testid", test).Title(c.t("write.keys")).
			OnClick(func(goapp.Context, goapp.Event) { w.at = 0; c.Do(do) }, key).Body(icon(face), goapp.Span().Text(c.t(key))),
	)
}

// settings are how the tokens are chosen.
func (w *writing) settings() goapp.UI {
	c := w.Core
	ask := c.Ask
	first := []goapp.UI{w.slide("temperature", c.Temperature(), even{0, 2, 0.05}), w.number("tokens", float64(ask.Tokens))}
	more := []goapp.UI{w.slide("top_p", ask.TopP, even{0, 1, 0.05}), w.slide("repetition", ask.Repetition, even{1, 2, 0.05}),
		w.number("top_k", float64(ask.TopK)), w.number("seed", float64(ask.Seed)), w.number("beams", float64(ask.Beams))}
	return goapp.Div().Class("write-settings").Body(
		goapp.Div().Class("fields").Body(first...),
		goapp.Details().Class("more").Body(goapp.Summary().Text(c.t("train.more")), goapp.Div().Class("fields").Body(more...)))
}

func (w *writing) field(name string, control ...goapp.UI) goapp.UI {
	c := w.Core
	path, id := "write."+name, "write-"+name
	label, doc := c.t("write.set."+name), c.t("write.doc."+name)
	return goapp.Div().Class("field", "field-float").Body(
		goapp.Div().Class("field-name").Body(goapp.Label().For(id).Text(label), c.why(path, label, doc)),
		goapp.Div().Class("field-control").Body(control...),
		goapp.If(c.Hint == path, goapp.P().Class("hint").Text(doc)))
}

func (w *writing) slide(name string, value float64, s scale) goapp.UI {
	c := w.Core
	return w.field(name,
		goapp.Input().Type("range").ID("write-"+name).Min(0).Max(s.last()).Step(1).Value(s.position(value)).
			Aria("valuetext", state.Setting(value)).OnInput(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.SetWriting{Name: name, Number: s.value(wholeOf(ctx.JSSrc().Get("value").String()))})
		}, name),
		goapp.Output().Class("slide-value").Text(state.Setting(value)))
}

func (w *writing) number(name string, value float64) goapp.UI {
	c := w.Core
	return w.field(name, goapp.Input().Type("text").Attr("inputmode", "numeric").AutoComplete(false).ID("write-"+name).
		Value(state.Setting(value)).OnChange(func(ctx goapp.Context, _ goapp.Event) {
		v, err := strconv.ParseFloat(strings.TrimSpace(ctx.JSSrc().Get("value").String()), 64)
		if err != nil {
			ctx.JSSrc().Set("value", state.Setting(value))
			return
		}
		c.Do(state.SetWriting{Name: name, Number: v})
	}, name, value))
}

// output is what was written, each token to be pointed at, with the candidates at its place beside it.
func (w *writing) output() goapp.UI {
	c := w.Core
	wr := &c.Written
	if !wr.Busy && wr.End == nil {
		return goapp.P().Class("written-none").Text(c.t("write.none"))
	}
	places := make([]state.Place, len(wr.Tokens))
	for i, t := range wr.Tokens {
		text := t.Text
		if text == "" && slices.Contains(c.Data.Vocabulary.Special, t.Token) {
			text = "∎" // the end, which is no text
		}
		places[i] = state.Place{Token: t.Token, Piece: text, Target: t.Token, Chance: t.Chance, Bits: state.Bits(t.Chance)}
	}
	at := w.at - 1
	if at < 0 || at >= len(places) {
		at = len(places) - 1
	}
	var beside goapp.UI = goapp.Div().Class("beside")
	if at >= 0 {
		t := wr.Tokens[at]
		p := places[at]
		p.Piece = c.TokenText(t.Token)
		for k, g := range t.Guesses {
			p.Guesses = append(p.Guesses, state.Guess{Token: g, Piece: c.TokenText(g), Chance: t.Weights[k]})
		}
		beside = c.expectation(p)
	}
	strip := tokens{id: "written", label: c.t("write.output"), lead: wr.Asked, places: places, at: at, choose: func(i int) { w.at = i + 1; c.refreshViews() },
		now: func() int {
			if w.at > 0 {
				return w.at - 1
			}
			return at
		}}
	if c.Answers() {
		strip.lead = ""
	}
	return goapp.Div().Class("written").DataSet("run", wr.Run).DataSet("busy", wr.Busy).Body(
		c.trouble(),
		goapp.Div().Class("read").Body(strip.draw(c), beside),
		goapp.Div().Class("written-foot").Body(
			goapp.Span().Class("soft").Role("status").DataSet("testid", "write-state").Text(c.writingState()),
			c.verdict(),
			goapp.Button().Type("button").Class("small-text").Disabled(len(places) == 0).DataSet("testid", "write-copy").
				OnClick(func(goapp.Context, goapp.Event) { c.copyWritten() }).Text(c.t("write.copy"))),
	)
}

func (c *Core) writingState() string {
	if c.Written.Busy {
		return c.t("write.busy", state.Count(len(c.Written.Tokens)))
	}
	return c.t("write.done", state.Count(len(c.Written.Tokens)))
}

// verdict says whether an answer is right, where that is known.
func (c *Core) verdict() goapp.UI {
	e := c.Written.End
	if e == nil || e.Right == "" {
		return nil
	}
	if e.Exact {
		return goapp.Span().Class("verdict", "verdict-right").Text(c.t("ask.right"))
	}
	return goapp.Span().Class("verdict", "verdict-wrong").Text(c.t("ask.wrong", e.Right))
}

// trouble says what could not be done as asked.
func (c *Core) trouble() goapp.UI {
	var lines []goapp.UI
	if e := c.Written.End; e != nil {
		for _, p := range e.Wrong {
			lines = append(lines, goapp.P().Class("wrong").Text(c.Language.Problem(p.Error())))
		}
	}
	if m := c.Written.Missing; len(m) > 0 {
		lines = append(lines, goapp.P().Class("soft").Text(c.t("write.missing", strings.Join(m, " "))))
	}
	return goapp.Div().Class("write-trouble").Body(lines...)
}

// copyWritten puts the text on the clipboard, or says that this cannot be done here.
func (c *Core) copyWritten() {
	text := c.Written.Text()
	if !c.Answers() {
		text = c.Written.Asked + text
	}
	c.copyText(text, "notice.text", "notice.noclipboard")
}

// wholeOf reads a whole number that a control holds.
func wholeOf(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// refreshViews brings the page up to date after the pointer has moved over what it shows.
func (c *Core) refreshViews() {
	c.hovers++
	c.refresh()
}
