package data

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"descent/ml/config"
)

// An IDX is an array of bytes with its dimensions, outermost first: the format
// of the MNIST files (http://yann.lecun.com/exdb/mnist/). In the file, all
// numbers big-endian:
//
//	0, 0, type of the values, number of dimensions n
//	n sizes of 4 bytes each
//	the values, the last dimension innermost
type IDX struct {
	Dims []int
	Data []byte
}

// maxIDX bounds the values of one file; MNIST's largest has 47 million.
const maxIDX = 1 << 28

// maxDims bounds the number of dimensions.
const maxDims = 8

// maxDeflate bounds how far deflate can compress: one bit each for a length of
// 258 and its distance. (zlib's zlib_tech.html gives 1032:1.)
const maxDeflate = 1032

// valueTypes names the value types that the format has.
var valueTypes = map[byte]config.Message{
	0x09: config.Word("signed bytes"), 0x0b: config.Word("16-bit integers"), 0x0c: config.Word("32-bit integers"),
	0x0d: config.Word("32-bit floats"), 0x0e: config.Word("64-bit floats"),
}

// ReadIDX reads an IDX file of unsigned bytes, gzipped or not. The file is
// refused before memory is taken for it when its size is not the one that its
// header promises; a gzipped one, which has to be inflated to know, is never
// inflated beyond that promise. Errors are *FileError, with the file's name.
//
// The result may share the memory of b.
func ReadIDX(name string, b []byte) (*IDX, error) {
	if len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b {
		return inflateIDX(name, b)
	}
	dims, size, err := readHeader(name, bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	head := headerLen(dims)
	if have := int64(len(b)); have != head+size {
		return nil, wrongSize(name, dims, have, config.Group(have))
	}
	return &IDX{dims, b[head:]}, nil
}

func inflateIDX(name string, b []byte) (*IDX, error) {
	z, err := newGunzip(b)
	if err != nil {
		return nil, broken(name, err)
	}
	dims, size, err := readHeader(name, z, -1)
	if err != nil {
		return nil, err
	}
	head := headerLen(dims)
	if size > int64(len(b))*maxDeflate {
		return nil, wrongSize(name, dims, int64(len(b)), config.Say("%s compressed bytes, too few for that", config.Group(len(b))))
	}
	// One byte more than promised tells whether the file goes on.
	data := make([]byte, size+1)
	n, err := io.ReadFull(z, data)
	switch err {
	case nil:
		return nil, wrongSize(name, dims, head+size+1, config.Word("more"))
	case io.ErrUnexpectedEOF: // of ReadFull, or of a gzip stream that breaks off
		if int64(n) == size {
			// A clean end gives io.EOF on a further read, a torn one does not.
			if _, err := z.Read(data[size:]); err != io.EOF {
				return nil, broken(name, err)
			}
			return &IDX{dims, data[:size:size]}, nil
		}
		return nil, wrongSize(name, dims, head+int64(n), config.Group(head+int64(n)))
	case io.EOF:
		return nil, wrongSize(name, dims, head, config.Group(head))
	}
	return nil, broken(name, err)
}

// readHeader reads the magic number and the dimensions, and returns them with
// the number of values, at most maxIDX. have is the size of the file, -1 when
// it is not known.
func readHeader(name string, r io.Reader, have int64) (dims []int, size int64, err error) {
	fail := func(format string, args ...any) error {
		return &FileError{File: name, Msg: config.Say(format, args...)}
	}
	var head [4 + 4*maxDims]byte
	if err := fill(name, r, head[:4], have); err != nil {
		return nil, 0, err
	}
	if head[0] != 0 || head[1] != 0 {
		return nil, 0, fail("this is no IDX file: it begins with % x and not with 00 00", head[:4])
	}
	if head[2] != 0x08 {
		what, ok := valueTypes[head[2]]
		if !ok {
			what = config.Word("of an unknown type")
		}
		return nil, 0, fail("its values are %s (%#02x); only unsigned bytes (0x08) are read", what, head[2])
	}
	n := int(head[3])
	if n < 1 || n > maxDims {
		return nil, 0, fail("the header promises %d dimensions; 1 to %d are read", n, maxDims)
	}
	if err := fill(name, r, head[4:4+4*n], have); err != nil {
		return nil, 0, err
	}
	size = 1
	for i := range n {
		d := int64(binary.BigEndian.Uint32(head[4+4*i:]))
		if d == 0 {
			return nil, 0, fail("the header promises nothing: dimension %d of %d is 0", i+1, n)
		}
		if d > maxIDX/size { // before the product, which could overflow
			return nil, 0, fail("the header promises more than the %s values that are read at most", config.Group(maxIDX))
		}
		size *= d
		dims = append(dims, int(d))
	}
	return dims, size, nil
}

// fill reads a part of the header.
func fill(name string, r io.Reader, part []byte, have int64) error {
	_, err := io.ReadFull(r, part)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		msg := config.Word("the file ends within its header")
		if have >= 0 {
			msg = config.Say("the file ends within its header, after %s bytes", config.Group(have))
		}
		return &FileError{File: name, Msg: msg, Have: max(have, 0), Err: err}
	}
	if err != nil {
		return broken(name, err)
	}
	return nil
}

func headerLen(dims []int) int64 { return int64(4 + 4*len(dims)) }

func broken(name string, err error) error {
	return &FileError{File: name, Msg: config.Say("the compressed data is damaged: %v", err), Err: err}
}

// wrongSize words the error of a file that has not the size its header promises.
func wrongSize(name string, dims []int, have int64, words any) error {
	want := headerLen(dims)
	sizes := make([]string, len(dims))
	product := int64(1)
	for i, d := range dims {
		sizes[i] = config.Group(d)
		product *= int64(d)
	}
	want += product
	return &FileError{
		File: name, Want: want, Have: have,
		Msg: config.Say("the header promises %s bytes (%s + %d), the file has %s",
			config.Group(want), strings.Join(sizes, "×"), headerLen(dims), words),
	}
}

// checkLabels reports the first value that is not the index of a class.
func (x *IDX) checkLabels(name string, classes int) error {
	for i, v := range x.Data {
		if int(v) >= classes {
			return &FileError{
				File: name, Want: int64(classes), Have: int64(v),
				Msg: config.Say("the label at index %s is %d; there are %d classes, from 0", config.Group(i), v, classes),
			}
		}
	}
	return nil
}
