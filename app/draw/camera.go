package draw

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// Frame is what a video shows at the moment: the square in its middle, seen as in a mirror, in so many pixels a side.
// Grey is one byte a pixel, weighted as Rec. 601 has it; nil while there is nothing to see.
func Frame(id string, side int, colour bool) []byte {
	video := goapp.Window().GetElementByID(id)
	if !video.Truthy() {
		return nil
	}
	w, h := video.Get("videoWidth").Int(), video.Get("videoHeight").Int()
	if w == 0 || h == 0 {
		return nil
	}
	square := min(w, h)
	canvas := goapp.Window().Get("document").Call("createElement", "canvas")
	canvas.Set("width", side)
	canvas.Set("height", side)
	ctx := canvas.Call("getContext", "2d")
	ctx.Set("imageSmoothingQuality", "high")
	ctx.Call("setTransform", -1, 0, 0, 1, side, 0)
	ctx.Call("drawImage", video, (w-square)/2, (h-square)/2, square, square, 0, 0, side, side)
	data := ctx.Call("getImageData", 0, 0, side, side).Get("data")
	rgba := make([]byte, 4*side*side)
	goapp.CopyBytesToGo(rgba, goapp.Window().Get("Uint8Array").New(data.Get("buffer")))
	if !colour {
		out := make([]byte, side*side)
		for i := range out {
			r, g, b := int(rgba[4*i]), int(rgba[4*i+1]), int(rgba[4*i+2])
			out[i] = byte((299*r + 587*g + 114*b + 500) / 1000)
		}
		return out
	}
	out := make([]byte, 3*side*side)
	for i := range side * side {
		copy(out[3*i:3*i+3], rgba[4*i:4*i+3])
	}
	return out
}
