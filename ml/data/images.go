package data

import "descent/ml/tensor"

// imageShape is the size of a sample of mnist and of digits, so that one model
// runs on either: height, width, channels.
var imageShape = tensor.Shape{28, 28, 1}

const imageLen = 28 * 28

// imageBytes is what a sample takes in memory: its pixels and its label.
const imageBytes = imageLen + 1

// digitNames are the classes of mnist and of digits.
var digitNames = []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

// images is a list of grey images held as bytes, a quarter of what floats
// would take, and the class of each.
type images struct {
	pixels []byte // 0 is the background
	labels []byte
}

func (s *images) Len() int { return len(s.labels) }

// Read gives the pixels as 0..255.
func (s *images) Read(i int, x, y []float32) {
	pixels := s.pixels[i*imageLen : (i+1)*imageLen]
	x = x[:len(pixels)]
	for j, v := range pixels {
		x[j] = float32(v)
	}
	y[0] = float32(s.labels[i])
}

func (s *images) Label(i int) int { return int(s.labels[i]) }

// only returns the images of those classes, which are numbered anew.
func (s *images) only(classes []int) *images {
	number := map[byte]byte{}
	for i, c := range classes {
		number[byte(c)] = byte(i)
	}
	out := &images{}
	for i, label := range s.labels {
		if n, keep := number[label]; keep {
			out.labels = append(out.labels, n)
			out.pixels = append(out.pixels, s.pixels[i*imageLen:(i+1)*imageLen]...)
		}
	}
	return out
}
