//go:build js && wasm

package main

import (
	"cmp"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"slices"
	"syscall/js"

	"descent/ml/config"
	"descent/ml/session"
	"descent/wasm/idb"
)

// A keeper keeps checkpoints in the browser's database, past the page: they are copied from the trainer's memory to
// the browser's, which writes them while training goes on. Each run has two, written in turn, so that the one before
// is whole whatever happens to the latest; each with a checksum, so that one that is not as it was written is known.
type keeper struct {
	db   *idb.DB
	runs map[string]*turn
	news chan func() // what the session is to be told, on its own goroutine
	wake chan struct{}
	free []js.Value // parts to be used again
}

// A turn is which checkpoint of a run is written next.
type turn struct{ slot, number int }

func (k *keeper) open() error {
	if k.db != nil {
		return nil
	}
	db, err := idb.Open()
	if err != nil {
		return problem(err)
	}
	k.db = db
	return nil
}

// problem says in the session's terms what the database said.
func problem(err error) error {
	var e *idb.Error
	if errors.As(err, &e) && e.Full() {
		return &session.KeepError{Trouble: session.NoRoom, Msg: config.Word("the browser gives this page no more room")}
	}
	if errors.As(err, &e) && e.Newer() {
		return &session.KeepError{Trouble: session.NoKeeper, Msg: config.Word("a later version of this page has kept runs here; reload to get it")}
	}
	return &session.KeepError{Trouble: session.NoKeeper, Msg: config.Say("the browser keeps nothing: %v", err)}
}

// Keep is session.Keeper's.
func (k *keeper) Keep(run string, step int, write func(io.Writer) error, done func(int, error)) {
	tell := func(bytes int, err error) {
		k.news <- func() { done(bytes, err) }
		select {
		case k.wake <- struct{}{}:
		default:
		}
	}
	if err := k.open(); err != nil {
		tell(0, err)
		return
	}
	p := &parts{free: k.free, sum: crc32.NewIEEE()}
	if err := write(p); err != nil {
		tell(0, err)
		return
	}
	t := k.runs[run]
	if t == nil {
		t = &turn{number: 1}
		k.runs[run] = t
	}
	slot := t.slot
	wait := k.db.Start(idb.Checkpoints, idb.Slot(run, slot), js.ValueOf(map[string]any{
		"format": idb.Format, "run": run, "number": t.number, "step": step, "size": p.size,
		"sum": int(p.sum.Sum32()), "parts": p.list()}))
	k.free = append(p.all, p.free...) // the browser has its copy
	t.slot, t.number = (slot+1)%idb.Slots, t.number+1
	go func() {
		if err := wait(); err != nil {
			t.slot = slot // it holds the older one still
			tell(p.size, problem(err))
			return
		}
		tell(p.size, nil)
	}()
}

// Kept is session.Keeper's.
func (k *keeper) Kept(run string) (checkpoint []byte, latest bool, err error) {
	if err := k.open(); err != nil {
		return nil, false, err
	}
	type record struct {
		slot, number int
		v            js.Value
	}
	var all []record
	for slot := range idb.Slots {
		v, err := k.db.Get(idb.Checkpoints, idb.Slot(run, slot))
		if err != nil {
			return nil, false, problem(err)
		}
		if v.Truthy() {
			all = append(all, record{slot, v.Get("number").Int(), v})
		}
	}
	if len(all) == 0 {
		return nil, false, &session.KeepError{Trouble: session.Missing, Msg: config.Word("its weights are not kept here")}
	}
	slices.SortStableFunc(all, func(a, b record) int { return cmp.Compare(b.number, a.number) })
	for i, r := range all {
		if b, ok := whole(r.v); ok {
			// The next goes where the damaged one is, or the older one.
			k.runs[run] = &turn{(r.slot + 1) % idb.Slots, all[0].number + 1}
			return b, i == 0, nil
		}
	}
	return nil, false, &session.KeepError{Trouble: session.Damaged, Msg: config.Word("what is kept of it is not what was written")}
}

// whole puts a record's parts together; false where they are not what was written.
func whole(v js.Value) ([]byte, bool) {
	list, size := v.Get("parts"), v.Get("size")
	if v.Get("format").Type() != js.TypeNumber || v.Get("format").Int() != idb.Format || size.Type() != js.TypeNumber || !list.InstanceOf(js.Global().Get("Array")) {
		return nil, false
	}
	total := 0
	for i := range list.Length() {
		total += list.Index(i).Get("byteLength").Int()
	}
	if total != size.Int() {
		return nil, false
	}
	b := make([]byte, total)
	at := 0
	for i := range list.Length() {
		at += js.CopyBytesToGo(b[at:], js.Global().Get("Uint8Array").New(list.Index(i)))
	}
	sum := v.Get("sum") // a run that was brought as a file has none; the file's own form is checked when it is read
	return b, sum.Type() != js.TypeNumber || uint32(sum.Float()) == crc32.ChecksumIEEE(b)
}

// parts is a writer into the browser's memory, piece by piece, so that a checkpoint is never in memory twice.
type parts struct {
	all  []js.Value // Uint8Arrays
	free []js.Value
	used int // bytes of the last
	size int
	sum  hash.Hash32
}

const partSize = 1 << 20

func (p *parts) Write(b []byte) (int, error) {
	n := len(b)
	p.sum.Write(b)
	p.size += n
	for len(b) > 0 {
		if len(p.all) == 0 || p.used == partSize {
			p.used = 0
			if len(p.free) > 0 {
				p.all, p.free = append(p.all, p.free[0]), p.free[1:]
			} else {
				p.all = append(p.all, js.Global().Get("Uint8Array").New(partSize))
			}
		}
		room := p.all[len(p.all)-1].Call("subarray", p.used)
		took := js.CopyBytesToJS(room, b)
		b = b[took:]
		p.used += took
	}
	return n, nil
}

// list is the parts as they are kept, the last cut to its length.
func (p *parts) list() js.Value {
	list := js.Global().Get("Array").New()
	for i, part := range p.all {
		if i == len(p.all)-1 && p.used < partSize {
			part = part.Call("slice", 0, p.used)
		}
		list.Call("push", part.Get("buffer"))
	}
	return list
}
