package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"runtime"
	"strings"
	"testing"
)

// idxBytes makes an IDX file whose values count up from 0, below a limit.
func idxBytes(below int, dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	size := 1
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
		size *= d
	}
	for i := range size {
		b = append(b, byte(i%below))
	}
	return b
}

func zipped(b []byte) []byte {
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, gzip.BestSpeed)
	w.Write(b)
	w.Close()
	return z.Bytes()
}

func TestReadIDX(t *testing.T) {
	plain := idxBytes(251, 3, 28, 28)
	for _, b := range [][]byte{plain, zipped(plain)} {
		x, err := ReadIDX("x", b)
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Dims) != 3 || x.Dims[0] != 3 || x.Dims[2] != 28 || !bytes.Equal(x.Data, plain[16:]) {
			t.Errorf("dimensions %v, %d values", x.Dims, len(x.Data))
		}
	}
}

func TestReadIDXErrors(t *testing.T) {
	plain := idxBytes(10, 60, 28, 28)
	promise := func(dims ...uint32) []byte {
		b := []byte{0, 0, 8, byte(len(dims))}
		for _, d := range dims {
			b = binary.BigEndian.AppendUint32(b, d)
		}
		return b
	}
	torn := zipped(plain)
	torn = torn[:len(torn)-6]
	flipped := zipped(plain)
	flipped[len(flipped)-8] ^= 1 // the checksum
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"truncated", append(promise(60000, 28, 28), make([]byte, 984)...),
			"mnist/x: the header promises 47,040,016 bytes (60,000×28×28 + 16), the file has 1,000"},
		{"oversized", append(bytes.Clone(plain), 0),
			"the header promises 47,056 bytes (60×28×28 + 16), the file has 47,057"},
		{"truncated gzip", zipped(plain[:1000]), "promises 47,056 bytes (60×28×28 + 16), the file has 1,000"},
		{"oversized gzip", zipped(append(bytes.Clone(plain), 0)), "promises 47,056 bytes (60×28×28 + 16), the file has more"},
		{"gzip of the header alone", zipped(idxBytes(10, 2, 2)[:12]), "promises 16 bytes (2×2 + 12), the file has 12"},
		{"torn gzip", torn, "damaged"},
		{"wrong checksum", flipped, "damaged"},
		{"no gzip after all", []byte{0x1f, 0x8b, 1, 2, 3}, "damaged"},
		{"bomb", zipped(promise(1<<14, 1<<14)), "compressed bytes, too few for that"},
		{"overflow", promise(1<<31, 1<<31, 1<<31), "more than the 268,435,456 values"},
		{"large", promise(1 << 29), "more than the 268,435,456 values"},
		{"nothing", promise(5, 0), "dimension 2 of 2 is 0"},
		{"empty", nil, "ends within its header, after 0 bytes"},
		{"short", []byte{0, 0, 8, 3, 0, 0}, "ends within its header, after 6 bytes"},
		{"short gzip", zipped([]byte{0, 0, 8}), "ends within its header"},
		{"page", []byte("<!doctype html>"), "this is no IDX file: it begins with 3c 21 64 6f"},
		{"floats", []byte{0, 0, 0x0d, 1, 0, 0, 0, 0}, "its values are 32-bit floats (0x0d)"},
		{"unknown type", []byte{0, 0, 0x42, 1}, "of an unknown type (0x42)"},
		{"no dimension", []byte{0, 0, 8, 0}, "promises 0 dimensions"},
		{"many dimensions", []byte{0, 0, 8, 200}, "promises 200 dimensions"},
	} {
		_, err := ReadIDX("mnist/x", c.b)
		var known *FileError
		if !errors.As(err, &known) || known.File != "mnist/x" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	_, err := ReadIDX("x", append(promise(60000, 28, 28), make([]byte, 984)...))
	if known, ok := errors.AsType[*FileError](err); !ok || known.Want != 47040016 || known.Have != 1000 {
		t.Errorf("the error has not the numbers: %#v", err)
	}
}

func TestLabelsInRange(t *testing.T) {
	labels := &IDX{Dims: []int{1300}, Data: make([]byte, 1300)}
	if err := labels.checkLabels("x", 10); err != nil {
		t.Error(err)
	}
	labels.Data[1234] = 12
	err := labels.checkLabels("x", 10)
	if err == nil || err.Error() != "x: the label at index 1,234 is 12; there are 10 classes, from 0" {
		t.Error(err)
	}
}

// FuzzReadIDX sees that no input makes the reader panic or take memory that
// its size does not justify.
func FuzzReadIDX(f *testing.F) {
	plain := idxBytes(10, 4, 7, 7)
	f.Add(plain)
	f.Add(zipped(plain))
	f.Add(zipped(plain[:50]))
	f.Add(zipped(append(bytes.Clone(plain), 1, 2, 3)))
	f.Add([]byte{0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 2})
	f.Add(zipped([]byte{0, 0, 8, 2, 0, 0, 0x40, 0, 0, 0, 0x40, 0}))
	f.Add([]byte{0, 0, 0x0d, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		x, err := ReadIDX("f", b)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > uint64(maxDeflate*len(b)+1<<20) {
			t.Errorf("%d bytes made it take %d", len(b), took)
		}
		if err != nil {
			if _, ok := errors.AsType[*FileError](err); !ok {
				t.Errorf("not a FileError: %v", err)
			}
			return
		}
		size := 1
		for _, d := range x.Dims {
			size *= d
		}
		if size != len(x.Data) || size == 0 {
			t.Errorf("dimensions %v of %d values", x.Dims, len(x.Data))
		}
	})
}
