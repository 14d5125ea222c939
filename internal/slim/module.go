//go:build !js

package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// A module is a WebAssembly module, as far as slim has to know it: a list of sections.
type module []section

type section struct {
	id   byte
	body []byte
}

const (
	sectionType     = 1
	sectionImport   = 2
	sectionFunction = 3
	sectionStart    = 8
	sectionElement  = 9
	sectionCode     = 10
	sectionData     = 11
)

// find is which section is of a kind, or -1.
func (m module) find(id byte) int {
	return slices.IndexFunc(m, func(s section) bool { return s.id == id })
}

// starting is the module with one more function, which the browser calls when it has laid out the memory.
func (m module) starting(body []byte) (module, error) {
	types, imports, functions, code := m.find(sectionType), m.find(sectionImport), m.find(sectionFunction), m.find(sectionCode)
	if types < 0 || imports < 0 || functions < 0 || code < 0 {
		return nil, errors.New("the module lacks a section that Go's linker writes")
	}
	kind, err := m[types].add([]byte{0x60, 0, 0}) // of functions that take and return nothing
	if err != nil {
		return nil, err
	}
	number, err := m[functions].add(binary.AppendUvarint(nil, kind))
	if err != nil {
		return nil, err
	}
	if _, err := m[code].add(append(binary.AppendUvarint(nil, uint64(len(body))), body...)); err != nil {
		return nil, err
	}
	outside, n := binary.Uvarint(m[imports].body) // Go imports nothing but functions
	if n <= 0 {
		return nil, errors.New("the module's imports are cut off")
	}
	start := section{sectionStart, binary.AppendUvarint(nil, outside+number)}
	at := m.find(sectionElement)
	if at < 0 {
		at = code
	}
	return slices.Insert(m, at, start), nil
}

// add adds an item to a section that is a list, and returns its number.
func (s *section) add(item []byte) (uint64, error) {
	count, n := binary.Uvarint(s.body)
	if n <= 0 {
		return 0, fmt.Errorf("section %d of the module is cut off", s.id)
	}
	s.body = slices.Concat(binary.AppendUvarint(nil, count+1), s.body[n:], item)
	return count, nil
}

var preamble = []byte{0, 'a', 's', 'm', 1, 0, 0, 0}

func parseModule(b []byte) (module, error) {
	b, ok := bytes.CutPrefix(b, preamble)
	if !ok {
		return nil, errors.New("this is no WebAssembly module")
	}
	var m module
	for len(b) > 0 {
		size, n := binary.Uvarint(b[1:])
		if n <= 0 || size > uint64(len(b)-1-n) {
			return nil, fmt.Errorf("section %d of the module is cut off", len(m))
		}
		body := b[1+n:]
		m = append(m, section{b[0], body[:size]})
		b = body[size:]
	}
	return m, nil
}

func (m module) bytes() []byte {
	b := slices.Clone(preamble)
	for _, s := range m {
		b = append(b, s.id)
		b = binary.AppendUvarint(b, uint64(len(s.body)))
		b = append(b, s.body...)
	}
	return b
}

// memory lays out the segments of a data section: the bytes from where the lowest of them starts to where the highest
// ends.
func (s section) memory() (start uint64, memory []byte, err error) {
	type segment struct {
		at   uint64
		data []byte
	}
	b, cut := s.body, errors.New("the module's data is cut off")
	count, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, cut
	}
	b = b[n:]
	var segments []segment
	low, high := uint64(1<<32), uint64(0)
	for k := range count {
		prefix := []byte{0, opI32Const} // of the kind of segment that Go's linker writes
		if b, ok := bytes.CutPrefix(b, prefix); !ok || len(b) == 0 {
			return 0, nil, fmt.Errorf("segment %d of the module's data is none that Go's linker writes", k)
		}
		at, n := signed(b[2:])
		if n <= 0 || len(b) < n+4 || b[n+2] != opEnd {
			return 0, nil, cut
		}
		b = b[n+3:]
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) || at+size > 1<<31 {
			return 0, nil, cut
		}
		segments = append(segments, segment{at, b[n:][:size]})
		low, high = min(low, at), max(high, at+size)
		b = b[uint64(n)+size:]
	}
	if len(segments) == 0 {
		return 0, nil, errors.New("the module has no data")
	}
	memory = make([]byte, high-low)
	for _, s := range segments {
		copy(memory[s.at-low:], s.data)
	}
	return low, memory, nil
}

const (
	opUnreachable = 0x00
	opEnd         = 0x0b
	opI32Const    = 0x41
)

// without is the body of a code section in which some functions do nothing but end the program.
func (s section) without(dead []bool) ([]byte, error) {
	count, n := binary.Uvarint(s.body)
	if n <= 0 || count != uint64(len(dead)) {
		return nil, fmt.Errorf("the module has code of %d functions and knows of %d", count, len(dead))
	}
	b, out := s.body[n:], binary.AppendUvarint(nil, count)
	for k := range dead {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return nil, fmt.Errorf("the code of function %d is cut off", k)
		}
		if dead[k] {
			out = append(out, 3, 0, opUnreachable, opEnd) // 3 bytes, no variables
		} else {
			out = append(out, b[:uint64(n)+size]...)
		}
		b = b[uint64(n)+size:]
	}
	return out, nil
}

// oneSegment is the body of a data section that fills memory from start.
func oneSegment(start uint64, memory []byte) []byte {
	b := []byte{1, 0, opI32Const}
	b = appendSigned(b, start)
	b = append(b, opEnd)
	b = binary.AppendUvarint(b, uint64(len(memory)))
	return append(b, memory...)
}

// signed reads a number that is not negative in signed LEB128, which keeps one bit more than the unsigned form.
func signed(b []byte) (uint64, int) {
	v, n := binary.Uvarint(b)
	if n <= 0 || b[n-1]&0x40 != 0 {
		return 0, -1
	}
	return v, n
}

func appendSigned(b []byte, v uint64) []byte {
	b = binary.AppendUvarint(b, v)
	if last := len(b) - 1; b[last]&0x40 != 0 {
		b[last] |= 0x80
		b = append(b, 0)
	}
	return b
}
