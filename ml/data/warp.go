package data

import (
	"math"

	"descent/ml/config"
)

// A warp says where each pixel of a moved image comes from: with (x, y)
// counted from the image's middle, from (xx*x + xy*y + dx, yx*x + yy*y + dy).
type warp struct{ xx, xy, dx, yx, yy, dy float64 }

// Ways to fill what comes into view.
const (
	fillLow  = "background" // the low end of the data's range
	fillEdge = "edge"       // the nearest pixel of the image
)

func fillField(p *string) config.Field {
	return config.Choice("fill", p, []string{fillLow, fillEdge}, "what comes into view at the sides: the background, or the image's edge repeated")
}

// move applies a warp, each pixel a mean of the four that it comes from.
func (w warp) move(dst, src []float32, in Form, fill string) {
	height, width, channels := in.Shape[0], in.Shape[1], in.Shape[2]
	middleY, middleX := float64(height-1)/2, float64(width-1)/2
	low := float32(in.Range[0])
	for i := range height {
		for j := range width {
			x, y := float64(j)-middleX, float64(i)-middleY
			// Rounded between, the same on every target.
			fromX := float64(w.xx*x) + float64(w.xy*y) + w.dx + middleX
			fromY := float64(w.yx*x) + float64(w.yy*y) + w.dy + middleY
			if fill == fillEdge {
				fromX = min(max(fromX, 0), float64(width-1))
				fromY = min(max(fromY, 0), float64(height-1))
			}
			left, top := math.Floor(fromX), math.Floor(fromY)
			shareX, shareY := float32(fromX-left), float32(fromY-top)
			out := dst[(i*width+j)*channels:][:channels]
			clear(out)
			for corner := range 4 {
				k, l := int(top)+corner/2, int(left)+corner%2
				share := (1 - shareY)
				if corner/2 == 1 {
					share = shareY
				}
				if corner%2 == 1 {
					share *= shareX
				} else {
					share *= 1 - shareX
				}
				if share == 0 {
					continue
				}
				if k < 0 || k >= height || l < 0 || l >= width {
					for c := range out {
						out[c] += float32(share * low)
					}
					continue
				}
				for c, v := range src[(k*width+l)*channels:][:channels] {
					out[c] += float32(share * v)
				}
			}
		}
	}
}
