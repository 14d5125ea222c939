package draw

import (
	"math"
	"testing"
)

func TestAlign(t *testing.T) {
	got := align([]Series{
		{X: []float64{1, 2, 3}, Y: []float64{10, math.NaN(), 30}},
		{X: []float64{2, 4}, Y: []float64{200, math.Inf(1)}},
	})
	if want := `[[1,2,3,4],[10,null,30,null],[null,200,null,null]]`; got != want {
		t.Errorf("aligned: %s, want %s", got, want)
	}
	if got, want := align([]Series{{}, {}}), `[[],[],[]]`; got != want {
		t.Errorf("without points: %s, want %s", got, want)
	}
}

// Where an image stands and what is found there agree, for every width.
func TestGrid(t *testing.T) {
	for _, width := range []float64{40, 200, 336, 594, 1200} {
		for _, captions := range []bool{false, true} {
			const n = 60
			l := Grid(width, n, captions)
			if l.Columns < 1 || l.Rows*l.Columns < n {
				t.Fatalf("%v: %+v", width, l)
			}
			for i := range n {
				x, y := l.place(i)
				if x+l.Cell > max(width, cell) || y+l.Cell > l.Height() {
					t.Errorf("image %d of a grid %v wide stands at %v, %v", i, width, x, y)
				}
				if got := l.At(x+l.Cell/2, y+l.Cell/2); got != i {
					t.Errorf("in the middle of image %d is image %d", i, got)
				}
			}
		}
	}
}

func TestRead(t *testing.T) {
	for text, want := range map[string]Colour{
		"rgb(1, 2, 3)":                     {1, 2, 3},
		"rgba(255, 128, 0, 0.5)":           {255, 128, 0},
		"color(srgb 1 0.5 0)":              {255, 128, 0},
		"color(srgb 0.0039 0.996 1 / 0.5)": {1, 254, 255},
		"":                                 {},
	} {
		if got := read(text); got != want {
			t.Errorf("read(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestPath(t *testing.T) {
	var p path
	p.add('M', 1, 2.25)
	p.circle(5, 5, 2)
	if got, want := string(p), "M1.0 2.2M3.0 5.0a2.0 2.0 0 1 0 4.0 0a2.0 2.0 0 1 0 -4.0 0"; got != want {
		t.Errorf("the path is %s, want %s", got, want)
	}
}

func TestPlace(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.0005: "0.0005", 0.00025: "0.00025", 2.5: "2.5", 0.1 + 0.2: "0.3", -4: "-4",
		999: "999", 1000: "1,000", -1000: "-1,000", 25000: "25,000", 1234567: "1,234,567",
	} {
		if got := place(v); got != want {
			t.Errorf("place(%v) = %q, want %q", v, got, want)
		}
	}
}
