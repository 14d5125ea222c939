package data

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"
	"time"
)

// packages are gzip files that compress/gzip wrote.
func packages() [][]byte {
	var all [][]byte
	text := bytes.Repeat([]byte("what is packed "), 500)
	for _, h := range []gzip.Header{{}, {Name: "name", Comment: "comment", Extra: []byte{1, 2, 3}, ModTime: time.Unix(1e9, 0)}} {
		var b bytes.Buffer
		for range 2 { // two members, one behind the other
			z := gzip.NewWriter(&b)
			z.Header = h
			z.Write(text)
			z.Close()
			all = append(all, bytes.Clone(b.Bytes()))
		}
	}
	return all
}

// FuzzGunzip compares with compress/gzip: the same bytes, and errors alike.
func FuzzGunzip(f *testing.F) {
	for _, b := range packages() {
		f.Add(b)
		f.Add(b[:len(b)-9])
		f.Add(b[:8])
		bad := bytes.Clone(b)
		bad[len(bad)-5] ^= 1
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		const most = 1 << 20
		var got, want []byte
		z, err := newGunzip(b)
		if err == nil {
			got, err = io.ReadAll(io.LimitReader(z, most))
		}
		theirs, wrong := gzip.NewReader(bytes.NewReader(b))
		if wrong == nil {
			want, wrong = io.ReadAll(io.LimitReader(theirs, most))
		}
		// A sum over a header is not checked here, nor that a name is Latin-1.
		if wrong == nil && (err != nil || !bytes.Equal(got, want)) || wrong == io.ErrUnexpectedEOF && err == nil {
			t.Errorf("%d bytes, %v; compress/gzip reads %d bytes, %v", len(got), err, len(want), wrong)
		}
	})
}
