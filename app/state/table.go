package state

import (
	"slices"
	"strconv"
	"strings"

	"descent/ml/experiment"
	"descent/ml/session"
)

// MeasuredCSV writes all that was measured of this run, and of those it is compared with: a line for each point, by run
// and step. What a point does not hold is left empty.
func (s *Store) MeasuredCSV(name string) string {
	var metrics []string
	type line struct {
		run string
		p   session.Point
	}
	var lines []line
	add := func(run string, curves ...*Curve) {
		from := len(lines)
		for _, c := range curves {
			for _, p := range c.Points {
				lines = append(lines, line{run, p})
				for _, m := range p.Metrics {
					if !slices.Contains(metrics, m) {
						metrics = append(metrics, m)
					}
				}
			}
		}
		slices.SortStableFunc(lines[from:], func(a, b line) int { return a.p.Step - b.p.Step })
	}
	add(name, &s.Train, &s.Valid)
	for i := range s.Overlays {
		add(s.Overlays[i].Name, &s.Overlays[i].Train, &s.Overlays[i].Valid)
	}
	rank := func(m string) int {
		return slices.IndexFunc(experiment.Metrics, func(o experiment.Metric) bool { return o.Type == m })
	}
	slices.SortFunc(metrics, func(a, b string) int { return rank(a) - rank(b) })

	columns := append([]string{"loss", "accuracy", OfRate, OfGradient, OfRatio}, metrics...)
	var b strings.Builder
	b.WriteString("run,curve,step,epoch,seconds," + strings.Join(columns, ",") + "\r\n")
	for _, l := range lines {
		b.WriteString(quoted(l.run) + "," + l.p.Curve + "," + strconv.Itoa(l.p.Step) + "," + Setting(l.p.Epoch) + "," + Setting(l.p.Seconds))
		for _, c := range columns {
			b.WriteByte(',')
			if v, ok := Measurement(l.p, c); ok {
				b.WriteString(Setting(v))
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

// quoted is a cell of a table with commas. One that a spreadsheet would take for a formula is kept a text.
func quoted(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t", rune(cell[0])) {
		cell = "'" + cell
	}
	if strings.ContainsAny(cell, ",\"\r\n") {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}
