//go:build !js

package slim

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// A column is a word of the records that says where a piece of a block of memory is: a name, a table or a fact.
// Functions share equal pieces.
type column struct {
	part  part
	word  uint64 // of the fixed part, or the number of the table or fact
	block block
}

// A record has three parts, one behind the other.
type part byte

const (
	fixedPart part = iota
	tablePart
	factPart
)

// A block holds pieces of one kind.
type block byte

const (
	blockNames  block = iota // a name ends with a zero
	blockTables              // pairs of numbers in LEB128, and a zero where a pair would begin
	blockMaps                // stack maps: how many there are, the bits of each, and the bits
	blockOthers              // facts of other kinds, which lie where stack maps do
	blocks
)

// columns are those that are left when the rest was dropped, by block. The numbers are those of package internal/abi.
var columns = []column{
	{fixedPart, wordName, blockNames},
	{fixedPart, wordSP, blockTables},
	{tablePart, 1, blockTables}, // PCDATA_StackMapIndex
	{tablePart, 4, blockTables}, // PCDATA_PanicBounds
	{factPart, 0, blockMaps},    // FUNCDATA_ArgsPointerMaps
	{factPart, 1, blockMaps},    // FUNCDATA_LocalsPointerMaps
	{factPart, 2, blockOthers},  // FUNCDATA_StackObjects
	{factPart, 4, blockOthers},  // FUNCDATA_OpenCodedDeferInfo
	{factPart, 7, blockOthers},  // FUNCDATA_WrapInfo
}

// none is what the word says of a function without a piece.
func (c column) none() uint64 {
	if c.part == factPart {
		return noFact
	}
	return 0
}

// find is which word of a record the column is, if the record has it.
func (f *functions) find(c column, record uint64) (word uint64, ok bool) {
	tables := f.word(record, wordMore)
	switch c.part {
	case tablePart:
		return words + c.word, c.word < tables
	case factPart:
		return words + tables + c.word, c.word < f.word(record, wordFacts)>>24
	}
	return c.word, true
}

// size is how long the piece is that b begins with.
func (k block) size(b []byte) (uint64, error) {
	switch k {
	case blockNames:
		if i := bytes.IndexByte(b, 0); i >= 0 {
			return uint64(i + 1), nil
		}
	case blockTables:
		for i, pairs := 0, 0; i < len(b); pairs++ {
			if pairs > 0 && b[i] == 0 {
				return uint64(i + 1), nil
			}
			for range 2 {
				_, n := binary.Uvarint(b[i:])
				if n <= 0 {
					return 0, errors.New("a table of a function has no end")
				}
				i += n
			}
		}
	case blockMaps:
		if len(b) >= 8 {
			count, bits := uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[4:]))
			if size := 8 + count*((bits+7)/8); size <= uint64(len(b)) {
				return size, nil
			}
		}
	}
	return 0, errors.New("a name, table or stack map of a function has no end")
}

// align is the multiple of bytes at which pieces begin.
func (k block) align(at uint64) uint64 {
	switch k {
	case blockMaps:
		return (at + 3) &^ 3
	case blockOthers:
		return (at + 7) &^ 7
	}
	return at
}

// A piece is moved to where nothing lies between pieces that nobody needs. First come those that several functions share,
// the more functions the earlier, then the others by column and function; so a record need not tell where these are.
type piece struct {
	block    block
	from, to uint64
	size     uint64
	uses     int
}

// compact moves the pieces of a record's columns, and says for each block from where on its pieces are of one function each,
// in order.
func (f *functions) compact() (single [blocks]uint64, err error) {
	single[blockNames], err = f.pack(f.memory[f.names:f.units], 1, blockNames) // 0 is no name
	if err != nil {
		return single, err
	}
	single[blockTables], err = f.pack(f.memory[f.values:f.end], 1, blockTables)
	if err != nil {
		return single, err
	}
	single[blockMaps], err = f.pack(f.memory[f.facts:f.buckets], 0, blockMaps, blockOthers)
	return single, err
}

// pack moves the pieces of some blocks, which lie in b, to where it begins but for some first bytes.
func (f *functions) pack(b []byte, first uint64, kinds ...block) (single uint64, err error) {
	pieces := make(map[uint64]*piece)
	var order []*piece
	for _, c := range columns {
		if !slices.Contains(kinds, c.block) {
			continue
		}
		for k, record := range f.records {
			word, ok := f.find(c, record)
			if !ok || f.word(record, word) == c.none() {
				continue
			}
			from := f.word(record, word)
			if from >= uint64(len(b)) {
				return 0, fmt.Errorf("function %d: a piece begins at %d of %d", k, from, len(b))
			}
			p := pieces[from]
			if p == nil {
				p = &piece{block: c.block, from: from}
				pieces[from] = p
				order = append(order, p)
			}
			if p.uses++; p.block != c.block {
				return 0, fmt.Errorf("function %d: the piece at %d is of two kinds", k, from)
			}
		}
	}
	if len(order) == 0 {
		return first, nil
	}

	// Of facts that are no stack maps nobody knows the size, so they take what there is up to the next piece, and the last
	// one, of which nobody knows even that, stays.
	starts := slices.Sorted(maps.Keys(pieces))
	limit := uint64(len(b))
	for i, from := range starts {
		p, end := pieces[from], uint64(len(b))
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if p.block == blockOthers {
			p.size = end - from
			if i+1 == len(starts) {
				limit = from
			}
			continue
		}
		if p.size, err = p.block.size(b[from:end]); err != nil {
			return 0, err
		}
	}

	rank := func(p *piece) int {
		switch {
		case p.block == blockOthers:
			return 0
		case p.uses > 1:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(order, func(p, q *piece) int {
		by := cmp.Compare(rank(p), rank(q))
		if by == 0 && rank(p) == 1 {
			by = cmp.Compare(q.uses, p.uses)
		}
		return by
	})
	old, next, single := slices.Clone(b), first, uint64(0)
	clear(b[:limit])
	for _, p := range order {
		if p.from == limit {
			p.to = limit
			continue
		}
		next = p.block.align(next)
		if rank(p) == 2 && single == 0 {
			single = next
		}
		p.to = next
		if next += p.size; next > limit {
			return 0, errors.New("the pieces of functions take more room than before")
		}
		copy(b[p.to:], old[p.from:][:p.size])
	}

	for _, c := range columns {
		for _, record := range f.records {
			if word, ok := f.find(c, record); ok && slices.Contains(kinds, c.block) && f.word(record, word) != c.none() {
				f.set(record, word, uint32(pieces[f.word(record, word)].to))
			}
		}
	}
	return single, nil
}
