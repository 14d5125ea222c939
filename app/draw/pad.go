package draw

import "strconv"

// A Pad is what is on the pad: strokes, or the pixels of an image.
type Pad struct {
	Lines  [][][2]float64 // from 0 to 1
	Pixels []byte         // side·side; nil for none
	Side   int
	Cursor *[2]float64 // of the keyboard
}

// DrawPad draws the pad as it was drawn, and small beside it what the model sees.
func DrawPad(id string, pad Pad) {
	s, ok := open(id)
	if !ok {
		return
	}
	if pad.Pixels != nil {
		sheet := pixels(Images{Pixels: pad.Pixels, Count: 1, Side: pad.Side, Channels: 1}.rgba(), pad.Side, pad.Side)
		s.ctx.Set("imageSmoothingEnabled", false)
		s.ctx.Call("drawImage", sheet, 0, 0, s.width, s.height)
	}
	var p path
	for _, line := range pad.Lines {
		for i, at := range line {
			command := byte('L')
			if i == 0 {
				command = 'M'
			}
			p.add(command, at[0]*s.width, at[1]*s.height)
		}
		if len(line) == 1 {
			p.add('l', 0.1, 0)
		}
	}
	if len(p) > 0 {
		s.ctx.Set("lineCap", "round")
		s.ctx.Set("lineJoin", "round")
		s.ctx.Set("lineWidth", s.width/13)
		s.ctx.Set("strokeStyle", Token("ink").String())
		s.ctx.Call("stroke", p.value())
	}
	if pad.Cursor != nil {
		var ring path
		ring.circle(pad.Cursor[0]*s.width, pad.Cursor[1]*s.height, s.width/20)
		s.ctx.Set("lineWidth", 2)
		s.ctx.Set("strokeStyle", Token("accent").String())
		s.ctx.Call("stroke", ring.value())
	}
}

// Tiny draws one grey image, its pixels sharp.
func Tiny(id string, grey []byte, side int) {
	s, ok := open(id)
	if !ok || len(grey) != side*side {
		return
	}
	sheet := pixels(Images{Pixels: grey, Count: 1, Side: side, Channels: 1}.rgba(), side, side)
	s.ctx.Set("imageSmoothingEnabled", false)
	s.ctx.Call("drawImage", sheet, 0, 0, s.width, s.height)
}

// Px writes a length in CSS pixels.
func Px(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) + "px" }
