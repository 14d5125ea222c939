package state

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// Archive returns the samples as a zip archive of PNG files, a folder for each class.
func (m *Making) Archive() []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	number := make([]int, len(m.Classes))
	for _, s := range m.Samples {
		number[s.Class]++
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%s/%04d.png", m.Classes[s.Class], number[s.Class]), Method: zip.Store})
		if err == nil {
			err = png.Encode(w, s.image())
		}
		if err != nil {
			panic("state: a picture in memory cannot be written: " + err.Error())
		}
	}
	if err := z.Close(); err != nil {
		panic("state: an archive in memory cannot be closed: " + err.Error())
	}
	return out.Bytes()
}

func (s Made) image() image.Image {
	box := image.Rect(0, 0, s.Side, s.Side)
	if s.Channels == 1 {
		return &image.Gray{Pix: s.Pixels, Stride: s.Side, Rect: box}
	}
	out := image.NewRGBA(box)
	for i := range s.Side * s.Side {
		out.SetRGBA(i%s.Side, i/s.Side, color.RGBA{s.Pixels[3*i], s.Pixels[3*i+1], s.Pixels[3*i+2], 255})
	}
	return out
}
