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
	noFact    = 1<<32 - 1
	factsWord = 43 // of moduledata, where its words have eight bytes
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
	if f.facts >= size {
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

// drop clears what only traces need, and all tables of those functions that never run.
func (f *functions) drop(dead []bool) error {
	tables, facts := newUses(f.memory[f.values:f.end]), newUses(f.memory[f.facts:])
	for k, record := range f.records {
		err := errors.Join(tables.mark(f.word(record, wordSP), !dead[k]),
			tables.mark(f.word(record, wordFile), false), tables.mark(f.word(record, wordLine), false))
		for _, word := range []uint64{wordFile, wordLine, wordUnit, wordFrom} {
			f.set(record, word, 0)
		}
		more := f.word(record, wordMore)
		for i := range more {
			idle := slices.Contains(idleTables, i)
			err = errors.Join(err, tables.mark(f.word(record, words+i), !dead[k] && !idle))
			if idle {
				f.set(record, words+i, 0)
			}
		}
		for i := range f.word(record, wordFacts) >> 24 {
			at := f.word(record, words+more+i)
			if at == noFact {
				continue
			}
			idle := slices.Contains(idleFacts, i)
			err = errors.Join(err, facts.mark(at, !dead[k] && !idle))
			if idle {
				f.set(record, words+more+i, noFact)
			}
		}
		if err != nil {
			return fmt.Errorf("function %d: %w", k, err)
		}
	}
	clear(f.memory[f.units:f.values])
	tables.piece[0] = pieceNeeded // a byte before the first table, so that 0 can be none
	tables.clear()
	facts.clear()
	return nil
}

// uses is which pieces of a block of memory are needed. They stand one behind the other; functions share equal ones.
type uses struct {
	block []byte
	piece []byte // at the first byte of a piece: whether it is needed
}

const (
	pieceFree = 1 + iota
	pieceNeeded
)

func newUses(block []byte) uses { return uses{block, make([]byte, len(block))} }

func (u uses) mark(at uint64, needed bool) error {
	if at >= uint64(len(u.block)) {
		return fmt.Errorf("a table begins at %d of %d", at, len(u.block))
	}
	use := byte(pieceFree)
	if needed {
		use = pieceNeeded
	}
	u.piece[at] = max(u.piece[at], use)
	return nil
}

// clear clears the pieces that are not needed. What lies before the first or from the last one on is left alone, since
// nobody knows where the last one ends.
func (u uses) clear() {
	last := 0
	for i, use := range u.piece {
		if use != 0 {
			last = i
		}
	}
	needed := true
	for i, use := range u.piece[:last] {
		if use != 0 {
			needed = use == pieceNeeded
		}
		if !needed {
			u.block[i] = 0
		}
	}
}
