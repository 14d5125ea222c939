//go:build !js

package slim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// Most of what a program knows of its functions follows from the rest: the places of records from their sizes, and those of
// pieces from what the pieces are. So a module carries what does not follow, and a function (unpacker) that the browser
// calls when it has laid out the module's memory makes the table of functions of that, bit for bit as it was.
//
// What does not follow is a stream of numbers in LEB128:
//
//	for each function how many tables it has, and the last word of its record's fixed part, rotated by a byte;
//	two plain words, one behind the other;
//	then each of the columns: 0 for none, 1 for the next of the pieces that belong to one function, or the place plus 2.
//
// It lies where the table of buckets comes to be, which is made last.

// plain are the words of the fixed part that are told as they are: the size of arguments, where deferred calls return.
var plain = []uint64{2, 3}

// The table of buckets leads from an instruction to its function. A bucket is of 4096 instructions and has the number of
// its first function, and how many to add for each sixteenth, which is 0: a function in WebAssembly has 65536 numbers for
// its instructions.
const (
	bucketSize  = 20
	bucketsEach = 16
)

const firstFunction = 0x1000 // the number of the first function

// after is where the next record begins.
func (f *functions) after(record uint64) uint64 {
	return record + (4*(words+f.word(record, wordMore)+f.word(record, wordFacts)>>24)+7)&^7
}

// regular checks that the table of functions is what unpacker would make.
func (f *functions) regular() error {
	odd := func(what string, k int) error {
		return fmt.Errorf("%s of function %d is not as this build makes it; does the program come from another version of Go?", what, k)
	}
	count := uint64(len(f.records))
	at := f.end + 8*(count+1)
	for k, record := range f.records {
		if record != at || f.word(f.end+8*uint64(k), 0) != firstFunction+uint64(k) || f.word(record, 0) != firstFunction+uint64(k) {
			return odd("the record", k)
		}
		used := []uint64{0, wordMore, wordFacts}
		used = append(used, plain...)
		for _, c := range columns {
			if word, ok := f.find(c, record); ok {
				used = append(used, word)
			}
		}
		facts := words + f.word(record, wordMore)
		for word := range facts + f.word(record, wordFacts)>>24 {
			free := uint64(0)
			if word >= facts {
				free = noFact
			}
			if !slices.Contains(used, word) && f.word(record, word) != free {
				return odd("the record", k)
			}
		}
		at = f.after(record)
	}
	if last := f.end + 8*count; f.word(last, 0) != firstFunction+count || f.word(last, 1) != 0 || at > f.facts {
		return odd("the record", len(f.records))
	}
	n := f.bucketCount()
	if f.buckets+n*bucketSize > uint64(len(f.memory)) {
		return odd("the bucket", len(f.records)-1)
	}
	for i := range n {
		bucket := f.memory[f.buckets+i*bucketSize:][:bucketSize]
		if i == n-1 {
			bucket = bucket[:5] // the last function ends within the first of its sixteen parts
		}
		if uint64(binary.LittleEndian.Uint32(bucket)) != i/bucketsEach || slices.ContainsFunc(bucket[4:], func(b byte) bool { return b != 0 }) {
			return odd("the bucket", int(i/bucketsEach))
		}
	}
	return nil
}

func (f *functions) bucketCount() uint64 { return uint64(len(f.records)-1)*bucketsEach + 1 }

// stream takes the table of functions out of the memory and puts the numbers there that it is made of.
func (f *functions) stream(single [blocks]uint64) error {
	if err := f.regular(); err != nil {
		return err
	}
	var out []byte
	put := func(v uint64) { out = binary.AppendUvarint(out, v) }
	for _, record := range f.records {
		put(f.word(record, wordMore))
		put(uint64(bits.RotateLeft32(uint32(f.word(record, wordFacts)), 8)))
	}
	for _, word := range plain {
		for _, record := range f.records {
			put(f.word(record, word))
		}
	}
	next := single
	for _, c := range columns {
		for _, record := range f.records {
			word, ok := f.find(c, record)
			if !ok {
				continue
			}
			switch at := f.word(record, word); {
			case at == c.none():
				put(0)
			case c.block != blockOthers && at == next[c.block]:
				put(1)
				size, err := c.block.size(f.memory[f.base(c.block)+at:])
				if err != nil {
					return err
				}
				next[c.block] = c.block.align(at + size)
			default:
				put(at + 2)
			}
		}
	}
	last := f.buckets + (f.bucketCount()-1)*bucketSize
	if f.buckets+uint64(len(out)) > last {
		return errors.New("the table of functions has no room for what it is made of")
	}
	clear(f.memory[f.end:f.after(f.records[len(f.records)-1])])
	clear(f.memory[f.buckets : last+4])
	copy(f.memory[f.buckets:], out)
	return nil
}

// base is where the places of a block's pieces count from.
func (f *functions) base(k block) uint64 {
	switch k {
	case blockNames:
		return f.names
	case blockTables:
		return f.values
	}
	return f.facts
}

// unpacker is the body of the function that makes the table of functions.
func (f *functions) unpacker(start uint64, single [blocks]uint64) []byte {
	count := int64(len(f.records))
	table, buckets := int64(start+f.end), int64(start+f.buckets)
	var c coder
	source, entry, record, number, shift, at, left, next := c.local(), c.local(), c.local(), c.local(), c.local(), c.local(), c.local(), c.local()

	read := func() { // number is the next of the stream
		c.set(number, constant(0))
		c.set(shift, constant(0))
		c.loop(func() value {
			c.set(left, source.load8(0))
			c.set(source, source.plus(1))
			c.set(number, number.or(left.and(127).shiftLeft(shift)))
			c.set(shift, shift.plus(7))
			return left.and(128)
		})
	}
	each := func(body func()) { // with each record
		c.set(entry, constant(table))
		c.loop(func() value {
			c.set(record, entry.load(4).plus(table))
			body()
			c.set(entry, entry.plus(8))
			return entry.less(constant(table + 8*count))
		})
	}

	c.set(source, constant(buckets))
	c.set(entry, constant(table))
	c.set(record, constant(table+8*(count+1)))
	c.loop(func() value {
		c.set(at, entry.plus(-table).shiftRight(3).plus(firstFunction))
		c.store(entry, 0, at)
		c.store(entry, 4, record.plus(-table))
		c.store(record, 0, at)
		read()
		c.store(record, 4*wordMore, number)
		c.set(at, record.plus(4*words).add(number.shiftLeft(constant(2))))
		read()
		c.store(record, 4*wordFacts, number.rotateRight(8))
		c.set(left, record.load8(4*wordFacts+3))
		c.when(left, func() {
			c.loop(func() value {
				c.store(at, 0, constant(-1))
				c.set(at, at.plus(4))
				c.set(left, left.plus(-1))
				return left
			})
		})
		c.set(record, at.plus(-table).plus(7).and(-8).plus(table))
		c.set(entry, entry.plus(8))
		return entry.less(constant(table + 8*count))
	})
	c.store(entry, 0, constant(firstFunction+count))

	for _, word := range plain {
		each(func() {
			read()
			c.store(record, int64(4*word), number)
		})
	}

	begun := make(map[block]bool)
	for _, col := range columns {
		base := int64(start + f.base(col.block))
		if !begun[col.block] && col.block != blockOthers {
			begun[col.block] = true
			c.set(next, constant(int64(single[col.block])))
		}
		piece := func() {
			read()
			c.when(number, func() {
				c.set(number, number.plus(-2))
				if col.block == blockOthers {
					c.store(at, 0, number)
					return
				}
				c.when(number.less(constant(0)), func() {
					c.set(number, next)
					c.skip(col.block, next, left, base)
				})
				c.store(at, 0, number)
			})
		}
		each(func() {
			switch j := int64(col.word); col.part {
			case fixedPart:
				c.set(at, record.plus(4*j))
				piece()
			case tablePart:
				c.when(constant(j).less(record.load(4*wordMore)), func() {
					c.set(at, record.plus(4*(words+j)))
					piece()
				})
			case factPart:
				c.when(constant(j).less(record.load8(4*wordFacts+3)), func() {
					c.set(at, record.plus(4*(words+j)).add(record.load(4*wordMore).shiftLeft(constant(2))))
					piece()
				})
			}
		})
	}

	last := int64(f.bucketCount() - 1)
	c.set(number, constant(0))
	c.set(at, constant(buckets))
	c.loop(func() value {
		c.store(at, 0, number.shiftRight(4))
		for i := range int64(4) {
			c.store(at, 4+4*i, constant(0))
		}
		c.set(at, at.plus(bucketSize))
		c.set(number, number.plus(1))
		return number.less(constant(last))
	})
	c.store(at, 0, number.shiftRight(4))
	return c.body()
}

// skip moves next, which counts from base, behind the piece where it is.
func (c *coder) skip(k block, next, left value, base int64) {
	behind := func(mask int64) { // the next byte that has none of the bits
		c.loop(func() value {
			c.set(left, next.load8(base))
			c.set(next, next.plus(1))
			return left.and(mask)
		})
	}
	switch k {
	case blockNames:
		behind(0xff)
	case blockTables:
		c.loop(func() value {
			behind(0x80)
			behind(0x80)
			return next.load8(base)
		})
		c.set(next, next.plus(1))
	case blockMaps:
		bytes := next.load(base + 4).plus(7).shiftRight(3)
		c.set(next, next.load(base).times(bytes).add(next).plus(8+3).and(-4))
	}
}
