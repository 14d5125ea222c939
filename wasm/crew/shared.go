//go:build js && wasm

package crew

import (
	"syscall/js"
	"unsafe"

	"descent/ml/train"
)

// shared is the memory that the workers of a crew have in common, a SharedArrayBuffer. Whole numbers, one 32-bit word
// each, come first, and are written and waited for with Atomics:
//
//	order     what the members are to do: work, or leave
//	turn      grows with each job, which begins by it
//	done[i]   the turn in which part i was done, a shard or a piece of an evaluation
//
// then float64s: the job, and the metrics of each part; then float32s: the weights, and the gradients of each shard.
// What a turn brings is written before the word that says so, and read after it.
type shared struct {
	buffer  js.Value
	words   js.Value // Int32Array
	numbers js.Value // Float64Array
	atomics js.Value
	blocks  []js.Value // Uint8Array: the weights, and the gradients of shard i as block i+1

	shards, weights int
}

const (
	wordOrder = iota
	wordTurn
	wordDone // and those of the other shards behind it
)

const (
	orderNone = iota
	orderWork
	orderLeave
)

const jobNumbers = 8

func (s *shared) wordBytes() int   { return (4*(wordDone+s.shards) + 7) &^ 7 }
func (s *shared) numberBytes() int { return 8 * (jobNumbers + s.shards*train.MetricsNumbers) }

// offset is where a block begins.
func (s *shared) offset(block int) int { return s.wordBytes() + s.numberBytes() + 4*s.weights*block }

// newShared takes memory; with an existing buffer it is that.
func newShared(buffer js.Value, shards, weights int) *shared {
	s := &shared{shards: shards, weights: weights, atomics: js.Global().Get("Atomics")}
	if s.buffer = buffer; buffer.IsUndefined() {
		s.buffer = js.Global().Get("SharedArrayBuffer").New(s.offset(1 + shards))
	}
	s.words = js.Global().Get("Int32Array").New(s.buffer, 0, wordDone+shards)
	s.numbers = js.Global().Get("Float64Array").New(s.buffer, s.wordBytes(), jobNumbers+shards*train.MetricsNumbers)
	for i := range 1 + shards {
		s.blocks = append(s.blocks, js.Global().Get("Uint8Array").New(s.buffer, s.offset(i), 4*weights))
	}
	return s
}

func (s *shared) load(word int) int { return s.atomics.Call("load", s.words, word).Int() }

func (s *shared) store(word, value int) {
	s.atomics.Call("store", s.words, word, value)
	s.atomics.Call("notify", s.words, word)
}

// wait blocks this worker while a word has a value, and reports whether it is another within a time in milliseconds.
func (s *shared) wait(word, value int, ms float64) bool {
	return s.atomics.Call("wait", s.words, word, value, ms).String() != "timed-out" || s.load(word) != value
}

func (s *shared) put(block int, v []float32) { js.CopyBytesToJS(s.blocks[block], bytesOf(v)) }

func (s *shared) get(block int, v []float32) { js.CopyBytesToGo(bytesOf(v), s.blocks[block]) }

// bytesOf is the memory of float32s: this machine and the browser's arrays both put the low byte first.
func bytesOf(v []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 4*len(v))
}

func (s *shared) putJob(j train.Job) {
	for i, v := range [jobNumbers]int{j.Step, j.Epoch, j.At, j.From, j.Count, j.Samples, j.Of, j.Measures} {
		s.numbers.SetIndex(i, v)
	}
}

func (s *shared) job() train.Job {
	var v [jobNumbers]int
	for i := range v {
		v[i] = s.numbers.Index(i).Int()
	}
	return train.Job{Step: v[0], Epoch: v[1], At: v[2], From: v[3], Count: v[4], Samples: v[5], Of: v[6], Measures: v[7]}
}

func (s *shared) putMetrics(part int, m train.Metrics) {
	for i, v := range m.Numbers() {
		s.numbers.SetIndex(jobNumbers+part*train.MetricsNumbers+i, v)
	}
}

func (s *shared) metrics(part int) train.Metrics {
	var v [train.MetricsNumbers]float64
	for i := range v {
		v[i] = s.numbers.Index(jobNumbers + part*train.MetricsNumbers + i).Float()
	}
	return train.MetricsOf(v)
}
