package data

import (
	"fmt"
	"slices"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A holdout sets samples of a file apart for the test, when the file does not
// say which.
type holdout struct {
	percent float64
	shuffle bool
}

func newHoldout() holdout { return holdout{percent: 20, shuffle: true} }

func (h *holdout) fields() []config.Field {
	return []config.Field{
		config.Float("test_percent", &h.percent, 0, 90, "this share of the samples is kept for the test").With("%"),
		config.Toggle("shuffle", &h.shuffle, "mix the samples first; without, the test is what comes last, as a series of time wants it"),
	}
}

// divide returns the set.
func (h *holdout) divide(file string, all Dataset, meta Meta, seed uint64) (*Set, error) {
	train, test, err := h.parts(file, all, len(meta.Classes), seed)
	if err != nil {
		return nil, err
	}
	meta.Train, meta.Test = len(train), len(test)
	return &Set{Meta: meta, Train: Pick(all, train), Test: Pick(all, test)}, nil
}

// parts returns which samples are for training and which for the test.
// Shuffled, every class, if there are any, gives the same share to the test.
func (h *holdout) parts(file string, all Dataset, classes int, seed uint64) (train, test []int, err error) {
	n := all.Len()
	kept := floor(float64(n) * h.percent / 100)
	if kept >= n {
		return nil, nil, &FileError{File: file, Msg: config.Say("%s samples are too few: the test takes all of them", config.Group(n))}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	if h.shuffle {
		tensor.NewStream(seed, "holdout").Permute(order)
		if classes > 0 {
			order = stratify(all, order, n-kept, classes)
		}
	}
	return order[:n-kept], order[n-kept:], nil
}

// A Labeled dataset knows the class of a sample without reading all of it.
type Labeled interface {
	Dataset
	Label(i int) int
}

// labels returns the class of each of some samples of d. What is not the index
// of a class is put with the first.
func labels(d Dataset, ids []int, classes int) []int {
	out := make([]int, len(ids))
	for at, i := range ids {
		if c := label(d, i); c > 0 && c < classes {
			out[at] = c
		}
	}
	return out
}

// stratify reorders an order of samples such that its first part, of so many,
// has of each class what its share of all is, as nearly as whole numbers go
// (the largest remainders are rounded up). Within a part the order stays.
func stratify(d Dataset, order []int, first, classes int) []int {
	class := labels(d, order, classes)
	count := make([]int, classes)
	for _, c := range class {
		count[c]++
	}
	take := make([]int, classes)
	byRemainder := make([]int, classes)
	left := first
	for c, n := range count {
		take[c] = n * first / len(order)
		left -= take[c]
		byRemainder[c] = c
	}
	slices.SortStableFunc(byRemainder, func(a, b int) int {
		return count[b]*first%len(order) - count[a]*first%len(order)
	})
	for _, c := range byRemainder[:left] {
		take[c]++
	}
	head, tail := make([]int, 0, len(order)), make([]int, 0, len(order)-first)
	for at, i := range order {
		if take[class[at]] > 0 {
			take[class[at]]--
			head = append(head, i)
		} else {
			tail = append(tail, i)
		}
	}
	return append(head, tail...)
}

// Pick returns the samples of d at those indices, in that order. The indices
// are kept, not copied.
func Pick(d Dataset, indices []int) Dataset { return picked{d, indices} }

type picked struct {
	d       Dataset
	indices []int
}

func (p picked) Len() int { return len(p.indices) }

func (p picked) Read(i int, x, y []float32) { p.d.Read(p.indices[i], x, y) }

func (p picked) Label(i int) int { return label(p.d, p.indices[i]) }

// label returns the class of a sample, -1 where it is not known.
func label(d Dataset, i int) int {
	if known, ok := d.(Labeled); ok {
		return known.Label(i)
	}
	return -1
}

// openFile opens the file that a person named.
func openFile(source, name string, files Files, progress func(done, total int64)) ([]byte, error) {
	switch {
	case name == "":
		return nil, config.Problem("is missing: name the file to read").At("data.source.file")
	case files == nil:
		return nil, fmt.Errorf("%s: there is nothing to read its file from", source)
	}
	b, err := files.Open(name, progress)
	if err == nil && len(b) == 0 {
		err = &FileError{File: name, Msg: config.Word("it is empty")}
	}
	return b, err
}
