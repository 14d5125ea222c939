//go:build !js

package e2e

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// bring chooses files of one's own in the page's dialogue.
func (p *page) bring(input string, files ...string) {
	p.t.Helper()
	was := eval[string](p, `document.querySelector(".app").dataset.pane`)
	p.stage("data")
	defer p.stage(was)
	p.wait(fmt.Sprintf("document.getElementById(%q)", input))
	p.do("choosing files", chromedp.SetUploadFiles(chromedp.CSS("#"+input), files))
}

// TestOwnImages brings a folder of pictures, with a folder for each class; and files that are no use are answered in
// words.
func TestOwnImages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "colours")
	for class, c := range map[string]color.RGBA{"reddish": {200, 60, 40, 255}, "bluish": {30, 60, 210, 255}} {
		if err := os.MkdirAll(filepath.Join(dir, class), 0o700); err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			picture := image.NewRGBA(image.Rect(0, 0, 20, 24))
			for k := range picture.Pix {
				picture.Pix[k] = []uint8{c.R, c.G + uint8(3*i), c.B, 255}[k%4]
			}
			f, err := os.Create(filepath.Join(dir, class, fmt.Sprint(i, ".png")))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(f, picture); err != nil {
				t.Fatal(err)
			}
			f.Close()
		}
	}
	p := open(t, serve(t).URL, view{lang: "zh-CN", scheme: "dark", width: 390, height: 844, mobile: true})
	p.wait(ready)
	p.wait(prepared)
	p.click(testID("pane-data"))
	p.wait(`document.getElementById("own-folder")`)
	p.bring("own-folder", dir)
	p.wait(`document.querySelector(".preset-name").textContent == "colours"`)
	p.wait(prepared)
	p.screenshot("own-images")
	p.accessible()
	p.bring("own-files", filepath.Join(dir, "bluish", "1.png"))
	p.wait(`document.querySelector(".bar-notice")`)
	p.accessible()
}
