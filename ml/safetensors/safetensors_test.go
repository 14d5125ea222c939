package safetensors

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"descent/ml/tensor"
)

func sample() *File {
	a, b := tensor.New(2, 3), tensor.New(0)
	for i := range a.Data {
		a.Data[i] = float32(i) - 2.5
	}
	a.Data[1], a.Data[2] = float32(math.Inf(-1)), math.Float32frombits(0x80000000)
	return &File{Tensors: []Tensor{{"conv1.weight", a}, {"empty", b}, {"x", tensor.Tensor{Data: []float32{7}}}}, Meta: map[string]string{"step": "12", "名": "字"}}
}

func TestRoundTrip(t *testing.T) {
	var b bytes.Buffer
	if err := sample().Write(&b); err != nil {
		t.Fatal(err)
	}
	back, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, sample()) {
		t.Errorf("read %+v, wrote %+v", back, sample())
	}
	if x, ok := back.Find("x"); !ok || x.Data[0] != 7 {
		t.Errorf("x is %v", x)
	}
	if n := binary.LittleEndian.Uint64(b.Bytes()); n%8 != 0 {
		t.Errorf("the data begins at %d, off its alignment", 8+n)
	}
}

// file makes a file of a header and a number of data bytes.
func file(header string, body int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, body)...)
}

func TestRefused(t *testing.T) {
	const ok = `{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`
	if _, err := Read(file(ok, 8)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		b    []byte
		want string
	}{
		{nil, "0 bytes"},
		{[]byte{255, 255, 255, 255, 255, 255, 255, 255}, "said to have 18446744073709551615 bytes"},
		{file(ok, 7), "within 7 bytes"},
		{file(ok, 9), "take 8 bytes of data, and the file has 9"},
		{file(`{"a":`, 0), "header is broken"},
		{file(`[]`, 0), "a list"},
		{file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{}}`, 8), "given twice"},
		{file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, 8), `holds "F64"`},
		{file(`{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}`, 8), "dimension that cannot be"},
		{file(`{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}`, 8), "dimension that cannot be"},
		{file(`{"a":{"dtype":"F32","shape":[8,8,8,8,8,8],"data_offsets":[0,8]}}`, 8), "more than the file's 8 bytes"},
		{file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8), "back to back"},
		{file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8), "back to back"},
		{file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}`, 8), "lies at bytes 8 to 0"},
		{file(`{"a":{"shape":[2]}}`, 8), "wants dtype, shape and data_offsets"},
		{file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":["x",8]}}`, 8), "wants dtype, shape and data_offsets"},
		{file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0.5,8]}}`, 8), "lies at bytes 0.5 to 8"},
		{append(file("", 0)[:0], binary.LittleEndian.AppendUint64(nil, maxHeader+1)...), "at most"},
	} {
		_, err := Read(c.b)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: %v, want %q", c.b, err, c.want)
		}
	}
}

// A tensor without numbers takes no place, wherever the header has it.
func TestEmptyTensorAnywhere(t *testing.T) {
	for _, header := range []string{
		`{"e":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`,
		`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"e":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]}}`,
		`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"e":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}`,
	} {
		if f, err := Read(file(header, 8)); err != nil || len(f.Tensors) != 2 {
			t.Errorf("%s: %v", header, err)
		}
	}
}

// A header may be as long as the limit says.
func TestLongHeader(t *testing.T) {
	long := `{"__metadata__":{"text":"` + strings.Repeat("x", maxHeader-40) + `"}}`
	if f, err := Read(file(long, 0)); err != nil || len(f.Meta["text"]) != maxHeader-40 {
		t.Error(err)
	}
	var b bytes.Buffer
	if err := (&File{Meta: map[string]string{"text": strings.Repeat("x", maxHeader)}}).Write(&b); err == nil || b.Len() > 0 {
		t.Errorf("a file that nobody could read was written (%v)", err)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	sample().Write(&b)
	f.Add(b.Bytes())
	f.Add(file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 8))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Read(b)
		if err != nil {
			return
		}
		n := 0
		for _, x := range file.Tensors {
			n += 4 * len(x.Data)
		}
		if n > len(b) {
			t.Fatalf("%d bytes of tensors from a file of %d", n, len(b))
		}
	})
}

// The head of a file alone tells its texts, and makes another file of some of
// its tensors.
func TestPart(t *testing.T) {
	var b bytes.Buffer
	if err := sample().Write(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	n, err := HeadSize(whole[:8])
	if err != nil {
		t.Fatal(err)
	}
	meta, err := Meta(whole[:n])
	if err != nil || !reflect.DeepEqual(meta, sample().Meta) {
		t.Fatalf("%v %v", meta, err)
	}
	for _, c := range []struct{ names, texts string }{{"conv1.weight empty", "step"}, {"x", "step 名"}, {"", ""}, {"conv1.weight empty x", "名"}} {
		has := func(list string) func(string) bool {
			return func(name string) bool { return strings.Contains(" "+list+" ", " "+name+" ") }
		}
		head, from, to, err := Part(whole[:n], has(c.names), has(c.texts))
		if err != nil {
			t.Fatal(err)
		}
		part, err := Read(append(head, whole[n+from:n+to]...))
		if err != nil {
			t.Fatalf("%q: %v", c.names, err)
		}
		want := &File{Meta: map[string]string{}}
		for _, one := range sample().Tensors {
			if has(c.names)(one.Name) {
				want.Tensors = append(want.Tensors, one)
			}
		}
		for k, v := range sample().Meta {
			if has(c.texts)(k) {
				want.Meta[k] = v
			}
		}
		if !reflect.DeepEqual(part, want) {
			t.Errorf("%q: %+v, want %+v", c.names, part, want)
		}
	}
	if _, _, _, err := Part(whole[:n], func(name string) bool { return name != "empty" && name != "conv1.weight" || name == "conv1.weight" }, func(string) bool { return true }); err != nil {
		t.Errorf("a tensor without numbers left out: %v", err)
	}
	for _, broken := range [][]byte{nil, whole[:7], whole[:n-1], append([]byte{255, 255, 255, 255, 255, 255, 255, 255}, whole...), file(`[]`, 0), file(`{`, 0)} {
		if _, err := Meta(broken); err == nil {
			t.Errorf("the head of %d bytes is read", len(broken))
		}
		if _, _, _, err := Part(broken, func(string) bool { return true }, func(string) bool { return true }); err == nil {
			t.Errorf("a part of %d bytes is made", len(broken))
		}
	}
}
