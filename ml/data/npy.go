package data

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"descent/ml/config"
)

// An array is what a NumPy file (.npy) holds: values of one type, little-endian
// and in C order, the last dimension innermost. The values stay as they are in
// the file and are converted as they are read.
type array struct {
	dims  []int
	kind  string // "f4", "u1" and so on
	wide  int    // bytes of a value
	bytes []byte
}

// Limits of a header. NumPy's own is 10,000 bytes.
const (
	maxHeader   = 1 << 16
	maxRank     = 8
	maxValues64 = 1 << 30
)

// numpyKinds has the types that are read, with their sizes.
var numpyKinds = map[string]int{"f4": 4, "f8": 8, "u1": 1, "i1": 1, "b1": 1, "i2": 2, "u2": 2, "i4": 4, "u4": 4, "i8": 8}

// readNPY reads the format of numpy.save, versions 1 to 3:
//
//	\x93NUMPY, version: two bytes, length of the header: 2 bytes, since version 2 four
//	the header: {'descr': '<f4', 'fortran_order': False, 'shape': (60000, 28, 28), }
//	the values
//
// The result shares the memory of b.
func readNPY(file string, b []byte) (*array, error) {
	fail := func(format string, args ...any) (*array, error) {
		return nil, &FileError{File: file, Msg: config.Say(format, args...)}
	}
	if !bytes.HasPrefix(b, []byte("\x93NUMPY")) {
		return fail("it is no NumPy array: it does not begin with \\x93NUMPY")
	}
	if len(b) < 10 {
		return fail("the file ends within its header, after %s bytes", config.Group(len(b)))
	}
	size, from := int64(binary.LittleEndian.Uint16(b[8:])), int64(10)
	switch b[6] {
	case 1:
	case 2, 3:
		if len(b) < 12 {
			return fail("the file ends within its header, after %s bytes", config.Group(len(b)))
		}
		size, from = int64(binary.LittleEndian.Uint32(b[8:])), 12
	default:
		return fail("it is of version %d of the format; 1 to 3 are read", b[6])
	}
	if size > maxHeader {
		return fail("its header has %s bytes; at most %s are read", config.Group(size), config.Group(maxHeader))
	}
	if size > int64(len(b))-from {
		return fail("the file ends within its header: it promises %s bytes, and %s follow", config.Group(size), config.Group(int64(len(b))-from))
	}
	a, err := parseNPY(string(b[from : from+size]))
	if err != nil {
		return fail("the header is not understood: %v", err)
	}
	a.bytes = b[from+size:]
	want := int64(a.wide)
	for i, d := range a.dims {
		if int64(d) > maxValues64*int64(a.wide)/max(want, 1) {
			return fail("the header promises more than the %s values that are read at most, by dimension %d", config.Group(maxValues64), i+1)
		}
		want *= int64(d)
	}
	if have := int64(len(a.bytes)); have != want {
		return nil, &FileError{File: file, Want: want, Have: have,
			Msg: config.Say("the header promises %s bytes of values, the file has %s", config.Group(want), config.Group(have))}
	}
	return a, nil
}

// parseNPY reads the header: a dictionary as Python writes it, with three keys.
func parseNPY(s string) (*array, error) {
	a := &array{}
	p := pyText{strings.TrimRight(s, " \n\x00")}
	if !p.take("{") {
		return nil, config.Problem("it does not begin with {")
	}
	seen := map[string]bool{}
	for !p.take("}") {
		key, err := p.quoted()
		if err != nil {
			return nil, err
		}
		if seen[key] {
			return nil, config.Problem("%q is given twice", clip(key))
		}
		seen[key] = true
		if !p.take(":") {
			return nil, config.Problem("%q is not followed by a colon", clip(key))
		}
		switch key {
		case "descr":
			err = a.typed(&p)
		case "fortran_order":
			if p.take("True") {
				err = config.Problem("its values are in Fortran order; save numpy.ascontiguousarray of it")
			} else if !p.take("False") {
				err = config.Problem("fortran_order is neither True nor False")
			}
		case "shape":
			a.dims, err = p.tuple()
		default:
			err = config.Problem("it has the unknown key %q", clip(key))
		}
		if err != nil {
			return nil, err
		}
		if !p.take(",") && !strings.HasPrefix(p.s, "}") {
			return nil, config.Problem("a comma is missing before %q", clip(p.s))
		}
	}
	for _, key := range []string{"descr", "fortran_order", "shape"} {
		if !seen[key] {
			return nil, config.Problem("%q is missing", key)
		}
	}
	if p.s != "" {
		return nil, config.Problem("%q follows its end", clip(p.s))
	}
	return a, nil
}

// typed reads "<f4".
func (a *array) typed(p *pyText) error {
	descr, err := p.quoted()
	if err != nil {
		return config.Problem("its type is not a single one: %v", err)
	}
	a.kind = strings.TrimLeft(descr, "<|=")
	a.wide = numpyKinds[a.kind]
	switch {
	case strings.HasPrefix(descr, ">") && numpyKinds[descr[1:]] > 0:
		return config.Problem("its values are big-endian (%s); save .astype('<%s')", descr, descr[1:])
	case a.wide == 0 || len(descr) != len(a.kind)+1:
		return config.Problem("its values are of type %q; float32, float64, bool and integers are read", clip(descr))
	}
	return nil
}

// pyText is the rest of a text in Python's notation.
type pyText struct{ s string }

func (p *pyText) take(what string) bool {
	p.s = strings.TrimLeft(p.s, " ")
	rest, ok := strings.CutPrefix(p.s, what)
	if ok {
		p.s = strings.TrimLeft(rest, " ")
	}
	return ok
}

func (p *pyText) quoted() (string, error) {
	for _, quote := range []string{"'", `"`} {
		if p.take(quote) {
			text, rest, ok := strings.Cut(p.s, quote)
			if !ok {
				return "", config.Problem("a quote is not closed")
			}
			p.s = rest
			return text, nil
		}
	}
	return "", config.Problem("a text in quotes is missing before %q", clip(p.s))
}

// tuple reads "(3, 4)", "(3,)" or "()".
func (p *pyText) tuple() ([]int, error) {
	inner, rest, ok := strings.Cut(p.s, ")")
	inner, open := strings.CutPrefix(inner, "(")
	if !ok || !open {
		return nil, config.Problem("its shape is not in brackets")
	}
	p.s = rest
	dims := []int{}
	if strings.Count(inner, ",") > maxRank {
		return nil, config.Problem("its shape has more than %d dimensions", maxRank)
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(inner), ","), ",") {
		part = strings.TrimSuffix(strings.TrimSpace(part), "L")
		if part == "" && len(dims) == 0 {
			continue
		}
		d, err := strconv.ParseInt(part, 10, 64)
		if err != nil || d < 0 || d > maxValues64 {
			return nil, config.Problem("dimension %d of its shape is %q; 0 to %s is read", len(dims)+1, clip(part), config.Group(maxValues64))
		}
		dims = append(dims, int(d))
	}
	if len(dims) > maxRank {
		return nil, config.Problem("its shape has more than %d dimensions", maxRank)
	}
	return dims, nil
}

// whole reports whether the values are integers.
func (a *array) whole() bool { return a.kind[0] != 'f' }

// len returns the number of values.
func (a *array) len() int { return len(a.bytes) / a.wide }

// read converts the values from a place on.
func (a *array) read(dst []float32, from int) {
	b := a.bytes[from*a.wide : (from+len(dst))*a.wide]
	for i := range dst {
		dst[i] = float32(a.value(b[i*a.wide:]))
	}
}

// value converts the first value of b.
func (a *array) value(b []byte) float64 {
	switch a.kind {
	case "f4":
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case "f8":
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	case "i1":
		return float64(int8(b[0]))
	case "i2":
		return float64(int16(binary.LittleEndian.Uint16(b)))
	case "u2":
		return float64(binary.LittleEndian.Uint16(b))
	case "i4":
		return float64(int32(binary.LittleEndian.Uint32(b)))
	case "u4":
		return float64(binary.LittleEndian.Uint32(b))
	case "i8":
		return float64(int64(binary.LittleEndian.Uint64(b)))
	}
	return float64(b[0])
}

// bounds returns the least and the largest value. One that is not finite, or
// too large for a float32, is an error.
func (a *array) bounds(file string) (least, most float64, err error) {
	least, most = math.Inf(1), math.Inf(-1)
	for i := range a.len() {
		v := a.value(a.bytes[i*a.wide:])
		if !(math.Abs(v) <= math.MaxFloat32) {
			return 0, 0, &FileError{File: file, Msg: config.Say("the value at index %s is %v, which cannot be trained on", config.Group(i), v)}
		}
		least, most = min(least, v), max(most, v)
	}
	return least, most, nil
}
