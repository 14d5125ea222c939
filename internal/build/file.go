//go:build !js

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
)

// writeFile makes a file appear whole or not at all: a server or a second build may be reading.
func writeFile(name string, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".build-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// update writes data unless the file already holds it, so that its time, and with it the compressed twins, stay.
func update(name string, data []byte) (changed bool, err error) {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return false, nil
	}
	return true, writeFile(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
