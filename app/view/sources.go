package view

import (
	"slices"

	"descent/app/state"
	"descent/ml/config"
	"descent/ml/data"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// offered is the sources that need no file of a person's own.
func offered(current string) []data.Info {
	return slices.DeleteFunc(data.Sources(), func(s data.Info) bool {
		return s.Type != current && readsFile(s) || s.Type == current && readsFile(s) && !pictured(s)
	})
}

func readsFile(s data.Info) bool {
	return slices.ContainsFunc(s.New().Fields(), func(f config.Field) bool { return f.Form() == "file" })
}

// An example is a file that comes with the page, which a source of files reads.
type example struct{ kind, name, typ, file string }

var examples = []example{
	{"table", "iris", "csv", "iris/iris.csv"},
	{"text", "languages", "text_table", "text/languages.csv"},
}

// lines is a bit of each source that is no picture: what it says, or what it asks.
var lines = map[string]string{
	"sonnets": "From fairest creatures we desire increase", "poems": "床前明月光，疑是地上霜。", "names": "anna · ben · clara · …",
	"pasted_text": "Abc …", "addition": "27+58=?", "brackets": "([]{}) ?", "copy": "abcd → abcd",
	"modular_addition": "41+70=? (mod 97)", "parity": "10110 → ?", "reverse": "abcd → dcba", "sort": "cabd → abcd",
	"languages": "guten Abend → ?",
}

// photographed are the sources of which the build keeps some pictures, which the style sheet shows.
var photographed = map[string]string{"mnist": "photo-digits", "fashion_mnist": "photo-clothes"}

// catalogue is all that can be chosen without a file of one's own, by kind.
func (c *Core) catalogue() goapp.UI {
	current := c.Source()
	file := ""
	if v := c.Value("data.source.file"); v != nil {
		file = v.Str
	}
	var cards []goapp.UI
	kind := ""
	begin := func(of string) {
		if of != kind {
			kind = of
			cards = append(cards, goapp.P().Class("source-kind").Text(c.t("data.kind."+kind)))
		}
	}
	shown := map[string]bool{}
	some := func(kind string) {
		if shown[kind] {
			return
		}
		shown[kind] = true
		for _, e := range examples {
			if e.kind == kind {
				begin(kind)
				cards = append(cards, c.exampleCard(e, current == e.typ && file == e.file))
			}
		}
	}
	for _, s := range byInterest() {
		if s.Kind == "table" || s.Kind == "text" {
			some(s.Kind)
		}
		if readsFile(s) {
			continue
		}
		begin(s.Kind)
		cards = append(cards, c.sourceCard(s, s.Type == current))
	}
	return goapp.FieldSet().Class("sources").Body(
		append([]goapp.UI{goapp.Legend().Class("unseen").Text(c.t("data.source"))}, cards...)...)
}

// byInterest is the sources with pictures before tables and texts.
func byInterest() []data.Info {
	rank := map[string]int{"points": 1, "regression": 2, "images": 3, "table": 4, "text": 5, "series": 7}
	all := data.Sources()
	slices.SortStableFunc(all, func(a, b data.Info) int {
		of := func(s data.Info) int {
			if r := rank[s.Kind]; r > 0 {
				return r
			}
			return 6
		}
		return of(a) - of(b)
	})
	return all
}

func (c *Core) exampleCard(e example, chosen bool) goapp.UI {
	title := c.t("example." + e.name)
	var picture goapp.UI
	if e.kind == "table" {
		picture = goapp.Div().Class("source-picture", "source-table").Aria("hidden", true).Body(littleTable())
	} else {
		picture = goapp.Div().Class("source-picture", "source-line").Aria("hidden", true).Text(lines[e.name])
	}
	return goapp.Label().Class("source", "source-wide").DataSet("source", e.name).Title(c.t("example."+e.name+".doc")).Body(
		goapp.Input().Type("radio").Name("source").Value(e.name).Checked(chosen).
			OnChange(c.act(state.Study{Type: e.typ, File: e.file}), e.name),
		picture,
		goapp.Span().Text(title))
}

// littleTable is the first rows of the flowers.
func littleTable() goapp.UI {
	var rows []goapp.UI
	for _, row := range [][]string{{"5.1", "3.5", "1.4", "setosa"}, {"7.0", "3.2", "4.7", "versicolor"}, {"6.3", "3.3", "6.0", "virginica"}} {
		var cells []goapp.UI
		for _, cell := range row {
			cells = append(cells, goapp.Span().Text(cell))
		}
		rows = append(rows, goapp.Div().Body(cells...))
	}
	return goapp.Div().Class("little-table").Body(rows...)
}

func (c *Core) sourceCard(s data.Info, chosen bool) goapp.UI {
	title := c.Language.Term("source."+s.Type, s.Title)
	class := []string{"source"}
	var picture goapp.UI
	switch {
	case pictured(s):
		picture = goapp.Canvas().ID("source-"+s.Type).Class("source-picture").Aria("hidden", true)
	case photographed[s.Type] != "":
		picture = goapp.Div().Class("source-picture", "source-photo", photographed[s.Type]).Aria("hidden", true)
	case lines[s.Type] != "":
		class = append(class, "source-wide")
		picture = goapp.Div().Class("source-picture", "source-line").Aria("hidden", true).Text(lines[s.Type])
	default:
		picture = goapp.Div().Class("source-picture", "source-icon").Body(icon(sourceFace(s)))
	}
	return goapp.Label().Class(class...).DataSet("source", s.Type).Title(c.Language.Term("source."+s.Type+".doc", s.Doc)).Body(
		goapp.Input().Type("radio").Name("source").Value(s.Type).Checked(chosen).
			OnChange(func(goapp.Context, goapp.Event) { c.Do(c.choosing(s)) }, s.Type),
		picture,
		goapp.Span().Text(title),
	)
}

// choosing is what the choice of a source does. Sequences want another model than all else: that of the experiment about
// this source, or one that suits what the trainer finds in it.
func (c *Core) choosing(s data.Info) state.Action {
	sequence := func(kind string) bool { return kind == "text" || kind == "task" || kind == "series" }
	if !sequence(s.Kind) || c.Kind() == s.Kind {
		return state.SetSource{Type: s.Type}
	}
	for _, name := range presets.Names() {
		text, _ := presets.Text(name)
		doc, err := config.Parse(text)
		if err != nil {
			continue
		}
		source := doc.Get("data").Get("source")
		if source.Kind == config.Object {
			source = source.Get("type")
		}
		if source != nil && source.Str == s.Type {
			return state.Load{Preset: name, Text: string(text)}
		}
	}
	if s.Type == "copy" || s.Type == "sort" { // questions and answers of the same form
		if text, ok := presets.Text("reverse-transformer"); ok {
			if doc, err := config.Parse(text); err == nil {
				doc.Set("data.source.type", config.Text(s.Type))
				doc.Set("name", config.Text(c.Language.Term("source."+s.Type, s.Title)))
				return state.Load{Text: string(doc.Append(nil, "  "))}
			}
		}
	}
	return state.Study{Type: s.Type}
}

// pictured reports whether samples of a source can be drawn here: not what has to be fetched, and not what is read.
func pictured(s data.Info) bool { return s.Made && s.Kind != "text" && s.Kind != "task" }

// sourceFace is the icon of a source that has no picture.
func sourceFace(s data.Info) string {
	switch s.Kind {
	case "text":
		return "book-open-text"
	case "task":
		return "message-circle-question-mark"
	}
	return "download"
}
