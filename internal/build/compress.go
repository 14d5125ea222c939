//go:build !js

package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
)

// small is the size under which a compressed twin saves nothing worth a file.
const small = 1 << 10

// compress puts a .br and a .gz beside each text and wasm file. A twin carries the time of its original, which is how
// both this step and the server know a stale one.
func compress(quality int) error {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	err := filepath.WalkDir("web", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name == filepath.Join("web", "data") {
			return filepath.SkipDir // compressed already
		}
		if d.IsDir() || !slices.Contains([]string{".wasm", ".js", ".css", ".svg", ".json"}, filepath.Ext(name)) {
			return nil
		}
		info, err := d.Info()
		if err != nil || info.Size() < small {
			return err
		}
		wg.Go(func() {
			if err := twins(name, info, quality); err != nil {
				mu.Lock()
				errs = append(errs, err)
				mu.Unlock()
			}
		})
		return nil
	})
	wg.Wait()
	return errors.Join(append(errs, err)...)
}

func twins(name string, info fs.FileInfo, quality int) error {
	var data []byte
	for _, ext := range []string{".br", ".gz"} {
		if twin, err := os.Stat(name + ext); err == nil && twin.ModTime().Equal(info.ModTime()) {
			continue
		}
		if data == nil {
			var err error
			if data, err = os.ReadFile(name); err != nil {
				return err
			}
		}
		err := writeFile(name+ext, func(w io.Writer) error {
			if ext == ".gz" {
				return pack(w, data)
			}
			z := brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: quality, LGWin: 24})
			if _, err := z.Write(data); err != nil {
				return err
			}
			return z.Close()
		})
		if err != nil {
			return err
		}
		if err := os.Chtimes(name+ext, info.ModTime(), info.ModTime()); err != nil {
			return err
		}
	}
	return nil
}
