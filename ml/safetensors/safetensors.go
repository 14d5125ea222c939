// Package safetensors reads and writes the file format of that name, which
// PyTorch, Keras and the model hubs read as well: eight bytes with the length
// of a JSON header, the header with each tensor's name, type, shape and place,
// then the numbers. Descent keeps float32 tensors in it.
//
// The reader is strict, as the format's specification asks: tensors must lie
// back to back in the file without holes or overlaps, and nothing is allocated
// on the word of a header that the file's size does not bear out.
package safetensors

import (
	"cmp"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A Tensor is one named entry.
type Tensor struct {
	Name string
	tensor.Tensor
}

// A File is tensors in their order, and texts about them.
type File struct {
	Tensors []Tensor
	Meta    map[string]string
}

// Limits of what is read.
const (
	maxHeader  = config.MaxDocument
	maxTensors = 50_000
)

// An Error says what is wrong with a file.
type Error struct{ Msg config.Message }

func (e *Error) Error() string { return "safetensors: " + e.Msg.Text }

// Message is what Error says behind the name of the package.
func (e *Error) Message() config.Message { return e.Msg }

func wrong(format string, args ...any) error { return &Error{config.Say(format, args...)} }

// Find returns the tensor of that name.
func (f *File) Find(name string) (tensor.Tensor, bool) {
	for _, t := range f.Tensors {
		if t.Name == name {
			return t.Tensor, true
		}
	}
	return tensor.Tensor{}, false
}

// Write writes the file. A header that Read would refuse is an error, before
// anything is written.
func (f *File) Write(w io.Writer) error {
	var members []config.Member
	if len(f.Meta) > 0 {
		var meta []config.Member
		for k, v := range f.Meta {
			meta = append(meta, config.Member{Key: k, Value: config.Text(v)})
		}
		slices.SortStableFunc(meta, func(a, b config.Member) int { return strings.Compare(a.Key, b.Key) })
		members = append(members, config.Member{Key: "__metadata__", Value: config.Obj(meta...)})
	}
	offset := 0
	for _, t := range f.Tensors {
		shape := config.List()
		for _, d := range t.Shape {
			shape.Items = append(shape.Items, config.Num(float64(d)))
		}
		end := offset + 4*len(t.Data)
		members = append(members, config.Member{Key: t.Name, Value: config.Obj(
			config.Member{Key: "dtype", Value: config.Text("F32")},
			config.Member{Key: "shape", Value: shape},
			config.Member{Key: "data_offsets", Value: config.List(config.Num(float64(offset)), config.Num(float64(end)))},
		)})
		offset = end
	}
	header := config.Obj(members...).Append(nil, "")
	for len(header)%8 != 0 {
		header = append(header, ' ')
	}
	if len(header) > maxHeader || len(f.Tensors) > maxTensors {
		return wrong("the header would have %d bytes for %d tensors; at most %d bytes and %d tensors are read", len(header), len(f.Tensors), maxHeader, maxTensors)
	}
	if _, err := w.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(header)))); err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return err
	}
	var block []byte
	for _, t := range f.Tensors {
		for part := range slices.Chunk(t.Data, 1<<14) {
			block = block[:0]
			for _, v := range part {
				block = binary.LittleEndian.AppendUint32(block, math.Float32bits(v))
			}
			if _, err := w.Write(block); err != nil {
				return err
			}
		}
	}
	return nil
}

// Read reads a file from memory.
func Read(b []byte) (*File, error) {
	if len(b) < 8 {
		return nil, wrong("the file has %d bytes; even an empty one has 8", len(b))
	}
	size := binary.LittleEndian.Uint64(b)
	if size > maxHeader || size > uint64(len(b)-8) {
		return nil, wrong("the header is said to have %d bytes; the file has %d, and at most %d are read", size, len(b)-8, maxHeader)
	}
	header, body := b[8:8+size], b[8+size:]
	v, err := config.Parse(header)
	if err != nil {
		return nil, wrong("the header is broken: %v", err)
	}
	if v.Kind != config.Object || len(v.Members) > maxTensors {
		return nil, wrong("the header is %s with %d entries; an object with at most %d is read", config.Word(string(v.Kind)), len(v.Members), maxTensors)
	}
	f := &File{Meta: map[string]string{}}
	type place struct{ from, to, tensor int }
	var places []*place
	for _, m := range v.Members {
		if m.Key == "__metadata__" {
			for _, t := range m.Value.Members {
				f.Meta[t.Key] = t.Value.Str
			}
			continue
		}
		shape, from, to, err := entry(m, len(body))
		if err != nil {
			return nil, err
		}
		places = append(places, &place{from, to, len(f.Tensors)})
		f.Tensors = append(f.Tensors, Tensor{m.Key, tensor.Tensor{Shape: shape}})
	}
	slices.SortStableFunc(places, func(a, b *place) int { return cmp.Or(a.from-b.from, a.to-b.to) }) // one without numbers before its neighbour
	at := 0
	for _, p := range places {
		if p.from != at {
			return nil, wrong("%s begins at byte %d of the data, where %d was expected: tensors must lie back to back", f.Tensors[p.tensor].Name, p.from, at)
		}
		at = p.to
	}
	if at != len(body) {
		return nil, wrong("the tensors take %d bytes of data, and the file has %d", at, len(body))
	}
	for _, p := range places {
		data := make([]float32, (p.to-p.from)/4)
		for i := range data {
			data[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[p.from+4*i:]))
		}
		f.Tensors[p.tensor].Data = data
	}
	return f, nil
}

// entry checks what the header says of one tensor against the size of the data.
func entry(m config.Member, body int) (shape tensor.Shape, from, to int, err error) {
	fail := func(format string, args ...any) (tensor.Shape, int, int, error) {
		return nil, 0, 0, wrong("%s: %s", m.Key, config.Say(format, args...))
	}
	dtype, dims, offsets := m.Value.Get("dtype"), m.Value.Get("shape"), m.Value.Get("data_offsets")
	if dtype == nil || dims == nil || offsets == nil || dims.Kind != config.Array || len(offsets.Items) != 2 ||
		offsets.Items[0].Kind != config.Number || offsets.Items[1].Kind != config.Number {
		return fail("wants dtype, shape and data_offsets")
	}
	if dtype.Str != "F32" {
		return fail("holds %q; only F32 is read", dtype.Str)
	}
	n := 1
	for _, d := range dims.Items {
		if d.Kind != config.Number || d.Num < 0 || d.Num != math.Trunc(d.Num) || d.Num > float64(body) {
			return fail("has a dimension that cannot be")
		}
		shape = append(shape, int(d.Num))
		if d.Num > 0 && n > body/int(d.Num) {
			return fail("would hold more than the file's %d bytes", body)
		}
		n *= int(d.Num)
	}
	first, last := offsets.Items[0].Num, offsets.Items[1].Num
	if first != math.Trunc(first) || first < 0 || last < first || last > float64(body) || last-first != float64(4*n) {
		return fail("lies at bytes %v to %v, which is not %d numbers within %d bytes", first, last, n, body)
	}
	return shape, int(first), int(last), nil
}
