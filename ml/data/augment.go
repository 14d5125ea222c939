package data

import (
	"slices"
	"sync"

	"descent/ml/config"
	"descent/ml/tensor"
)

// An Augmentation changes a sample a little, otherwise each time it is trained
// on, as the world might have. It comes before preprocessing, so amounts are in
// the data's own range; samples for validation and test stay as they are.
type Augmentation interface {
	Fields() []config.Field
	Check(in Form) error // whether it can be applied to such samples
	// Apply computes dst from src, both of form in and sharing no memory. All
	// that is random is drawn from s.
	Apply(dst, src []float32, in Form, s tensor.Stream)
}

// A Mixer is an augmentation that blends a sample with another, after both
// were augmented and prepared. There can be one in a list.
type Mixer interface {
	Augmentation
	// Mix draws which of n samples is the other, and how much of the first is
	// kept, from 0 to 1.
	Mix(s tensor.Stream, n int) (partner int, share float32)
}

// AugmentationInfo is the catalogue entry of an augmentation.
type AugmentationInfo struct {
	Type, Title, Doc string
	New              func() Augmentation
}

var augmentations []AugmentationInfo

// RegisterAugmentation adds an augmentation to the catalogue. Each one's file
// calls it from init.
func RegisterAugmentation(info AugmentationInfo) {
	if _, ok := LookupAugmentation(info.Type); ok || info.Type == "" || info.New == nil {
		panic("data: augmentation " + info.Type + " is registered twice or has no New")
	}
	at := 0
	for at < len(augmentations) && augmentations[at].Type < info.Type {
		at++
	}
	augmentations = slices.Insert(augmentations, at, info)
}

// Augmentations returns the catalogue, by type.
func Augmentations() []AugmentationInfo { return slices.Clone(augmentations) }

// LookupAugmentation returns the augmentation of that type.
func LookupAugmentation(typ string) (AugmentationInfo, bool) {
	for _, info := range augmentations {
		if info.Type == typ {
			return info, true
		}
	}
	return AugmentationInfo{}, false
}

// AugmentationTypes returns the types of all augmentations, in the catalogue's order.
func AugmentationTypes() []string {
	types := make([]string, len(augmentations))
	for i, info := range augmentations {
		types[i] = info.Type
	}
	return types
}

// An Augmenter applies augmentations in order. What it draws depends on the
// seed, the training step and the sample, so it is the same when a run is
// resumed or replayed, and on any number of cores.
type Augmenter struct {
	list    []Augmentation
	mixer   Mixer // of the list; nil when samples are not mixed
	form    Form
	stream  tensor.Stream
	mixing  tensor.Stream
	scratch sync.Pool // of *[]float32, as long as a sample
}

// NewAugmenter checks that the augmentations can be applied to such samples.
func NewAugmenter(in Form, list []Augmentation, seed uint64) (*Augmenter, error) {
	a := &Augmenter{list: list, form: in, stream: tensor.NewStream(seed, "augment"), mixing: tensor.NewStream(seed, "mixup")}
	for i, one := range list {
		err := one.Check(in)
		if in.Tokens > 0 {
			err = config.Problem("the samples are the numbers of tokens, which this would make into others; remove it")
		}
		if mixer, ok := one.(Mixer); ok {
			if a.mixer != nil && err == nil {
				err = config.Problem("the samples are mixed already; keep one mixup")
			}
			a.mixer = mixer
		}
		if err != nil {
			return nil, &StepError{Step: i, Err: err}
		}
	}
	size := in.Shape.Len()
	a.scratch.New = func() any { s := make([]float32, size); return &s }
	return a, nil
}

// Mixes reports whether samples are mixed with others.
func (a *Augmenter) Mixes() bool { return a.mixer != nil }

// Upto returns the first n augmentations alone. They draw what they draw among
// all of them; none mixes samples.
func (a *Augmenter) Upto(n int) *Augmenter {
	so := &Augmenter{list: a.list[:n], form: a.form, stream: a.stream, mixing: a.mixing}
	so.scratch.New = a.scratch.New
	return so
}

// Apply changes x, a raw sample, as it is at a step of training.
func (a *Augmenter) Apply(x []float32, step uint64, sample int) {
	if len(a.list) == 0 {
		return
	}
	s := a.stream.Fork(step).Fork(uint64(sample))
	buffer := a.scratch.Get().(*[]float32)
	src, dst := x, *buffer
	for i, one := range a.list {
		one.Apply(dst, src, a.form, s.Fork(uint64(i)))
		src, dst = dst, src
	}
	if len(a.list)%2 == 1 {
		copy(x, src)
	}
	a.scratch.Put(buffer)
}

// checkImage is the Check of what is for images.
func checkImage(in Form) error {
	if len(in.Shape) != 3 {
		return config.Problem("this changes images, height×width×channels, and the samples have the shape %s", in.Shape)
	}
	return nil
}

// percent is a field for the size of a change.
func percent(name string, p *float64, max float64, doc string) config.Field {
	return config.Float(name, p, 0, max, doc).With("%")
}

// either returns the stream's index-th number, from -most to most.
func either(s tensor.Stream, index int, most float64) float64 { return uniform(s, index, -most, most) }
