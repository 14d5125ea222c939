package data

import "descent/ml/tensor"

// windows are the samples of a text: each begins so many tokens after the one
// before it.
type windows struct {
	tokens          []uint16
	context, stride int
	layout          string

	mask, masked int // of the layout Masked: the token, and how many a window has
	masks        tensor.Stream
}

// reach is how many tokens a window takes: those that are shown, and the one
// after them.
func (w *windows) reach() int {
	if w.layout == Masked {
		return w.context
	}
	return w.context + 1
}

func (w *windows) Len() int {
	if len(w.tokens) < w.reach() {
		return 0
	}
	return (len(w.tokens)-w.reach())/w.stride + 1
}

func (w *windows) Read(i int, x, y []float32) {
	seen := w.tokens[i*w.stride : i*w.stride+w.reach()]
	for j := range w.context {
		x[j] = float32(seen[j])
	}
	switch w.layout {
	case NextToken:
		for j, t := range seen[1:] {
			y[j] = float32(t)
		}
	case NextOne:
		y[0] = float32(seen[w.context])
	case Masked:
		w.hide(w.masks.Fork(uint64(i)), x, y)
	}
}

// hide masks tokens of a window, every choice of so many as likely (Knuth, The
// Art of Computer Programming 3.4.2, algorithm S).
func (w *windows) hide(s tensor.Stream, x, y []float32) {
	left := w.masked
	for j := range x {
		y[j] = Ignore
		if s.Intn(uint64(j), len(x)-j) < left {
			x[j], y[j] = float32(w.mask), x[j]
			left--
		}
	}
}
