package draw

import (
	"encoding/xml"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		a     axis
		about float64
		want  []float64
	}{
		{axis{0, 10, false}, 5, []float64{0, 2, 4, 6, 8, 10}},
		{axis{-3, 40, false}, 4, []float64{0, 20, 40}},
		{axis{0.01, 1000, true}, 9, []float64{0.01, 0.1, 1, 10, 100, 1000}},
		{axis{2, 3, true}, 9, []float64{2, 3}},
	} {
		got := c.a.ticks(c.about)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.a, got, c.want)
		}
	}
}

// A figure is well-formed whatever is in it, keeps its lines inside, and leaves out what is no number.
func TestFigure(t *testing.T) {
	f := Figure{Title: `Loss & "more" <1>`, XName: "epoch", Width: 400, Height: 240, Colour: func(string) string { return "#123" },
		Series: []Series{
			{Label: "train", X: []float64{0, 1, 2, 3}, Y: []float64{4, math.NaN(), 2, math.Inf(1)}},
			{Label: "smooth", Faint: true, X: []float64{0, 1, 2, 3}, Y: []float64{4, 3, 2, 1}},
		}}
	for _, set := range []func(*Figure){
		func(*Figure) {}, func(f *Figure) { f.LogY = true }, func(f *Figure) { f.LogX = true }, func(f *Figure) { f.Percent = true },
		func(f *Figure) { f.Zoom = [2]float64{1, 2} }, func(f *Figure) { f.Series = nil },
		func(f *Figure) { f.Series = []Series{{X: []float64{1}, Y: []float64{5}}} },
	} {
		one := f
		set(&one)
		text := one.SVG()
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
		}
		if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			t.Errorf("there are numbers that are none in\n%s", text)
		}
	}
	if text := f.SVG(); !strings.Contains(text, `<path d="M56 `) || strings.Count(text, "stroke-opacity") != 1 {
		t.Errorf("%s", text)
	}
}

// No mark of an axis says that zero is negative.
func TestZeroHasNoSign(t *testing.T) {
	zero := math.Copysign(0, -1)
	if got := (Figure{}).tick(zero, true); got != "0 %" {
		t.Errorf("%q", got)
	}
	if got := (Figure{}).tick(zero, false); got != "0" {
		t.Errorf("%q", got)
	}
}
