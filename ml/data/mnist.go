package data

import (
	"fmt"
	"math"
	"slices"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "mnist", Title: "MNIST", Kind: "images",
		Doc: "70,000 handwritten digits, 28×28 grey pixels each, collected by NIST and prepared by LeCun, Cortes and Burges: the classic of image recognition.",
		New: func() Source { return newIDXSource(&mnist) },
	})
}

// A database is four files in the format and of the size of MNIST's
// (http://yann.lecun.com/exdb/mnist/), in the order they have there.
type database struct {
	name, title string
	files       [4]idxFile // images and labels for training, then those of the test
	classes     []string
	train, test [10]int // samples of each class
}

// An idxFile is one file of a database: how many samples it must hold, and
// about how many bytes are loaded, for the progress before they are.
type idxFile struct {
	name    string
	samples int
	bytes   int64
}

var mnist = database{
	name: "mnist", title: "MNIST", classes: digitNames,
	files: [4]idxFile{
		{"mnist/train-images-idx3-ubyte.gz", 60000, 9656207},
		{"mnist/train-labels-idx1-ubyte.gz", 60000, 26449},
		{"mnist/t10k-images-idx3-ubyte.gz", 10000, 1605643},
		{"mnist/t10k-labels-idx1-ubyte.gz", 10000, 3964},
	},
	train: [10]int{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
	test:  [10]int{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
}

// An idxSource reads a database, or only some of its classes.
type idxSource struct {
	of   *database
	keep config.Series
}

const allClasses = "all"

func newIDXSource(of *database) *idxSource {
	return &idxSource{of, config.Series{Word: allClasses}}
}

func (s *idxSource) Fields() []config.Field {
	return []config.Field{config.Numbers("classes", &s.keep, 0, 9,
		"the classes to keep, as [0, 1, 2]; they are numbered anew from 0", allClasses)}
}

// kept returns the classes that are kept, in order.
func (s *idxSource) kept() []int {
	var out []int
	for c := range s.of.classes {
		if s.keep.Word == allClasses || slices.Contains(s.keep.Values, float64(c)) {
			out = append(out, c)
		}
	}
	return out
}

// Check reports what is wrong with the classes.
func (s *idxSource) Check() error {
	for _, c := range s.keep.Values {
		if c != math.Trunc(c) {
			return config.Problem("%v is no class; they are whole numbers", c).At("data.source.classes")
		}
	}
	if len(s.kept()) < 2 {
		return config.Problem("keeps fewer than two: there is nothing to tell apart").At("data.source.classes")
	}
	return nil
}

func (s *idxSource) Meta() Meta {
	m := Meta{X: imageShape, Y: tensor.Shape{1}, Range: [2]float64{0, 255}}
	for _, c := range s.kept() {
		m.Classes = append(m.Classes, s.of.classes[c])
		m.Train += s.of.train[c]
		m.Test += s.of.test[c]
	}
	m.Held = imageBytes * int64(m.Train+m.Test)
	for _, f := range s.of.files {
		m.Bytes += f.bytes
	}
	return m
}

func (s *idxSource) Open(_ uint64, files Files, progress func(done, total int64)) (*Set, error) {
	if files == nil {
		return nil, fmt.Errorf("%s: there is nothing to read its files from", s.of.name)
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	load := loader{of: s.of, files: files, progress: progress}
	for i, f := range s.of.files {
		load.sizes[i] = f.bytes
	}
	train, err := load.pair(0)
	if err != nil {
		return nil, err
	}
	test, err := load.pair(2)
	if err != nil {
		return nil, err
	}
	set := &Set{Meta: s.Meta(), Train: train, Test: test}
	if s.keep.Word != allClasses {
		train, test = train.only(s.kept()), test.only(s.kept())
		set.Train, set.Test = train, test
		set.Meta.Train, set.Meta.Test = train.Len(), test.Len()
	}
	return set, nil
}

// A loader opens the files one after the other and reports the progress over
// all of them.
type loader struct {
	of       *database
	files    Files
	progress func(done, total int64)
	sizes    [4]int64 // as expected, then as they are
}

// pair reads the images of file i and the labels of the file after it.
func (l *loader) pair(i int) (*images, error) {
	pixels, err := l.read(i, 28, 28)
	if err != nil {
		return nil, err
	}
	labels, err := l.read(i + 1)
	if err != nil {
		return nil, err
	}
	if err := labels.checkLabels(l.of.files[i+1].name, len(l.of.classes)); err != nil {
		return nil, err
	}
	return &images{pixels.Data, labels.Data}, nil
}

// read reads file i, whose samples must have that shape.
func (l *loader) read(i int, sample ...int) (*IDX, error) {
	f := l.of.files[i]
	b, err := l.files.Open(f.name, func(done, total int64) {
		if total > 0 {
			l.sizes[i] = max(done, total)
		}
		l.report(i, done)
	})
	if err != nil {
		return nil, err
	}
	l.sizes[i] = int64(len(b))
	l.report(i, l.sizes[i])

	idx, err := ReadIDX(f.name, b)
	if err != nil {
		return nil, err
	}
	got, want := tensor.Shape(idx.Dims[1:]), tensor.Shape(sample)
	switch {
	case !got.Equal(want):
		return nil, &FileError{File: f.name, Msg: config.Say("its samples are %s; those of %s are %s", got, l.of.title, want)}
	case idx.Dims[0] != f.samples:
		return nil, &FileError{
			File: f.name, Want: int64(f.samples), Have: int64(idx.Dims[0]),
			Msg: config.Say("it has %s samples; that of %s has %s", config.Group(idx.Dims[0]), l.of.title, config.Group(f.samples)),
		}
	}
	return idx, nil
}

// report tells the progress when done bytes of file i are there.
func (l *loader) report(i int, done int64) {
	if l.progress == nil {
		return
	}
	var total int64
	for j, size := range l.sizes {
		total += size
		if j < i {
			done += size
		}
	}
	l.progress(min(done, total), total)
}
