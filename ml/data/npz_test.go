package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// npy writes an array as numpy.save does.
func npy(descr, shape string, values any) []byte {
	return npyOf(fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape), values)
}

func npyOf(header string, values any) []byte {
	header += strings.Repeat(" ", 63-(len(header)+10)%64) + "\n"
	b := bytes.NewBufferString("\x93NUMPY\x01\x00")
	binary.Write(b, binary.LittleEndian, uint16(len(header)))
	b.WriteString(header)
	if err := binary.Write(b, binary.LittleEndian, values); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestNPY(t *testing.T) {
	for descr, c := range map[string]struct { // the ends of each range
		values      any
		least, most float32
	}{
		"<f4": {[]float32{1, -math.MaxFloat32, math.MaxFloat32}, -math.MaxFloat32, math.MaxFloat32},
		"<f8": {[]float64{1, -0.1, 1e30}, -0.1, 1e30}, "|u1": {[]uint8{1, 0, 255}, 0, 255}, "|i1": {[]int8{1, -128, 127}, -128, 127},
		"<i2": {[]int16{1, -32768, 32767}, -32768, 32767}, "<u2": {[]uint16{1, 0, 65535}, 0, 65535},
		"<i4": {[]int32{1, math.MinInt32, math.MaxInt32}, math.MinInt32, math.MaxInt32}, "<u4": {[]uint32{1, 0, math.MaxUint32}, 0, math.MaxUint32},
		"<i8": {[]int64{1, math.MinInt64, math.MaxInt64}, math.MinInt64, math.MaxInt64},
	} {
		a, err := readNPY("x", npy(descr, "(3, 1)", c.values))
		if err != nil {
			t.Errorf("%s: %v", descr, err)
			continue
		}
		got := make([]float32, 2)
		if a.read(got, 1); got[0] != c.least || got[1] != c.most || fmt.Sprint(a.dims) != "[3 1]" {
			t.Errorf("%s: %v of %v, want %v and %v", descr, got, a.dims, c.least, c.most)
		}
	}
	for shape, want := range map[string]string{"()": "[]", "(1,)": "[1]", "(1, 1, 1)": "[1 1 1]", "(1L,)": "[1]"} {
		if a, err := readNPY("x", npy("|b1", shape, []bool{true})); err != nil || fmt.Sprint(a.dims) != want {
			t.Errorf("shape %s is read as %v, %v", shape, a, err)
		}
	}
	second := npy("|u1", "(1,)", []uint8{7})
	second = append(append([]byte("\x93NUMPY\x02\x00"), second[8], second[9], 0, 0), second[10:]...)
	if a, err := readNPY("x", second); err != nil || a.bytes[0] != 7 {
		t.Errorf("version 2: %v", err)
	}
}

func TestNPYErrors(t *testing.T) {
	ok := npy("<f4", "(2,)", []float32{1, 2})
	of := func(header string) []byte { return npyOf(header, []float32{1, 2}) }
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"empty", nil, "it does not begin with"},
		{"another file", []byte("PK\x03\x04"), "it does not begin with"},
		{"torn length", ok[:9], "ends within its header, after 9 bytes"},
		{"torn header", ok[:40], "ends within its header"},
		{"torn values", ok[:len(ok)-1], "promises 8 bytes of values, the file has 7"},
		{"more values", append(bytes.Clone(ok), 0), "promises 8 bytes of values, the file has 9"},
		{"version 9", append([]byte("\x93NUMPY\x09"), ok[7:]...), "version 9"},
		{"large header", append([]byte("\x93NUMPY\x02\x00\xff\xff\xff\x7f"), ok[10:]...), "its header has 2,147,483,647 bytes; at most 65,536"},
		{"big-endian", npy(">f4", "(2,)", []float32{1, 2}), "big-endian (>f4)"},
		{"of text", npy("<U5", "(2,)", []float32{1, 2}), `of type "<U5"`},
		{"of objects", npy("|O", "(2,)", []float32{1, 2}), `of type "|O"`},
		{"of records", of("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}"), "not a single one"},
		{"Fortran order", of("{'descr': '<f4', 'fortran_order': True, 'shape': (2,)}"), "Fortran order"},
		{"negative", npy("<f4", "(-2,)", []float32{1, 2}), `dimension 1 of its shape is "-2"`},
		{"overflow", npy("<f4", "(99999999999999999999,)", []float32{1, 2}), "dimension 1 of its shape"},
		{"overflowing product", npy("<f4", "(1000000000, 1000000000, 1000000000)", []float32{1, 2}), "by dimension 2"},
		{"nine dimensions", npy("<f4", "(1,1,1,1,1,1,1,1,2)", []float32{1, 2}), "more than 8 dimensions"},
		{"twice", of("{'shape': (2,), 'shape': (2,)}"), `"shape" is given twice`},
		{"unknown key", of("{'shapes': (2,)}"), `unknown key "shapes"`},
		{"missing key", of("{'descr': '<f4', 'shape': (2,)}"), `"fortran_order" is missing`},
		{"no dictionary", of("[]"), "does not begin with {"},
		{"open", of("{'descr': '<f4'"), "comma is missing"},
		{"open quote", of("{'descr"), "quote is not closed"},
	} {
		_, err := readNPY("x", c.b)
		var typed *FileError
		if !errors.As(err, &typed) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func openNPZ(change func(*npz), files ...any) (*Set, error) {
	info, _ := Lookup("npz")
	n := info.New().(*npz)
	n.file, n.shuffle, n.percent = "a.npz", false, 0
	if change != nil {
		change(n)
	}
	set, err := n.Open(1, memory{"a.npz": pack(files...)}, nil)
	if err == nil && !n.Meta().X.Equal(set.Meta.X) {
		err = fmt.Errorf("Meta %v, the set's %v", n.Meta(), set.Meta)
	}
	return set, err
}

func TestNPZ(t *testing.T) {
	pixels := npy("|u1", "(3, 2, 2)", []uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	floats := npy("<f8", "(3, 2)", []float64{-1, 2, 3, 4, 5, 6})
	classes := npy("<i8", "(3,)", []int64{0, 2, 1})
	for _, c := range []struct {
		name         string
		change       func(*npz)
		files        []any
		x, classes   string
		y            string
		low, high    float64
		train, tests int
	}{
		{"images", nil, []any{"x.npy", pixels, "y.npy", classes}, "2×2×1", "0 1 2", "1", 0, 255, 3, 0},
		{"rows", nil, []any{"x.npy", floats, "y.npy", classes}, "2", "0 1 2", "1", -1, 6, 3, 0},
		{"values", nil, []any{"x.npy", floats, "y.npy", floats}, "2", "", "2", -1, 6, 3, 0},
		{"forced values", func(n *npz) { n.task = "values" }, []any{"x.npy", floats, "y.npy", classes}, "2", "", "1", -1, 6, 3, 0},
		{"as Keras has it", nil, []any{"x_train.npy", pixels, "y_train.npy", classes, "x_test.npy", pixels, "y_test.npy", classes}, "2×2×1", "0 1 2", "1", 0, 255, 3, 3},
		{"by name", func(n *npz) { n.x, n.y = "in", "out" }, []any{"in.npy", floats, "out.npy", classes}, "2", "0 1 2", "1", -1, 6, 3, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := openNPZ(c.change, c.files...)
			if err != nil {
				t.Fatal(err)
			}
			m := set.Meta
			if m.X.String() != c.x || m.Y.String() != c.y || strings.Join(m.Classes, " ") != c.classes || m.Range != [2]float64{c.low, c.high} || m.Train != c.train || m.Test != c.tests {
				t.Errorf("meta %+v", m)
			}
			x, y := sample(t, set.Train, 1, m.X.Len(), m.Y.Len())
			if x[1] != 4+float32(m.X.Len()-2)/2 || c.classes != "" && y[0] != 2 {
				t.Errorf("the second sample is %v, %v", x, y)
			}
		})
	}
	for _, c := range []struct {
		name  string
		files []any
		want  string
	}{
		{"no y", []any{"x.npy", floats}, `there is no array "y"`},
		{"lengths", []any{"x.npy", floats, "y.npy", npy("<i4", "(2,)", []int32{1, 2})}, "x has 3 samples, and y has 2"},
		{"a number", []any{"x.npy", npy("<i4", "()", []int32{1}), "y.npy", classes}, "there are no samples"},
		{"nothing", []any{"x.npy", npy("<i4", "(0,)", []int32{}), "y.npy", npy("<i4", "(0,)", []int32{})}, "there are no samples"},
		{"negative class", []any{"x.npy", floats, "y.npy", npy("<i4", "(3,)", []int32{1, -1, 2})}, "from -1 to 2"},
		{"infinite", []any{"x.npy", npy("<f4", "(3,)", []float32{1, float32(math.Inf(1)), 2}), "y.npy", classes}, "a.npz: x: the value at index 1 is +Inf"},
		{"too large", []any{"x.npy", npy("<f8", "(3,)", []float64{1, 1e300, 2}), "y.npy", classes}, "the value at index 1 is 1e+300"},
		{"broken array", []any{"x.npy", floats[:30], "y.npy", classes}, "a.npz: x: the file ends within its header"},
	} {
		if _, err := openNPZ(nil, c.files...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
