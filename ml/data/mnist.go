package data

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "mnist", Title: "MNIST", Kind: "images",
		Doc: "70,000 handwritten digits, 28×28 grey pixels each, collected by NIST and prepared by LeCun, Cortes and Burges: the classic of image recognition.",
		New: func() Source { return mnist{} },
	})
}

// mnist reads the four files of the MNIST database
// (http://yann.lecun.com/exdb/mnist/), in the order they have there.
type mnist struct{}

// An idxFile is one file of the database: how many samples it must hold, and
// about how many bytes are loaded, for the progress before they are.
type idxFile struct {
	name    string
	samples int
	bytes   int64
}

// mnistFiles has the images and labels for training, then those of the test.
var mnistFiles = [4]idxFile{
	{"mnist/train-images-idx3-ubyte.gz", 60000, 9656207},
	{"mnist/train-labels-idx1-ubyte.gz", 60000, 26449},
	{"mnist/t10k-images-idx3-ubyte.gz", 10000, 1605643},
	{"mnist/t10k-labels-idx1-ubyte.gz", 10000, 3964},
}

func (mnist) Fields() []config.Field { return nil }

func (mnist) Meta() Meta {
	m := Meta{
		X: imageShape, Y: tensor.Shape{1}, Classes: digitNames,
		Train: mnistFiles[0].samples, Test: mnistFiles[2].samples,
		Range: [2]float64{0, 255},
	}
	for _, f := range mnistFiles {
		m.Bytes += f.bytes
	}
	return m
}

func (m mnist) Open(_ uint64, files Files, progress func(done, total int64)) (*Set, error) {
	if files == nil {
		return nil, fmt.Errorf("mnist: there is nothing to read its files from")
	}
	load := loader{files: files, progress: progress}
	for i, f := range mnistFiles {
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
	return &Set{Meta: m.Meta(), Train: train, Test: test}, nil
}

// A loader opens the files one after the other and reports the progress over
// all of them.
type loader struct {
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
	if err := labels.checkLabels(mnistFiles[i+1].name, len(digitNames)); err != nil {
		return nil, err
	}
	return &images{pixels.Data, labels.Data}, nil
}

// read reads file i, whose samples must have that shape.
func (l *loader) read(i int, sample ...int) (*IDX, error) {
	f := mnistFiles[i]
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
		return nil, &FileError{File: f.name, Msg: fmt.Sprintf("its samples are %s; those of MNIST are %s", got, want)}
	case idx.Dims[0] != f.samples:
		return nil, &FileError{
			File: f.name, Want: int64(f.samples), Have: int64(idx.Dims[0]),
			Msg: fmt.Sprintf("it has %s samples; that of MNIST has %s", group(idx.Dims[0]), group(f.samples)),
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
