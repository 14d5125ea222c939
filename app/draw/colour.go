package draw

import (
	"fmt"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Colour is red, green and blue.
type Colour [3]uint8

// String is the colour in CSS.
func (c Colour) String() string { return fmt.Sprintf("rgb(%d,%d,%d)", c[0], c[1], c[2]) }

// faint is the colour in CSS, mostly seen through.
func (c Colour) faint() string { return fmt.Sprintf("rgba(%d,%d,%d,0.3)", c[0], c[1], c[2]) }

// RGB is the colour as one number, 0xRRGGBB.
func (c Colour) RGB() int { return int(c[0])<<16 | int(c[1])<<8 | int(c[2]) }

var (
	tokens = map[string]Colour{}
	probe  goapp.Value
)

// Token returns the value of a colour of app.css, such as "accent", in the theme of the moment: the style sheet is the
// only place that knows colours.
func Token(name string) Colour {
	if c, ok := tokens[name]; ok || goapp.IsServer {
		return c
	}
	document := goapp.Window().Get("document")
	if probe == nil {
		probe = document.Call("createElement", "span")
		probe.Set("hidden", true)
		probe.Get("style").Set("forcedColorAdjust", "none") // pictures keep their colours where a person's own are forced
		document.Get("body").Call("appendChild", probe)
	}
	probe.Get("style").Set("color", "var(--"+name+")")
	text := goapp.Window().Call("getComputedStyle", probe).Get("color").String()
	tokens[name] = read(text)
	return tokens[name]
}

// read reads a computed colour: rgb(1, 2, 3), or color(srgb 0.1 0.2 0.3) where colours were mixed.
func read(text string) (c Colour) {
	_, inside, _ := strings.Cut(text, "(")
	if rest, ok := strings.CutPrefix(inside, "srgb "); ok {
		var r, g, b float64
		fmt.Sscanf(rest, "%g %g %g", &r, &g, &b)
		return Colour{uint8(255*r + 0.5), uint8(255*g + 0.5), uint8(255*b + 0.5)}
	}
	fmt.Sscanf(inside, "%d, %d, %d", &c[0], &c[1], &c[2])
	return c
}

var era int

// Era counts the changes of theme.
func Era() int { return era }

// ForgetTokens makes the next look at a colour a fresh one: the theme has changed.
func ForgetTokens() {
	clear(tokens)
	era++
}

// Tint is a colour of app.css softened for a background, so that dots of the same colour stand out on it.
func Tint(name string) Colour { return mix(Token("map-middle"), Token(name), 0.5) }

// mix is t of b and the rest of a.
func mix(a, b Colour, t float64) Colour {
	var c Colour
	for i := range c {
		c[i] = uint8(float64(a[i])*(1-t) + float64(b[i])*t + 0.5)
	}
	return c
}
