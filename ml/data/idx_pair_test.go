package data

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"descent/ml/tensor"
)

// idxFileOf writes an IDX file of bytes, counting up from 0 by 3.
func idxFileOf(dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	n := 1
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
		n *= d
	}
	for i := range n {
		b = append(b, byte(3*i))
	}
	return b
}

func TestIDXPair(t *testing.T) {
	labels := append(idxFileOf(4)[:8], 0, 2, 1, 2)
	for _, c := range []struct {
		name    string
		samples []byte
		shape   tensor.Shape
	}{
		{"images", idxFileOf(4, 3, 2), tensor.Shape{3, 2, 1}},
		{"coloured images", idxFileOf(4, 1, 2, 3), tensor.Shape{1, 2, 3}},
		{"rows", idxFileOf(4, 6), tensor.Shape{6}},
		{"single values", idxFileOf(4), tensor.Shape{1}},
	} {
		p := &idxPair{file: "x.idx", labels: "y.idx"}
		set, err := p.Open(1, memory{"x.idx": c.samples, "y.idx": labels}, nil)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if !set.Meta.X.Equal(c.shape) || !slices.Equal(set.Meta.Classes, []string{"0", "1", "2"}) || set.Train.Len() != 4 || !p.Meta().Known() {
			t.Errorf("%s: %+v", c.name, set.Meta)
		}
		x, y := make([]float32, c.shape.Len()), make([]float32, 1)
		set.Train.Read(1, x, y)
		if x[0] != float32(3*c.shape.Len()) || y[0] != 2 || label(set.Train, 2) != 1 {
			t.Errorf("%s: sample 1 is %v %v", c.name, x, y)
		}
	}
	images := idxFileOf(4, 3, 2)
	for _, c := range []struct {
		x, y string
		file memory
		says string
	}{
		{"x.idx", "", memory{"x.idx": images}, "is missing: name the file"},
		{"x.idx", "y.idx", memory{"x.idx": images, "y.idx": idxFileOf(5)}, "y.idx: it has 5 labels, and x.idx has 4 samples"},
		{"y.idx", "x.idx", memory{"x.idx": images, "y.idx": labels}, "the two files are exchanged"},
		{"x.idx", "y.idx", memory{"x.idx": images, "y.idx": idxFileOf(4, 2)}, "y.idx: its labels are 2; a label is one value"},
		{"x.idx", "y.idx", memory{"x.idx": images, "y.idx": append(idxFileOf(4)[:8], 0, 0, 0, 0)}, "nothing to tell apart"},
		{"x.idx", "y.idx", memory{"x.idx": []byte("no"), "y.idx": labels}, "x.idx: the file ends within its header"},
	} {
		p := &idxPair{file: c.x, labels: c.y}
		if _, err := p.Open(1, c.file, nil); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s and %s: %v, and not %q", c.x, c.y, err, c.says)
		}
	}
}

// Two files of n bytes take what ReadIDX takes, and two indices for each label.
func FuzzIDXPair(f *testing.F) {
	f.Add(idxFileOf(4, 3, 2), append(idxFileOf(4)[:8], 0, 2, 1, 2))
	f.Add(idxFileOf(4), idxFileOf(4, 2))
	f.Add([]byte("\x00\x00\x08\x01\x00\x00"), []byte{})
	f.Fuzz(func(t *testing.T, x, y []byte) {
		p := &idxPair{file: "x", labels: "y", holdout: newHoldout()}
		var set *Set
		if bounded(t, len(x)+len(y), uint64(64*(len(x)+len(y))+4<<20), func() (err error) {
			set, err = p.Open(1, memory{"x": x, "y": y}, nil)
			return err
		}) && set.Train.Len() > 0 {
			set.Train.Read(0, make([]float32, set.Meta.X.Len()), make([]float32, 1))
		}
	})
}
