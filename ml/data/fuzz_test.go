package data

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/text"
)

// bounded runs a parser: it must not panic, what it says must be a *FileError
// or about a setting, and what it allocates is bounded.
func bounded(t *testing.T, size int, limit uint64, parse func() error) (ok bool) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := parse()
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > limit {
		t.Errorf("%d bytes made it take %d", size, took)
	}
	if err == nil {
		return true
	}
	var broken *FileError
	if _, setting := config.All(err); !setting && (!errors.As(err, &broken) || broken.Msg.Text == "") {
		t.Errorf("not a FileError: %v", err)
	}
	return false
}

// A table of n bytes takes its text, 16 bytes a cell, and what the columns'
// reports take: 1 KB for each of at most maxColumns columns, twice over.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"", "x,y\n1,2.5\n2,3.5\n", "1;2;a\n3;4;b\n", "a\tb\n\"q \"\"x\"\"\"\t1\n", "x,y\n1,\"2\n3,4\n", "x,x\n1,2\n", "x,y\n1e999,a\n1,b\n",
		"\ufeffx,y\r\n?,a\r\n1,b\r\n", strings.Repeat(",", 5000), "\xff\xfe", "x,y\n1\n", "x\n\x00", "a,b\nNA,NA\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCSV()
		c.file = "f"
		var set *Set
		ok := bounded(t, len(b), uint64(400*len(b)+16<<20), func() (err error) {
			set, err = c.Open(1, memory{"f": b}, nil)
			return err
		})
		if !ok {
			return
		}
		m := set.Meta
		if !m.Known() || m.Train < 1 || m.Train+m.Test != set.Train.Len()+set.Test.Len() {
			t.Fatalf("meta %+v", m)
		}
		x, y := make([]float32, m.X.Len()), make([]float32, 1)
		for _, d := range []Dataset{set.Train, set.Test} {
			for i := range d.Len() {
				d.Read(i, x, y)
				if y[0] != y[0] || m.Classes != nil && (y[0] < 0 || int(y[0]) >= len(m.Classes)) {
					t.Fatalf("the target is %v, of %d classes", y, len(m.Classes))
				}
			}
		}
	})
}

// A text takes its characters twice, a table of all code points, and each
// different character's name.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "abc", "to be, or not to be\r\nthat is\n", "\ufeffαβγ 你好 \U0001f600", "ab\xff", "ab\ncd\xe4", "\ufffd\ufffda", "aaaa", "\xed\xa0\x80"} {
		f.Add([]byte(s), 3, 10.0)
		f.Add([]byte(s), 1, 50.0)
	}
	f.Fuzz(func(t *testing.T, b []byte, context int, percent float64) {
		s := &textFile{file: "f", corpus: newCorpus()}
		s.context, s.percent = 1+int(uint(context)%5000), min(max(percent, 0), 90)
		if percent != percent {
			s.percent = 0
		}
		var set *Set
		if !bounded(t, len(b), uint64(200*len(b)+16<<20), func() (err error) {
			set, err = s.Open(1, memory{"f": b}, nil)
			return err
		}) {
			return
		}
		m := set.Meta
		if !m.Known() || m.Train < 1 || m.Train != set.Train.Len() || m.Test != set.Test.Len() || m.Tokens != len(m.Classes) {
			t.Fatalf("meta %+v", m)
		}
		// Read window by window, a part is the text as it was.
		text := strings.TrimPrefix(string(b), "\ufeff")
		x, y := make([]float32, m.X.Len()), make([]float32, m.Y.Len())
		var got strings.Builder
		for i := range m.Train {
			set.Train.Read(i, x, y)
			for j, v := range x {
				got.WriteString(m.Text.Vocabulary()[int(v)])
				if j+1 < len(x) && x[j+1] != y[j] {
					t.Fatalf("after %v comes %v", x, y)
				}
			}
		}
		if !strings.HasPrefix(text, got.String()) {
			t.Fatalf("%q became %q", text, got.String())
		}
	})
}

func FuzzNPY(f *testing.F) {
	whole := npy("<f4", "(2, 2)", []float32{1, 2, 3, 4})
	f.Add(whole)
	f.Add(whole[:40])
	f.Add(npy("<i8", "(99999999999999999999,)", []float32{1, 2}))
	f.Add(npy("<i8", "(1000000000, 1000000000, 1000000000)", []float32{1, 2}))
	f.Add(npy("|u1", "(-1,)", []uint8{1}))
	f.Add(npyOf("{'shape': (2,), 'shape': (2,)}", []float32{1, 2}))
	f.Fuzz(func(t *testing.T, b []byte) {
		var a *array
		if !bounded(t, len(b), uint64(20*len(b)+1<<20), func() (err error) {
			a, err = readNPY("f", b)
			return err
		}) {
			return
		}
		n := 1
		for _, d := range a.dims {
			n *= d
		}
		if n != a.len() {
			t.Fatalf("%d values of shape %v", a.len(), a.dims)
		}
		a.read(make([]float32, n), 0)
	})
}

// An archive takes what its directory may hold, and is inflated to at most
// maxRatio times its size and some slack, twice over as the buffer grows.
func unzipped(b []byte) uint64 { return uint64(4*(maxRatio*len(b)+slack) + 8<<20) }

func FuzzNPZ(f *testing.F) {
	x, y := npy("<f4", "(2, 2)", []float32{1, 2, 3, 4}), npy("<i4", "(2,)", []int32{0, 1})
	f.Add(pack("x.npy", x, "y.npy", y))
	f.Add(pack("x_train.npy", x, "y_train.npy", y, "x_test.npy", x, "y_test.npy", y))
	f.Add(pack("x.npy", x[:60], "y.npy", y))
	f.Add(promise(pack("x.npy", x, "y.npy", y), 1<<31))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := &npz{file: "f", task: "auto", holdout: newHoldout()}
		var set *Set
		if !bounded(t, len(b), unzipped(b), func() (err error) {
			set, err = n.Open(1, memory{"f": b}, nil)
			return err
		}) {
			return
		}
		set.Train.Read(0, make([]float32, set.Meta.X.Len()), make([]float32, set.Meta.Y.Len()))
	})
}

func FuzzImages(f *testing.F) {
	f.Add(flowers())
	f.Add(flowers()[:300])
	f.Add(bomb(20 << 20))
	f.Add(pack("a/1.png", header(50000, 50000), "b/1.png", header(1, 1)))
	f.Add(pack("../a/1.png", onePixel, "b/1.webp", onePixel))
	f.Fuzz(func(t *testing.T, b []byte) {
		p := &pictures{file: "f.zip", size: [2]int{4, 4}, colour: "rgb", fit: "crop", holdout: newHoldout()}
		var entries []entry
		// What an image takes is FuzzPicture's to see.
		if !bounded(t, len(b), unzipped(b), func() (err error) {
			entries, err = p.entries(memory{"f.zip": b}, nil)
			return err
		}) {
			return
		}
		for _, e := range entries {
			bounded(t, len(b), unzipped(b), func() error { _, err := e.read(); return err })
		}
	})
}

// An image takes a few times its pixels, and those are known beforehand.
func FuzzPicture(f *testing.F) {
	for _, name := range []string{"a.png", "a.jpg", "a.gif"} {
		whole := drawn(name, 9, 7, red)
		f.Add(whole)
		f.Add(whole[:len(whole)/2])
	}
	f.Add(onePixel)
	f.Add(header(50000, 50000))
	f.Add(header(0, 5))
	f.Add([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if at := bytes.Index(b, []byte("IHDR")); at > 0 && len(b) > at+12 && (b[at+4]|b[at+5]|b[at+8]|b[at+9] != 0) {
			t.Skip("large, and nothing new")
		}
		x := make([]float32, 4*4*3)
		if bounded(t, len(b), 40<<25, func() error { return decodeImage(x, "f", b, 4, 4, 3, true) }) {
			for _, v := range x {
				if !(v >= 0 && v <= 255.01) {
					t.Fatalf("decoded to %v", x)
				}
			}
		}
	})
}

// Lines and tables of texts take their text a few times over, and a sample's
// tokens are such as there are.
func FuzzShortTexts(f *testing.F) {
	for _, s := range []string{"", "ab\nc\n", "ab\r\n\r\nc", "\ufeffa,1\nb,2\n", reviews, "text\tlabel\na b\tx\nc\ty\n", "a\xff\nb", "x,\ny,1\n"} {
		f.Add([]byte(s), 0, uint8(0))
		f.Add([]byte(s), 3, uint8(1))
	}
	f.Fuzz(func(t *testing.T, b []byte, length int, kind uint8) {
		r := reading{tokenizer: text.Kinds()[int(kind)%3], vocabulary: 0}
		length = int(uint(length) % 100)
		a, c := &linesFile{file: "f", items: newItems()}, newTextTable()
		a.reading, a.length = r, length
		c.file, c.reading, c.length = "f", r, length
		for _, source := range []Source{a, c} {
			var set *Set
			if !bounded(t, len(b), uint64(1000*len(b)+16<<20), func() (err error) {
				set, err = source.Open(1, memory{"f": b}, nil)
				return err
			}) {
				continue
			}
			m := set.Meta
			if m.Tokens != len(m.Text.Vocabulary()) || length > 0 && m.X.Len() != length {
				t.Fatalf("meta %+v", m)
			}
			x, y := make([]float32, m.X.Len()), make([]float32, m.Y.Len())
			for _, d := range []Dataset{set.Train, set.Test} {
				for i := range d.Len() {
					d.Read(i, x, y)
					for _, v := range x {
						if v < 0 || int(v) >= m.Tokens {
							t.Fatalf("token %v of %d", v, m.Tokens)
						}
					}
					for _, v := range y {
						if v != Ignore && (v < 0 || int(v) >= len(m.Classes)) {
							t.Fatalf("label %v of %d", v, len(m.Classes))
						}
					}
				}
			}
		}
	})
}
