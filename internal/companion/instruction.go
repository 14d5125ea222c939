package companion

import (
	"encoding/binary"
	"math"
)

// Instructions on addresses and counts, and on single floats.
const (
	opI32Load  = 0x28
	opF32Store = 0x38
	opI32Const = 0x41
	opI32Eqz   = 0x45
	opI32GtS   = 0x4a
	opI32Add   = 0x6a
	opI32Sub   = 0x6b
	opI32Mul   = 0x6c
	opI32And   = 0x71
	opI32Shl   = 0x74
	opF32Add   = 0x92
)

// Instructions on vectors, behind the prefix 0xfd.
const (
	opLoad         = 0x00
	opLoadSplat32  = 0x09
	opStore        = 0x0b
	opConst        = 0x0c
	opShuffle      = 0x0d
	opSplat        = 0x13
	opExtract      = 0x1f
	opEqual        = 0x41
	opIntGreater   = 0x3b
	opIntSplat     = 0x11
	opNotEqual     = 0x42
	opLess         = 0x43
	opGreater      = 0x44
	opLessEqual    = 0x45
	opGreaterEqual = 0x46
	opAnd          = 0x4e
	opAndNot       = 0x4f
	opOr           = 0x50
	opSelect       = 0x52
	opIntShiftLeft = 0xab
	opIntShiftSign = 0xac
	opIntAdd       = 0xae
	opIntSub       = 0xb1
	opAbs          = 0xe0
	opNegate       = 0xe1
	opSqrt         = 0xe3
	opAdd          = 0xe4
	opSub          = 0xe5
	opMul          = 0xe6
	opDiv          = 0xe7
	opPMin         = 0xea
	opPMax         = 0xeb
	opRelaxedMAdd  = 0x105
)

// align is the logarithm of the alignment that loads and stores promise: that of a float.
const align = 2

// An i32 is code that leaves an address or a count on the stack.
type i32 []byte

func number(n int) i32 { return concat([]byte{opI32Const}, signed(n)) }

func (x i32) add(y i32) i32      { return concat(x, y, []byte{opI32Add}) }
func (x i32) sub(y i32) i32      { return concat(x, y, []byte{opI32Sub}) }
func (x i32) mul(y i32) i32      { return concat(x, y, []byte{opI32Mul}) }
func (x i32) plus(n int) i32     { return x.add(number(n)) }
func (x i32) and(n int) i32      { return concat(x, number(n), []byte{opI32And}) }
func (x i32) times4() i32        { return concat(x, number(2), []byte{opI32Shl}) }
func (x i32) isZero() i32        { return concat(x, []byte{opI32Eqz}) }
func (x i32) exceeds(n int) i32  { return concat(x, number(n), []byte{opI32GtS}) }
func (x i32) loadInt(at int) i32 { return concat(x, []byte{opI32Load, align}, unsigned(at)) }

// An f32 is code that leaves one float on the stack.
type f32 []byte

func (x f32) add(y f32) f32 { return concat(x, y, []byte{opF32Add}) }

// An f32x4 is code that leaves four floats on the stack. Some of its methods take them for what else 128 bits can be:
// masks, which are all ones where something holds, and integers.
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

// splatInts returns four integers.
func splatInts(v ...int32) f32x4 {
	code := vector(opConst)
	for _, n := range v {
		code = binary.LittleEndian.AppendUint32(code, uint32(n))
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

// storeFloat writes one float.
func (f *function) storeFloat(address i32, v f32) {
	f.emit(concat(address, v, []byte{opF32Store, align}, unsigned(0))...)
}

func (x f32x4) then(op int, y f32x4) f32x4 { return concat(x, y, vector(op)) }

func (x f32x4) add(y f32x4) f32x4 { return x.then(opAdd, y) }
func (x f32x4) sub(y f32x4) f32x4 { return x.then(opSub, y) }
func (x f32x4) mul(y f32x4) f32x4 { return x.then(opMul, y) }
func (x f32x4) div(y f32x4) f32x4 { return x.then(opDiv, y) }
func (x f32x4) abs() f32x4        { return x.then(opAbs, nil) }
func (x f32x4) neg() f32x4        { return x.then(opNegate, nil) }
func (x f32x4) sqrt() f32x4       { return x.then(opSqrt, nil) }

// pmax is x < y ? y : x in each lane, and pmin y < x ? y : x. Both keep a NaN of x, and pmax a -0 beside a 0.
func (x f32x4) pmax(y f32x4) f32x4 { return x.then(opPMax, y) }
func (x f32x4) pmin(y f32x4) f32x4 { return x.then(opPMin, y) }

// madd returns x*y + z.
func (f *function) madd(x, y, z f32x4) f32x4 {
	if f.relaxed {
		return concat(x, y, z, vector(opRelaxedMAdd))
	}
	return z.add(x.mul(y))
}

// Masks.
func (x f32x4) equal(y f32x4) f32x4        { return x.then(opEqual, y) }
func (x f32x4) notEqual(y f32x4) f32x4     { return x.then(opNotEqual, y) }
func (x f32x4) less(y f32x4) f32x4         { return x.then(opLess, y) }
func (x f32x4) greater(y f32x4) f32x4      { return x.then(opGreater, y) }
func (x f32x4) lessEqual(y f32x4) f32x4    { return x.then(opLessEqual, y) }
func (x f32x4) greaterEqual(y f32x4) f32x4 { return x.then(opGreaterEqual, y) }
func (x f32x4) or(y f32x4) f32x4           { return x.then(opOr, y) }

// where returns x where the mask holds, else 0, and unless x where it does not.
func (x f32x4) where(mask f32x4) f32x4  { return x.then(opAnd, mask) }
func (x f32x4) unless(mask f32x4) f32x4 { return x.then(opAndNot, mask) }

// choose returns x where the mask holds, else y.
func (mask f32x4) choose(x, y f32x4) f32x4 { return concat(x, y, mask, vector(opSelect)) }

// Integers.
func (x i32) splat() f32x4               { return concat(x, vector(opIntSplat)) }
func (x f32x4) greaterInt(y f32x4) f32x4 { return x.then(opIntGreater, y) }
func (x f32x4) intAdd(y f32x4) f32x4     { return x.then(opIntAdd, y) }
func (x f32x4) intSub(y f32x4) f32x4     { return x.then(opIntSub, y) }
func (x f32x4) shiftLeft(n int) f32x4 {
	return concat(x, number(n), vector(opIntShiftLeft))
}
func (x f32x4) shiftRight(n int) f32x4 { return concat(x, number(n), vector(opIntShiftSign)) }

// lane returns one of the four.
func (x f32x4) lane(i byte) f32 { return concat(x, vector(opExtract), []byte{i}) }

// sum adds the four lanes.
func (x f32x4) sum() f32 { return x.lane(0).add(x.lane(1)).add(x.lane(2).add(x.lane(3))) }

// sumInAll returns the sum in all four lanes: of pairs, and then of the pairs' sums.
func (f *function) sumInAll(x f32x4) f32x4 {
	pairs := f.let(x.add(x.shuffle(x, 1, 0, 3, 2)))
	return pairs.add(pairs.shuffle(pairs, 2, 3, 0, 1))
}

// shuffle picks four of eight lanes: 0 to 3 are those of x, 4 to 7 those of y.
func (x f32x4) shuffle(y f32x4, lanes ...byte) f32x4 {
	code := concat(x, y, vector(opShuffle))
	for _, lane := range lanes {
		code = append(code, 4*lane, 4*lane+1, 4*lane+2, 4*lane+3)
	}
	return code
}
