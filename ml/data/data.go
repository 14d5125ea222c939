// Package data has the samples a model is trained on: where they come from
// (a Source: drawn here, or read from files), how they are divided (Split), in
// which order an epoch visits them (Order) and what is done to each before the
// model sees it (Step).
//
// Everything random is drawn from a tensor.Stream, so a seed names the same
// samples in the same order on every target.
package data

import "descent/ml/config"

// A Dataset is a fixed list of samples. Read may be called from many
// goroutines at once.
type Dataset interface {
	Len() int
	Read(i int, x, y []float32) // fills the caller's memory: x the features, y the target
}

// A Set is an opened source. Test stays sealed: nothing is chosen by it.
type Set struct {
	Meta        Meta
	Train, Test Dataset
}

// Files gives a source the bytes of a named file
// ("mnist/train-images-idx3-ubyte.gz"): the page fetches them, the command
// line reads a directory. The progress function may be nil; its total is 0
// while the size is unknown.
type Files interface {
	Open(name string, progress func(done, total int64)) ([]byte, error)
}

// A Lister is Files that can say which files lie in a folder and below it, as
// names that Open takes.
type Lister interface {
	Files
	List(folder string) ([]string, error)
}

// A Source makes or loads a dataset. It holds its settings, bound to Fields.
type Source interface {
	Fields() []config.Field
	Meta() Meta // as the fields say; of a Learner only when it was opened
	// Open returns the samples drawn from the seed, or read from the files.
	// Progress may be nil; it counts bytes for files and samples for what is drawn.
	Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error)
}

// A Checker is a source whose settings can be wrong where each alone is right.
type Checker interface {
	Source
	Check() error
}
