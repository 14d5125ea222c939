package data

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/ml/data/picture"
)

// drawn draws a picture of one colour, in the format of its ending.
func drawn(name string, width, height int, c color.Color) []byte {
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{c})
	var b bytes.Buffer
	var err error
	switch filepath.Ext(strings.ToLower(name)) {
	case ".jpg", ".jpeg":
		err = jpeg.Encode(&b, img, nil)
	case ".gif":
		err = gif.Encode(&b, img, nil)
	default:
		err = png.Encode(&b, img)
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

func init() { ReadPicture = picture.Read }

// onePixel is a WebP file of one transparent pixel.
var onePixel, _ = base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")

// pack makes a zip archive of names and contents.
func pack(files ...any) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i].(string))
		if err != nil {
			panic(err)
		}
		w.Write(files[i+1].([]byte))
	}
	z.Close()
	return b.Bytes()
}

var (
	red  = color.RGBA{200, 0, 0, 255}
	blue = color.RGBA{0, 0, 100, 255}
)

func openPictures(b []byte, change func(*pictures)) (*Set, *pictures, error) {
	info, _ := Lookup("images")
	p := info.New().(*pictures)
	p.file, p.size, p.shuffle, p.percent = "a.zip", [2]int{4, 4}, false, 0
	if change != nil {
		change(p)
	}
	set, err := p.Open(1, memory{"a.zip": b}, func(int64, int64) {})
	return set, p, err
}

func flowers() []byte {
	return pack("flowers/", []byte{}, "flowers/rose/2.PNG", drawn("2.png", 7, 5, red), "flowers/rose/1.jpg", drawn("1.jpg", 16, 16, red),
		"flowers/iris/a.gif", drawn("a.gif", 40, 3, blue), "flowers/iris/b.webp", onePixel,
		"flowers/readme.txt", []byte("not a picture"), "__MACOSX/rose/1.png", []byte("x"), "flowers/rose/.hidden.png", []byte("x"))
}

func TestImages(t *testing.T) {
	for _, change := range []func(*pictures){nil, func(p *pictures) { p.stream = true }, func(p *pictures) { p.fit = "stretch" }} {
		set, p, err := openPictures(flowers(), change)
		if err != nil {
			t.Fatal(err)
		}
		m := p.Meta()
		if m.X.String() != "4×4×3" || strings.Join(m.Classes, " ") != "iris rose" || m.Train != 4 || m.Range != [2]float64{0, 255} {
			t.Errorf("meta %+v", m)
		}
		for i, want := range [][4]float32{{0, 0, 100, 0}, {0, 0, 0, 0}, {200, 0, 0, 1}, {200, 0, 0, 1}} { // by name
			x, y := sample(t, set.Train, i, 48, 1)
			for j, v := range x {
				if diff := v - want[j%3]; diff > 2 || diff < -2 {
					t.Fatalf("image %d has %v at %d, want %v", i, v, j, want)
				}
			}
			if y[0] != want[3] {
				t.Errorf("image %d is of class %v", i, y)
			}
		}
	}
	set, _, err := openPictures(flowers(), func(p *pictures) { p.colour = "grey" })
	if err != nil {
		t.Fatal(err)
	}
	if x, _ := sample(t, set.Train, 3, 16, 1); x[7] != 60 { // 0.299 * 200
		t.Errorf("in grey: %v", x)
	}
}

func TestImagesOfParts(t *testing.T) {
	set, _, err := openPictures(pack("x/train/a/1.png", drawn("", 4, 4, red), "x/train/b/1.png", drawn("", 4, 4, blue), "x/test/b/2.png", drawn("", 4, 4, blue)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, y := sample(t, set.Test, 0, 48, 1); set.Train.Len() != 2 || set.Test.Len() != 1 || y[0] != 1 {
		t.Errorf("%d and %d samples, the test's first of class %v", set.Train.Len(), set.Test.Len(), y)
	}
}

func TestImagesFromFolder(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]color.Color{"cat/1.png": red, "dog/1.png": blue} {
		at := filepath.Join(dir, "pets", filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, drawn(name, 5, 5, c), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for file, files := range map[string]Files{
		"pets": Directory(dir),
		filepath.ToSlash(filepath.Join(dir, "pets")): Local(t.TempDir()),
	} {
		p := &pictures{file: file, size: [2]int{4, 4}, colour: "rgb"}
		set, err := p.Open(1, files, nil)
		if err != nil {
			t.Fatal(err)
		}
		if x, y := sample(t, set.Train, 1, 48, 1); set.Train.Len() != 2 || x[2] != 100 || y[0] != 1 {
			t.Errorf("%s: %d samples, the second %v", file, set.Train.Len(), x)
		}
	}
	for _, files := range []Files{Directory(dir), Local(dir)} {
		if _, err := (&pictures{file: "nowhere", size: [2]int{4, 4}}).Open(1, files, nil); err == nil || !strings.Contains(err.Error(), "there is no such folder") {
			t.Errorf("a folder that is not there: %v", err)
		}
	}
}

// header makes a PNG that promises a size and has nothing in it.
func header(width, height uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	b = binary.BigEndian.AppendUint32(b, width)
	b = binary.BigEndian.AppendUint32(b, height)
	b = append(b, 8, 2, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
}

// bomb is an archive of one image file of zeros, as large as said.
func bomb(size int64) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("a/1.png")
	io.CopyN(w, zeros{}, size)
	z.Close()
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// promise rewrites what an archive's directory says of the size of its last file.
func promise(b []byte, size uint32) []byte {
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[at+24:], size)
	return b
}

func TestImagesErrors(t *testing.T) {
	ok := drawn("", 4, 4, red)
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"no archive", []byte("hello"), "it is no zip archive"},
		{"torn archive", flowers()[:200], "it is no zip archive, or a damaged one"},
		{"empty archive", pack(), "there are no images to train on"},
		{"one class", pack("a/1.png", ok), `all images are of one class, "a"`},
		{"no folder", pack("1.png", ok), `the image "1.png" lies in no folder`},
		{"twice", pack("a/1.png", ok, "a/1.png", ok), `the file "a/1.png" is in the archive twice`},
		{"out of the archive", pack("../a/1.png", ok), "leads out of the archive"},
		{"no image", pack("a/1.png", []byte("hello"), "b/1.png", ok), "a.zip: a/1.png: it is no image that is read here"},
		{"torn image", pack("a/1.png", ok[:40], "b/1.png", ok), "a.zip: a/1.png: the image is damaged"},
		{"50,000 squared", pack("a/1.png", header(50000, 50000), "b/1.png", ok), "the image is 50,000×50,000 pixels; at most 33,554,432 in all are read"},
		{"zip bomb", bomb(20 << 20), "times its size; at most 200 times is read"},
		{"longer than promised", promise(pack("b/1.png", ok, "a/1.png", bytes.Repeat([]byte("x"), 5000)), 100), `"a/1.png" cannot be unpacked`},
		{"2 GB promised", promise(pack("b/1.png", ok, "a/1.png", ok), 2<<30), "more than the 1,073,741,824 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, p, err := openPictures(c.b, nil)
			var typed *FileError
			if !errors.As(err, &typed) || !strings.HasPrefix(typed.File, "a.zip") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
			if p.Meta().Known() {
				t.Error("something is known of what could not be read")
			}
		})
	}
	var many []any
	for i := range 40 {
		many = append(many, fmt.Sprintf("%d/1.png", i), ok)
	}
	if _, _, err := openPictures(pack(many...), func(p *pictures) { p.size = [2]int{1024, 16384} }); err == nil || !strings.Contains(err.Error(), "choose a smaller size, or stream") {
		t.Errorf("too much for memory: %v", err)
	}
}

// A shrunken image is the mean of what it covers, whatever its size.
func TestShrink(t *testing.T) {
	img := image.NewGray(image.Rect(10, 20, 10+101, 20+53)) // not at the origin
	for i := range img.Pix {
		img.Pix[i] = byte(i % img.Stride)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	x := make([]float32, 3*5)
	if err := decodeImage(x, "", b.Bytes(), 3, 5, 1, false); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float32{13, 30, 50, 70, 87} {
		if got := x[5+i]; got < want-2.5 || got > want+2.5 {
			t.Errorf("pixel %d is %v, want about %v", i, got, want)
		}
	}
}
