package data

import (
	"bytes"
	"image"
	"image/draw"
	"math"

	"descent/ml/config"
)

// maxPixels bounds an image, before it is decoded: 33 million, a photograph of
// the larger kind.
const maxPixels = 1 << 25

// decodeImage reads an image of a format that the program has a decoder for
// (package picture) and brings it to size: channels 3 for red, green and blue,
// or 1 for grey. The values are 0..255. What is transparent is black. With
// crop the sides that stand out are cut off, otherwise the image is stretched.
func decodeImage(dst []float32, file string, b []byte, height, width, channels int, crop bool) error {
	fail := func(format string, args ...any) error {
		return &FileError{File: file, Msg: config.Say(format, args...)}
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(b))
	switch {
	case err == image.ErrFormat:
		return fail("it is no image that is read here; PNG, JPEG, GIF and WebP are")
	case err != nil:
		return &FileError{File: file, Msg: config.Say("the image is damaged: %v", err), Err: err}
	case head.Width <= 0 || head.Height <= 0:
		return fail("the image is %d×%d pixels", head.Width, head.Height)
	case int64(head.Width) > maxPixels/int64(head.Height):
		return fail("the image is %s×%s pixels; at most %s in all are read", group(head.Width), group(head.Height), group(maxPixels))
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return &FileError{File: file, Msg: config.Say("the image is damaged: %v", err), Err: err}
	}
	box := img.Bounds()
	if box.Empty() || box.Dx() > maxPixels/box.Dy() {
		return fail("the image is damaged: its first picture is %d×%d pixels", box.Dx(), box.Dy())
	}
	if crop {
		box = middle(box, height, width)
	}
	small, h, w := shrink(img, box, height, width)
	if channels == 3 {
		resample(dst, small, height, width, h, w, 3)
		return nil
	}
	grey := small[:h*w] // each value is written behind where it is read
	grayscale{}.Apply(grey, small, Form{Shape: []int{h, w, 3}}, nil)
	resample(dst, grey, height, width, h, w, 1)
	return nil
}

// middle returns the largest part of a box, in its middle, that has the
// proportions of height×width.
func middle(box image.Rectangle, height, width int) image.Rectangle {
	w, h := box.Dx(), box.Dy()
	if w*height > h*width {
		w = max(1, int(math.Round(float64(h*width)/float64(height))))
	} else {
		h = max(1, int(math.Round(float64(w*height)/float64(width))))
	}
	x, y := box.Min.X+(box.Dx()-w)/2, box.Min.Y+(box.Dy()-h)/2
	return image.Rect(x, y, x+w, y+h)
}

// shrink returns the red, green and blue of a part of an image. While it is
// more than twice as large as wanted, squares of pixels become their mean; so a
// photograph never takes the memory of its floats.
func shrink(img image.Image, box image.Rectangle, height, width int) (small []float32, h, w int) {
	h = min(box.Dy(), max(height, box.Dy()/max(1, box.Dy()/(2*height))))
	w = min(box.Dx(), max(width, box.Dx()/max(1, box.Dx()/(2*width))))
	small = make([]float32, h*w*3)
	// Square (i, j) reaches from i/h of the height to (i+1)/h, in whole pixels.
	strip := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()/h+1))
	for i := range h {
		top := i * box.Dy() / h
		rows := (i+1)*box.Dy()/h - top
		draw.Draw(strip, image.Rect(0, 0, box.Dx(), rows), img, image.Pt(box.Min.X, box.Min.Y+top), draw.Src)
		for j := range w {
			left := j * box.Dx() / w
			columns := (j+1)*box.Dx()/w - left
			var sum [3]int
			for y := range rows {
				line := strip.Pix[y*strip.Stride+4*left:]
				for x := range columns {
					sum[0] += int(line[4*x])
					sum[1] += int(line[4*x+1])
					sum[2] += int(line[4*x+2])
				}
			}
			for c, v := range sum {
				small[(i*w+j)*3+c] = float32(v) / float32(rows*columns)
			}
		}
	}
	return small, h, w
}
