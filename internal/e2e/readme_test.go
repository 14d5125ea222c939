//go:build !js

package e2e

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestReadme looks at the pictures that the README shows: they are there, and small enough to be fetched with it.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(repository(), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, m := range regexp.MustCompile(`!\[[^\]]+\]\(([^)]+)\)`).FindAllSubmatch(readme, -1) {
		shown = append(shown, string(m[1]))
	}
	if !slices.Contains(shown, "docs/screenshot.png") {
		t.Errorf("the README shows %q, and docs/screenshot.png is not among them", shown)
	}
	for _, name := range shown {
		file, err := os.ReadFile(filepath.Join(repository(), filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		picture, err := png.Decode(bytes.NewReader(file))
		if err != nil || len(file) > 300_000 {
			t.Errorf("%s has %d bytes, want a PNG of 300 kB at most (%v)", name, len(file), err)
		} else if size := picture.Bounds().Size(); size.X < 1000 {
			t.Errorf("%s is %v", name, size)
		}
	}
}
