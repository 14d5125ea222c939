package companion

import (
	"encoding/binary"
	"math"
)

// Types of values.
const (
	typeI32  = 0x7f
	typeF32  = 0x7d
	typeV128 = 0x7b
)

// Instructions that steer.
const (
	opLoop     = 0x03
	opIf       = 0x04
	opEnd      = 0x0b
	opBranchIf = 0x0d
	opLocalGet = 0x20
	opLocalSet = 0x21

	blockType = 0x40 // of a block that leaves nothing behind
)

// A function is one kernel while it is written.
//
// Values are the code that computes them (see i32 and f32x4), and a variable is a value whose code reads it. So a
// statement such as
//
//	set(f, sum, sum.add(x.mul(y)))
//
// appends to the function the code of the sum, and then the instruction that stores it.
type function struct {
	name    string
	relaxed bool // whether relaxed SIMD may be used
	params  []byte
	results []byte
	locals  []byte
	start   []byte // runs first: constants are loaded there once
	code    []byte

	constants map[uint32]f32x4 // variables that hold them, by their bits
}

func newFunction(name string, relaxed bool) *function {
	return &function{name: name, relaxed: relaxed, constants: make(map[uint32]f32x4)}
}

// param declares the next parameter. All parameters come before the first variable.
func (f *function) param() i32 {
	f.params = append(f.params, typeI32)
	return i32(readLocal(len(f.params) - 1))
}

// floatParam declares a parameter that is a float, and returns it in all four lanes. Kernels with such parameters
// declare all of them first and then spread them, since that takes a variable.
func (f *function) floatParam() f32 {
	f.params = append(f.params, typeF32)
	return f32(readLocal(len(f.params) - 1))
}

// spread returns a variable with a float in all four lanes.
func (f *function) spread(x f32) f32x4 { return f.early(concat(x, vector(opSplat))) }

// constant returns a variable that holds a number in all four lanes. Engines make a vector of bits anew wherever it
// stands in the code, a variable they keep.
func (f *function) constant(v float32) f32x4 {
	bits := math.Float32bits(v)
	if _, ok := f.constants[bits]; !ok {
		f.constants[bits] = f.early(splat(v))
	}
	return f.constants[bits]
}

// early returns a variable that is set before all else.
func (f *function) early(v f32x4) f32x4 {
	x := f.vectorVar()
	f.start = concat(f.start, v, []byte{opLocalSet}, x[1:])
	return x
}

// let returns a new variable that holds the value.
func (f *function) let(v f32x4) f32x4 {
	x := f.vectorVar()
	set(f, x, v)
	return x
}

func (f *function) intVar() i32 { return i32(f.local(typeI32)) }

func (f *function) vectorVar() f32x4 { return f32x4(f.local(typeV128)) }

// vectorVars declares n variables.
func (f *function) vectorVars(n int) []f32x4 {
	vars := make([]f32x4, n)
	for i := range vars {
		vars[i] = f.vectorVar()
	}
	return vars
}

func (f *function) local(kind byte) []byte {
	f.locals = append(f.locals, kind)
	return readLocal(len(f.params) + len(f.locals) - 1)
}

func readLocal(index int) []byte { return concat([]byte{opLocalGet}, unsigned(index)) }

func (f *function) emit(code ...byte) { f.code = append(f.code, code...) }

// set gives a variable, which has to be one, a value.
func set[T i32 | f32x4](f *function, variable, value T) {
	if !isVariable(variable) {
		panic("companion: set of what is no variable")
	}
	f.emit(value...)
	f.emit(opLocalSet)
	f.emit(variable[1:]...)
}

// isVariable reports whether code does nothing but read a variable.
func isVariable(code []byte) bool {
	if len(code) == 0 || code[0] != opLocalGet {
		return false
	}
	_, n := binary.Uvarint(code[1:])
	return n > 0 && n == len(code)-1
}

// advance adds to an address or a count.
func (f *function) advance(variable i32, by int) { set(f, variable, variable.plus(by)) }

// result ends a function with the float that it returns.
func (f *function) result(x f32) {
	f.results = []byte{typeF32}
	f.emit(x...)
}

// when runs body if the condition is not 0.
func (f *function) when(condition i32, body func()) {
	f.emit(condition...)
	f.emit(opIf, blockType)
	body()
	f.emit(opEnd)
}

// while repeats body as long as the condition is not 0. It is computed once before the loop and then at its end, which
// is one jump a turn.
func (f *function) while(condition i32, body func()) {
	f.when(condition, func() {
		f.emit(opLoop, blockType)
		body()
		f.emit(condition...)
		f.emit(opBranchIf, 0)
		f.emit(opEnd)
	})
}

// signature returns the function's type: its parameters and results.
func (f *function) signature() []byte {
	return concat([]byte{functionType}, sized(f.params), sized(f.results))
}

// body returns the variables, one after another, and the code.
func (f *function) body() []byte {
	var locals [][]byte
	for _, kind := range f.locals {
		locals = append(locals, []byte{1, kind})
	}
	return concat(list(locals), f.start, f.code, []byte{opEnd})
}
