package kernel

// A frame is the part of images h x w x c that a convolution reads: fh x fw
// cells that start top rows above and left columns left of the image (inside
// it, if negative), zero outside it.
type frame struct{ h, w, c, top, left, fh, fw int }

// inside reports whether the frame can be read from the images themselves.
func (f *frame) inside() bool {
	return f.top == 0 && f.left == 0 && f.fh <= f.h && f.fw <= f.w
}

// row and image return the distance between rows and between images, wherever
// take puts them.
func (f *frame) row() int {
	if f.inside() {
		return f.w * f.c
	}
	return f.fw * f.c
}

func (f *frame) image() int {
	if f.inside() {
		return f.h * f.w * f.c
	}
	return f.fh * f.fw * f.c
}

// temp returns the length of the buffer that take needs for n images.
func (f *frame) temp(n int) int {
	if f.inside() {
		return 0
	}
	return n * f.image()
}

// take returns the frames of the images from first on, copied to buf unless
// they are all inside.
func (f *frame) take(buf, x []float32, first, n int) []float32 {
	x = x[first*f.h*f.w*f.c:]
	if f.inside() {
		return x
	}
	for i := range n {
		f.fill(buf[i*f.image():][:f.image()], x[i*f.h*f.w*f.c:])
	}
	return buf
}

// fill copies one image into its frame.
func (f *frame) fill(dst, x []float32) {
	h0, h1 := min(max(f.top, 0), f.fh), min(f.top+f.h, f.fh)
	w0, w1 := min(max(f.left, 0), f.fw), min(f.left+f.w, f.fw)
	if h1 <= h0 || w1 <= w0 {
		clear(dst)
		return
	}
	row := f.fw * f.c
	at := h0*row + w0*f.c
	clear(dst[:at])
	for i := h0; ; i++ {
		n := (w1 - w0) * f.c
		copy(dst[at:at+n], x[((i-f.top)*f.w+w0-f.left)*f.c:])
		if i == h1-1 {
			clear(dst[at+n:])
			return
		}
		clear(dst[at+n : at+row])
		at += row
	}
}
