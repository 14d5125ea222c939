//go:build js && wasm

package main

import (
	"errors"
	"strconv"
	"syscall/js"

	"descent/ml/config"
	"descent/ml/data"
)

// fetched gives sources the files under data/, beside the worker's script.
type fetched struct{}

func (fetched) Open(name string, progress func(done, total int64)) ([]byte, error) {
	response, err := await(js.Global().Call("fetch", "data/"+name))
	if err != nil {
		return nil, &data.FileError{File: "data/" + name, Msg: config.Say("could not be fetched (%v); is the server still there?", err), Err: err}
	}
	if !response.Get("ok").Bool() {
		return nil, &data.FileError{File: "data/" + name,
			Msg: config.Say("the server has no such file (it answered %d); `make build` fetches it", response.Get("status").Int())}
	}
	var total int64
	if length := response.Get("headers").Call("get", "Content-Length"); !length.IsNull() {
		if n, err := strconv.ParseInt(length.String(), 10, 40); err == nil && n > 0 {
			total = n
		}
	}
	reader := response.Get("body").Call("getReader")
	out := make([]byte, 0, total)
	for {
		piece, err := await(reader.Call("read"))
		if err != nil {
			return nil, &data.FileError{File: "data/" + name, Want: total, Have: int64(len(out)),
				Msg: config.Say("stopped after %d of %d bytes: %v", len(out), total, err), Err: err}
		}
		if piece.Get("done").Bool() {
			return out, nil
		}
		value := piece.Get("value")
		from := len(out)
		out = append(out, make([]byte, value.Get("length").Int())...)
		js.CopyBytesToGo(out[from:], value)
		if progress != nil {
			progress(int64(len(out)), total)
		}
	}
}

// await waits for a promise; other events are delivered meanwhile.
func await(promise js.Value) (js.Value, error) {
	type result struct {
		value js.Value
		err   error
	}
	done := make(chan result, 1)
	yes := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- result{value: args[0]}
		return nil
	})
	no := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- result{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	promise.Call("then", yes, no)
	r := <-done
	yes.Release()
	no.Release()
	return r.value, r.err
}
