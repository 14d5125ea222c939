package data

import "math"

// stroke paints the lines with a round pen of that radius, in pixels: a pixel
// is as dark as the pen's edge, one pixel wide, covers its middle.
func stroke(dst []byte, lines [][]vec, radius float64) {
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			p, q := line[i-1], line[i]
			dx, dy := q.x-p.x, q.y-p.y
			square := dx*dx + dy*dy
			x0, x1 := reach(p.x, q.x, radius)
			y0, y1 := reach(p.y, q.y, radius)
			for y := y0; y < y1; y++ {
				for x := x0; x < x1; x++ {
					// Distance of the pixel's middle to the segment.
					px, py := float64(x)+0.5-p.x, float64(y)+0.5-p.y
					along := 0.0
					if square > 0 {
						along = min(max((px*dx+py*dy)/square, 0), 1)
					}
					px, py = px-along*dx, py-along*dy
					ink := radius + 0.5 - math.Sqrt(px*px+py*py)
					if v := 255 * min(ink, 1); v > float64(dst[28*y+x]) {
						dst[28*y+x] = byte(v)
					}
				}
			}
		}
	}
}

// reach returns the pixels, from and to, that a pen can touch between a and b.
func reach(a, b, radius float64) (from, to int) {
	from = int(math.Floor(min(a, b) - radius - 0.5))
	to = int(math.Ceil(max(a, b) + radius + 0.5))
	return max(from, 0), min(to, 28)
}

// embolden moves every point of closed outlines outwards by the width, inwards
// when it is negative; holes shrink as the shape grows. A point goes along the
// middle of its two sides' normals, but at most twice as far at a sharp corner.
func embolden(lines [][]vec, width float64) {
	var area float64
	for _, line := range lines {
		area += signedArea(line)
	}
	if area < 0 {
		width = -width
	}
	for _, line := range lines {
		n := len(line) - 1 // the last point is the first again
		before := line[n-1]
		for i := range n {
			p, after := line[i], line[i+1]
			ax, ay := unit(p.x-before.x, p.y-before.y)
			bx, by := unit(after.x-p.x, after.y-p.y)
			// The sum of the normals is 2 cos(half the turn) long, and the
			// corner lies 1/cos(half the turn) along it.
			nx, ny := ay+by, -ax-bx
			if square := nx*nx + ny*ny; square > 0 {
				far := width * min(2/square, 2/math.Sqrt(square))
				line[i] = vec{p.x + far*nx, p.y + far*ny}
			}
			before = p
		}
		line[n] = line[0]
	}
}

func unit(x, y float64) (float64, float64) {
	long := math.Hypot(x, y)
	if long == 0 {
		return 0, 0
	}
	return x / long, y / long
}

// copyLines copies the points of src, into the memory of dst where it fits.
func copyLines(dst, src [][]vec) [][]vec {
	for len(dst) < len(src) {
		dst = append(dst, nil)
	}
	dst = dst[:len(src)]
	for i, line := range src {
		dst[i] = append(dst[i][:0], line...)
	}
	return dst
}
