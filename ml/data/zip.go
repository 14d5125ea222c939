package data

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"strings"

	"descent/ml/config"
)

// Archives are read here and not by archive/zip, because that registers a
// compressor when a program starts, which nobody calls and a browser would have
// to fetch. The format is PKWARE's APPNOTE.TXT, sections 4.3 to 4.5.

// A member is what the directory of an archive says of a file.
type member struct {
	name         string
	folder       bool
	method       uint16
	sealed       bool // encrypted
	sum          uint32
	packed, size uint64
	at           uint64 // its header
}

const (
	zipFile      = 0x04034b50 // the signature of a file's header,
	zipEntry     = 0x02014b50 // of its entry in the directory,
	zipEnd       = 0x06054b50 // of what ends an archive,
	zipWideEnd   = 0x06064b50 // and the same where 32 bits are too few,
	zipWideWhere = 0x07064b50 // and what says where that is
)

// damage is what is wrong with an archive or a file of it.
type damage struct{ msg config.Message }

func (d *damage) Error() string           { return d.msg.Text }
func (d *damage) Message() config.Message { return d.msg }

var little = binary.LittleEndian

// readZip reads the directory of an archive, with at most most entries. The
// error is the reason alone.
func readZip(b []byte, most int) ([]member, error) {
	end := endOfZip(b)
	if end < 0 {
		return nil, &damage{config.Word("it has no directory")}
	}
	tail := b[end:]
	count, size, from := uint64(little.Uint16(tail[10:])), uint64(little.Uint32(tail[12:])), uint64(little.Uint32(tail[16:]))
	close := uint64(end)
	if end >= 20 && little.Uint32(b[end-20:]) == zipWideWhere {
		wide := little.Uint64(b[end-12:])
		if wide+56 < wide || wide+56 > uint64(end) || little.Uint32(b[wide:]) != zipWideEnd {
			return nil, &damage{config.Word("its directory is not where it should be")}
		}
		count, size, from = little.Uint64(b[wide+32:]), little.Uint64(b[wide+40:]), little.Uint64(b[wide+48:])
		close = wide
	}
	// Something may stand before an archive. Offsets count from where it begins.
	if size > close || from > close-size {
		return nil, &damage{config.Word("its directory is not where it should be")}
	}
	begin := close - size - from
	if count > uint64(most) {
		return nil, &damage{config.Say("it has %s files; at most %s are read", config.Group(int64(min(count, math.MaxInt64))), config.Group(int64(most)))}
	}
	list := make([]member, 0, min(count, size/46))
	for d := b[close-size : close]; uint64(len(list)) < count; {
		if len(d) < 46 || little.Uint32(d) != zipEntry {
			return nil, &damage{config.Word("its directory is cut off")}
		}
		name, extra, comment := int(little.Uint16(d[28:])), int(little.Uint16(d[30:])), int(little.Uint16(d[32:]))
		if len(d) < 46+name+extra+comment {
			return nil, &damage{config.Word("its directory is cut off")}
		}
		f := member{
			name:   string(d[46 : 46+name]),
			sealed: d[8]&1 != 0,
			method: little.Uint16(d[10:]),
			sum:    little.Uint32(d[16:]),
			packed: uint64(little.Uint32(d[20:])),
			size:   uint64(little.Uint32(d[24:])),
			at:     uint64(little.Uint32(d[42:])),
		}
		f.folder = strings.HasSuffix(f.name, "/")
		f.widen(d[46+name:][:extra])
		if f.at > close-begin || f.packed > close {
			return nil, &damage{config.Say("%q is not where it should be", clip(f.name))}
		}
		f.at += begin
		list = append(list, f)
		d = d[46+name+extra+comment:]
	}
	return list, nil
}

// endOfZip finds what ends an archive: 22 bytes and a comment.
func endOfZip(b []byte) int {
	for at := len(b) - 22; at >= max(0, len(b)-22-math.MaxUint16); at-- {
		if little.Uint32(b[at:]) == zipEnd && at+22+int(little.Uint16(b[at+20:])) <= len(b) {
			return at
		}
	}
	return -1
}

// widen takes those numbers from an entry's extra fields that 32 bits are too
// few for.
func (f *member) widen(extra []byte) {
	for len(extra) >= 4 {
		id, n := little.Uint16(extra), int(little.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return
		}
		field := extra[4 : 4+n]
		extra = extra[4+n:]
		if id != 1 {
			continue
		}
		for _, v := range []*uint64{&f.size, &f.packed, &f.at} {
			if *v == math.MaxUint32 && len(field) >= 8 {
				*v, field = little.Uint64(field), field[8:]
			}
		}
	}
}

// inflate returns a file of the archive b. The error is the reason alone.
func (f *member) inflate(b []byte) ([]byte, error) {
	b = b[f.at:]
	if len(b) < 30 || little.Uint32(b) != zipFile {
		return nil, &damage{config.Word("it is not where the directory says")}
	}
	from := uint64(30) + uint64(little.Uint16(b[26:])) + uint64(little.Uint16(b[28:]))
	if from > uint64(len(b)) || f.packed > uint64(len(b))-from {
		return nil, &damage{config.Word("it is cut off")}
	}
	packed := b[from:][:f.packed]
	var r io.Reader = bytes.NewReader(packed)
	switch {
	case f.sealed:
		return nil, &damage{config.Word("it is encrypted")}
	case f.method == 8:
		r = flate.NewReader(r)
	case f.method != 0:
		return nil, &damage{config.Say("it is compressed by method %d; only stored and deflated files are read", f.method)}
	}
	// The buffer grows with what is there, however much is promised.
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, int64(f.size)+1))
	switch {
	case err != nil:
		return nil, err
	case uint64(n) != f.size:
		return nil, &damage{config.Say("the directory promises %s bytes, and there are others", config.Group(int64(f.size)))}
	case crc32.ChecksumIEEE(out.Bytes()) != f.sum:
		return nil, &damage{config.Word("its checksum is wrong")}
	}
	return out.Bytes(), nil
}
