package data

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"descent/ml/config"
)

// Directory returns the files below a directory. A name can lead nowhere else:
// not by "..", and not by a symbolic link.
func Directory(dir string) Files { return directory(dir) }

type directory string

// maxFile bounds a file that is read into memory.
const maxFile = 1 << 30

func (d directory) Open(name string, progress func(done, total int64)) ([]byte, error) {
	b, err := d.read(name, progress)
	var known *FileError
	if err == nil || errors.As(err, &known) {
		return b, err
	}
	at := filepath.Join(string(d), filepath.FromSlash(name))
	msg := config.Say("cannot be read: %v", err)
	if errors.Is(err, fs.ErrNotExist) {
		msg = config.Say("there is no file %s", at)
		if strings.Contains(name, "/") { // those of a data set are in a folder of its own
			msg = config.Say("there is no file %s; `make build` fetches it", at)
		}
	}
	return nil, &FileError{File: name, Msg: msg, Err: err}
}

func (d directory) read(name string, progress func(done, total int64)) ([]byte, error) {
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(name, f, progress)
}

// List returns the plain files below a folder.
func (d directory) List(folder string) ([]string, error) {
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return list(root.FS(), folder)
}

// readAll reads a plain file of at most maxFile bytes.
func readAll(name string, f *os.File, progress func(done, total int64)) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	total := info.Size()
	switch {
	case !info.Mode().IsRegular():
		return nil, &FileError{File: name, Msg: config.Word("is not a plain file")}
	case total > maxFile:
		return nil, &FileError{File: name, Want: maxFile, Have: total,
			Msg: config.Say("it has %s bytes; at most %s are read", config.Group(total), config.Group(maxFile))}
	}
	b := make([]byte, total)
	const chunk = 1 << 20
	for done := int64(0); done < total; {
		n, err := io.ReadFull(f, b[done:min(done+chunk, total)])
		done += int64(n)
		if err != nil {
			return nil, err
		}
		if progress != nil {
			progress(done, total)
		}
	}
	return b, nil
}

// maxListed bounds the files of a folder.
const maxListed = 1 << 20

func list(fsys fs.FS, folder string) ([]string, error) {
	var names []string
	err := fs.WalkDir(fsys, path.Clean(folder), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type().IsRegular() {
			names = append(names, name)
		}
		if len(names) > maxListed {
			return &FileError{File: folder, Msg: config.Say("there are more than %s files below it", config.Group(maxListed))}
		}
		return nil
	})
	return names, err
}
