//go:build js && wasm

// Command pictures decodes images for the trainer, which fetches it when a person first brings some: web/worker.js runs
// it beside worker.wasm, in the same Web Worker. It gives that a function
//
//	readPicture(file Uint8Array, height, width, crop) → {pixels Uint8Array, h, w} or {said}
//
// where pixels are float32, as package picture makes them, and said is why there are none, with what that is made of:
// {text, format, args}.
package main

import (
	"syscall/js"
	"unsafe"

	"descent/ml/config"
	"descent/ml/data/picture"
)

func main() {
	js.Global().Set("readPicture", js.FuncOf(func(_ js.Value, args []js.Value) any {
		file := make([]byte, args[0].Get("length").Int())
		js.CopyBytesToGo(file, args[0])
		small, h, w, err := picture.Read(file, args[1].Int(), args[2].Int(), args[3].Bool())
		if err != nil {
			return map[string]any{"said": said(config.Told(err))}
		}
		pixels := js.Global().Get("Uint8Array").New(4 * len(small))
		js.CopyBytesToJS(pixels, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(small))), 4*len(small)))
		return map[string]any{"pixels": pixels, "h": h, "w": w}
	}))
	js.Global().Call("picturesReady")
	select {}
}

func said(m config.Message) map[string]any {
	args := []any{}
	for _, a := range m.Args {
		args = append(args, said(a))
	}
	return map[string]any{"text": m.Text, "format": m.Format, "args": args}
}
