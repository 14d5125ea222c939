package data

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/ml/config"
)

// memory is the files of a test.
type memory map[string][]byte

func (m memory) Open(name string, progress func(done, total int64)) ([]byte, error) {
	b, ok := m[name]
	if !ok {
		return nil, &FileError{File: name, Msg: config.Word("there is no such file")}
	}
	if progress == nil {
		return b, nil
	}
	half := int64(len(b) / 2)
	progress(half, 0) // a server that does not say how much will come
	progress(int64(len(b)), int64(len(b)))
	return b, nil
}

// madeMNIST has files of MNIST's sizes: sample i is all pixels i%256, of class i%10.
func madeMNIST() memory {
	m := memory{}
	for i := 0; i < 4; i += 2 {
		n := mnist.files[i].samples
		pixels := idxBytes(1, n, 28, 28)
		for j := range n * imageLen {
			pixels[16+j] = byte(j / imageLen)
		}
		m[mnist.files[i].name] = zipped(pixels)
		m[mnist.files[i+1].name] = idxBytes(10, n) // not zipped: both are read
	}
	return m
}

func TestMNIST(t *testing.T) {
	files := madeMNIST()
	var size, last int64
	for _, b := range files {
		size += int64(len(b))
	}
	var done, total int64
	set, err := newIDXSource(&mnist).Open(1, files, func(d, t2 int64) {
		if d < last {
			t.Errorf("progress went back from %d to %d", last, d)
		}
		done, total, last = d, t2, d
	})
	if err != nil {
		t.Fatal(err)
	}
	if done != size || total != size {
		t.Errorf("progress ended at %d of %d; the files have %d", done, total, size)
	}
	if set.Train.Len() != 60000 || set.Test.Len() != 10000 {
		t.Errorf("%d and %d samples", set.Train.Len(), set.Test.Len())
	}
	var x [imageLen]float32
	var y [1]float32
	set.Train.Read(59999, x[:], y[:])
	if y[0] != 9 || x[0] != 59999%256 || x[imageLen-1] != 59999%256 {
		t.Errorf("the last sample is %v, of class %v", x[0], y[0])
	}
	if allocs := testing.AllocsPerRun(10, func() { set.Train.Read(7, x[:], y[:]) }); allocs != 0 {
		t.Errorf("Read allocates %v times", allocs)
	}
}

func TestMNISTErrors(t *testing.T) {
	whole := madeMNIST()
	for _, c := range []struct {
		name string
		file int
		b    []byte
		want string
	}{
		{"missing", 1, nil, "mnist/train-labels-idx1-ubyte.gz: there is no such file"},
		{"few", 2, idxBytes(9, 50, 28, 28), "mnist/t10k-images-idx3-ubyte.gz: it has 50 samples; that of MNIST has 10,000"},
		{"small", 0, idxBytes(9, 60000, 2, 2), "its samples are 2×2; those of MNIST are 28×28"},
		{"flat", 0, idxBytes(9, 60000), "its samples are scalar; those of MNIST are 28×28"},
		{"label", 3, idxBytes(11, 10000), "the label at index 10 is 10; there are 10 classes, from 0"},
		{"page", 3, []byte("<html>"), "this is no IDX file"},
	} {
		files := memory{}
		for name, b := range whole {
			files[name] = b
		}
		if files[mnist.files[c.file].name] = c.b; c.b == nil {
			delete(files, mnist.files[c.file].name)
		}
		_, err := newIDXSource(&mnist).Open(1, files, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := newIDXSource(&mnist).Open(1, nil, nil); err == nil {
		t.Error("mnist was read from nothing")
	}
}

// TestRealMNIST reads the real files where `make build` has put them, or from
// $DESCENT_DATA.
func TestRealMNIST(t *testing.T) {
	dir := os.Getenv("DESCENT_DATA")
	if dir == "" {
		dir = "../../web/data"
		if _, err := os.Stat(filepath.Join(dir, "mnist")); err != nil {
			t.Skip("the files of MNIST are not there; `make build` fetches them")
		}
	}
	set, err := newIDXSource(&mnist).Open(1, Directory(dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	// The first labels and the share of each class, as they are published.
	first := []float32{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}
	counts := [10]int{}
	want := [10]int{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}
	var x [imageLen]float32
	var y [1]float32
	var sum float64
	for i := range set.Train.Len() {
		set.Train.Read(i, x[:], y[:])
		if i < len(first) && y[0] != first[i] {
			t.Errorf("sample %d is a %v, want %v", i, y[0], first[i])
		}
		counts[int(y[0])]++
		for _, v := range x {
			sum += float64(v)
		}
	}
	if counts != want {
		t.Errorf("the classes have %v samples, want %v", counts, want)
	}
	if mean := sum / float64(set.Train.Len()*imageLen) / 255; mean < 0.1306 || mean > 0.1308 {
		t.Errorf("the mean of the pixels is %v; it is known to be 0.1307", mean)
	}
}

func TestDirectory(t *testing.T) {
	dir := t.TempDir()
	text := []byte("some bytes")
	if err := os.MkdirAll(filepath.Join(dir, "in", "sub"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"secret", "in/sub/file"} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	link := os.Symlink(filepath.Join(dir, "secret"), filepath.Join(dir, "in", "link")) == nil
	files := Directory(filepath.Join(dir, "in"))

	var done, total int64
	b, err := files.Open("sub/file", func(d, t int64) { done, total = d, t })
	if err != nil || string(b) != string(text) || done != 10 || total != 10 {
		t.Errorf("read %q, %v, progress %d of %d", b, err, done, total)
	}
	for _, name := range []string{"../secret", "sub/../../secret", filepath.Join(dir, "secret"), "link", "sub", ""} {
		if name == "link" && !link {
			continue
		}
		b, err := files.Open(name, nil)
		if _, ok := errors.AsType[*FileError](err); !ok || b != nil {
			t.Errorf("Open(%q) = %q, %v", name, b, err)
		}
	}
	_, err = files.Open("mnist/none.gz", nil)
	want := "mnist/none.gz: there is no file " + filepath.Join(dir, "in", "mnist", "none.gz") + "; `make build` fetches it"
	if err == nil || err.Error() != want || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want %s", err, want)
	}
	if _, err = files.Open("own.txt", nil); err == nil || strings.Contains(err.Error(), "fetches") {
		t.Errorf("a file that no build has: %v", err)
	}
}

// Some classes of a database are numbered anew, in order.
// A file beyond the limit is refused by its size, before memory is taken for it.
func TestDirectoryOfLargeFiles(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "large.csv")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, maxFile+1); err != nil {
		t.Skip(err)
	}
	for _, c := range []struct {
		files Files
		name  string
	}{{Directory(dir), "large.csv"}, {Local(dir), "large.csv"}, {Local(t.TempDir()), name}} {
		if _, err := c.files.Open(c.name, nil); err == nil || !strings.Contains(err.Error(), "it has 1,073,741,825 bytes; at most 1,073,741,824 are read") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestClasses(t *testing.T) {
	source := newIDXSource(&mnist)
	keep := source.Fields()[0]
	if problem := keep.Set(config.List(config.Num(9), config.Num(5))); problem != "" {
		t.Fatal(problem)
	}
	if m := source.Meta(); m.Train != 5421+5949 || m.Test != 892+1009 || len(m.Classes) != 2 || m.Classes[1] != "9" {
		t.Errorf("it has %d and %d samples of %v", m.Train, m.Test, m.Classes)
	}
	set, err := source.Open(1, madeMNIST(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var x [imageLen]float32
	var y [1]float32
	set.Train.Read(3, x[:], y[:])
	if set.Train.Len() != 12000 || set.Test.Len() != 2000 || y[0] != 1 || x[0] != 19 {
		t.Errorf("%d and %d samples; number 3 is %v, of class %v", set.Train.Len(), set.Test.Len(), x[0], y[0])
	}
	for _, c := range []struct {
		value *config.Value
		want  string
	}{
		{config.List(config.Num(3)), "keeps fewer than two"},
		{config.List(config.Num(3), config.Num(4.5)), "4.5 is no class"},
	} {
		keep.Set(c.value)
		if err := source.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
