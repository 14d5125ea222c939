package view

import (
	"strconv"
	"strings"
	"time"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/nn"
)

// A paper is a run as one HTML file, to print or to hand in: what was trained on what, how it went, what came of it, and
// the document to do it again with. It has no script and asks nobody for anything.
type paper struct {
	*Core
	b strings.Builder
}

// paperStyle keeps a table or a chart together on a printed page.
const paperStyle = `body{max-width:800px;margin:32px auto;padding:0 16px;font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#171c24;background:#fff}
h1{margin-bottom:0}h2{margin:32px 0 8px;font-size:19px}table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:4px 10px 4px 0;border-bottom:1px solid #e2e5ea;text-align:left;vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
figure,table,section{break-inside:avoid}figure{margin:16px 0}svg{max-width:100%;height:auto}.soft{color:#58616e}
.matrix td{text-align:center;border:1px solid #e2e5ea;padding:4px 8px}pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:12px;background:#f4f5f7;font-size:12px;line-height:1.4}
@media print{body{margin:0}pre{background:none}}`

// paperColours are those of the light theme: paper is white.
var paperColours = map[string]string{"surface": "#ffffff", "text": "#171c24", "text-soft": "#58616e", "line": "#e2e5ea", "edge": "#878f9b",
	"series-train": "#8b94a2", "series-validation": "#4538cf"}

// paperOf writes the run that is at hand.
func (c *Core) paperOf(now time.Time) string {
	p := &paper{Core: c}
	p.raw(`<!doctype html><html lang="` + c.Language.Tag() + `"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
		`<title>` + escapeHTML(c.title()) + `</title><style>` + paperStyle + `</style></head><body>`)
	p.element("h1", c.title())
	p.raw(`<p class="soft">`)
	p.text(c.t("paper.made", now.Format("2006-01-02 15:04")))
	p.raw(`</p>`)
	if v := c.Value("doc"); v != nil && v.Str != "" {
		p.element("p", v.Str)
	}
	p.outcome()
	p.charts()
	p.report()
	p.findings()
	p.data()
	p.model()
	p.training()
	p.element("h2", c.t("paper.document"))
	p.element("p", c.t("paper.document.doc"))
	p.element("pre", c.Text)
	p.raw(`</body></html>` + "\n")
	return p.b.String()
}

// savePaper downloads it.
func (c *Core) savePaper() {
	download(textBlob(c.paperOf(time.Now()), "text/html"), "descent-report.html")
}

func (p *paper) raw(html string)  { p.b.WriteString(html) }
func (p *paper) text(text string) { p.raw(escapeHTML(text)) }

func (p *paper) element(name, text string) {
	p.raw("<" + name + ">")
	p.text(text)
	p.raw("</" + name + ">\n")
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escapeHTML(s string) string { return htmlEscaper.Replace(s) }

// table writes rows of cells below heads; the first cell of a row names it.
func (p *paper) table(heads []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.raw("<table>")
	if heads != nil {
		p.raw("<thead><tr>")
		for _, h := range heads {
			p.raw(`<th scope="col">`)
			p.text(h)
			p.raw("</th>")
		}
		p.raw("</tr></thead>")
	}
	p.raw("<tbody>")
	for _, row := range rows {
		p.raw("<tr>")
		for i, cell := range row {
			open, end := `<td>`, "</td>"
			if i == 0 {
				open, end = `<th scope="row">`, "</th>"
			}
			p.raw(open)
			p.text(cell)
			p.raw(end)
		}
		p.raw("</tr>")
	}
	p.raw("</tbody></table>\n")
}

// outcome is how far training came, and what it took.
func (p *paper) outcome() {
	s := p.Stats
	rows := [][]string{{p.t("run.steps"), state.Count(p.State.Step)}, {p.t("paper.epochs"), p.t("run.epoch", state.Count(p.State.Epoch), state.Count(p.State.Epochs))}}
	if last, ok := p.Train.Last(); ok {
		rows = append(rows, []string{p.t("curve.loss") + ", " + p.t("curve.train"), state.Loss(last.Loss)})
	}
	if last, ok := p.Valid.Last(); ok {
		rows = append(rows, []string{p.t("curve.loss") + ", " + p.t("curve.validation"), state.Loss(last.Loss)})
		if last.Accuracy >= 0 {
			rows = append(rows, []string{p.t("run.accuracy") + ", " + p.t("curve.validation"), state.Percent(last.Accuracy)})
		}
	}
	if s.Seconds > 0 {
		rows = append(rows, []string{p.t("paper.took"), p.Duration(s.Seconds)})
	}
	machine := p.Hello.Kernel
	if s.Workers > 1 {
		machine = p.t("run.workers", state.Count(s.Workers)) + " · " + machine
	}
	rows = append(rows, []string{p.t("paper.machine"), machine})
	p.element("h2", p.t("paper.outcome"))
	p.table(nil, rows)
}

// charts are the curves, drawn as they would be for a file of their own.
func (p *paper) charts() {
	if len(p.Train.Points) < 2 {
		return
	}
	p.element("h2", p.t("curve.title"))
	of := []string{"loss"}
	if p.classifies() {
		of = append(of, "accuracy")
	}
	for _, quantity := range of {
		line := func(key, colour string, curve *state.Curve) draw.Series {
			l := p.Line(curve, quantity)
			return draw.Series{Label: p.t(key), Colour: colour, X: l.X, Y: l.Y}
		}
		title := p.t("curve.loss")
		if quantity == "accuracy" {
			title = p.t("run.accuracy")
		}
		f := draw.Figure{Title: title, XName: p.t("axis." + p.Axis), Width: 800, Height: 300, Percent: percent(quantity),
			Series: []draw.Series{line("curve.train", "series-train", &p.Train), line("curve.validation", "series-validation", &p.Valid)},
			Colour: func(token string) string { return paperColours[token] }}
		p.raw("<figure>" + f.SVG() + "</figure>\n")
	}
}

// report is the latest evaluation: its measures beside the baselines, and which class was taken for which.
func (p *paper) report() {
	r := p.Report
	if r == nil {
		return
	}
	p.element("h2", p.t("eval.title"))
	p.element("p", p.t("eval.on."+r.Part, state.Count(r.Count), state.Count(r.Step)))
	if r.Opened > 0 {
		p.element("p", p.t("paper.opened", state.Count(r.Opened)))
	}
	heads := []string{p.t("eval.metric"), p.t("eval.model"), p.t("eval.interval")}
	for _, b := range r.Beside {
		heads = append(heads, p.t("eval.baseline."+p.baseline(r, b.Name)))
	}
	var rows [][]string
	for i, name := range r.Metrics {
		if !p.tells(r, i) {
			continue
		}
		between := "–"
		if i < len(r.Low) && r.Low[i] == r.Low[i] {
			between = p.t("eval.between", p.figure(name, r.Low[i]), p.figure(name, r.High[i]))
		}
		row := []string{p.metricName(r, name), p.figure(name, r.Values[i]), between}
		for _, b := range r.Beside {
			text := "–"
			for k, metric := range b.Metrics {
				if metric == name {
					text = p.figure(name, b.Values[k])
				}
			}
			row = append(row, text)
		}
		rows = append(rows, row)
	}
	p.table(heads, rows)
	p.matrix(r.Confusion, r.Classes)
}

// printedClasses is how many classes a matrix on paper has at most.
const printedClasses = 20

func (p *paper) matrix(cells []int, classes int) {
	if classes < 2 || classes > printedClasses || len(cells) != classes*classes {
		return
	}
	p.element("h3", p.t("paper.confusion"))
	p.raw(`<table class="matrix"><thead><tr><td></td>`)
	for i := range classes {
		p.raw(`<th scope="col">`)
		p.text(p.Class(i))
		p.raw("</th>")
	}
	p.raw("</tr></thead><tbody>")
	for i := range classes {
		p.raw(`<tr><th scope="row">`)
		p.text(p.Class(i))
		p.raw("</th>")
		total := 0
		for _, n := range cells[i*classes : (i+1)*classes] {
			total += n
		}
		for _, n := range cells[i*classes : (i+1)*classes] {
			shade := 0.0
			if total > 0 {
				shade = 0.5 * float64(n) / float64(total)
			}
			p.raw(`<td style="background:rgb(69 56 207 / ` + strconv.FormatFloat(shade, 'f', 2, 64) + `)">` + strconv.Itoa(n) + "</td>")
		}
		p.raw("</tr>")
	}
	p.raw("</tbody></table>\n")
}

// findings is what was noticed about the training.
func (p *paper) findings() {
	if len(p.Findings) == 0 {
		return
	}
	p.element("h2", p.t("paper.findings"))
	for _, f := range p.Findings {
		p.element("p", p.Language.Message(f.Seen)+" "+p.Language.Message(f.Why))
	}
}

func (p *paper) data() {
	info, _ := data.Lookup(p.Source())
	p.element("h2", p.t("data.title"))
	p.element("p", p.Language.Term("source."+p.Source(), info.Title)+". "+p.Language.Term("source."+p.Source()+".doc", info.Doc))
	rows := [][]string{{p.t("part.train"), state.Count(p.Plan.Train)}, {p.t("part.validation"), state.Count(p.Plan.Validation)}}
	if d := p.Data; d != nil {
		rows = [][]string{{p.t("part.train"), state.Count(d.Train)}, {p.t("part.validation"), state.Count(d.Validation)}, {p.t("part.test"), state.Count(d.Test)}}
	}
	p.table(nil, rows)
	p.settings(p.Value("data"), "")
}

func (p *paper) model() {
	p.element("h2", p.t("model.title"))
	rows := [][]string{{p.t("model.input"), "", p.input(), ""}}
	for _, r := range p.Rows {
		info, _ := nn.Lookup(r.Type)
		params := ""
		if r.Params > 0 {
			params = state.Count(r.Params)
		}
		rows = append(rows, []string{r.ID, p.Language.Term("layer."+r.Type, info.Title) + gist(r), state.Shape(r.Output), params})
	}
	p.table([]string{p.t("paper.name"), p.t("paper.layer"), p.t("model.shape"), p.t("paper.parameters")}, rows)
	p.element("p", p.t("model.parameters", state.Count(p.Plan.Parameters)))
}

func (p *paper) training() {
	p.element("h2", p.t("train.title"))
	p.settings(p.Value("train"), "")
	if p.Experiment != nil {
		p.element("p", p.t("train.seed")+": "+strconv.FormatUint(p.Experiment.Seed, 10))
	}
}

// settings lists what a part of the document says, with the paths that it has there.
func (p *paper) settings(v *config.Value, path string) {
	if v == nil || v.Kind != config.Object {
		return
	}
	var rows [][]string
	var walk func(v *config.Value, path string)
	walk = func(v *config.Value, path string) {
		if v.Kind == config.Object {
			for _, m := range v.Members {
				walk(m.Value, strings.TrimPrefix(path+"."+m.Key, "."))
			}
			return
		}
		text := string(v.Append(nil, ""))
		if runes := []rune(text); len(runes) > 200 {
			text = string(runes[:200]) + "…"
		}
		rows = append(rows, []string{path, text})
	}
	walk(v, path)
	p.table(nil, rows)
}
