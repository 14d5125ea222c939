package state

import (
	"math"

	"descent/ml/session"
)

// A Spot is a place on the pad, from 0 to 1 to the right and down.
type Spot struct{ X, Y float64 }

// A Pad is a digit drawn by hand. Strokes are kept as lines, and drawn as MNIST's digits were made: fitted into a box
// of 20 by 20 pixels, with the centre of their ink in the middle of 28 by 28.
type Pad struct {
	Strokes [][]Spot
	Sample  []byte // an image of the data instead, or nil
	Index   int    // which one
	Pixels  []byte // what the model sees, Side·Side, 0 to 255
	Answer  *session.Prediction
	asked   bool // an answer is on its way
	changed bool // since it was asked for
}

// Side is the pixels along each side of an image of a digit.
const Side = 28

func newPad() Pad { return Pad{Pixels: make([]byte, Side*Side)} }

// Empty reports whether there is nothing on the pad.
func (p *Pad) Empty() bool { return len(p.Strokes) == 0 && p.Sample == nil }

func (s *Store) draw(a Action) []session.Command {
	p := &s.Pad
	switch a := a.(type) {
	case NewLine:
		p.Sample = nil
		p.Strokes = append(p.Strokes, []Spot{a.At})
	case Draw:
		if n := len(p.Strokes); n > 0 {
			p.Strokes[n-1] = a.Stroke
		}
	case LoadPad:
		p.Strokes, p.Sample, p.Index, p.Answer = nil, a.Pixels, a.Index, nil
	case ClearPad:
		asked := p.asked
		*p = newPad()
		p.asked = asked
		return nil
	}
	if p.Sample != nil {
		p.Pixels = p.Sample
	} else {
		p.Pixels = ink(p.Strokes)
	}
	return s.ask()
}

// ask sends the pad's image to the model, where there is one that takes it. One question is on its way at a time.
func (s *Store) ask() []session.Command {
	p := &s.Pad
	if p.changed = true; p.asked {
		return nil
	}
	if p.Empty() || s.Data == nil || s.Worker != Alive || s.stale || s.rewound || !s.TakesDigits() {
		return nil
	}
	input := make([]float64, len(p.Pixels))
	for i, v := range p.Pixels {
		input[i] = float64(v)
	}
	p.asked, p.changed = true, false
	return []session.Command{{Predict: &session.Predict{Input: input}}}
}

// Again asks anew when the model has learnt since the pad's last answer.
func (s *Store) Again() []session.Command {
	if s.Pad.asked || s.Pad.Answer == nil || s.Pad.Answer.Step == s.State.Step {
		return nil
	}
	return s.ask()
}

// TakesDigits reports whether the data's samples are grey images of the pad's size.
func (s *Store) TakesDigits() bool {
	if s.Experiment == nil {
		return false
	}
	x := s.Experiment.Data.Settings.Meta().X
	if x == nil {
		x = s.Plan.Meta.X // of files of one's own
	}
	return len(x) == 3 && x[0] == Side && x[1] == Side && x[2] == 1
}

// ink draws strokes into an image of Side·Side.
func ink(strokes [][]Spot) []byte {
	low, high := Spot{math.Inf(1), math.Inf(1)}, Spot{math.Inf(-1), math.Inf(-1)}
	for _, stroke := range strokes {
		for _, at := range stroke {
			low = Spot{min(low.X, at.X), min(low.Y, at.Y)}
			high = Spot{max(high.X, at.X), max(high.Y, at.Y)}
		}
	}
	const box, pen = 20.0, 1.15 // pixels: the digit's box and half the width of its lines
	size := max(high.X-low.X, high.Y-low.Y, 0.2)
	scale := (box - 2*pen) / size
	place := func(at Spot) Spot {
		return Spot{Side/2 + (at.X-(low.X+high.X)/2)*scale, Side/2 + (at.Y-(low.Y+high.Y)/2)*scale}
	}
	render := func(move Spot) (image []byte, centre Spot) {
		image = make([]byte, Side*Side)
		var sum float64
		for y := range Side {
			for x := range Side {
				at := Spot{float64(x) + 0.5, float64(y) + 0.5}
				near := math.Inf(1)
				for _, stroke := range strokes {
					for i := range stroke {
						a, b := place(stroke[max(0, i-1)]), place(stroke[i])
						near = min(near, distance(at, Spot{a.X + move.X, a.Y + move.Y}, Spot{b.X + move.X, b.Y + move.Y}))
					}
				}
				v := 255 * min(1, max(0, pen+0.5-near))
				image[y*Side+x] = byte(v)
				sum += v
				centre.X += v * at.X
				centre.Y += v * at.Y
			}
		}
		return image, Spot{centre.X / max(sum, 1), centre.Y / max(sum, 1)}
	}
	image, centre := render(Spot{})
	image, _ = render(Spot{Side/2 - centre.X, Side/2 - centre.Y})
	return image
}

// distance is that of a place from the line between two others.
func distance(p, a, b Spot) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
	}
	return math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy)
}
