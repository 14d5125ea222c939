//go:build js && wasm

// Command worker is the trainer, compiled to web/worker.wasm and started by web/worker.js inside a Web Worker. Its
// first message is {kind: "hello"}: messages sent to it earlier are lost, so the interface waits for that one.
package main

import (
	"runtime"
	"syscall/js"
)

func main() {
	js.Global().Call("postMessage", map[string]any{"kind": "hello", "go": runtime.Version()})
	select {} // the runtime must outlive main to answer events
}
