//go:build !js

package main

import (
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"descent/ml/bench"
)

// The drawing is XML that can be read, with a point for each measurement, all within it, larger times higher up.
func TestDraw(t *testing.T) {
	points := []bench.Grown{{Size: 1, Step: 0.001, Operations: 1e6}, {Size: 2, Step: 0.004, Operations: 4e6}, {Size: 4, Step: 0.016, Operations: 16e6}}
	if e := bench.Exponent(points, func(p bench.Grown) float64 { return p.Step }); math.Abs(e-2) > 1e-9 {
		t.Errorf("four times the time for twice the size is the power %v", e)
	}
	cores := []bench.Grown{{Size: 1, Step: 0.01, Operations: 1e6}, {Size: 2, Step: 0.006, Operations: 1e6}}
	svg := draw([]panel{{"width", points, 2, 2}, {"cores", cores, -0.7, 0}, {"alone", cores[:1], 0, 0}})
	d := xml.NewDecoder(strings.NewReader(svg))
	circles := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "circle" {
			circles++
		}
	}
	if circles != 5 || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Errorf("%d points\n%s", circles, svg)
	}
	if !strings.Contains(svg, `cx="52.0" cy="174.0"`) || !strings.Contains(svg, `cx="282.0" cy="34.0"`) {
		t.Errorf("the first point is not at the foot, or the last not at the top:\n%s", svg)
	}
}
