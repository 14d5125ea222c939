//go:build !js

package slim

import "encoding/binary"

// An instruction of WebAssembly, as far as rewriting has to know it.
type instruction struct {
	op    byte
	arg   int64 // what it is given: a label's depth, a variable, a constant or an offset
	code  []byte
	table []uint64 // the depths of a table of branches
}

const (
	opBlock       = 0x02
	opElse        = 0x05
	opBranch      = 0x0c
	opBranchTable = 0x0e
	opReturn      = 0x0f
	opCall        = 0x10
	opIndirect    = 0x11
	opLocalTee    = 0x22
	opGlobalGet   = 0x23
	opGlobalSet   = 0x24
	opI64Load     = 0x29
	opLastLoad    = 0x35
	opLastStore   = 0x3e
	opMemorySize  = 0x3f
	opMemoryGrow  = 0x40
	opI64Const    = 0x42
	opF32Const    = 0x43
	opF64Const    = 0x44
	opI64Add      = 0x7c
	opI64Or       = 0x84
	opWrap        = 0xa7 // to 32 bits
	opExtend      = 0xad // to 64 bits, without a sign
	opBulk        = 0xfc
	opVector      = 0xfd

	typeI64 = 0x7e
)

// decode reads the instructions of a function. It reports false where there is one that it does not know.
func decode(b []byte) (list []instruction, ok bool) {
	for len(b) > 0 {
		in := instruction{op: b[0]}
		n := 1
		number := func() (v uint64) { // in unsigned LEB128
			v, k := binary.Uvarint(b[min(n, len(b)):])
			ok = ok && k > 0
			n += max(k, 0)
			return v
		}
		ok = true
		switch op := in.op; {
		case op == opBlock || op == opLoop || op == opIf:
			ok = len(b) > 1 && b[1] == noResult || len(b) > 1 && b[1] >= 0x70
			n = 2
		case op == opBranch || op == opBranchIf || op == opCall || op >= opLocalGet && op <= opGlobalSet:
			in.arg = int64(number())
		case op == opBranchTable:
			for range number() + 1 {
				if in.table = append(in.table, number()); !ok {
					return nil, false
				}
			}
		case op == opIndirect:
			number()
			number()
		case op >= opLoad && op <= opLastStore:
			number()
			in.arg = int64(number())
		case op == opI32Const || op == opI64Const:
			in.arg, n = signedNumber(b)
			ok = n > 1
		case op == opMemorySize || op == opMemoryGrow:
			n = 2
		case op == opF32Const:
			n = 5
		case op == opF64Const:
			n = 9
		case op == opBulk:
			switch k := number(); k {
			case 0, 1, 2, 3, 4, 5, 6, 7: // conversions of numbers
			case 10: // copies memory
				n += 2
			case 11: // fills it
				n++
			default:
				ok = false
			}
		case op == opVector:
			switch k := number(); {
			case k <= 11 || k == 92 || k == 93: // loads and stores
				number()
				number()
			case k == 12 || k == 13: // a constant, and which bytes of two vectors
				n += 16
			case k >= 21 && k <= 34: // a lane
				n++
			case k >= 84 && k <= 91: // a lane in memory
				number()
				number()
				n++
			}
		case op == 0x00 || op == 0x01 || op == opElse || op == opEnd || op == opReturn || op == 0x1a || op == 0x1b:
		case op >= 0x45 && op <= 0xc4:
		default:
			ok = false
		}
		if !ok || n > len(b) {
			return nil, false
		}
		in.code, b = b[:n:n], b[n:]
		list = append(list, in)
	}
	return list, true
}

// signedNumber reads a number in signed LEB128 that follows a byte.
func signedNumber(b []byte) (v int64, n int) {
	shift := 0
	for n = 1; n < len(b) && shift < 70; n++ {
		v |= int64(b[n]&0x7f) << shift
		shift += 7
		if b[n]&0x80 == 0 {
			if shift < 64 && b[n]&0x40 != 0 {
				v |= -1 << shift
			}
			return v, n + 1
		}
	}
	return 0, 0
}

// plainly is an instruction that is given nothing or one number without a sign.
func plainly(op byte, arg ...uint64) instruction {
	in := instruction{op: op, code: []byte{op}}
	if len(arg) > 0 {
		in.arg, in.code = int64(arg[0]), binary.AppendUvarint(in.code, arg[0])
	}
	return in
}

// number is a constant of a type that op says.
func number(op byte, n int64) instruction {
	return instruction{op: op, arg: n, code: append([]byte{op}, constant(n)[1:]...)}
}

// begin is an if or a block without a result.
func begin(op byte) instruction { return instruction{op: op, code: []byte{op, noResult}} }

// moved is a load or store with an offset that is larger by some bytes.
func (in instruction) moved(by int64) instruction {
	_, n := binary.Uvarint(in.code[1:]) // the alignment
	in.arg += by
	in.code = binary.AppendUvarint(append([]byte{}, in.code[:1+n]...), uint64(in.arg))
	return in
}

// need is how many values an instruction that cannot jump takes from the stack and leaves there.
func (in instruction) need() (takes, leaves int, ok bool) {
	switch op := in.op; {
	case op == opLocalGet || op == opGlobalGet || op >= opI32Const && op <= opF64Const:
		return 0, 1, true
	case op == opLocalSet || op == opGlobalSet:
		return 1, 0, true
	case op == opLocalTee || op >= opLoad && op <= opLastLoad:
		return 1, 1, true
	case op > opLastLoad && op <= opLastStore:
		return 2, 0, true
	case op == 0x45 || op == 0x50: // is it 0
		return 1, 1, true
	case op >= 0x46 && op <= 0x66: // comparisons
		return 2, 1, true
	case op >= 0x67 && op <= 0x69 || op >= 0x79 && op <= 0x7b: // bits counted
		return 1, 1, true
	case op >= opAdd && op <= 0x78 || op >= opI64Add && op <= 0x8a: // arithmetic
		return 2, 1, true
	case op >= opWrap && op <= 0xc4: // conversions
		return 1, 1, true
	}
	return 0, 0, false
}
