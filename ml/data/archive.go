package data

import (
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
	list, err := readZip(b, maxEntries)
	if err != nil {
		return nil, &FileError{File: file, Msg: config.Say("it is no zip archive, or a damaged one: %v", err), Err: err}
	}
	var entries []entry
	var total uint64
	seen := map[string]bool{}
	for _, f := range list {
		if f.folder {
			continue
		}
		name := path.Clean(strings.ReplaceAll(f.name, `\`, "/"))
		switch {
		case name == ".." || strings.HasPrefix(name, "../") || strings.HasPrefix(name, "/"):
			return fail("the name %q leads out of the archive", clip(f.name))
		case seen[name]:
			return fail("the file %q is in the archive twice", clip(name))
		case f.size > maxUnzipped || total+f.size > maxUnzipped:
			return fail("unpacked, the archive has more than the %s bytes that are read at most", config.Group(maxUnzipped))
		}
		seen[name] = true
		total += f.size
		entries = append(entries, entry{name, func() ([]byte, error) {
			data, err := f.inflate(b)
			if err != nil {
				return nil, &FileError{File: file, Msg: config.Say("%q cannot be unpacked: %v", clip(name), err), Err: err}
			}
			return data, nil
		}})
	}
	if total > maxRatio*uint64(len(b))+slack {
		return nil, &FileError{File: file, Want: maxRatio, Have: int64(total) / int64(len(b)),
			Msg: config.Say("unpacked, the archive would be %s times its size; at most %d times is read", config.Group(int64(total)/int64(len(b))), maxRatio)}
	}
	return entries, nil
}
