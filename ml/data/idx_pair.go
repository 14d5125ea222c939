package data

import (
	"slices"
	"strconv"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "idx", Title: "IDX files", Kind: "images",
		Doc: "Two files of yours in the format of MNIST's, gzipped or not: one with images or rows of bytes, the other with a label for each.",
		New: func() Source { return &idxPair{holdout: newHoldout()} },
	})
}

// idxPair reads samples from one IDX file and their labels from another. A
// sample in two dimensions is an image and gets a third for its one channel.
type idxPair struct {
	file, labels string
	holdout
	meta Meta
}

func (p *idxPair) Fields() []config.Field {
	return append([]config.Field{
		config.File("file", &p.file, "the file with the samples"),
		config.File("labels", &p.labels, "the file with their labels"),
	}, p.holdout.fields()...)
}

func (p *idxPair) Meta() Meta { return p.meta }

func (p *idxPair) Learn(m Meta) { p.meta = m }

func (p *idxPair) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	samples, err := p.read(p.file, "data.source.file", files, progress)
	if err != nil {
		return nil, err
	}
	labels, err := p.read(p.labels, "data.source.labels", files, progress)
	if err != nil {
		return nil, err
	}
	switch n := samples.Dims[0]; {
	case len(labels.Dims) != 1 && len(samples.Dims) == 1:
		return nil, &FileError{File: p.file, Msg: config.Say("it has one value a sample, as labels do, and %s has more: the two files are exchanged", p.labels)}
	case len(labels.Dims) != 1:
		return nil, &FileError{File: p.labels, Msg: config.Say("its labels are %s; a label is one value", tensor.Shape(labels.Dims[1:]))}
	case labels.Dims[0] != n:
		return nil, &FileError{File: p.labels, Want: int64(n), Have: int64(labels.Dims[0]),
			Msg: config.Say("it has %s labels, and %s has %s samples", config.Group(labels.Dims[0]), p.file, config.Group(n))}
	}
	most := int(slices.Max(labels.Data))
	if most < 1 {
		return nil, &FileError{File: p.labels, Msg: config.Word("all labels are 0: there is nothing to tell apart")}
	}
	all := &idxSamples{pixels: samples.Data, labels: labels.Data, size: len(samples.Data) / samples.Dims[0]}
	meta := Meta{X: slices.Clone(samples.Dims[1:]), Y: tensor.Shape{1}, Range: [2]float64{0, 255}, Held: int64(len(samples.Data) + len(labels.Data))}
	switch len(meta.X) {
	case 0:
		meta.X = tensor.Shape{1}
	case 2:
		meta.X = append(meta.X, 1)
	}
	for c := range most + 1 {
		meta.Classes = append(meta.Classes, strconv.Itoa(c))
	}
	set, err := p.holdout.divide(p.file, all, meta, seed)
	if err == nil {
		p.meta = set.Meta
	}
	return set, err
}

func (p *idxPair) read(name, field string, files Files, progress func(done, total int64)) (*IDX, error) {
	if name == "" {
		return nil, config.Problem("is missing: name the file to read").At(field)
	}
	b, err := openFile("idx", name, files, progress)
	if err != nil {
		return nil, err
	}
	return ReadIDX(name, b)
}

// idxSamples are bytes, as the files have them.
type idxSamples struct {
	pixels, labels []byte
	size           int // bytes of a sample
}

func (s *idxSamples) Len() int { return len(s.labels) }

func (s *idxSamples) Read(i int, x, y []float32) {
	for j, v := range s.pixels[i*s.size : (i+1)*s.size] {
		x[j] = float32(v)
	}
	y[0] = float32(s.labels[i])
}

func (s *idxSamples) Label(i int) int { return int(s.labels[i]) }
