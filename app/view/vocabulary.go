package view

import (
	"slices"
	"strconv"
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InVocabulary] = func(c *Core, rev uint64) goapp.UI { return &vocabulary{Core: c, Rev: rev} }
}

// vocabulary is the tokens with how often each comes, and the merges that byte-pair encoding made, in order.
type vocabulary struct {
	goapp.Compo
	Core   *Core
	Rev    uint64
	find   string
	number bool // in the order of their numbers, else the most frequent first
	rows   gradual
}

// shownTokens bounds the rows of a table; the rest are found by looking for them.
const shownTokens = 200

// tokensAtOnce is how many rows of them are made on one frame.
const tokensAtOnce = 20

func (v *vocabulary) Render() goapp.UI {
	c := v.Core
	voc := c.Sights.Vocabulary
	if voc == nil {
		return goapp.P().Class("doc").Text(c.t("look.waiting"))
	}
	order := v.order()
	total := max(1, voc.Counted)
	var rows []goapp.UI
	come := v.rows.upTo(c, v, min(shownTokens, max(len(order), len(voc.Merges)/3)), tokensAtOnce)
	for _, t := range order[:min(come, len(order))] {
		n := 0
		if t < len(voc.Counts) {
			n = voc.Counts[t]
		}
		special := ""
		if slices.Contains(voc.Special, t) {
			special = c.t("vocabulary.special")
		}
		rows = append(rows, goapp.Tr().Body(goapp.Td().Body(goapp.Code().Class("token-cell").Text(state.Visible(c.TokenText(t)))),
			goapp.Td().Text(strconv.Itoa(t)), goapp.Td().Text(state.Count(n)), goapp.Td().Text(state.Chance(float64(n)/float64(total))), goapp.Td().Text(special)))
	}
	table := goapp.Div().Class("table-body", "table-tall").TabIndex(0).Role("group").Aria("label", c.t("look.vocabulary")).DataSet("testid", "vocabulary").Body(
		goapp.Table().Body(goapp.THead().Body(goapp.Tr().Body(
			goapp.Th().Scope("col").Text(c.t("reading.token")), goapp.Th().Scope("col").Text(c.t("reading.id")),
			goapp.Th().Scope("col").Text(c.t("vocabulary.count")), goapp.Th().Scope("col").Text(c.t("vocabulary.share")),
			goapp.Th().Scope("col").Body(goapp.Span().Class("unseen").Text(c.t("vocabulary.special"))))),
			goapp.TBody().Body(rows...)))
	more := ""
	if hidden := len(order) - shownTokens; hidden > 0 {
		more = c.t("vocabulary.more", state.Count(hidden))
	}
	return goapp.Div().Class("vocabulary-look").Body(
		goapp.P().Class("doc").Text(c.t("vocabulary.doc."+v.kind(), state.Count(len(voc.Tokens)), state.Count(voc.Counted))),
		goapp.Div().Class("choices").Body(
			goapp.Label().Class("unseen").For("find-token").Text(c.t("vocabulary.find")),
			goapp.Input().Type("text").ID("find-token").AutoComplete(false).Spellcheck(false).Placeholder(c.t("vocabulary.find")).Value(v.find).
				OnInput(func(ctx goapp.Context, _ goapp.Event) {
					v.find = ctx.JSSrc().Get("value").String()
					c.refreshViews()
				}),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(v.number).OnChange(func(goapp.Context, goapp.Event) {
					v.number = !v.number
					c.refreshViews()
				}), goapp.Span().Text(c.t("vocabulary.order")))),
		goapp.Div().Class("vocabulary").Body(goapp.Div().Body(table, goapp.P().Class("soft").Text(more)), v.merges(come)),
	)
}

func (v *vocabulary) kind() string {
	switch kind := v.Core.Sights.Vocabulary.Kind; kind {
	case "character", "word", "bpe":
		return kind
	}
	return "numbers"
}

// order lists the tokens that are looked for.
func (v *vocabulary) order() []int {
	voc := v.Core.Sights.Vocabulary
	n := len(voc.Tokens)
	if n == 0 {
		n = len(voc.Counts)
	}
	var out []int
	for t := range n {
		text := v.Core.TokenText(t)
		if v.find == "" || strings.Contains(text, v.find) || strings.Contains(state.Visible(text), v.find) {
			out = append(out, t)
		}
	}
	if !v.number {
		count := func(t int) int {
			if t < len(voc.Counts) {
				return voc.Counts[t]
			}
			return 0
		}
		slices.SortStableFunc(out, func(a, b int) int { return count(b) - count(a) })
	}
	return out
}

// merges are which tokens became one, in the order in which they were found.
func (v *vocabulary) merges(come int) goapp.UI {
	c := v.Core
	voc := c.Sights.Vocabulary
	if len(voc.Merges) < 3 {
		return nil
	}
	var items []goapp.UI
	text := func(t int) goapp.UI { return goapp.Code().Class("token-cell").Text(state.Visible(c.TokenText(t))) }
	for i := 0; i+2 < len(voc.Merges) && len(items) < come; i += 3 {
		m := voc.Merges[i : i+3]
		items = append(items, goapp.Li().Body(goapp.Span().Class("soft").Text(i/3+1), text(m[0]), goapp.Span().Text("+"), text(m[1]),
			goapp.Span().Text("→"), text(m[2])))
	}
	return goapp.Div().Body(
		goapp.H3().Text(c.t("vocabulary.merges")),
		goapp.Div().Class("merges").TabIndex(0).Role("group").Aria("label", c.t("vocabulary.merges")).Body(goapp.Ol().Body(items...)))
}
