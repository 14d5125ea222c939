// Package picture reads pictures: PNG, JPEG, GIF and WebP. Its decoders are a
// tenth of what a browser would fetch to train anything at all, and few people
// bring pictures. So the data source "images" is given Read by programs that
// have it at hand, and the browser's trainer fetches a program with it when it
// is first wanted.
package picture

import (
	"bytes"
	"image"
	"image/draw"
	"math"

	"descent/ml/config"

	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/webp"
)

// maxPixels bounds an image, before it is decoded: 33 million, a photograph of
// the larger kind.
const maxPixels = 1 << 25

// An Error says what is wrong with a picture.
type Error struct {
	Msg config.Message
	Err error // the decoder's, or nil
}

func (e *Error) Error() string           { return e.Msg.Text }
func (e *Error) Message() config.Message { return e.Msg }
func (e *Error) Unwrap() error           { return e.Err }

// Read decodes an image. With crop it cuts off the sides that stand out beyond
// the proportions of height×width. Then it shrinks what is larger than twice
// that size. The result is small[h, w, 3], the red, green and blue of each
// pixel, 0..255. What is transparent is black.
func Read(b []byte, height, width int, crop bool) (small []float32, h, w int, err error) {
	fail := func(format string, args ...any) ([]float32, int, int, error) {
		return nil, 0, 0, &Error{Msg: config.Say(format, args...)}
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(b))
	switch {
	case err == image.ErrFormat:
		return fail("it is no image that is read here; PNG, JPEG, GIF and WebP are")
	case err != nil:
		return nil, 0, 0, &Error{config.Say("the image is damaged: %v", err), err}
	case head.Width <= 0 || head.Height <= 0:
		return fail("the image is %d×%d pixels", head.Width, head.Height)
	case int64(head.Width) > maxPixels/int64(head.Height):
		return fail("the image is %s×%s pixels; at most %s in all are read", config.Group(head.Width), config.Group(head.Height), config.Group(maxPixels))
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, 0, 0, &Error{config.Say("the image is damaged: %v", err), err}
	}
	box := img.Bounds()
	if box.Empty() || box.Dx() > maxPixels/box.Dy() {
		return fail("the image is damaged: its first picture is %d×%d pixels", box.Dx(), box.Dy())
	}
	if crop {
		box = middle(box, height, width)
	}
	small, h, w = shrink(img, box, height, width)
	return small, h, w, nil
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
