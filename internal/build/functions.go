//go:build !js

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// functions is what a program of Go 1.27 knows of its functions while it runs. It lies in the program's initial memory, as
// package runtime reads it: pcHeader and functab in symtab.go, _func in runtime2.go.
type functions struct {
	memory  []byte
	names   uint64   // where the names of functions begin,
	units   uint64   // then which files a unit of compilation has, and the names of files,
	values  uint64   // then tables from instructions to values, one behind the other,
	end     uint64   // which end here
	records []uint64 // where the record of each function is, in the order of their code
}

// A record begins with these words of four bytes. Each table in it is an offset into the tables of values; 0 is none.
const (
	wordName = 1
	wordSP   = 4 // the table of the stack's depth
	wordFile = 5 // the table of files
	wordLine = 6 // and of lines
	wordMore = 7 // how many more tables follow behind the record's fixed part
	wordUnit = 8
	wordFrom = 9  // the line at which the function begins
	words    = 11 // of the fixed part
)

func functionsOf(memory []byte) (*functions, error) {
	header := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8} // the magic number, the size of an instruction and of a pointer
	at := bytes.Index(memory, header)
	if at < 0 || bytes.Count(memory, header) != 1 || at+72 > len(memory) {
		return nil, errors.New("the program has no table of functions that this build can read; does it come from another version of Go?")
	}
	base := uint64(at)
	number := func(k uint64) uint64 { return binary.LittleEndian.Uint64(memory[base+8+8*k:]) }
	count, table := number(0), base+number(7)
	f := &functions{memory: memory, names: base + number(3), units: base + number(4), values: base + number(6), end: table}
	size := uint64(len(memory))
	if !(base < f.names && f.names < f.units && f.units < f.values && f.values < f.end && f.end < size) || count > (size-table)/8 {
		return nil, errors.New("the program's table of functions makes no sense")
	}
	for k := range count {
		record := table + uint64(binary.LittleEndian.Uint32(memory[table+8*k+4:]))
		if record+4*words > size || record+4*words+4*f.word(record, wordMore) > size || f.names+f.word(record, wordName) >= f.units {
			return nil, fmt.Errorf("function %d of the program is beyond its memory", k)
		}
		f.records = append(f.records, record)
	}
	return f, nil
}

func (f *functions) word(record, word uint64) uint64 {
	return uint64(binary.LittleEndian.Uint32(f.memory[record+4*word:]))
}

func (f *functions) name(k int) string {
	name, _, _ := bytes.Cut(f.memory[f.names+f.word(f.records[k], wordName):f.units], []byte{0})
	return string(name)
}

// drop clears what leads from an instruction to a line of source, and all tables of those functions that never run.
// Functions with equal tables share them, so a table goes when nobody needs it any more.
func (f *functions) drop(dead []bool) error {
	const none, free, needed = 0, 1, 2
	begins := make([]byte, f.end-f.values)
	for k, record := range f.records {
		mark := func(word uint64, use byte) error {
			at := f.word(record, word)
			if at >= uint64(len(begins)) {
				return fmt.Errorf("a table of function %d begins at %d of %d", k, at, len(begins))
			}
			begins[at] = max(begins[at], use)
			return nil
		}
		use := byte(needed)
		if dead[k] {
			use = free
		}
		err := errors.Join(mark(wordSP, use), mark(wordFile, free), mark(wordLine, free))
		for more := range f.word(record, wordMore) {
			err = errors.Join(err, mark(words+more, use))
		}
		if err != nil {
			return err
		}
		for _, word := range []uint64{wordFile, wordLine, wordUnit, wordFrom} {
			clear(f.memory[record+4*word:][:4])
		}
	}
	clear(f.memory[f.units:f.values])
	begins[0] = needed
	keep := true
	for i, b := range begins {
		if b != none {
			keep = b == needed
		}
		if !keep {
			f.memory[f.values+uint64(i)] = 0
		}
	}
	return nil
}
