package data

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// archives are some that archive/zip wrote, and what may happen to them.
func archives() [][]byte {
	var all [][]byte
	write := func(comment string, names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		z.SetComment(comment)
		for i, name := range names {
			h := &zip.FileHeader{Name: name, Method: []uint16{zip.Deflate, zip.Store}[i%2], Extra: []byte{9, 0, 2, 0, 1, 2}}
			w, err := z.CreateHeader(h)
			if err != nil {
				panic(err)
			}
			if !strings.HasSuffix(name, "/") {
				io.WriteString(w, strings.Repeat(name, 10+100*i))
			}
		}
		if err := z.Close(); err != nil {
			panic(err)
		}
		return b.Bytes()
	}
	all = append(all, write(""), write("", "a"), write("a comment", "a", "b/c", "b/", "花.npy"))
	all = append(all, append([]byte("#!/bin/sh\nexec true\n"), all[2]...)) // as a program that unpacks itself
	all = append(all, wide(), write("PK\x05\x06 is no end", "a"))
	return all
}

// wide is an archive of one file whose numbers stand where 64 bits fit.
func wide() []byte {
	text := []byte("wide")
	le := func(b []byte, sizes string, values ...uint64) []byte {
		for i, v := range values {
			for k := range int(sizes[i] - '0') {
				b = append(b, byte(v>>(8*k)))
			}
		}
		return b
	}
	const none = 0xffffffff
	sum := uint64(crc32.ChecksumIEEE(text))
	b := le(nil, "42222244422", zipFile, 45, 0, 0, 0, 0, sum, 4, 4, 1, 0)
	b = append(append(b, 'w'), text...)
	from := uint64(len(b))
	b = le(b, "4222222444222224422888", zipEntry, 45, 45, 0, 0, 0, 0, sum, none, none, 1, 28, 0, 0, 0, 0, none, 0)[:len(b)+46]
	b = append(b, 'w')
	b = le(b, "22888", 1, 24, 4, 4, 0)
	size := uint64(len(b)) - from
	end := uint64(len(b))
	b = le(b, "4822448888", zipWideEnd, 44, 45, 45, 0, 0, 1, 1, size, from)
	b = le(b, "4484", zipWideWhere, 0, end, 1)
	return le(b, "42222442", zipEnd, 0, 0, 0xffff, 0xffff, none, none, 0)
}

// theirs is what archive/zip reads.
func theirs(b []byte) (map[string]string, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, f := range z.File {
		if f.UncompressedSize64 > 1<<20 {
			return nil, fmt.Errorf("too large to compare")
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		all[f.Name] = string(data)
	}
	return all, nil
}

func ours(b []byte) (map[string]string, error) {
	list, err := readZip(b, 100)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, f := range list {
		if f.size > 1<<20 {
			return nil, fmt.Errorf("too large to compare")
		}
		if f.folder {
			continue
		}
		data, err := f.inflate(b)
		if err != nil {
			return nil, err
		}
		all[f.name] = string(data)
	}
	return all, nil
}

// The standard library's reader finds the same.
func TestZip(t *testing.T) {
	for i, b := range archives() {
		want, err := theirs(b)
		if err != nil {
			t.Fatal(i, err)
		}
		got, err := ours(b)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("archive %d: %v, %v, want %v", i, got, err, want)
		}
	}
}

func TestZipErrors(t *testing.T) {
	whole := archives()[2]
	change := func(at int, to ...byte) []byte {
		b := bytes.Clone(whole)
		copy(b[at:], to)
		return b
	}
	entry := bytes.Index(whole, []byte("PK\x01\x02"))
	end := bytes.LastIndex(whole, []byte("PK\x05\x06"))
	for _, c := range []struct {
		b    []byte
		want string
	}{
		{nil, "it has no directory"},
		{whole[:len(whole)-10], "it has no directory"},
		{change(end+12, 0xff, 0xff, 0xff), "its directory is not where it should be"},
		{change(end+10, 9), "its directory is cut off"},
		{change(end+10, 200), "it has 200 files; at most 100 are read"},
		{change(entry+42, 0xff, 0xff), `"a" is not where it should be`},
		{change(entry+42, 1), "it is not where the directory says"},
		{change(entry+8, 1), "it is encrypted"},
		{change(entry+10, 12), "it is compressed by method 12; only stored and deflated files are read"},
		{change(entry+16, 1, 2, 3, 4), "its checksum is wrong"},
		{change(entry+24, 9, 0), "the directory promises 9 bytes, and there are others"},
		{change(30+1+6, 0xff, 0xff, 0xff), "corrupt input"},
	} {
		if _, err := ours(c.b); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

func FuzzZip(f *testing.F) {
	for _, b := range archives() {
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ours(b)
		if err != nil {
			return
		}
		if want, err := theirs(b); err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q, and archive/zip reads %q", got, want)
		}
	})
}
