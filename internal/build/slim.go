//go:build !js

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// slim makes a program that Go's linker wrote smaller to fetch, without changing what it does.
//
// The linker cuts the initial memory into a segment for each run of bytes that are not zero, a hundred thousand of them,
// and each costs eight bytes that hardly compress. They become one segment again; a browser unpacks its zeros in no time.
//
// The tables that say which file and line an instruction came from are dropped. Only stack traces read them: a trace
// names its functions as before, and says ?:0 where it gave the file and line. Together this saves a sixth of what is
// fetched. Tables that the garbage collector and panics need stay as they are.
func slim(program []byte) ([]byte, error) {
	m, err := parseModule(program)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(m, func(s section) bool { return s.id == sectionData })
	if i < 0 {
		return nil, errors.New("the program has no data")
	}
	start, memory, err := m[i].memory()
	if err != nil {
		return nil, err
	}
	if err := dropLines(memory); err != nil {
		return nil, err
	}
	m[i].body = oneSegment(start, memory)
	return m.bytes(), nil
}

// dropLines clears what leads from an instruction to a line of source in the initial memory of a program of Go 1.27. The
// layout is that of package runtime: pcHeader and functab in symtab.go, _func in runtime2.go.
func dropLines(memory []byte) error {
	const (
		fields   = 10 // of _func with 4 bytes each, before four of one byte each
		fileWord = 5  // where its table of files begins; 0 says that there is none
		lineWord = 6
		unitWord = 8
		rowWord  = 9 // the line at which the function begins
	)
	word := func(at uint64) uint64 { return uint64(binary.LittleEndian.Uint32(memory[at:])) }

	header := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8} // the magic number, the size of an instruction and of a pointer
	base := uint64(bytes.Index(memory, header))
	if int(base) < 0 || bytes.Count(memory, header) != 1 {
		return errors.New("the program has no table of functions that this build can read; does it come from another version of Go?")
	}
	var offset [8]uint64
	for k := range offset {
		offset[k] = binary.LittleEndian.Uint64(memory[base+8+8*uint64(k):])
	}
	functions, units, values, table := offset[0], base+offset[4], base+offset[6], base+offset[7]
	if !(base < units && units < values && values < table && table+functions*8 < uint64(len(memory))) {
		return fmt.Errorf("the program's table of functions makes no sense: %v", offset)
	}

	// Tables of values stand one behind the other, and equal ones are shared. Those that nobody but lines needs go.
	needed := map[uint64]bool{}
	begins := make([]bool, table-values+1)
	begin := func(at uint64, need bool) error {
		if at >= table-values {
			return fmt.Errorf("a table of values begins at %d of %d", at, table-values)
		}
		begins[at] = true
		if need {
			needed[at] = true
		}
		return nil
	}
	for k := range functions {
		f := table + word(table+8*k+4)
		if f+4*fields+4 > uint64(len(memory)) || f+4*fields+4+4*word(f+28) > uint64(len(memory)) {
			return fmt.Errorf("function %d of the program is beyond its memory", k)
		}
		err := errors.Join(begin(word(f+16), true), begin(word(f+4*fileWord), false), begin(word(f+4*lineWord), false))
		for v := range word(f + 28) {
			err = errors.Join(err, begin(word(f+4*fields+4+4*v), true))
		}
		if err != nil {
			return err
		}
		for _, w := range []uint64{fileWord, lineWord, unitWord, rowWord} {
			clear(memory[f+4*w : f+4*w+4])
		}
	}
	keep := true
	for at := range table - values {
		if begins[at] {
			keep = needed[at]
		}
		if !keep {
			memory[values+at] = 0
		}
	}
	clear(memory[units:values]) // the names of files
	return nil
}
