//go:build !js

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"

	"descent/ml/data"
)

// fewPictures writes a small picture of nine samples beside each database of images, so that the page can show what it
// is before anybody loads all of it.
func fewPictures() error {
	for _, dir := range []string{mnistTo, fashionTo} {
		packed, err := os.ReadFile(dir + "t10k-images-idx3-ubyte.gz")
		if err != nil {
			continue // said before
		}
		samples, err := data.ReadIDX(dir+"t10k-images-idx3-ubyte.gz", packed)
		if err != nil {
			return err
		}
		labels, err := os.ReadFile(dir + "t10k-labels-idx1-ubyte.gz")
		if err != nil {
			return err
		}
		classes, err := data.ReadIDX(dir+"t10k-labels-idx1-ubyte.gz", labels)
		if err != nil {
			return err
		}
		sheet, err := contactSheet(samples, classes)
		if err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		if _, err := update(dir+"few.png", sheet); err != nil {
			return err
		}
	}
	return nil
}

// contactSheet shows the first sample of each of nine classes, three by three.
func contactSheet(samples, classes *data.IDX) ([]byte, error) {
	if len(samples.Dims) != 3 || len(classes.Data) != samples.Dims[0] {
		return nil, fmt.Errorf("%v images with %v labels", samples.Dims, classes.Dims)
	}
	const side = 3
	h, w := samples.Dims[1], samples.Dims[2]
	sheet := image.NewGray(image.Rect(0, 0, side*w, side*h))
	seen := map[byte]bool{}
	for i, class := range classes.Data {
		at := len(seen)
		if seen[class] || at == side*side {
			continue
		}
		seen[class] = true
		for y := range h {
			to := sheet.PixOffset(at%side*w, at/side*h+y)
			copy(sheet.Pix[to:to+w], samples.Data[(i*h+y)*w:])
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, sheet)
	return out.Bytes(), err
}
