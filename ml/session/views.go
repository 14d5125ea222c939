package session

import (
	"encoding/binary"
	"math"
	"time"

	"descent/ml/data"
	"descent/ml/tensor"
	"descent/ml/train"
)

// views is what is shown of the data and the model, and when to show it again.
type views struct {
	want     Watch
	stale    bool // the model or the wish has changed since they were sent
	first    bool // the training samples are to be sent too
	waiting  int  // the Seq that must be acknowledged first; 0 for none
	next     time.Time
	showing  *data.Set // whose samples were sent
	pictures [2][]float32
}

// maxMap bounds the pixels along a side of a map.
const maxMap = 1000

func (v *views) watch(w Watch) {
	w.Boundary = min(w.Boundary, maxMap)
	v.first = v.first || w.Samples != v.want.Samples || w.Vocabulary && !v.want.Vocabulary
	v.want, v.stale = w, true
	v.next = time.Time{}
}

func (v *views) ack(seq int) {
	if seq >= v.waiting {
		v.waiting = 0
	}
}

// Pictures take at most a tenth of the time, and are sent at most 15 times a second.
const (
	viewShare = 10
	viewPause = 66 * time.Millisecond
	calmPause = 250 * time.Millisecond // what is read, and not only seen, changes less often
)

// show sends the views that are wanted, when they have changed, the last were
// drawn, and training has had its share of the time.
func (s *Session) show() {
	v := &s.views
	start := time.Now()
	if s.train == nil || !v.stale || v.waiting > 0 || (s.busy() && start.Before(v.next)) {
		return
	}
	v.stale = false
	var e Event
	var blobs [][]byte
	blob := func(b []byte) int {
		blobs = append(blobs, b)
		return len(blobs) - 1
	}
	if v.want.Samples > 0 && (v.first || v.showing != s.set) {
		e.Samples = s.samples(s.set.Train, v.want.Samples, blob)
	}
	for _, show := range lenses {
		show(s, &e, blob)
	}
	v.first, v.showing = false, s.set
	if v.want.Checks > 0 {
		e.Checks = s.samples(s.train.Raw(train.Validation), v.want.Checks, blob)
		s.guess(e.Checks)
	}
	if v.want.Boundary > 0 && s.plane() {
		if v.want.Unit.Path != "" {
			e.Boundary = s.boundaryOf(v.want.Unit, blob)
		}
		if e.Boundary == nil {
			e.Boundary = s.boundary(blob)
		}
	}
	if !e.Shows() {
		return
	}
	s.emit(e, blobs...)
	v.waiting = s.seq
	pause := viewPause
	if e.Reading != nil || e.Attention != nil || e.States != nil || e.Table != nil ||
		e.Viewed != nil || e.Spreads != nil || e.Projection != nil {
		pause = calmPause
	}
	v.next = start.Add(max(pause, viewShare*time.Since(start)))
}

// Shows reports whether an event has views, which are to be acknowledged.
func (e *Event) Shows() bool {
	return e.Samples != nil || e.Checks != nil || e.Boundary != nil ||
		e.Vocabulary != nil || e.Reading != nil || e.Attention != nil || e.States != nil || e.Table != nil ||
		e.Network != nil || e.Viewed != nil || e.Spreads != nil || e.Projection != nil
}

// samples reads the first samples of a dataset, raw.
func (s *Session) samples(d data.Dataset, n int, blob func([]byte) int) *Samples {
	meta := s.set.Meta
	n = min(n, d.Len())
	size := meta.X.Len()
	out := &Samples{Count: n, Shape: meta.X, Blob: -1}
	x, y := make([]float32, size), make([]float32, meta.Y.Len())
	image := len(meta.X) == 3
	var pixels []byte
	low, high := float32(meta.Range[0]), float32(meta.Range[1])
	for i := range n {
		d.Read(i, x, y)
		out.Labels = append(out.Labels, float64(y[0]))
		if !image {
			out.Values = append(out.Values, wide(x)...)
			continue
		}
		for _, v := range x {
			pixels = append(pixels, level((v-low)/(high-low)))
		}
	}
	if image {
		out.Blob = blob(pixels)
	}
	return out
}

// level turns 0..1 into a byte.
func level(v float32) byte {
	switch {
	case !(v > 0): // NaN too
		return 0
	case v >= 1:
		return 255
	}
	return byte(v*255 + 0.5)
}

// guess adds the model's answers.
func (s *Session) guess(t *Samples) {
	meta := s.set.Meta
	if len(meta.Classes) == 0 || meta.Y.Len() > 1 { // a sample's answer is no one class
		return
	}
	size := meta.X.Len()
	x, y := make([]float32, t.Count*size), make([]float32, meta.Y.Len())
	for i := range t.Count {
		s.train.ReadRaw(train.Validation, i, x[i*size:(i+1)*size], y)
	}
	p := s.train.Predict(nil, x)
	d := len(p) / max(1, t.Count)
	for i := range t.Count {
		row := p[i*d : (i+1)*d]
		class := train.Class(row)
		probability := row[min(class, d-1)]
		if d == 1 && class == 0 {
			probability = 1 - row[0]
		}
		t.Predicted = append(t.Predicted, class)
		t.Probability = append(t.Probability, float64(probability))
	}
}

// plane reports whether samples are points in a plane, all of which the model
// can answer: one that looks tokens up knows whole numbers only.
func (s *Session) plane() bool {
	return s.set.Meta.X.Equal(tensor.Shape{2}) && s.train.Fits([]float32{0.5, 0.5})
}

// boundary draws the model's answer to every point of a square.
func (s *Session) boundary(blob func([]byte) int) *Picture {
	n, w := s.views.want.Boundary, s.views.want
	p := s.train.Predict(s.views.pictures[1][:0], s.grid(n, 0, n))
	s.views.pictures[1] = p
	d, classes := len(p)/(n*n), len(s.set.Meta.Classes)
	rgba := make([]byte, 0, n*n*4)
	for i := range n * n {
		rgba = append(rgba, w.colour(p[i*d:(i+1)*d], classes)...)
		rgba = append(rgba, 255)
	}
	return &Picture{Width: n, Height: n, Blob: blob(rgba), Step: s.train.StepNumber()}
}

// colour paints one answer: the class's colour, as much as the model is sure
// of it, or a value from -1 to 1 between low, middle and high.
func (w *Watch) colour(row []float32, classes int) []byte {
	pick := w.pick
	if classes == 0 || len(row) == 1 {
		v := row[0]
		if classes > 0 {
			v = 2*v - 1
		}
		if v < 0 {
			return mix(pick(1), pick(0), -v)
		}
		return mix(pick(1), pick(2), v)
	}
	best := train.Class(row)
	if len(w.Palette) <= classes { // no colour to fade to: blend all
		var sum [3]float32
		for k, p := range row {
			c := pick(k)
			sum[0] += p * float32(c>>16&255)
			sum[1] += p * float32(c>>8&255)
			sum[2] += p * float32(c&255)
		}
		return []byte{level(sum[0] / 255), level(sum[1] / 255), level(sum[2] / 255)}
	}
	even := 1 / float32(len(row))
	return mix(pick(classes), pick(best), (row[best]-even)/(1-even))
}

// pick is a colour of the palette.
func (w *Watch) pick(i int) int {
	if i < len(w.Palette) {
		return w.Palette[i]
	}
	return 0x808080
}

// mix goes from one colour to another by t in 0..1.
func mix(from, to int, t float32) []byte {
	if !(t > 0) {
		t = 0
	}
	t = min(t, 1)
	out := make([]byte, 3)
	for i := range out {
		shift := 16 - 8*i
		a, b := float32(from>>shift&255), float32(to>>shift&255)
		out[i] = byte(a + t*(b-a) + 0.5)
	}
	return out
}

// float32s writes numbers for a blob, little endian.
func float32s(x []float32) []byte {
	out := make([]byte, 0, 4*len(x))
	for _, v := range x {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	return out
}
