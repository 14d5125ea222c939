package train

import "descent/ml/tensor"

// An Occlusion finds out which parts of an image an answer rests on: a patch
// of the training samples' mean colour is laid over the image, place after
// place, and what the probability of a class loses is noted at the places
// covered (Zeiler and Fergus 2014). Each pixel gets the mean over the patches
// that cover it, so the map has the unit of the answer.
type Occlusion struct {
	t             *Trainer
	x             []float32
	fill          []float32 // for each channel
	height, width int
	patch, stride int
	of            int // the number of the answer that is followed
	whole         []float32
	places        [][2]int
	at            int
	sums          []float32
	covers        []float32
	batch, out    []float32
}

// Occlude begins to explain the answer to a raw image, height×width×channels:
// the class with the given number, or where that is below 0 the likeliest one.
// It returns nil where the samples are no images.
func (t *Trainer) Occlude(x []float32, class int) *Occlusion {
	if !t.Occludes() || len(x) != t.meta.X.Len() {
		return nil
	}
	o := &Occlusion{t: t, x: append([]float32{}, x...), height: t.meta.X[0], width: t.meta.X[1]}
	o.patch = max(1, (min(o.height, o.width)+5)/6)
	o.stride = max(1, o.patch/2)
	o.fill = t.meanColour()
	o.whole = t.Predict(nil, o.x)
	if o.of = class; class < 0 {
		o.of = Class(o.whole)
	}
	if len(o.whole) == 1 {
		o.of = 0 // the probability of the second class, or a value
	}
	o.of = min(o.of, len(o.whole)-1)
	for _, y := range patches(o.height, o.patch, o.stride) {
		for _, x := range patches(o.width, o.patch, o.stride) {
			o.places = append(o.places, [2]int{y, x})
		}
	}
	o.sums, o.covers = make([]float32, o.height*o.width), make([]float32, o.height*o.width)
	return o
}

// Occludes reports whether Occlude can do that.
func (t *Trainer) Occludes() bool { return len(t.meta.X) == 3 && t.meta.Tokens == 0 }

// patches returns where patches begin, so that the last one ends at the edge.
func patches(size, patch, stride int) (out []int) {
	for at := 0; at+patch < size; at += stride {
		out = append(out, at)
	}
	return append(out, max(0, size-patch))
}

// meanColour is the mean of each channel over some training samples.
func (t *Trainer) meanColour() []float32 {
	channels := t.meta.X[2]
	x, y := make([]float32, t.meta.X.Len()), make([]float32, t.meta.Y.Len())
	sum := make([]float64, channels)
	n := min(200, t.raw[Training].Len())
	for i := range n {
		t.raw[Training].Read(i, x, y)
		for k, v := range x {
			sum[k%channels] += float64(v)
		}
	}
	out := make([]float32, channels)
	for k := range out {
		out[k] = float32(sum[k] / float64(max(1, n*len(x)/channels)))
	}
	return out
}

// Next computes the next patches; it returns false when there are none.
func (o *Occlusion) Next() bool {
	if o.at == len(o.places) {
		return false
	}
	to := min(o.at+chunk, len(o.places))
	o.batch = o.batch[:0]
	for _, place := range o.places[o.at:to] {
		from := len(o.batch)
		o.batch = append(o.batch, o.x...)
		o.each(place, func(pixel int) { copy(o.batch[from+pixel*len(o.fill):], o.fill) })
	}
	o.out = o.t.Predict(o.out[:0], o.batch)
	for i, place := range o.places[o.at:to] {
		lost := o.whole[o.of] - o.out[i*len(o.whole)+o.of]
		if len(o.whole) == 1 && len(o.t.meta.Classes) == 2 && o.whole[0] <= 0.5 {
			lost = -lost // the likeliest class is the other one
		}
		o.each(place, func(pixel int) {
			o.sums[pixel] += lost
			o.covers[pixel]++
		})
	}
	o.at = to
	return true
}

// each calls f for each pixel of a patch.
func (o *Occlusion) each(place [2]int, f func(pixel int)) {
	for y := place[0]; y < min(o.height, place[0]+o.patch); y++ {
		for x := place[1]; x < min(o.width, place[1]+o.patch); x++ {
			f(y*o.width + x)
		}
	}
}

// Progress returns how many patches are done, of how many.
func (o *Occlusion) Progress() (done, total int) { return o.at, len(o.places) }

// Patch returns the side of a patch, in pixels.
func (o *Occlusion) Patch() int { return o.patch }

// Answer returns what the model answers to the whole image.
func (o *Occlusion) Answer() []float32 { return o.whole }

// Map returns what the answer lost where each pixel was covered; below 0 where
// it gained.
func (o *Occlusion) Map() tensor.Tensor {
	out := tensor.New(o.height, o.width)
	for i, n := range o.covers {
		if n > 0 {
			out.Data[i] = o.sums[i] / n
		}
	}
	return out
}
