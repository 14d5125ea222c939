package draw

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// luminance is the relative luminance of a colour, as WCAG 2.2 defines it.
func luminance(hex string) (l float64) {
	rgb, _ := strconv.ParseUint(hex, 16, 32)
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(rgb>>(16-8*i)&255) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		l += weight * v
	}
	return l
}

// TestContrast holds the colours of the style sheet that are drawn with against what they are drawn on, in both themes:
// WCAG asks for 3 where a shape has to be seen, and for 4.5 where a text has to be read.
func TestContrast(t *testing.T) {
	css, err := os.ReadFile("../../web/app.css")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string][]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);`).FindAllSubmatch(css, -1) {
		values[string(m[1])] = []string{string(m[2]), string(m[3])}
	}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): var\(--([a-z0-9-]+)\);`).FindAllSubmatch(css, -1) {
		values[string(m[1])] = values[string(m[2])]
	}
	shapes := []string{"negative", "positive", "class-0", "class-1", "class-2", "class-3", "class-4", "class-5", "class-6",
		"class-7", "class-8", "class-9", "series-train", "series-validation", "share", "edge", "accent", "wrong"}
	texts := []string{"text", "text-soft", "accent", "accent-strong", "wrong"}
	for _, c := range []struct {
		colours, grounds []string
		least            float64
	}{
		{shapes, []string{"surface", "ground", "raised", "map-middle"}, 3},
		{shapes[:12], []string{"map-ring"}, 3}, // dots stand in a ring
		{[]string{"ink"}, []string{"paper"}, 4.5},
		{texts, []string{"surface", "ground", "raised"}, 4.5},
		{texts[:2], []string{"accent-tint", "wrong-tint", "note-tint", "map-middle"}, 4.5},
		{[]string{"on-accent"}, []string{"accent", "accent-strong"}, 4.5},
	} {
		for _, colour := range c.colours {
			for _, ground := range c.grounds {
				if len(values[colour]) != 2 || len(values[ground]) != 2 {
					t.Fatalf("the style sheet gives %s and %s no values for light and dark", colour, ground)
				}
				for i, theme := range []string{"light", "dark"} {
					a, b := luminance(values[colour][i]), luminance(values[ground][i])
					if got := (max(a, b) + 0.05) / (min(a, b) + 0.05); got < c.least {
						t.Errorf("%s on %s has a contrast of %.2f in the %s theme, want %v", colour, ground, got, theme, c.least)
					}
				}
			}
		}
	}
}
