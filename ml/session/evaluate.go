package session

import (
	"descent/ml/data"
	"descent/ml/evaluation"
	"descent/ml/train"
)

// evaluate begins to measure a part of the data.
func (s *Session) evaluate(e *Evaluate) {
	part, ok := partNames[e.Part]
	if !ok {
		s.refuse("there is no part %s", e.Part)
		return
	}
	if s.eval != nil && !s.asked { // training measures itself: this comes next
		s.queued = e
		return
	}
	if s.eval != nil {
		s.refuse("an evaluation is in progress")
		return
	}
	if part == train.Test {
		s.train.OpenTest(e.Opened)
	}
	s.reason = nil
	s.eval, s.evalName, s.asked = s.train.Evaluate(part, 0).Detail().Keep(), e.Part, true
}

// maxCases bounds the samples of one answer.
const maxCases = 60

// examine answers Examine.
func (s *Session) examine(e *Examine) {
	r := s.record
	if r == nil || !r.outputs.Single {
		s.refuse("there are no samples to look at: nothing was evaluated yet, or its answers are no single ones")
		return
	}
	o := r.outputs
	key := Examine{Order: e.Order, Right: e.Right, Guess: e.Guess}
	if e.Order != evaluation.InCell {
		key.Right, key.Guess = 0, 0
	}
	order, ok := r.orders[key]
	if !ok {
		order = o.Order(key.Order, key.Right, key.Guess)
		r.orders[key] = order
	}
	from := min(max(0, e.From), len(order))
	chosen := order[from:min(len(order), from+min(maxCases, max(0, e.Count)))]
	meta := s.set.Meta
	out := &Cases{Asked: *e, Part: r.name, Step: r.step, Total: len(order), Width: o.Width,
		Samples: &Samples{Count: len(chosen), Shape: meta.X, Blob: -1}}
	x, y := make([]float32, meta.X.Len()), make([]float32, max(1, meta.Y.Len()))
	var pixels []byte
	low, high := float32(meta.Range[0]), float32(meta.Range[1])
	for _, place := range chosen {
		number := int(o.Samples[place])
		out.Places, out.Numbers = append(out.Places, place), append(out.Numbers, number)
		s.train.ReadRaw(r.part, number, x, y)
		switch {
		case meta.Tokens > 0:
			text, _ := s.told(x, y)
			out.Texts = append(out.Texts, text)
		case len(meta.X) == 3:
			for _, v := range x {
				pixels = append(pixels, level((v-low)/(high-low)))
			}
		default:
			out.Samples.Values = append(out.Samples.Values, wide(x)...)
		}
		answer := wide(o.Answer(place))
		if len(answer) < o.Width { // it had no room
			answer = append(answer, make([]float64, o.Width-len(answer))...)
		}
		out.Answers = append(out.Answers, answer...)
		if o.Classes == 0 {
			out.Told = append(out.Told, wide(o.Values[place*o.Width:(place+1)*o.Width])...)
			continue
		}
		out.Samples.Labels = append(out.Samples.Labels, float64(o.Truth[place]))
		out.Samples.Predicted = append(out.Samples.Predicted, int(o.Guess[place]))
		out.Samples.Probability = append(out.Samples.Probability, float64(o.Sure[place]))
		out.Chance = append(out.Chance, float64(o.Chance[place]))
	}
	if pixels != nil {
		out.Samples.Blob = 0
		s.emit(Event{Cases: out}, pixels)
		return
	}
	s.emit(Event{Cases: out})
}

// maxFeatures is how many numbers a row may have to be filled in by hand.
const maxFeatures = 64

// features describes the numbers of a raw sample, where they are few and each
// means something by itself.
func (s *Session) features() (out []Feature) {
	meta := s.set.Meta
	if len(meta.X) != 1 || meta.Tokens > 0 || meta.X.Len() > maxFeatures {
		return nil
	}
	for _, c := range columns(meta) {
		if c.Role != data.Feature {
			continue
		}
		f := Feature{Name: c.Name, Kind: c.Kind, Values: c.Values, Low: c.Min, High: c.Max}
		if meta.Columns == nil {
			f.Low, f.High = meta.Range[0], meta.Range[1]
		}
		out = append(out, f)
	}
	if len(out) != meta.X.Len() {
		return nil
	}
	return out
}

// explains says what Explain can do for the samples of a part.
func explains(t *train.Trainer, part train.Part) string {
	switch {
	case t.Occludes():
		return "image"
	case t.Permutes(part):
		return "features"
	}
	return ""
}

// shuffles is how often each feature is shuffled.
const shuffles = 5

// A reason is an explanation in progress.
type reason struct {
	out   Explanation
	image *train.Occlusion
	rows  *train.Permutation
	said  int // pieces when it was last told of
	pixel []byte
}

// explain begins to answer Explain; it replaces what is in progress.
func (s *Session) explain(e *Explain) {
	w := &reason{out: Explanation{Features: e.Features, Place: -1, Step: s.train.StepNumber(), Blob: -1, Class: -1}}
	if e.Features {
		if s.record == nil {
			s.refuse("nothing was evaluated yet")
			return
		}
		w.out.Part = s.record.name
		if w.rows = s.train.Permute(s.record.part, shuffles); w.rows == nil {
			s.refuse("only the columns of a table of at most %d can be shuffled", maxFeatures)
			return
		}
		w.out.Samples, w.out.Score = w.rows.Samples()
	} else {
		x := make([]float32, s.set.Meta.X.Len())
		switch {
		case len(e.Input) == len(x):
			for i, v := range e.Input {
				x[i] = float32(v)
			}
		case len(e.Input) > 0:
			s.refuse("a sample of this data has another size")
			return
		case s.record == nil || e.Place < 0 || e.Place >= len(s.record.outputs.Samples):
			s.refuse("there is no such sample among those that were evaluated")
			return
		default:
			w.out.Place, w.out.Part = e.Place, s.record.name
			y := make([]float32, max(1, s.set.Meta.Y.Len()))
			s.train.ReadRaw(s.record.part, int(s.record.outputs.Samples[e.Place]), x, y)
		}
		if w.image = s.train.Occlude(x, e.Class-1); w.image == nil {
			s.refuse("only images can be covered patch after patch")
			return
		}
		w.out.Shape = s.set.Meta.X
		w.out.Height, w.out.Width, w.out.Patch = w.out.Shape[0], w.out.Shape[1], w.image.Patch()
		answer := w.image.Answer()
		w.out.Class, w.out.Answer = likeliest(answer, len(s.set.Meta.Classes))
		if e.Class > 0 && e.Class <= len(answer) {
			w.out.Class, w.out.Answer = e.Class-1, float64(answer[e.Class-1])
		}
		low, high := float32(s.set.Meta.Range[0]), float32(s.set.Meta.Range[1])
		for _, v := range x {
			w.pixel = append(w.pixel, level((v-low)/(high-low)))
		}
	}
	s.reason = w
}

// likeliest is the class an answer speaks for and its probability; of values
// the first, and -1.
func likeliest(answer []float32, classes int) (int, float64) {
	if classes == 0 {
		return -1, float64(answer[0])
	}
	class := train.Class(answer)
	if len(answer) > 1 {
		return class, float64(answer[class])
	}
	if class == 0 {
		return 0, float64(1 - answer[0])
	}
	return 1, float64(answer[0])
}

// reasoned goes on with an explanation, and tells how far it has come ten times
// on the way, and when it is done.
func (s *Session) reasoned() {
	w := s.reason
	more := false
	if w.rows != nil {
		more = w.rows.Next()
		w.out.Done, w.out.Total = w.rows.Progress()
		w.out.Mean, w.out.SD = w.rows.Importance()
	} else {
		more = w.image.Next()
		w.out.Done, w.out.Total = w.image.Progress()
	}
	last := w.out.Done == w.out.Total
	if !more || last {
		s.reason = nil
	}
	if !last && (w.out.Done-w.said)*10 < w.out.Total || w.said == w.out.Total {
		return
	}
	w.said = w.out.Done
	out := w.out
	if w.image == nil {
		s.emit(Event{Explained: &out})
		return
	}
	out.Lost = wide(w.image.Map().Data)
	for i, v := range out.Lost {
		out.Lost[i] = round4(v)
	}
	out.Blob = 0
	s.emit(Event{Explained: &out}, append([]byte{}, w.pixel...))
}

// round4 keeps four decimals of a difference of probabilities.
func round4(v float64) float64 {
	const fine = 1e4
	if v < 0 {
		return -float64(int(-v*fine+0.5)) / fine
	}
	return float64(int(v*fine+0.5)) / fine
}
