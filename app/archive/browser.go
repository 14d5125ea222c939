//go:build js && wasm

package archive

import (
	"syscall/js"

	"descent/wasm/idb"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Browser is the browser's database.
type Browser struct {
	db    *idb.DB
	locks map[string]js.Value // functions that give them back
}

// Open opens the database.
func (b *Browser) Open() (err error) {
	b.db, err = idb.Open()
	return err
}

// Put keeps a text with its checksum.
func (b *Browser) Put(shelf, key, text string) error {
	return b.db.Put(shelf, key, js.ValueOf(map[string]any{"format": idb.Format, "key": key, "text": text, "sum": int(sum(text))}))
}

// All returns the records of a shelf.
func (b *Browser) All(shelf string) ([]Record, error) {
	keys, err := b.db.Keys(shelf)
	if err != nil {
		return nil, err
	}
	all, err := b.db.All(shelf)
	if err != nil {
		return nil, err
	}
	var out []Record
	for i, key := range keys[:min(len(keys), len(all))] {
		out = append(out, record(key, all[i]))
	}
	return out, nil
}

// Get returns one record of a shelf.
func (b *Browser) Get(shelf, key string) (Record, error) {
	v, err := b.db.Get(shelf, key)
	if err != nil {
		return Record{}, err
	}
	if v.IsUndefined() {
		return Record{}, ErrNone
	}
	return record(key, v), nil
}

// record reads what Put wrote.
func record(key string, v js.Value) Record {
	r := Record{Key: key, Damaged: true}
	if v.Type() == js.TypeObject && v.Get("text").Type() == js.TypeString {
		r.Text = v.Get("text").String()
		at := v.Get("sum")
		r.Damaged = at.Type() != js.TypeNumber || uint32(at.Float()) != sum(r.Text) || v.Get("format").Type() != js.TypeNumber || v.Get("format").Int() != idb.Format
	}
	return r
}

// Keys lists a shelf.
func (b *Browser) Keys(shelf string) ([]string, error) { return b.db.Keys(shelf) }

// Delete takes records away.
func (b *Browser) Delete(shelf string, keys ...string) error { return b.db.Delete(shelf, keys...) }

func slots(run string) (keys []string) {
	for slot := range idb.Slots {
		keys = append(keys, idb.Slot(run, slot))
	}
	return keys
}

// Weights joins the parts of the latest checkpoint. The browser does that without bringing them into memory.
func (b *Browser) Weights(run string) (goapp.Value, error) {
	best := js.Undefined()
	for _, key := range slots(run) {
		v, err := b.db.Get(idb.Checkpoints, key)
		if err != nil {
			return nil, err
		}
		if v.Truthy() && v.Get("parts").Truthy() && (!best.Truthy() || v.Get("number").Int() > best.Get("number").Int()) {
			best = v
		}
	}
	if !best.Truthy() {
		return nil, ErrNone
	}
	blob := js.Global().Get("Blob").New(best.Get("parts"), map[string]any{"type": "application/octet-stream"})
	return goapp.ValueOf(blob), nil
}

// PutWeights keeps a file as the first checkpoint of a run.
func (b *Browser) PutWeights(run string, file goapp.Value) error {
	buffer, err := await(goapp.JSValue(file).Call("arrayBuffer"))
	if err != nil {
		return err
	}
	parts := js.Global().Get("Array").New()
	parts.Call("push", buffer)
	return b.db.Put(idb.Checkpoints, idb.Slot(run, 0), js.ValueOf(map[string]any{
		"format": idb.Format, "run": run, "number": 0, "size": buffer.Get("byteLength"), "parts": parts}))
}

// DropWeights takes both checkpoints of a run away.
func (b *Browser) DropWeights(run string) error { return b.db.Delete(idb.Checkpoints, slots(run)...) }

// PutFile keeps a File. The browser copies it in its own time, and not through this page.
func (b *Browser) PutFile(key string, file goapp.Value) error {
	return b.db.Put(Files, key, goapp.JSValue(file))
}

// File returns a File that is kept.
func (b *Browser) File(key string) (goapp.Value, error) {
	v, err := b.db.Get(Files, key)
	if err != nil || !v.Truthy() {
		return nil, ErrNone
	}
	return goapp.ValueOf(v), nil
}

// Lock takes one of the browser's locks. A browser without them has one tab at a time, as far as can be told.
func (b *Browser) Lock(name string) bool {
	locks := js.Global().Get("navigator").Get("locks")
	if !locks.Truthy() {
		return true
	}
	got := make(chan bool, 1)
	hold := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if !args[0].Truthy() {
			got <- false
			return nil
		}
		var keep js.Func
		keep = js.FuncOf(func(_ js.Value, args []js.Value) any {
			if b.locks == nil {
				b.locks = map[string]js.Value{}
			}
			b.locks[name] = args[0] // resolving the promise gives the lock back
			return nil
		})
		promise := js.Global().Get("Promise").New(keep)
		keep.Release()
		got <- true
		return promise
	})
	locks.Call("request", name, map[string]any{"ifAvailable": true}, hold)
	ok := <-got
	hold.Release()
	return ok
}

// Unlock gives it back.
func (b *Browser) Unlock(name string) {
	if resolve, ok := b.locks[name]; ok {
		delete(b.locks, name)
		resolve.Invoke()
	}
}

// Locked returns the names that any tab has.
func (b *Browser) Locked() map[string]bool {
	out := map[string]bool{}
	locks := js.Global().Get("navigator").Get("locks")
	if !locks.Truthy() {
		return out
	}
	state, err := await(locks.Call("query"))
	if err != nil {
		return out
	}
	held := state.Get("held")
	for i := range held.Length() {
		out[held.Index(i).Get("name").String()] = true
	}
	return out
}

// await waits for a promise.
func await(promise js.Value) (v js.Value, err error) {
	done := make(chan struct{})
	yes := js.FuncOf(func(_ js.Value, args []js.Value) any {
		v = args[0]
		close(done)
		return nil
	})
	no := js.FuncOf(func(_ js.Value, args []js.Value) any {
		err = &idb.Error{Name: args[0].Get("name").String(), Text: args[0].Get("message").String()}
		close(done)
		return nil
	})
	promise.Call("then", yes, no)
	<-done
	yes.Release()
	no.Release()
	return v, err
}
