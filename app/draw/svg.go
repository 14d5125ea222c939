package draw

import (
	"math"
	"strconv"
	"strings"
)

// A Figure is a chart as a picture that can be kept.
type Figure struct {
	Title, XName  string
	Width, Height int
	Percent       bool
	LogX, LogY    bool
	Zoom          [2]float64 // the part of x on show; all of it where both are the same
	Series        []Series
	Colour        func(token string) string
}

// Margins of a figure: of the axes' numbers and names, and of the title with its legend.
const (
	marginLeft, marginRight, marginTop, marginBottom = 56, 16, 48, 40
)

// SVG writes a figure: an SVG file that needs nothing else.
func (f Figure) SVG() string {
	low, high := f.bounds()
	across, up := axis{low[0], high[0], f.LogX}, axis{low[1], high[1], f.LogY}
	w, h := float64(f.Width-marginLeft-marginRight), float64(f.Height-marginTop-marginBottom)
	x := func(v float64) float64 { return marginLeft + across.place(v)*w }
	y := func(v float64) float64 { return marginTop + (1-up.place(v))*h }
	var b strings.Builder
	size := ` width="` + strconv.Itoa(f.Width) + `" height="` + strconv.Itoa(f.Height) + `"`
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg"` + size + ` viewBox="0 0 ` + strconv.Itoa(f.Width) + ` ` + strconv.Itoa(f.Height) +
		`" font-family="system-ui, sans-serif" font-size="12">` + "\n")
	b.WriteString(`<title>` + escape(f.Title) + `</title><rect` + size + ` fill="` + f.Colour("surface") + `"/>` + "\n")
	text := func(x, y float64, anchor, colour, words string) {
		b.WriteString(`<text x="` + round(x) + `" y="` + round(y) + `" text-anchor="` + anchor + `" fill="` + f.Colour(colour) + `">` + escape(words) + "</text>\n")
	}
	text(marginLeft, 18, "start", "text", f.Title)
	line := func(x1, y1, x2, y2 float64) {
		b.WriteString(`<path d="M` + round(x1) + " " + round(y1) + "L" + round(x2) + " " + round(y2) + `" stroke="` + f.Colour("line") + `"/>` + "\n")
	}
	for _, t := range across.ticks(w / 80) {
		line(x(t), marginTop, x(t), marginTop+h)
		text(x(t), marginTop+h+16, "middle", "text-soft", f.tick(t, false))
	}
	for _, t := range up.ticks(h / 40) {
		line(marginLeft, y(t), marginLeft+w, y(t))
		text(marginLeft-6, y(t)+4, "end", "text-soft", f.tick(t, f.Percent))
	}
	text(marginLeft+w, float64(f.Height)-6, "end", "text-soft", f.XName)
	at := float64(marginLeft)
	for _, s := range f.Series {
		if s.Faint || s.Label == "" {
			continue
		}
		b.WriteString(`<path d="M` + round(at) + ` 34h14" stroke="` + f.Colour(s.Colour) + `" stroke-width="2"/>` + "\n")
		text(at+18, 38, "start", "text-soft", s.Label)
		at += 34 + 7*float64(len([]rune(s.Label)))
	}
	b.WriteString(`<clipPath id="plot"><rect x="` + strconv.Itoa(marginLeft) + `" y="` + strconv.Itoa(marginTop) + `" width="` + round(w) + `" height="` + round(h) + `"/></clipPath>` + "\n")
	b.WriteString(`<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">` + "\n")
	for _, s := range f.Series {
		style := ` stroke-width="2"`
		switch {
		case s.Level:
			style = ` stroke-width="1" stroke-dasharray="4 4"`
		case s.Faint:
			style = ` stroke-width="1" stroke-opacity="0.3"`
		case s.Dashed:
			style = ` stroke-width="1.5" stroke-dasharray="2 3"`
		}
		if d := f.path(s, x, y); d != "" {
			b.WriteString(`<path d="` + d + `" stroke="` + f.Colour(s.Colour) + `"` + style + "/>\n")
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// path is a line; what is no number is a gap.
func (f Figure) path(s Series, x, y func(float64) float64) string {
	var d strings.Builder
	pen := "M"
	for i, v := range s.Y {
		if !f.has(s.X[i], v) {
			pen = "M"
			continue
		}
		d.WriteString(pen + round(x(s.X[i])) + " " + round(y(v)))
		pen = "L"
	}
	return d.String()
}

// has reports whether a point can be drawn at all.
func (f Figure) has(x, y float64) bool {
	finite := y-y == 0 && x-x == 0
	return finite && (!f.LogX || x > 0) && (!f.LogY || y > 0)
}

// bounds is the corners of what is on show.
func (f Figure) bounds() (low, high [2]float64) {
	low, high = [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	zoomed := f.Zoom[1] > f.Zoom[0]
	for _, s := range f.Series {
		for i, v := range s.Y {
			if !f.has(s.X[i], v) || zoomed && (s.X[i] < f.Zoom[0] || s.X[i] > f.Zoom[1]) {
				continue
			}
			low = [2]float64{min(low[0], s.X[i]), min(low[1], v)}
			high = [2]float64{max(high[0], s.X[i]), max(high[1], v)}
		}
	}
	for k := range low {
		if low[k] > high[k] {
			low[k], high[k] = 1, 2
		}
		if low[k] == high[k] {
			high[k] = low[k] + max(1e-9, math.Abs(low[k]))
		}
	}
	if zoomed {
		low[0], high[0] = f.Zoom[0], f.Zoom[1]
	}
	if f.Percent {
		low[1], high[1] = 0, 1
	} else if !f.LogY {
		room := 0.05 * (high[1] - low[1])
		low[1], high[1] = low[1]-room, high[1]+room
	}
	return low, high
}

func (f Figure) tick(v float64, percent bool) string {
	if v == 0 {
		v = 0 // without a sign
	}
	if percent {
		return strconv.FormatFloat(100*v, 'g', 4, 64) + " %"
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}

// An axis maps values to 0..1.
type axis struct {
	low, high float64
	log       bool
}

func (a axis) place(v float64) float64 {
	if a.log {
		return math.Log(v/a.low) / math.Log(a.high/a.low)
	}
	return (v - a.low) / (a.high - a.low)
}

// ticks are round numbers, about so many: 1, 2 or 5 times a power of ten apart, or on a logarithmic axis the powers
// themselves.
func (a axis) ticks(about float64) (out []float64) {
	if a.log {
		first, end := int(math.Ceil(math.Log10(a.low)-1e-9)), int(math.Floor(math.Log10(a.high)+1e-9))
		stride := max(1, int(float64(end-first+1)/max(1, about)))
		for p := first; p <= end; p += stride {
			out = append(out, math.Pow10(p))
		}
		if len(out) == 0 {
			out = []float64{a.low, a.high}
		}
		return out
	}
	step := (a.high - a.low) / max(1, about)
	unit := math.Pow(10, math.Floor(math.Log10(step)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*unit >= step {
			step = m * unit
			break
		}
	}
	for k := math.Ceil(a.low/step - 1e-9); k*step <= a.high+1e-9*step; k++ {
		out = append(out, k*step)
	}
	return out
}

func round(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }
