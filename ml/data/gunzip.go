package data

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"

	"descent/ml/config"
)

// A gunzip inflates a gzip file (RFC 1952). compress/gzip does the same; its
// header has a time, and with that comes all that package time can write, which
// a browser would have to fetch.
type gunzip struct {
	from      *bytes.Reader
	inflate   io.Reader
	sum, size uint32
	err       error
}

func newGunzip(b []byte) (*gunzip, error) {
	z := &gunzip{from: bytes.NewReader(b)}
	return z, z.header()
}

// header begins a member: what a file holds may be cut into several.
func (z *gunzip) header() error {
	const checked, extra, name, comment = 2, 4, 8, 16 // flags
	var head [10]byte
	if _, err := io.ReadFull(z.from, head[:]); err != nil || head[0] != 0x1f || head[1] != 0x8b || head[2] != 8 {
		return &damage{config.Word("it does not begin as a gzip file does")}
	}
	flags := head[3]
	if flags&extra != 0 {
		if _, err := io.ReadFull(z.from, head[:2]); err != nil {
			return io.ErrUnexpectedEOF
		}
		z.from.Seek(int64(little.Uint16(head[:])), io.SeekCurrent)
	}
	for _, text := range []byte{name, comment} {
		for b := byte(1); flags&text != 0 && b != 0; {
			var err error
			if b, err = z.from.ReadByte(); err != nil {
				return io.ErrUnexpectedEOF
			}
		}
	}
	if flags&checked != 0 {
		z.from.Seek(2, io.SeekCurrent)
	}
	z.inflate, z.sum, z.size = flate.NewReader(z.from), 0, 0
	return nil
}

func (z *gunzip) Read(p []byte) (n int, err error) {
	for n == 0 && z.err == nil && len(p) > 0 {
		n, z.err = z.inflate.Read(p)
		z.sum = crc32.Update(z.sum, crc32.IEEETable, p[:n])
		z.size += uint32(n)
		if z.err == io.EOF {
			z.err = z.end()
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, z.err
}

// end checks what follows a member, and begins the next if there is one.
func (z *gunzip) end() error {
	var tail [8]byte
	if _, err := io.ReadFull(z.from, tail[:]); err != nil {
		return io.ErrUnexpectedEOF
	}
	if little.Uint32(tail[:]) != z.sum || little.Uint32(tail[4:]) != z.size {
		return &damage{config.Word("its checksum is wrong")}
	}
	if z.from.Len() == 0 {
		return io.EOF
	}
	return z.header()
}
