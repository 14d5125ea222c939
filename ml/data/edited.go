package data

import "fmt"

// An Edit is a person's correction of one sample, which is named by its index
// in Set.Train as the source gives it.
type Edit struct {
	Index  int
	Remove bool
	Label  float32 // of a sample that stays: the index of its class, or its value
}

// Edited returns d without the samples that are removed, and with the labels
// that were set. Edits name each sample at most once; an index outside d is a
// mistake of the program. Without edits it returns d.
func Edited(d Dataset, edits []Edit) Dataset {
	if len(edits) == 0 {
		return d
	}
	e := &edited{Dataset: d, labels: map[int]float32{}}
	removed := map[int]bool{}
	for _, one := range edits {
		if one.Index < 0 || one.Index >= d.Len() {
			panic(fmt.Sprintf("data: an edit of sample %d of %d", one.Index, d.Len()))
		}
		if one.Remove {
			removed[one.Index] = true
		} else {
			e.labels[one.Index] = one.Label
		}
	}
	if len(removed) == 0 {
		return e
	}
	kept := make([]int, 0, d.Len()-len(removed))
	for i := range d.Len() {
		if !removed[i] {
			kept = append(kept, i)
		}
	}
	return Pick(e, kept)
}

type edited struct {
	Dataset
	labels map[int]float32
}

func (d *edited) Read(i int, x, y []float32) {
	d.Dataset.Read(i, x, y)
	if label, ok := d.labels[i]; ok {
		y[0] = label
	}
}

func (d *edited) Label(i int) int {
	if l, ok := d.labels[i]; ok {
		return int(l)
	}
	return label(d.Dataset, i)
}

// Numbered returns d as a dataset whose samples know their index in it, however
// they are divided and picked from: see Origin.
func Numbered(d Dataset) Dataset { return numbered{d} }

type numbered struct{ Dataset }

func (d numbered) Label(i int) int { return label(d.Dataset, i) }

// Origin returns the index that sample i of d has in what was Numbered. That d
// was made of such a dataset, with Range, Pick or Split.Parts, is the caller's duty.
func Origin(d Dataset, i int) int {
	for {
		switch of := d.(type) {
		case window:
			d, i = of.d, of.from+i
		case picked:
			d, i = of.d, of.indices[i]
		case *edited:
			d = of.Dataset
		case numbered:
			return i
		default:
			panic(fmt.Sprintf("data: the origin of a sample of a %T", d))
		}
	}
}
