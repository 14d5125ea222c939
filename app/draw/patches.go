package draw

import "math"

// DrawPatches draws a picture with a grid of so many patches along each side over it: the
// larger its share, the stronger its colour. The patch from which it is looked at has a frame; -1 for none.
func DrawPatches(id string, picture Tiles, shares []float32, side, from int) {
	s, ok := open(id)
	if !ok || len(shares) < side*side {
		return
	}
	sheet := pixels(picture.rgba(), picture.Cols, picture.Rows)
	s.ctx.Set("imageSmoothingEnabled", false)
	s.ctx.Call("drawImage", sheet, 0, 0, picture.Cols, picture.Rows, 0, 0, s.width, s.height)
	most := float32(0)
	for _, v := range shares[:side*side] {
		most = max(most, v)
	}
	w, h := s.width/float64(side), s.height/float64(side)
	s.ctx.Set("fillStyle", Token("share").String())
	for i, v := range shares[:side*side] {
		if most == 0 || v == 0 {
			continue
		}
		s.ctx.Set("globalAlpha", 0.72*math.Sqrt(float64(v/most)))
		s.ctx.Call("fillRect", float64(i%side)*w, float64(i/side)*h, w, h)
	}
	s.ctx.Set("globalAlpha", 1)
	if from >= 0 {
		s.ctx.Set("strokeStyle", Token("wrong").String())
		s.ctx.Set("lineWidth", 2)
		s.ctx.Call("strokeRect", float64(from%side)*w+1, float64(from/side)*h+1, w-2, h-2)
	}
}
