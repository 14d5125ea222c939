// Package runner carries the session protocol between the page and a trainer: a Web Worker in the browser, a fake in
// tests. Pixels stay where they arrive, in the browser's own memory.
package runner

import (
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Runner is a way to a trainer.
type Runner interface {
	// Start starts a trainer, ending the one before. It calls receive for each message, in order.
	Start(receive func(Message))

	// Send sends a command. A trainer that has died does not get it.
	Send(session.Command)

	// Bring gives the trainer, and those started later, the files that a person has brought, all of them.
	Bring([]File)
}

// A File is one of a person's own, which stays in the browser: a File object, and the name that sources know it by.
type File struct {
	Name string
	File goapp.Value
}

// A Message is what a trainer sent, or the news of its death.
type Message struct {
	Event   session.Event
	Blobs   []goapp.Value // ArrayBuffers
	Failure *Failure
}

// A Failure is how a trainer died.
type Failure struct{ Message, Detail string }
