//go:build js && wasm

// Command program is what is measured in a browser or under Node.js: it answers to globalThis.workload, see
// ../page/worker.js.
package main

import (
	"syscall/js"
	"time"

	"descent/internal/bench/workload"
	"descent/ml/kernel"
)

func main() {
	var w *workload.Workload
	js.Global().Set("workload", map[string]any{
		"kernel": kernel.Name(),
		// open prepares a workload and returns its batch and flops, or what went wrong.
		"open": js.FuncOf(func(_ js.Value, args []js.Value) any {
			var err error
			if w, err = workload.Open(args[0].String()); err != nil {
				return err.Error()
			}
			return map[string]any{"batch": w.Batch, "flops": w.Flops}
		}),
		// run takes steps for at least so many milliseconds and returns how many and how long they took.
		"run": js.FuncOf(func(_ js.Value, args []js.Value) any {
			limit := time.Duration(args[0].Float() * float64(time.Millisecond))
			start, steps := time.Now(), 0
			for time.Since(start) < limit {
				if err := w.Step(); err != nil {
					return err.Error()
				}
				steps++
			}
			return map[string]any{"steps": steps, "ms": float64(time.Since(start).Nanoseconds()) / 1e6}
		}),
	})
	js.Global().Call("ready")
	select {}
}
