//go:build !js

package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
)

// icons are the Lucide icons that the interface uses, by their names there. <use href="/web/vendor/icons.svg#NAME">
// shows one in the colour of the text around it.
var icons = []string{
	"arrow-down", "arrow-up", "book-open-text", "brain", "camera", "chart-line", "check", "chevron-down", "chevron-left", "chevron-right", "circle-check", "circle-question-mark", "copy",
	"database", "download", "eye", "folder-open", "gauge", "grid-3x3", "history", "image", "info", "languages", "layers", "lock", "lock-open", "menu", "message-circle-question-mark",
	"minus", "moon", "network", "pause", "pencil", "play", "plus", "redo-2", "rotate-ccw", "save", "search", "settings", "square", "star",
	"share-2", "shuffle", "skip-forward", "step-forward", "sun", "sun-moon", "trash-2", "triangle-alert", "undo-2",
	"upload", "x",
}

// copies are the files taken over from packages as they are.
var copies = []struct{ from, to string }{
	{"uplot/dist/uPlot.iife.min.js", "uplot.js"},
	{"uplot/dist/uPlot.min.css", "uplot.css"},
}

// licences are shipped with the files they cover.
var licences = []struct{ name, file string }{
	{"uPlot (uplot.js, uplot.css)", "uplot/LICENSE"},
	{"Lucide (icons.svg)", "lucide-static/LICENSE"},
}

const vendor = "web/vendor/"

// bundled reports whether an earlier build left everything that bundle makes.
func bundled() bool {
	for _, name := range []string{"uplot.js", "uplot.css", "icons.svg", "LICENSES.txt"} {
		if _, err := os.Stat(vendor + name); err != nil {
			return false
		}
	}
	return true
}

// bundle fills web/vendor from node_modules.
func bundle() error {
	if _, err := os.Stat("node_modules/uplot"); err != nil && bundled() {
		return nil
	}
	for _, c := range copies {
		data, err := os.ReadFile("node_modules/" + c.from)
		if err != nil {
			return err
		}
		if _, err := update(vendor+c.to, data); err != nil {
			return err
		}
	}

	sprite, err := spriteOf(icons)
	if err != nil {
		return err
	}
	if _, err := update(vendor+"icons.svg", sprite); err != nil {
		return err
	}

	var text bytes.Buffer
	for _, l := range licences {
		data, err := os.ReadFile("node_modules/" + l.file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "%s\n%s\n\n%s\n\n", l.name, strings.Repeat("-", len(l.name)), bytes.TrimSpace(data))
	}
	_, err = update(vendor+"LICENSES.txt", text.Bytes())
	return err
}

// spriteOf puts the icons into one SVG as symbols.
func spriteOf(names []string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("<svg xmlns=\"http://www.w3.org/2000/svg\">\n")
	for _, name := range names {
		data, err := os.ReadFile("node_modules/lucide-static/icons/" + name + ".svg")
		if err != nil {
			return nil, fmt.Errorf("icon %q: %w (the list is in internal/build/bundle.go)", name, err)
		}
		var svg struct {
			ViewBox string `xml:"viewBox,attr"`
			Inner   string `xml:",innerxml"`
		}
		if err := xml.Unmarshal(data, &svg); err != nil {
			return nil, fmt.Errorf("icon %q: %w", name, err)
		}
		fmt.Fprintf(&b, "<symbol id=%q viewBox=%q fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" "+
			"stroke-linecap=\"round\" stroke-linejoin=\"round\">%s</symbol>\n",
			name, svg.ViewBox, strings.Join(strings.Fields(svg.Inner), " "))
	}
	b.WriteString("</svg>\n")
	return b.Bytes(), nil
}
