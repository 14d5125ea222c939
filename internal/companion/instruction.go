package companion

import (
	"encoding/binary"
	"math"
)

// Instructions on addresses and counts.
const (
	opI32Load  = 0x28
	opI32Const = 0x41
	opI32GtS   = 0x4a
	opI32Add   = 0x6a
	opI32Mul   = 0x6c
	opI32Shl   = 0x74
)

// Instructions on vectors, behind the prefix 0xfd.
const (
	opLoad        = 0x00
	opLoadSplat32 = 0x09
	opStore       = 0x0b
	opConst       = 0x0c
	opSplat       = 0x13
	opAdd         = 0xe4
	opMul         = 0xe6
	opPMax        = 0xeb
	opRelaxedMAdd = 0x105
)

// align is the logarithm of the alignment that loads and stores promise: that of a float.
const align = 2

// An i32 is code that leaves an address or a count on the stack.
type i32 []byte

func number(n int) i32 { return concat([]byte{opI32Const}, signed(n)) }

func (x i32) add(y i32) i32      { return concat(x, y, []byte{opI32Add}) }
func (x i32) mul(y i32) i32      { return concat(x, y, []byte{opI32Mul}) }
func (x i32) plus(n int) i32     { return x.add(number(n)) }
func (x i32) times4() i32        { return concat(x, number(2), []byte{opI32Shl}) }
func (x i32) exceeds(n int) i32  { return concat(x, number(n), []byte{opI32GtS}) }
func (x i32) loadInt(at int) i32 { return concat(x, []byte{opI32Load, align}, unsigned(at)) }

// An f32x4 is code that leaves four floats on the stack.
type f32x4 []byte

func vector(op int) []byte { return concat([]byte{0xfd}, unsigned(op)) }

// splat returns a constant in all four lanes.
func splat(v float32) f32x4 {
	code := vector(opConst)
	for range 4 {
		code = binary.LittleEndian.AppendUint32(code, math.Float32bits(v))
	}
	return code
}

// load returns the four floats at an address, and loadSplat the one that is there four times.
func (x i32) load(at int) f32x4 { return concat(x, vector(opLoad), []byte{align}, unsigned(at)) }
func (x i32) loadSplat(at int) f32x4 {
	return concat(x, vector(opLoadSplat32), []byte{align}, unsigned(at))
}

// store writes four floats to an address.
func (f *function) store(address i32, at int, v f32x4) {
	f.emit(concat(address, v, vector(opStore), []byte{align}, unsigned(at))...)
}

func (x f32x4) add(y f32x4) f32x4 { return concat(x, y, vector(opAdd)) }
func (x f32x4) mul(y f32x4) f32x4 { return concat(x, y, vector(opMul)) }

// pmax is x < y ? y : x in each lane, which keeps a NaN and a -0 of x.
func (x f32x4) pmax(y f32x4) f32x4 { return concat(x, y, vector(opPMax)) }

// madd returns x*y + z.
func (f *function) madd(x, y, z f32x4) f32x4 {
	if f.relaxed {
		return concat(x, y, z, vector(opRelaxedMAdd))
	}
	return z.add(x.mul(y))
}
