package data

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"descent/ml/config"
)

// Local returns the files of a person at a command line: those below a
// directory of datasets, and all else by its path on this machine.
func Local(dir string) Files { return local{directory(dir)} }

type local struct{ directory }

func (l local) Open(name string, progress func(done, total int64)) ([]byte, error) {
	if filepath.IsLocal(filepath.FromSlash(name)) {
		b, err := l.directory.Open(name, progress)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
		if _, elsewhere := os.Stat(filepath.FromSlash(name)); elsewhere != nil {
			return nil, err
		}
	}
	f, err := os.Open(filepath.FromSlash(name))
	if err != nil {
		msg := config.Say("cannot be read: %v", err)
		if errors.Is(err, fs.ErrNotExist) {
			msg = config.Word("there is no such file")
		}
		return nil, &FileError{File: name, Msg: msg, Err: err}
	}
	defer f.Close()
	return readAll(name, f, progress)
}

// List returns the plain files below a folder. Symbolic links are not followed.
func (l local) List(folder string) ([]string, error) {
	if filepath.IsLocal(filepath.FromSlash(folder)) {
		if names, err := l.directory.List(folder); err == nil {
			return names, nil
		}
	}
	names, err := list(os.DirFS(filepath.FromSlash(folder)), ".")
	for i, name := range names {
		names[i] = path.Join(filepath.ToSlash(folder), name)
	}
	return names, err
}
