//go:build js && wasm

package main

import (
	"io/fs"
	"strings"
	"syscall/js"

	"descent/ml/config"
	"descent/ml/data"
)

// files are where sources find theirs: those that a person has brought to the page, which are read here and sent
// nowhere, and behind them the server's.
type files struct {
	fetched
	own   map[string]js.Value // File objects, by name
	order []string            // their names, as they were brought
}

// bring takes in {kind: "files", files: [{name, file}, …]}, which replaces what was brought before.
func (f *files) bring(list js.Value) {
	f.own, f.order = map[string]js.Value{}, nil
	for i := range list.Length() {
		name := list.Index(i).Get("name").String()
		f.own[name] = list.Index(i).Get("file")
		f.order = append(f.order, name)
	}
}

// list is what bring takes in.
func (f *files) list() js.Value {
	list := js.Global().Get("Array").New()
	for _, name := range f.order {
		list.Call("push", map[string]any{"name": name, "file": f.own[name]})
	}
	return list
}

// maxOwn bounds a file that is read into memory, where it is twice for a moment: WebAssembly has 4 GiB for everything.
const maxOwn = 400 << 20

func (f *files) Open(name string, progress func(done, total int64)) ([]byte, error) {
	file, ok := f.own[name]
	if !ok {
		b, err := f.fetched.Open(name, progress)
		if err != nil && !strings.Contains(name, "/") {
			err = &data.FileError{File: name, Msg: config.Word("it is not among the files you have chosen, and none of that name is kept; choose it again"), Err: err}
		}
		return b, err
	}
	total := int64(file.Get("size").Float())
	if total > maxOwn {
		return nil, &data.FileError{File: name, Want: maxOwn, Have: total, Msg: config.Say("it has %d MB; at most %d MB are read", total>>20, maxOwn>>20)}
	}
	buffer, err := await(file.Call("arrayBuffer"))
	if err != nil {
		return nil, &data.FileError{File: name, Msg: config.Say("cannot be read any more (%v); was it moved or changed? Choose it again", err), Err: err}
	}
	array := js.Global().Get("Uint8Array").New(buffer)
	out := make([]byte, array.Length())
	js.CopyBytesToGo(out, array)
	if progress != nil {
		progress(total, total)
	}
	return out, nil
}

// List returns the brought files below a folder.
func (f *files) List(folder string) ([]string, error) {
	var names []string
	for _, name := range f.order {
		if strings.HasPrefix(name, folder+"/") {
			names = append(names, name)
		}
	}
	if names == nil {
		return nil, &data.FileError{File: folder, Msg: config.Word("it is not among the folders you have chosen, and none of that name is kept; choose it again"), Err: fs.ErrNotExist}
	}
	return names, nil
}
