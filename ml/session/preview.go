package session

import (
	"fmt"
	"math"

	"descent/ml/data"
)

// Samples that a preview shows at most, and those that its figures are of.
const (
	maxPreview = 24
	measured   = 200
)

// preview answers Preview: it runs the trainer's own augmentation and its fitted
// preprocessing, up to and including each step.
func (s *Session) preview(p *Preview) {
	out := &Previewed{Asked: *p}
	h := s.shelve()
	raw := h.train
	from := min(max(0, p.From), max(0, raw.Len()-1))
	to := min(raw.Len(), from+min(max(0, p.Count), maxPreview))
	for i := from; i < to; i++ {
		index := data.Origin(raw, i)
		label, _ := h.label(index)
		out.Index, out.Labels = append(out.Index, index), append(out.Labels, float64(label))
	}
	if s.set.Meta.Tokens > 0 {
		s.emit(Event{Previewed: out}) // which no step changes
		return
	}
	augment, err := s.exp.Data.Augmenter(s.exp.Seed)
	if err != nil {
		panic("session: an augmentation that was checked: " + err.Error())
	}
	pipe := s.train.Pipeline()
	var blobs [][]byte
	add := func(path, typ string, form data.Form, display [2]float64, read func(i int, x []float32)) {
		out.Stages = append(out.Stages, s.stage(path, typ, form, display, [3]int{from, to, raw.Len()}, read, &blobs))
	}
	form := s.set.Meta.Form()
	y := make([]float32, max(1, s.set.Meta.Y.Len()))
	add("", "", form, form.Range, func(i int, x []float32) { raw.Read(i, x, y) })
	last := augment.Upto(0)
	for i, a := range s.exp.Data.Augment {
		if _, mixes := a.Settings.(data.Mixer); mixes {
			continue // what is mixed was prepared before
		}
		last = augment.Upto(i + 1)
		now := last
		add(fmt.Sprintf("data.augment[%d]", i), a.Type, form, form.Range, func(i int, x []float32) {
			raw.Read(i, x, y)
			now.Apply(x, uint64(p.Draw), i)
		})
	}
	for i, step := range s.exp.Data.Preprocess {
		part := pipe.Upto(i + 1)
		way := data.NewTraining(raw, last, part)
		add(fmt.Sprintf("data.preprocess[%d]", i), step.Type, part.Form(), [2]float64{}, func(i int, x []float32) { way.Read(uint64(p.Draw), i, x, y, nil) })
	}
	for i, a := range s.exp.Data.Augment {
		if _, mixes := a.Settings.(data.Mixer); mixes {
			way := data.NewTraining(raw, augment, pipe)
			mix := make([]float32, 2*len(y)+2)
			add(fmt.Sprintf("data.augment[%d]", i), a.Type, pipe.Form(), [2]float64{}, func(i int, x []float32) { way.Read(uint64(p.Draw), i, x, y, mix) })
		}
	}
	s.emit(Event{Previewed: out}, blobs...)
}

// stage shows the samples from the first place to the second, of so many that
// are trained on, and measures the first hundreds. Without a range the pixels of
// images are shown from the least to the greatest value.
func (s *Session) stage(path, typ string, form data.Form, display [2]float64, places [3]int, read func(i int, x []float32), blobs *[][]byte) Stage {
	st := Stage{Path: path, Type: typ, Shape: form.Shape, Blob: -1, Min: math.Inf(1), Max: math.Inf(-1)}
	for _, c := range form.Columns {
		st.Names = append(st.Names, c.Name)
	}
	size := form.Shape.Len()
	x := make([]float32, size)
	count := 0.0
	n := min(places[2], measured)
	all := make([]float32, 0, n*size)
	for i := range n {
		read(i, x)
		all = append(all, x...)
	}
	for _, v := range all {
		if v == v {
			st.Mean += float64(v)
			st.Min, st.Max = min(st.Min, float64(v)), max(st.Max, float64(v))
			count++
		}
	}
	if count == 0 {
		st.Min, st.Max = 0, 0
	}
	st.Mean /= max(1, count)
	for _, v := range all {
		if v == v {
			st.Deviation += (float64(v) - st.Mean) * (float64(v) - st.Mean)
		}
	}
	st.Deviation = math.Sqrt(st.Deviation / max(1, count))
	if display[1] <= display[0] {
		display = [2]float64{st.Min, st.Max}
	}
	image := len(form.Shape) == 3 && (form.Shape[2] == 1 || form.Shape[2] == 3)
	var pixels []byte
	for i := places[0]; i < places[1]; i++ {
		read(i, x)
		if !image {
			st.Values = append(st.Values, wide(x[:min(size, maxSpread)])...)
			continue
		}
		for _, v := range x {
			pixels = append(pixels, level((v-float32(display[0]))/float32(display[1]-display[0])))
		}
	}
	if image {
		st.Blob = len(*blobs)
		*blobs = append(*blobs, pixels)
	}
	return st
}
