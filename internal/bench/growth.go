//go:build !js

package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"descent/ml/bench"
)

// grow measures how the time of a step grows, natively, prints the table and draws the plot. Of the rounds the best of
// each size counts.
func grow(file string, rounds int, wanted func(string) bool, w io.Writer) error {
	p := bench.Protocol{Warm: 300 * time.Millisecond, Repeat: 250 * time.Millisecond, Repeats: 3}
	var panels []panel
	growths := slices.DeleteFunc(bench.Growths(runtime.NumCPU()), func(g bench.Growth) bool { return !wanted(g.Name) })
	best := make([][]bench.Grown, len(growths))
	for round := range rounds {
		for i, g := range growths {
			fmt.Fprintf(os.Stderr, "round %d of %d: growth with %s\n", round+1, rounds, g.Name)
			points, err := g.Measure(p)
			if err != nil {
				return err
			}
			for j, q := range points {
				if best[i] == nil {
					best[i] = points
				}
				best[i][j].Step = min(best[i][j].Step, q.Step)
			}
		}
	}
	fmt.Fprintln(w, "| What grows | Of | ms a step, by size | Time grows with the power | Operations with |\n| --- | --- | --- | --- | --- |")
	for i, g := range growths {
		points := best[i]
		var steps []string
		for _, q := range points {
			steps = append(steps, fmt.Sprintf("%d: %s", q.Size, figure(1e3*q.Step)))
		}
		seconds := func(q bench.Grown) float64 { return q.Step }
		operations := func(q bench.Grown) float64 { return q.Operations }
		power, of := bench.Exponent(points, seconds), bench.Exponent(points, operations)
		fmt.Fprintf(w, "| %s | %s | %s | %.2f | %.2f |\n", g.Name, g.Of, strings.Join(steps, ", "), power, of)
		panels = append(panels, panel{g.Name + ", " + g.Of, points, power, of})
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(draw(panels)), 0o666)
}

// A panel is one plot.
type panel struct {
	title      string
	points     []bench.Grown
	power, ops float64
}

// The sizes of the drawing, in pixels.
const (
	panelWidth, panelHeight = 300, 220
	plotLeft, plotTop       = 52, 34
	plotWidth, plotHeight   = 230, 140
)

// draw writes the panels as one SVG: the time of a step over the size, both logarithmic, and as a dashed line what it
// would be if it followed the operations from the largest size.
func draw(panels []panel) string {
	var b strings.Builder
	rows := (len(panels) + 2) / 3
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11" fill="#333">`+"\n", 3*panelWidth, rows*panelHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", 3*panelWidth, rows*panelHeight)
	for i, p := range panels {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", i%3*panelWidth, i/3*panelHeight)
		p.draw(&b)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (p panel) draw(b *strings.Builder) {
	if len(p.points) < 2 {
		return
	}
	last := p.points[len(p.points)-1]
	ideal := func(q bench.Grown) float64 { // operations at the speed of the largest size
		if p.points[0].Operations == last.Operations {
			return p.points[0].Step / float64(q.Size) // more cores, and as much to do
		}
		return q.Operations * last.Step / last.Operations
	}
	low, high := math.Inf(1), 0.0
	for _, q := range p.points {
		low, high = min(low, q.Step, ideal(q)), max(high, q.Step, ideal(q))
	}
	x := func(q bench.Grown) float64 {
		from, to := math.Log(float64(p.points[0].Size)), math.Log(float64(last.Size))
		return plotLeft + plotWidth*(math.Log(float64(q.Size))-from)/(to-from)
	}
	y := func(v float64) float64 {
		return plotTop + plotHeight*(math.Log(high)-math.Log(v))/(math.Log(high)-math.Log(low))
	}
	line := func(style string, f func(bench.Grown) float64) {
		var at []string
		for _, q := range p.points {
			at = append(at, fmt.Sprintf("%.1f,%.1f", x(q), y(f(q))))
		}
		fmt.Fprintf(b, `<polyline points="%s" fill="none" %s/>`+"\n", strings.Join(at, " "), style)
	}
	fmt.Fprintf(b, `<text x="%d" y="16" font-weight="bold">%s</text>`+"\n", plotLeft, p.title)
	fmt.Fprintf(b, `<path d="M%d %dV%dH%d" fill="none" stroke="#999"/>`+"\n", plotLeft, plotTop, plotTop+plotHeight, plotLeft+plotWidth)
	line(`stroke="#999" stroke-dasharray="4 3"`, ideal)
	line(`stroke="#5b3fd4" stroke-width="2"`, func(q bench.Grown) float64 { return q.Step })
	for _, q := range p.points {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="#5b3fd4"/>`+"\n", x(q), y(q.Step))
		fmt.Fprintf(b, `<text x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n", x(q), plotTop+plotHeight+14, q.Size)
	}
	for _, v := range []float64{low, high} {
		fmt.Fprintf(b, `<text x="%d" y="%.1f" text-anchor="end">%s ms</text>`+"\n", plotLeft-4, y(v)+4, figure(1e3*v))
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" fill="#777">time^%.2f, operations^%.2f</text>`+"\n", plotLeft, plotTop+plotHeight+30, p.power, p.ops)
}
