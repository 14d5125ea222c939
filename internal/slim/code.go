//go:build !js

package slim

import (
	"encoding/binary"
	"slices"
)

// A coder writes a function of WebAssembly that takes nothing, returns nothing, and has variables of 32 bits.
type coder struct {
	locals uint64
	code   []byte
}

// A value is the code that computes a number of 32 bits.
type value []byte

const (
	opLoop       = 0x03
	opIf         = 0x04
	opBranchIf   = 0x0d
	opLocalGet   = 0x20
	opLocalSet   = 0x21
	opLoad       = 0x28
	opLoad8      = 0x2d // without a sign
	opStore      = 0x36
	opLess       = 0x48 // with signs
	opAdd        = 0x6a
	opMul        = 0x6c
	opAnd        = 0x71
	opOr         = 0x72
	opShiftLeft  = 0x74
	opShiftRight = 0x76 // without a sign
	opRotate     = 0x78 // to the right

	noResult = 0x40
	typeI32  = 0x7f
)

// local returns a new variable.
func (c *coder) local() value {
	c.locals++
	return binary.AppendUvarint([]byte{opLocalGet}, c.locals-1)
}

// constant is a number, in signed LEB128.
func constant(n int64) value {
	b := value{opI32Const}
	for {
		low := byte(n & 0x7f)
		n >>= 7
		if n == 0 && low&0x40 == 0 || n == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}

func (v value) with(w value, op byte) value { return append(slices.Concat(v, w), op) }

func (v value) add(w value) value        { return v.with(w, opAdd) }
func (v value) plus(n int64) value       { return v.with(constant(n), opAdd) }
func (v value) times(w value) value      { return v.with(w, opMul) }
func (v value) and(n int64) value        { return v.with(constant(n), opAnd) }
func (v value) or(w value) value         { return v.with(w, opOr) }
func (v value) shiftLeft(w value) value  { return v.with(w, opShiftLeft) }
func (v value) shiftRight(n int64) value { return v.with(constant(n), opShiftRight) }
func (v value) rotateRight(n int64) value {
	return v.with(constant(n), opRotate)
}
func (v value) less(w value) value { return v.with(w, opLess) }

// load and load8 read from memory, at the address v plus an offset, which is not negative.
func (v value) load(offset int64) value {
	return binary.AppendUvarint(append(slices.Clone(v), opLoad, 0), uint64(offset))
}

func (v value) load8(offset int64) value {
	return binary.AppendUvarint(append(slices.Clone(v), opLoad8, 0), uint64(offset))
}

func (c *coder) store(address value, offset int64, v value) {
	c.code = slices.Concat(c.code, address, v, []byte{opStore, 0})
	c.code = binary.AppendUvarint(c.code, uint64(offset))
}

// set gives a variable a value.
func (c *coder) set(local, v value) {
	c.code = slices.Concat(c.code, v, []byte{opLocalSet}, local[1:])
}

// loop repeats the body until what it returns is 0.
func (c *coder) loop(body func() value) {
	c.code = append(c.code, opLoop, noResult)
	again := body()
	c.code = append(slices.Concat(c.code, again), opBranchIf, 0, opEnd)
}

// when runs the body if v is not 0.
func (c *coder) when(v value, body func()) {
	c.code = append(slices.Concat(c.code, v), opIf, noResult)
	body()
	c.code = append(c.code, opEnd)
}

// body is the function as a code section has it: its variables, which begin with 0, and its code.
func (c *coder) body() []byte {
	b := []byte{1}
	b = binary.AppendUvarint(b, c.locals)
	b = append(b, typeI32)
	return append(slices.Concat(b, c.code), opEnd)
}
