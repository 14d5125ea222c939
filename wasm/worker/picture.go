//go:build js && wasm

package main

import (
	"syscall/js"
	"unsafe"

	"descent/ml/config"
)

// readPicture is data.ReadPicture. The decoders are a program of their own, wasm/pictures, which worker.js fetches and
// runs when it is first asked to.
func readPicture(b []byte, height, width int, crop bool) (small []float32, h, w int, err error) {
	if read := js.Global().Get("readPicture"); read.Type() != js.TypeFunction {
		if _, err := await(js.Global().Call("loadPictures")); err != nil {
			return nil, 0, 0, &unread{config.Say("the decoders of images could not be fetched (%v); is the server still there?", err)}
		}
	}
	file := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(file, b)
	answer := js.Global().Call("readPicture", file, height, width, crop)
	if said := answer.Get("said"); said.Truthy() {
		return nil, 0, 0, &unread{heard(said)}
	}
	h, w = answer.Get("h").Int(), answer.Get("w").Int()
	small = make([]float32, h*w*3)
	js.CopyBytesToGo(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(small))), 4*len(small)), answer.Get("pixels"))
	return small, h, w, nil
}

// unread is why an image cannot be read.
type unread struct{ msg config.Message }

func (u *unread) Error() string           { return u.msg.Text }
func (u *unread) Message() config.Message { return u.msg }

func heard(v js.Value) config.Message {
	m := config.Message{Text: v.Get("text").String(), Format: v.Get("format").String()}
	args := v.Get("args")
	for i := range args.Length() {
		m.Args = append(m.Args, heard(args.Index(i)))
	}
	return m
}
