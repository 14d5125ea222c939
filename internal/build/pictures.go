//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
)

// montages are small pictures of what is in a set of images, three by three, for the gallery of experiments. The ink is in
// the alpha channel, so that the style sheet gives it the colour of the theme.
var montages = []struct{ name, from string }{
	{"digits.png", "web/data/mnist/train-images-idx3-ubyte.gz"},
	{"clothes.png", "web/data/fashion-mnist/train-images-idx3-ubyte.gz"},
}

// drawMontages writes them. Of a set that is not there it writes an empty picture, since the style sheet asks for it.
func drawMontages() error {
	for _, m := range montages {
		if _, err := os.Stat(m.from); err == nil && newer(vendor+m.name, m.from) {
			continue
		}
		picture, err := montage(m.from)
		if err != nil {
			return fmt.Errorf("%s: %w", m.from, err)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, picture); err != nil {
			return err
		}
		if _, err := update(vendor+m.name, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// newer reports whether a file is there and was written after another.
func newer(file, than string) bool {
	a, err := os.Stat(file)
	if err != nil {
		return false
	}
	b, err := os.Stat(than)
	return err == nil && a.ModTime().After(b.ModTime())
}

// montage is the first nine images of an IDX file.
func montage(from string) (image.Image, error) {
	const side, across, header = 28, 3, 16
	out := image.NewNRGBA(image.Rect(0, 0, across*side, across*side))
	f, err := os.Open(from)
	if os.IsNotExist(err) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	ink := make([]byte, header+across*across*side*side)
	if _, err := io.ReadFull(z, ink); err != nil {
		return nil, err
	}
	for i, v := range ink[header:] {
		n, y, x := i/(side*side), i/side%side, i%side
		out.SetNRGBA(n%across*side+x, n/across*side+y, color.NRGBA{A: v})
	}
	return out, nil
}
