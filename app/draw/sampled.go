package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Sampled is what an image or a video shows, cut to the shape of a sample around its middle and scaled to it, one byte a
// channel; nil when there is nothing to see. Grey is the luma of ITU-R BT.601, as the decoders of files have it.
func Sampled(element goapp.Value, fromWidth, fromHeight float64, height, width, channels int) []byte {
	if fromWidth < 1 || fromHeight < 1 || height < 1 || width < 1 || channels != 1 && channels != 3 {
		return nil
	}
	canvas := goapp.Window().Get("document").Call("createElement", "canvas")
	canvas.Set("width", width)
	canvas.Set("height", height)
	ctx := canvas.Call("getContext", "2d")
	ctx.Set("imageSmoothingQuality", "high")
	ctx.Set("fillStyle", "#fff") // under what is transparent
	ctx.Call("fillRect", 0, 0, width, height)
	scale := math.Max(float64(width)/fromWidth, float64(height)/fromHeight)
	w, h := fromWidth*scale, fromHeight*scale
	ctx.Call("drawImage", element, (float64(width)-w)/2, (float64(height)-h)/2, w, h)
	return channelsOf(Bytes(ctx.Call("getImageData", 0, 0, width, height).Get("data").Get("buffer")), channels)
}

// channelsOf takes the channels of a sample from pixels of four bytes.
func channelsOf(rgba []byte, channels int) []byte {
	out := make([]byte, 0, len(rgba)/4*channels)
	for i := 0; i+3 < len(rgba); i += 4 {
		r, g, b := float64(rgba[i]), float64(rgba[i+1]), float64(rgba[i+2])
		if channels == 3 {
			out = append(out, rgba[i:i+3]...)
			continue
		}
		out = append(out, byte(0.299*r+0.587*g+0.114*b+0.5))
	}
	return out
}
