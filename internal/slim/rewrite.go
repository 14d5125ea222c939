//go:build !js

package slim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Go's compiler writes at every call and jump what differs from place to place, though it need not: how many blocks lie
// around it, and the whole return address. That hardly compresses. rewrite says the same so that calls and jumps look alike.

// rewritten is the body of a code section whose functions are rewritten.
func (s section) rewritten() ([]byte, error) {
	count, n := binary.Uvarint(s.body)
	if n <= 0 {
		return nil, errors.New("the module's code is cut off")
	}
	b, out := s.body[n:], binary.AppendUvarint(nil, count)
	for k := range count {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return nil, fmt.Errorf("the code of function %d is cut off", k)
		}
		body := rewrite(b[n:][:size], int64(firstFunction+k))
		out = append(binary.AppendUvarint(out, uint64(len(body))), body...)
		b = b[uint64(n)+size:]
	}
	return out, nil
}

// rewrite rewrites a function of which the program's table of functions has this number. What it does not know it leaves.
func rewrite(body []byte, function int64) []byte {
	groups, n := binary.Uvarint(body)
	if n <= 0 {
		return body
	}
	at := n
	for range groups {
		_, n := binary.Uvarint(body[at:])
		if n <= 0 || at+n+1 > len(body) {
			return body
		}
		at += n + 1
	}
	list, ok := decode(body[at:])
	if !ok {
		return body
	}
	list = foldAddresses(list)
	list = jumpForward(list)
	list = leaveEarly(list)
	locals, list := shareReturn(body[:at], list, function)
	out := slices.Clone(locals)
	for _, in := range list {
		out = append(out, in.code...)
	}
	return out
}

// foldAddresses has a load or store add the constant that was added to its address before in 64 bits. An address is of the
// stack there, and far from the end of 32 bits.
func foldAddresses(list []instruction) []instruction {
	const far = 1 << 30
	out := make([]instruction, 0, len(list))
	list = slices.Clone(list)
	for i := 0; i < len(list); i++ {
		if !(i+5 < len(list) && list[i].op == opLocalGet && list[i+1].op == opExtend && list[i+2].op == opI64Const && list[i+3].op == opI64Add &&
			list[i+4].op == opWrap && list[i+2].arg >= 0 && list[i+2].arg < far) {
			out = append(out, list[i])
			continue
		}
		by := list[i+2].arg
		out = append(out, list[i])
		i += 4
		if user := consumer(list, i+1); user >= 0 && list[user].arg < far {
			list[user] = list[user].moved(by)
			continue
		}
		out = append(out, number(opI32Const, by), plainly(opAdd))
	}
	return out
}

// consumer is which load or store from i on takes its address from the stack as it is before i, or -1.
func consumer(list []instruction, i int) int {
	above := 0 // values above the address
	for ; i < len(list); i++ {
		takes, leaves, ok := list[i].need()
		if !ok {
			return -1
		}
		if takes > above {
			if op := list[i].op; op >= opLoad && op <= opLastLoad && above == 0 || op > opLastLoad && op <= opLastStore && above == 1 {
				return i
			}
			return -1
		}
		above += leaves - takes
	}
	return -1
}

// jumpForward has a jump to a block that is still to come leave the blocks around it, as WebAssembly does it, instead of
// going back to the beginning of the function, where a table leads to the block:
//
//	loop block block ... local.get 0 br_table end ... i32.const 7 local.set 0 br loop
//
// Nothing but that table reads variable 0, and what goes back has set it right before, or the function is left alone.
func jumpForward(list []instruction) []instruction {
	table, reads := -1, 0
	for i, in := range list {
		switch {
		case in.op == opLocalGet && in.arg == 0:
			reads++
		case in.op == opBranchTable && table < 0:
			table = i
		}
	}
	if reads != 1 || table < 2 || list[table-1].op != opLocalGet || list[table-1].arg != 0 {
		return list
	}
	top := table - 2
	for top >= 0 && list[top].op == opBlock {
		top--
	}
	if top < 0 || list[top].op != opLoop {
		return list
	}

	var labels []int // the instructions that began the blocks around
	out := make([]instruction, 0, len(list))
	for i, in := range list {
		switch in.op {
		case opBlock, opLoop, opIf:
			labels = append(labels, i)
		case opEnd:
			if len(labels) > 0 {
				labels = labels[:len(labels)-1]
			}
		case opBranchTable:
			if i != table || slices.ContainsFunc(in.table, func(d uint64) bool { return d >= uint64(table-2-top) }) {
				return list
			}
		case opBranch, opBranchIf:
			if to := len(labels) - 1 - int(in.arg); to < 0 || labels[to] != top {
				break
			}
			if i < 2 || in.op != opBranch || list[i-1].op != opLocalSet || list[i-1].arg != 0 || list[i-2].op != opI32Const || list[i-2].arg < 0 {
				return list
			}
			targets := list[table].table
			block := table - 2 - int(targets[min(list[i-2].arg, int64(len(targets)-1))])
			if to := slices.Index(labels, block); to >= 0 {
				out = append(out[:len(out)-2], plainly(opBranch, uint64(len(labels)-1-to)))
				continue
			}
		}
		out = append(out, in)
	}

	// A block that does nothing but jump if a condition holds is a jump with a condition.
	short := out[:0]
	for i := 0; i < len(out); i++ {
		if i+2 < len(out) && out[i].op == opIf && out[i].code[1] == noResult && out[i+1].op == opBranch && out[i+1].arg > 0 && out[i+2].op == opEnd {
			short = append(short, plainly(opBranchIf, uint64(out[i+1].arg-1)))
			i += 2
			continue
		}
		short = append(short, out[i])
	}
	return short
}

// leaveEarly has what leaves all blocks to return 1 behind them return it at once.
func leaveEarly(list []instruction) []instruction {
	n := len(list)
	if n < 4 || list[n-1].op != opEnd || list[n-2].op != opI32Const || list[n-2].arg != 1 || list[n-3].op != opEnd {
		return list
	}
	last := lastOuter(list)
	if last < 0 || list[last].op != opBlock || list[last].code[1] != noResult {
		return list
	}
	var out []instruction
	depth := 0
	for i, in := range list {
		switch in.op {
		case opBlock, opLoop, opIf:
			depth++
		case opEnd:
			depth--
		case opBranchIf:
			if i > last && in.arg == int64(depth-1) {
				out = append(out, begin(opIf), number(opI32Const, 1), plainly(opReturn), plainly(opEnd))
				continue
			}
		}
		out = append(out, in)
	}
	return out
}

// lastOuter is where the last block begins that no other is around.
func lastOuter(list []instruction) int {
	depth, last := 0, -1
	for i, in := range list {
		switch in.op {
		case opBlock, opLoop, opIf:
			if depth == 0 {
				last = i
			}
			depth++
		case opEnd:
			depth--
		}
	}
	return last
}

// shareReturn has the return addresses of a function, which differ in their lowest 16 bits, share the rest in a variable.
// It is the third, so that it has the same number everywhere.
func shareReturn(locals []byte, list []instruction, function int64) ([]byte, []instruction) {
	const variable = 2
	mine := func(in instruction) bool { return in.op == opI64Const && in.arg>>16 == function }
	if !slices.ContainsFunc(list, mine) || len(locals) < 3 || locals[1] != 1 || locals[2] != typeI32 {
		return locals, list
	}
	// One of 32 bits, then those of 64.
	if len(locals) > 4 && locals[4] == typeI64 && locals[3] < 0x7f {
		locals = slices.Clone(locals)
		locals[3]++
	} else if locals[0] < 0x7f {
		locals = slices.Concat([]byte{locals[0] + 1}, locals[1:3], []byte{1, typeI64}, locals[3:])
	} else {
		return locals, list
	}
	out := []instruction{number(opI64Const, function<<16), plainly(opLocalSet, variable)}
	for _, in := range list {
		switch {
		case in.op >= opLocalGet && in.op <= opLocalTee && in.arg >= variable:
			in = plainly(in.op, uint64(in.arg+1))
		case mine(in):
			out = append(out, number(opI64Const, in.arg&0xffff), plainly(opLocalGet, variable), plainly(opI64Or))
			continue
		}
		out = append(out, in)
	}
	return locals, out
}
