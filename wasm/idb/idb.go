//go:build js && wasm

// Package idb reaches the browser's database, from the page and from its worker alike. Its functions wait for the
// browser, so they must not be called from an event handler's own goroutine.
package idb

import (
	"strconv"
	"syscall/js"
)

// Format is the version of the records. A program that meets a higher one leaves it alone.
const Format = 1

// shelved is the version of the database: of which shelves there are. A later one has those of the earlier.
const shelved = 2

// The shelves of the database.
const (
	Desks       = "desks"       // what each tab was working on
	Runs        = "runs"        // what is known of each run but its weights
	Checkpoints = "checkpoints" // the weights: two for each run, written in turn
	Files       = "files"       // a person's own
	Made        = "made"        // samples that were made in the page
)

const name = "descent"

// A DB is the open database.
type DB struct{ v js.Value }

// An Error is one of the browser's.
type Error struct{ Name, Text string }

func (e *Error) Error() string { return e.Name + ": " + e.Text }

// Full reports whether there was no room.
func (e *Error) Full() bool { return e.Name == "QuotaExceededError" }

// Newer reports whether a later version of the program has written the database.
func (e *Error) Newer() bool { return e.Name == "VersionError" }

func wrap(v js.Value) error {
	if !v.Truthy() {
		return &Error{"UnknownError", "the browser gave no reason"}
	}
	return &Error{v.Get("name").String(), v.Get("message").String()}
}

// Open opens the database, and makes it where there is none.
func Open() (db *DB, err error) {
	factory := js.Global().Get("indexedDB")
	if !factory.Truthy() {
		return nil, &Error{"NotFoundError", "this browser has no database for pages, or forbids it here"}
	}
	defer func() { // some browsers throw where they forbid it
		if r := recover(); r != nil {
			thrown, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = wrap(thrown.Value)
		}
	}()
	request := factory.Call("open", name, shelved)
	upgrade := js.FuncOf(func(js.Value, []js.Value) any {
		made := request.Get("result")
		for _, shelf := range []string{Desks, Runs, Checkpoints, Files, Made} {
			if !made.Get("objectStoreNames").Call("contains", shelf).Bool() {
				made.Call("createObjectStore", shelf)
			}
		}
		return nil
	})
	defer upgrade.Release()
	request.Set("onupgradeneeded", upgrade)
	result, err := wait(request, "success")
	if err != nil {
		return nil, err
	}
	db = &DB{result}
	// A tab with a later program must not wait for this one.
	db.v.Set("onversionchange", js.FuncOf(func(js.Value, []js.Value) any {
		db.v.Call("close")
		return nil
	}))
	return db, nil
}

// wait waits for a request or a transaction to end, and returns a request's result.
func wait(target js.Value, good string) (js.Value, error) {
	done := make(chan error, 1)
	tell := func(err error) {
		select {
		case done <- err:
		default:
		}
	}
	yes := js.FuncOf(func(js.Value, []js.Value) any { tell(nil); return nil })
	no := js.FuncOf(func(_ js.Value, args []js.Value) any {
		reason := target.Get("error")
		if !reason.Truthy() { // a transaction that fails tells of its request first
			reason = args[0].Get("target").Get("error")
		}
		tell(wrap(reason))
		return nil
	})
	target.Set("on"+good, yes)
	target.Set("onerror", no)
	target.Set("onabort", no)
	err := <-done
	target.Set("on"+good, nil)
	target.Set("onerror", nil)
	target.Set("onabort", nil)
	yes.Release()
	no.Release()
	if err != nil || good != "success" {
		return js.Undefined(), err
	}
	return target.Get("result"), nil
}

// begin begins a transaction. A database that was closed under this program throws.
func (db *DB) begin(shelf, mode, durability string) (tx js.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			thrown, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = wrap(thrown.Value)
		}
	}()
	return db.v.Call("transaction", shelf, mode, map[string]any{"durability": durability}), nil
}

// Start begins to write a record and returns at once; the browser has taken a copy. Wait returns when it will outlive this
// page and the browser, or was not written at all. Records are written in the order in which they were started. That they
// also outlive the machine's losing its power would take the disk's word for each, which can be seconds on a busy one; the
// two checkpoints of a run and their sums are for that.
func (db *DB) Start(shelf, key string, record js.Value) (wait func() error) {
	tx, err := db.begin(shelf, "readwrite", "relaxed")
	if err != nil {
		return func() error { return err }
	}
	if err := attempt(func() { tx.Call("objectStore", shelf).Call("put", record, key) }); err != nil {
		return func() error { return err }
	}
	return ended(tx)
}

// attempt returns what a call throws.
func attempt(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			thrown, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = wrap(thrown.Value)
		}
	}()
	f()
	return nil
}

func ended(tx js.Value) func() error {
	return func() error {
		_, err := wait(tx, "complete")
		return err
	}
}

// Put writes a record.
func (db *DB) Put(shelf, key string, record js.Value) error { return db.Start(shelf, key, record)() }

// Get reads a record; it is undefined where there is none.
func (db *DB) Get(shelf, key string) (js.Value, error) {
	tx, err := db.begin(shelf, "readonly", "relaxed")
	if err != nil {
		return js.Undefined(), err
	}
	return wait(tx.Call("objectStore", shelf).Call("get", key), "success")
}

// Keys returns the keys of a shelf.
func (db *DB) Keys(shelf string) ([]string, error) {
	list, err := db.list(shelf, "getAllKeys")
	if err != nil {
		return nil, err
	}
	keys := make([]string, list.Length())
	for i := range keys {
		keys[i] = list.Index(i).String()
	}
	return keys, nil
}

// All returns the records of a shelf, in the order of Keys.
func (db *DB) All(shelf string) ([]js.Value, error) {
	list, err := db.list(shelf, "getAll")
	if err != nil {
		return nil, err
	}
	all := make([]js.Value, list.Length())
	for i := range all {
		all[i] = list.Index(i)
	}
	return all, nil
}

func (db *DB) list(shelf, method string) (js.Value, error) {
	tx, err := db.begin(shelf, "readonly", "relaxed")
	if err != nil {
		return js.Undefined(), err
	}
	return wait(tx.Call("objectStore", shelf).Call(method), "success")
}

// Delete takes records away.
func (db *DB) Delete(shelf string, keys ...string) error {
	tx, err := db.begin(shelf, "readwrite", "relaxed")
	if err != nil {
		return err
	}
	for _, key := range keys {
		tx.Call("objectStore", shelf).Call("delete", key)
	}
	return ended(tx)()
}

// Slot is the key of one of the two checkpoints of a run.
func Slot(run string, slot int) string { return run + "/" + strconv.Itoa(slot) }

// Slots is how many checkpoints a run has.
const Slots = 2
