// Package companion writes the WebAssembly module that stands beside the trainer in a browser and runs its hottest
// loops on the trainer's own memory.
//
// Go's compiler for wasm keeps the sums of a matrix product in memory between two products, and knows no relaxed SIMD.
// A module that has nothing but the loop runs three times as fast, see docs/performance.md. It is written here as
// expressions, without another compiler and without a binary in the repository:
//
//	module.go       the sections of a module
//	function.go     a function: parameters, variables, loops
//	instruction.go  the instructions, as methods of the values they work on
//	panel.go, ...   the kernels
//
// The module imports its memory as go.mem, which is what a Go program exports, and exports one function a kernel. It
// comes in two variants: with the 128-bit instructions that every browser of today has, and with relaxed SIMD, whose
// multiply-add is one instruction, rounded once or twice as suits the processor. ml/kernel/companion_wasm.go is its
// other side, and web/companion.js brings the two together.
package companion

import (
	"encoding/binary"
	"slices"
)

// Kinds of sections, and of what is imported and exported.
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	exportSection   = 7
	codeSection     = 10

	functionKind = 0x00
	memoryKind   = 0x02
	functionType = 0x60
)

// Module returns the module's bytes.
func Module(relaxed bool) []byte {
	var types, indices, exports, bodies [][]byte
	for i, f := range kernels(relaxed) {
		index := unsigned(i)
		types = append(types, f.signature())
		indices = append(indices, index)
		exports = append(exports, concat(text(f.name), []byte{functionKind}, index))
		bodies = append(bodies, sized(f.body()))
	}
	// A memory of at least no pages: the program has its own idea of how many it needs.
	memory := concat(text("go"), text("mem"), []byte{memoryKind, 0, 0})

	return concat(
		[]byte("\x00asm\x01\x00\x00\x00"),
		section(typeSection, list(types)),
		section(importSection, list([][]byte{memory})),
		section(functionSection, list(indices)),
		section(exportSection, list(exports)),
		section(codeSection, list(bodies)),
	)
}

// kernels are the functions that the module exports.
func kernels(relaxed bool) []*function {
	all := []*function{panels(relaxed), pack(), transpose(), quads(), quadsGrad(), sumRows(), scaleRows(relaxed), normRows(relaxed), normRowsGrad(relaxed),
		tiles(), untile(), spread(), filter(), filterGrad()}
	for _, l := range slices.Concat(elements, cells) {
		all = append(all, l.function(relaxed))
	}
	return all
}

func concat(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// unsigned returns n in LEB128: seven bits a byte, the lowest first, the top bit set on all but the last.
func unsigned(n int) []byte { return binary.AppendUvarint(nil, uint64(n)) }

// signed is unsigned for numbers that may be negative: the last byte's bit 6 is the sign.
func signed(n int) []byte {
	var b []byte
	for {
		low := byte(n & 0x7f)
		n >>= 7
		if n == 0 && low&0x40 == 0 || n == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}

func sized(b []byte) []byte { return concat(unsigned(len(b)), b) }

func text(s string) []byte { return sized([]byte(s)) }

func list(items [][]byte) []byte { return concat(unsigned(len(items)), concat(items...)) }

func section(kind byte, content []byte) []byte { return concat([]byte{kind}, sized(content)) }
