package data

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"descent/ml/config"
)

// What is taken from a zip archive at most. What its directory promises is
// checked before anything is inflated, and no file is inflated beyond it; so
// the memory is bounded by maxUnzipped, and by maxRatio times the archive.
const (
	maxEntries  = 200_000
	maxUnzipped = 1 << 30
	maxRatio    = 200
	slack       = 1 << 20 // small archives may exceed the ratio by so much
)

// An entry is a file of an archive or of a folder.
type entry struct {
	name string
	read func() ([]byte, error)
}

// openZip returns the plain files of an archive.
func openZip(file string, b []byte) ([]entry, error) {
	fail := func(format string, args ...any) ([]entry, error) {
		return nil, &FileError{File: file, Msg: config.Say(format, args...)}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &FileError{File: file, Msg: config.Say("it is no zip archive, or a damaged one: %v", err), Err: err}
	}
	if len(z.File) > maxEntries {
		return fail("the archive has %s files; at most %s are read", group(len(z.File)), group(maxEntries))
	}
	var entries []entry
	var total uint64
	seen := map[string]bool{}
	for _, f := range z.File {
		if f.Mode().IsDir() {
			continue
		}
		name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/"))
		switch {
		case name == ".." || strings.HasPrefix(name, "../") || strings.HasPrefix(name, "/"):
			return fail("the name %q leads out of the archive", clip(f.Name))
		case seen[name]:
			return fail("the file %q is in the archive twice", clip(name))
		case f.UncompressedSize64 > maxUnzipped || total+f.UncompressedSize64 > maxUnzipped:
			return fail("unpacked, the archive has more than the %s bytes that are read at most", group(maxUnzipped))
		}
		seen[name] = true
		total += f.UncompressedSize64
		entries = append(entries, entry{name, func() ([]byte, error) { return unzip(file, name, f) }})
	}
	if total > maxRatio*uint64(len(b))+slack {
		return nil, &FileError{File: file, Want: maxRatio, Have: int64(total) / int64(len(b)),
			Msg: config.Say("unpacked, the archive would be %s times its size; at most %d times is read", group(int64(total)/int64(len(b))), maxRatio)}
	}
	return entries, nil
}

// unzip inflates a file of an archive, at most to the size it promises.
func unzip(file, name string, f *zip.File) ([]byte, error) {
	fail := func(err error) ([]byte, error) {
		return nil, &FileError{File: file, Msg: config.Say("%q cannot be unpacked: %v", clip(name), err), Err: err}
	}
	r, err := f.Open()
	if err != nil {
		return fail(err)
	}
	defer r.Close()
	// The buffer grows with what is there, however much is promised.
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, int64(f.UncompressedSize64)+1))
	switch {
	case err != nil:
		return fail(err)
	case uint64(n) != f.UncompressedSize64:
		return nil, &FileError{File: file, Msg: config.Say("%q cannot be unpacked: %v", clip(name),
			config.Say("the directory promises %s bytes, and there are others", group(int64(f.UncompressedSize64))))}
	}
	return b.Bytes(), nil
}
