package data

import "math"

// resample computes an image of another size, height×width×channels, as
// Pillow's bilinear filter does: every pixel of dst is the mean of those of src
// below it, weighed by a tent that reaches one pixel to each side, or one pixel
// of dst where that is larger.
func resample(dst, src []float32, dstHeight, dstWidth, height, width, channels int) {
	if dstHeight == height && dstWidth == width {
		copy(dst, src)
		return
	}
	for i := range dstHeight {
		top, bottom, y, reachY := tent(i, dstHeight, height)
		for j := range dstWidth {
			left, right, x, reachX := tent(j, dstWidth, width)
			out := dst[(i*dstWidth+j)*channels:][:channels]
			clear(out)
			var sum float32
			for k := top; k < bottom; k++ {
				down := 1 - float32(math.Abs(float64(k)+0.5-y))/reachY
				for l := left; l < right; l++ {
					w := down * (1 - float32(math.Abs(float64(l)+0.5-x))/reachX)
					sum += w
					for c, v := range src[(k*width+l)*channels:][:channels] {
						out[c] += float32(w * v)
					}
				}
			}
			for c := range out {
				out[c] /= sum
			}
		}
	}
}

// tent returns which of n pixels count for pixel i of m, the middle of the
// tent and how far it reaches.
func tent(i, m, n int) (from, to int, middle float64, reach float32) {
	ratio := float64(n) / float64(m)
	middle = (float64(i) + 0.5) * ratio
	wide := max(1, ratio)
	// Pixel k is centred at k+1/2 and counts when that is within reach.
	from = max(0, int(math.Floor(middle-wide-0.5))+1)
	to = min(n, int(math.Ceil(middle+wide-0.5)))
	return from, to, middle, float32(wide)
}
