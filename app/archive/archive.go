// Package archive is where the page keeps what is to outlive it: the runs, what each tab was working on, and a person's
// own files. In a browser that is its database, which the trainer's worker writes weights to as well; in tests a map.
package archive

import (
	"errors"
	"hash/crc32"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// The shelves, as wasm/idb has them.
const (
	Desks = "desks"
	Runs  = "runs"
	Files = "files"
	Made  = "made"
)

// An Archive keeps texts under a shelf and a key. Its methods wait, so they have a goroutine of their own.
type Archive interface {
	// Open makes it ready. An error says why nothing can be kept here.
	Open() error

	Put(shelf, key, text string) error
	Get(shelf, key string) (Record, error)
	All(shelf string) ([]Record, error)
	Keys(shelf string) ([]string, error)
	Delete(shelf string, keys ...string) error

	// Weights returns the latest checkpoint of a run as a Blob, whether or not it is as it was written.
	Weights(run string) (goapp.Value, error)
	// PutWeights keeps a file as a run's checkpoint.
	PutWeights(run string, file goapp.Value) error
	DropWeights(run string) error

	PutFile(key string, file goapp.Value) error
	File(key string) (goapp.Value, error)

	// Lock takes a name that no two tabs can have at once, until Unlock or until this tab is gone; false when another
	// has it. Locked returns the names that are taken.
	Lock(name string) bool
	Unlock(name string)
	Locked() map[string]bool
}

// A Record is a text that is kept. One that is not as it was written is damaged.
type Record struct {
	Key, Text string
	Damaged   bool
}

// ErrNone says that there is no such record.
var ErrNone = errors.New("archive: there is no such record")

// Full reports whether an error says that there was no room.
func Full(err error) bool {
	var e interface{ Full() bool }
	return errors.As(err, &e) && e.Full()
}

func sum(text string) uint32 { return crc32.ChecksumIEEE([]byte(text)) }
