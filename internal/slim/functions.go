//go:build !js

package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// functions is what a program of Go 1.27 knows of its functions while it runs. It lies in the program's initial memory, as
// package runtime reads it: moduledata, pcHeader and functab in symtab.go, _func in runtime2.go.
type functions struct {
	memory  []byte
	names   uint64   // where the names of functions begin,
	units   uint64   // then which files a unit of compilation has, and the names of files,
	values  uint64   // then tables from instructions to values, one behind the other,
	end     uint64   // which end here
	records []uint64 // where the record of each function is, in the order of their code
	facts   uint64   // where what else is known of functions begins
	buckets uint64   // and ends, and a table begins that leads from an instruction to its function
}

// A record begins with these words of four bytes. Each table in it is an offset into the tables of values; 0 is none.
const (
	wordName  = 1
	wordSP    = 4 // the table of the stack's depth
	wordFile  = 5 // the table of files
	wordLine  = 6 // and of lines
	wordMore  = 7 // how many more tables follow behind the record's fixed part
	wordUnit  = 8
	wordFrom  = 9  // the line at which the function begins
	wordFacts = 10 // its last byte says how many facts follow behind the tables
	words     = 11 // of the fixed part
)

// Of the tables and facts that follow, these are read for traces and for interrupting a function anywhere, which
// WebAssembly knows nothing of. The numbers are those of package internal/abi.
var (
	idleTables = []uint64{0, 2, 3} // PCDATA_UnsafePoint, PCDATA_InlTreeIndex, PCDATA_ArgLiveIndex
	idleFacts  = []uint64{3, 5, 6} // FUNCDATA_InlTree, FUNCDATA_ArgInfo, FUNCDATA_ArgLiveInfo
)

const (
	noFact      = 1<<32 - 1
	bucketsWord = 19 // of moduledata, where its words have eight bytes
	factsWord   = 43
)

func functionsOf(memory []byte, start uint64) (*functions, error) {
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
		if record+4*words > size || record+4*(words+f.word(record, wordMore)+f.word(record, wordFacts)>>24) > size || f.names+f.word(record, wordName) >= f.units {
			return nil, fmt.Errorf("function %d of the program is beyond its memory", k)
		}
		f.records = append(f.records, record)
	}

	// The description of the whole program begins with the addresses of these two.
	whole := binary.LittleEndian.AppendUint64(nil, start+base)
	at = bytes.Index(memory, binary.LittleEndian.AppendUint64(whole, start+f.names))
	if at < 0 || at+8*factsWord+8 > len(memory) {
		return nil, errors.New("the program has no description of itself that this build can read")
	}
	f.facts = binary.LittleEndian.Uint64(memory[at+8*factsWord:]) - start
	f.buckets = binary.LittleEndian.Uint64(memory[at+8*bucketsWord:]) - start
	if f.facts > f.buckets || f.buckets >= size {
		return nil, errors.New("the program's description of itself makes no sense")
	}
	return f, nil
}

func (f *functions) word(record, word uint64) uint64 {
	return uint64(binary.LittleEndian.Uint32(f.memory[record+4*word:]))
}

func (f *functions) set(record, word uint64, to uint32) {
	binary.LittleEndian.PutUint32(f.memory[record+4*word:], to)
}

func (f *functions) name(k int) string {
	name, _, _ := bytes.Cut(f.memory[f.names+f.word(f.records[k], wordName):f.units], []byte{0})
	return string(name)
}

// drop forgets what only traces need, and all tables of those functions that never run.
func (f *functions) drop(dead []bool) {
	for k, record := range f.records {
		for _, word := range []uint64{wordFile, wordLine, wordUnit, wordFrom} {
			f.set(record, word, 0)
		}
		if dead[k] {
			f.set(record, wordName, 0)
			f.set(record, wordSP, 0)
		}
		more := f.word(record, wordMore)
		for i := range more {
			if dead[k] || slices.Contains(idleTables, i) {
				f.set(record, words+i, 0)
			}
		}
		for i := range f.word(record, wordFacts) >> 24 {
			if dead[k] || slices.Contains(idleFacts, i) {
				f.set(record, words+more+i, noFact)
			}
		}
	}
	clear(f.memory[f.units:f.values])
}
