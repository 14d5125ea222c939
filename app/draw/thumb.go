package draw

// A Thumb is one image of any size, one byte a channel, grey or of three colours.
type Thumb struct {
	Pixels        []byte
	Height, Width int
	Channels      int
}

// rgba is the image in the colours of the theme: grey ones are ink on paper.
func (t Thumb) rgba() []byte {
	return Images{Pixels: t.Pixels, Count: 1, Side: 1, Channels: t.Channels}.sized(t.Height * t.Width)
}

// DrawThumb draws an image as large as its canvas, its pixels sharp, in the middle.
func DrawThumb(id string, t Thumb) {
	if len(t.Pixels) < t.Height*t.Width*t.Channels || t.Height == 0 || t.Channels != 1 && t.Channels != 3 {
		return
	}
	s, ok := open(id)
	if !ok {
		return
	}
	sheet := pixels(t.rgba(), t.Width, t.Height)
	x, y, w, h := t.fit(s.width, s.height)
	s.ctx.Set("imageSmoothingEnabled", false)
	s.ctx.Call("drawImage", sheet, 0, 0, t.Width, t.Height, x, y, w, h)
}

// fit is where the image stands on a surface.
func (t Thumb) fit(width, height float64) (x, y, w, h float64) {
	scale := min(width/float64(t.Width), height/float64(t.Height))
	w, h = scale*float64(t.Width), scale*float64(t.Height)
	return (width - w) / 2, (height - h) / 2, w, h
}

// DrawLost draws an image faintly, and over it what an answer lost where each pixel was covered: one colour where it
// lost, another where it gained.
func DrawLost(id string, t Thumb, lost []float64) {
	if len(lost) != t.Height*t.Width || len(t.Pixels) < t.Height*t.Width*t.Channels || t.Channels != 1 && t.Channels != 3 {
		return
	}
	s, ok := open(id)
	if !ok {
		return
	}
	most := 1e-9
	for _, v := range lost {
		most = max(most, v, -v)
	}
	out := t.rgba()
	for i, v := range lost {
		to := Token("positive")
		if v < 0 {
			to, v = Token("negative"), -v
		}
		under := Colour{out[4*i], out[4*i+1], out[4*i+2]}
		c := mix(under, to, 0.85*v/most)
		out[4*i], out[4*i+1], out[4*i+2] = c[0], c[1], c[2]
	}
	sheet := pixels(out, t.Width, t.Height)
	x, y, w, h := t.fit(s.width, s.height)
	s.ctx.Set("imageSmoothingEnabled", false)
	s.ctx.Call("drawImage", sheet, 0, 0, t.Width, t.Height, x, y, w, h)
}
