package state

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// Archive returns the samples as a zip archive of PNG files, a folder for each class. The files are stored as they are,
// since a PNG is compressed. (.ZIP File Format Specification, 4.3; names are in UTF-8, bit 11 of the flags.)
func (m *Making) Archive() []byte {
	var out, directory bytes.Buffer
	number := make([]int, len(m.Classes))
	for _, s := range m.Samples {
		number[s.Class]++
		name := fmt.Sprintf("%s/%04d.png", m.Classes[s.Class], number[s.Class])
		b := s.png()
		const version, inUTF8, stored, day = 20, 1 << 11, 0, 1<<5 | 1 // the first of January 1980: equal samples, equal bytes
		head := binary.LittleEndian.AppendUint16(nil, version)
		for _, v := range []uint16{inUTF8, stored, 0, day} {
			head = binary.LittleEndian.AppendUint16(head, v)
		}
		for _, v := range []int{int(crc32.ChecksumIEEE(b)), len(b), len(b)} {
			head = binary.LittleEndian.AppendUint32(head, uint32(v))
		}
		head = binary.LittleEndian.AppendUint16(head, uint16(len(name)))
		at := out.Len()
		out.WriteString("PK\x03\x04")
		out.Write(head)
		out.WriteString("\x00\x00" + name)
		out.Write(b)

		directory.WriteString("PK\x01\x02\x14\x00")
		directory.Write(head)
		directory.Write(make([]byte, 12)) // no extra field, no comment, no second disk, no attributes
		directory.Write(binary.LittleEndian.AppendUint32(nil, uint32(at)))
		directory.WriteString(name)
	}
	end := []byte("PK\x05\x06\x00\x00\x00\x00")
	end = binary.LittleEndian.AppendUint16(end, uint16(len(m.Samples)))
	end = binary.LittleEndian.AppendUint16(end, uint16(len(m.Samples)))
	end = binary.LittleEndian.AppendUint32(end, uint32(directory.Len()))
	end = binary.LittleEndian.AppendUint32(end, uint32(out.Len()))
	directory.WriteTo(&out)
	out.Write(append(end, 0, 0))
	return out.Bytes()
}

// png writes a sample as a PNG file: each row unfiltered. (Portable Network Graphics Specification, third edition, 11.2.)
func (s Made) png() []byte {
	const grey, colour = 0, 2
	kind := byte(grey)
	if s.Channels == 3 {
		kind = colour
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(s.Side))
	head = append(binary.BigEndian.AppendUint32(head, uint32(s.Side)), 8, kind, 0, 0, 0)
	var rows []byte
	for y := range s.Side {
		rows = append(rows, 0)
		rows = append(rows, s.Pixels[y*s.Side*s.Channels:(y+1)*s.Side*s.Channels]...)
	}
	data := bytes.NewBufferString("\x78\x9c")
	w, _ := flate.NewWriter(data, flate.DefaultCompression)
	w.Write(rows)
	w.Close()
	a, b := uint32(1), uint32(0) // Adler-32
	for _, v := range rows {
		a = (a + uint32(v)) % 65521
		b = (b + a) % 65521
	}
	data.Write(binary.BigEndian.AppendUint32(nil, b<<16|a))

	out := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range []struct {
		name string
		b    []byte
	}{{"IHDR", head}, {"IDAT", data.Bytes()}, {"IEND", nil}} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(chunk.b)))
		from := len(out)
		out = append(append(out, chunk.name...), chunk.b...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
	}
	return out
}
