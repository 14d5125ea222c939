package state

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/data/picture"
	"descent/ml/session"
)

var slash = []Spot{{0.2, 0.2}, {0.8, 0.7}}

// made returns a store with n drawings in each of the first classes.
func made(t *testing.T, n ...int) *Store {
	t.Helper()
	s := opened(t, "spiral-mlp")
	for class, count := range n {
		s.Apply(ChooseClass{class})
		for range count {
			s.Apply(NewScribble{slash[0]})
			s.Apply(Scribble{slash})
			s.Apply(AddDrawing{})
		}
	}
	return s
}

type oneFile []byte

func (f oneFile) Open(string, func(done, total int64)) ([]byte, error) { return f, nil }

// What was drawn is an archive that the source of images reads: the same pixels, in the same classes.
func TestMadeSamplesAreAnArchive(t *testing.T) {
	s := made(t, 3, 0, 2)
	s.Apply(NameClass{2, "a/b: up"})
	if s.Making.Classes[2] != "ab up" {
		t.Errorf("the class is called %q", s.Making.Classes[2])
	}
	data.ReadPicture = picture.Read
	info, _ := data.Lookup("images")
	source := info.New()
	var errs config.Errors
	config.Decode(config.Obj(config.Member{Key: "file", Value: config.Text("x.zip")}, config.Member{Key: "test_percent", Value: config.Num(0)},
		config.Member{Key: "shuffle", Value: config.Flag(false)},
		config.Member{Key: "size", Value: config.Num(Side)}, config.Member{Key: "colour", Value: config.Text("grey")}), source.Fields(), "", "", &errs)
	set, err := source.Open(1, oneFile(s.Making.Archive()), nil)
	if err != nil || errs != nil {
		t.Fatal(err, errs)
	}
	if !slices.Equal(set.Meta.Classes, []string{"1", "ab up"}) || set.Train.Len() != 5 {
		t.Errorf("%d samples of %q", set.Train.Len(), set.Meta.Classes)
	}
	x, y := make([]float32, Side*Side), make([]float32, 1)
	set.Train.Read(4, x, y)
	for i, v := range s.Making.Samples[4].Pixels {
		if x[i] != float32(v) {
			t.Fatalf("pixel %d is %v and was %d", i, x[i], v)
		}
	}
	if y[0] != 1 {
		t.Errorf("the class of the last is %v", y[0])
	}
	z, err := zip.NewReader(bytes.NewReader(s.Making.Archive()), int64(len(s.Making.Archive())))
	if err != nil || len(z.File) != 5 || z.File[4].Name != "ab up/0002.png" {
		t.Errorf("read by another: %v", err)
	}
	s.Apply(SetFilm{Size: 20, Colour: true})
	colours := make([]byte, 20*20*3)
	for i := range colours {
		colours[i] = byte(i)
	}
	s.Apply(AddFrame{colours})
	s.Apply(AddFrame{colours[1:]}) // of another size: a frame that was on its way
	if len(s.Making.Samples) != 6 {
		t.Fatalf("%d samples", len(s.Making.Samples))
	}
	seen, err := png.Decode(bytes.NewReader(s.Making.Samples[5].png()))
	if err != nil || seen.Bounds() != image.Rect(0, 0, 20, 20) || seen.At(1, 0) != (color.RGBA{3, 4, 5, 255}) {
		t.Errorf("a coloured picture is read as %v: %v", seen, err)
	}
}

// Two classes are needed; then a model is made for them, and later samples train the same one.
func TestMadeSamplesAreUsed(t *testing.T) {
	s := made(t, 4)
	if s.Making.Usable() {
		t.Error("one class is enough")
	}
	s = made(t, 4, 4)
	if !s.Making.Usable() || s.Making.Fresh() {
		t.Error("two classes are not enough, or the trainer has them already")
	}
	got := s.Apply(UseMade{5000})
	if names(got) != "look" || got[0].Look.Source != `{"type":"images","file":"my images.zip","size":[28,28],"colour":"grey"}` {
		t.Fatalf("%q: %+v", names(got), got)
	}
	if got := names(s.Reduce(session.Event{Seen: &session.Seen{Source: got[0].Look.Source, X: []int{28, 28, 1}, Y: []int{1}, Classes: []string{"1", "2"}, Train: 7, Test: 1}})); got != "open" {
		t.Errorf("what was seen is answered by %q", got)
	}
	if v := s.Value("data.split.validation"); v.Num < 0.15 || len(s.Problems) > 0 || s.Value("data.augment") == nil {
		t.Errorf("%v\n%s", s.Problems, s.Text)
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Ready}, Model: &session.Model{Layers: make([]session.Layer, len(s.Rows))},
		Data: &session.Data{X: []int{28, 28, 1}, Y: []int{1}, Classes: []string{"1", "2"}, Train: 6, Validation: 1, Test: 1, High: 255}})
	if !s.TakesDigits() {
		t.Error("the pad does not know that it can be used")
	}
	s.Apply(NewScribble{slash[1]})
	s.Apply(AddDrawing{})
	if s.Making.Fresh() {
		t.Error("a new drawing is not noticed")
	}
	if got := names(s.Apply(UseMade{6000})); got != "open" || !s.Making.Fresh() {
		t.Errorf("more of the same classes are answered by %q", got)
	}
	s.Apply(ChooseClass{2})
	s.Apply(NewScribble{slash[1]})
	s.Apply(AddDrawing{})
	if got := names(s.Apply(UseMade{6000})); got != "look" {
		t.Errorf("a new class is answered by %q", got)
	}
}

func TestClassesOfMadeSamples(t *testing.T) {
	s := made(t, 1, 2, 3)
	s.Apply(MakeClass{})
	s.Apply(NameClass{3, "test"})
	s.Apply(NameClass{3, "2"})
	s.Apply(NameClass{3, " .. "})
	if m := &s.Making; m.Class != 3 || m.Classes[3] != "4" {
		t.Errorf("class %d of %q", m.Class, m.Classes)
	}
	s.Apply(DropClass{1})
	m := &s.Making
	if !slices.Equal(m.Classes, []string{"1", "3", "4"}) || m.Count(0) != 1 || m.Count(1) != 3 || m.Class != 2 {
		t.Errorf("%q, %d and %d samples, class %d", m.Classes, m.Count(0), m.Count(1), m.Class)
	}
	s.Apply(DropMade{ID: m.Samples[0].ID})
	s.Apply(DropClass{2})
	s.Apply(DropClass{1})
	if len(m.Classes) != 2 || m.Count(0) != 0 {
		t.Errorf("%q", m.Classes)
	}
	if s.Apply(AddDrawing{}); len(m.Samples) != 3 {
		t.Error("nothing was drawn, and it became a sample")
	}
}
