package state

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// MadeFile is the name of the archive that samples made in the page become: the trainer reads it as any archive of a
// person's own, and it can be kept.
const MadeFile = "my images.zip"

// Bounds of what is made.
const (
	maxMade        = 2000 // samples in all
	maxMadeClasses = 30
	maxClassName   = 40
)

// Making is the samples that are made in the page, drawn or filmed, class by class.
type Making struct {
	Classes []string
	Class   int // the one that gets the next sample
	Samples []Made
	Strokes [][]Spot // of the drawing in progress
	Filming bool     // the camera is used instead of the pad
	Camera  string   // how it stands: "", "asked", "on", or the key of what went wrong
	Size    int      // pixels along each side of a picture that is filmed
	Colour  bool     // of such a picture
	Used    int      // the count of changes up to which the trainer has them; -1 for never
	Changes int
	Removed []Removed    // that can be had back, the latest last
	next    int          // the number of the latest sample
	dirty   map[int]bool // the pages that are to be written
}

// Made is a sample that was made here.
type Made struct {
	ID, Class int
	Pixels    []byte // Side·Side·Channels
	Side      int
	Channels  int
}

func newMaking() Making {
	return Making{Classes: []string{"1", "2", "3"}, Size: 32, Used: -1}
}

// What can be done to make samples.
type (
	Film     struct{ On bool } // the camera, or the pad
	CameraIs struct{ State string }
	SetFilm  struct {
		Size   int
		Colour bool
	}
	MakeClass struct{}
	NameClass struct {
		At   int
		Name string
	}
	DropClass   struct{ At int }
	ChooseClass struct{ At int }
	Scribble    struct{ Stroke []Spot } // the last stroke as it is now
	NewScribble struct{ At Spot }
	WipeOut     struct{}                // the drawing in progress
	AddDrawing  struct{}                // it becomes a sample
	AddFrame    struct{ Pixels []byte } // a picture of the camera does
	DropMade    struct{ ID int }
	UseMade     struct{ Size int64 } // the trainer has been given the archive, of so many bytes
)

func (Film) action()        {}
func (CameraIs) action()    {}
func (SetFilm) action()     {}
func (MakeClass) action()   {}
func (NameClass) action()   {}
func (DropClass) action()   {}
func (ChooseClass) action() {}
func (Scribble) action()    {}
func (NewScribble) action() {}
func (WipeOut) action()     {}
func (AddDrawing) action()  {}
func (AddFrame) action()    {}
func (DropMade) action()    {}
func (UseMade) action()     {}

// Count is how many samples a class has.
func (m *Making) Count(class int) int {
	n := 0
	for _, s := range m.Samples {
		if s.Class == class {
			n++
		}
	}
	return n
}

// Usable reports whether a model can be trained on them: there are two classes or more.
func (m *Making) Usable() bool {
	filled := 0
	for i := range m.Classes {
		if m.Count(i) > 0 {
			filled++
		}
	}
	return filled >= 2 && len(m.Samples) >= 4
}

// Fresh reports whether the trainer has them as they are.
func (m *Making) Fresh() bool { return m.Used == m.Changes }

// making does what was asked.
func (s *Store) making(a Action) []session.Command {
	m := &s.Making
	s.touch(OnMaking)
	switch a := a.(type) {
	case Film:
		m.Filming = a.On
		if !a.On {
			m.Camera = ""
		}
	case CameraIs:
		m.Camera = a.State
	case SetFilm:
		m.Size, m.Colour = min(max(a.Size, 16), maxMadeSide), a.Colour
	case MakeClass:
		if len(m.Classes) < maxMadeClasses {
			m.Classes = append(m.Classes, m.freshName())
			m.Class = len(m.Classes) - 1
		}
	case NameClass:
		m.rename(a.At, a.Name)
	case DropClass:
		m.dropClass(a.At)
	case ChooseClass:
		if a.At >= 0 && a.At < len(m.Classes) {
			m.Class = a.At
		}
	case NewScribble:
		m.Strokes = append(m.Strokes, []Spot{a.At})
	case Scribble:
		if n := len(m.Strokes); n > 0 {
			m.Strokes[n-1] = a.Stroke
		}
	case WipeOut:
		m.Strokes = nil
	case AddDrawing:
		if len(m.Strokes) > 0 {
			m.add(ink(m.Strokes), Side, 1)
			m.Strokes = nil
		}
	case AddFrame:
		channels := 1
		if m.Colour {
			channels = 3
		}
		if len(a.Pixels) == m.Size*m.Size*channels {
			m.add(a.Pixels, m.Size, channels)
		}
	case DropMade:
		m.remove("", 0, func(s Made) bool { return s.ID == a.ID })
	case DropAllMade:
		m.remove("", 0, func(Made) bool { return true })
	case BringBack:
		m.bringBack()
	case UseMade:
		return s.useMade(a.Size)
	}
	return nil
}

func (m *Making) add(pixels []byte, side, channels int) {
	if len(m.Samples) >= maxMade || m.Class >= len(m.Classes) {
		return
	}
	m.next++
	m.Samples = append(m.Samples, Made{ID: m.next, Class: m.Class, Pixels: pixels, Side: side, Channels: channels})
	m.changed(m.next)
	m.Changes++
}

func (m *Making) freshName() string {
	for n := len(m.Classes) + 1; ; n++ {
		if name := fmt.Sprint(n); !slices.Contains(m.Classes, name) {
			return name
		}
	}
}

// className is a name as a folder can have it; "" where nothing is left of it.
func className(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, name), " .")
	if runes := []rune(name); len(runes) > maxClassName {
		name = strings.TrimRight(string(runes[:maxClassName]), " .")
	}
	// A folder "test" would be the test, as path.Dir says which class a file is of.
	if name == "test" || path.Base(name) != name {
		return ""
	}
	return name
}

// rename names a class, which will be a folder's name.
func (m *Making) rename(at int, name string) {
	name = className(name)
	if at < 0 || at >= len(m.Classes) || name == "" || slices.Contains(m.Classes, name) {
		return
	}
	was := m.Classes[at]
	m.Classes[at] = name
	for _, s := range m.Samples {
		if s.Class == at {
			m.changed(s.ID)
		}
	}
	for i := range m.Removed { // what is brought back comes to it under its new name
		for j := range m.Removed[i].Samples {
			if k := &m.Removed[i].Samples[j]; k.Class == was {
				k.Class = name
			}
		}
	}
	m.Changes++
}

// dropClass lets a class go with its samples. Two stay: there is nothing to tell apart otherwise.
func (m *Making) dropClass(at int) {
	if at < 0 || at >= len(m.Classes) || len(m.Classes) <= 2 {
		return
	}
	m.remove(m.Classes[at], at, func(s Made) bool { return s.Class == at })
	m.Classes = slices.Delete(m.Classes, at, at+1)
	for i := range m.Samples {
		if m.Samples[i].Class > at {
			m.Samples[i].Class--
		}
	}
	if m.Class >= at && m.Class > 0 {
		m.Class--
	}
}

// shape is the size that all samples are brought to, and the colours.
func (m *Making) shape() (side int, colour string) {
	colour = "grey"
	for _, s := range m.Samples {
		side = max(side, s.Side)
		if s.Channels == 3 {
			colour = "rgb"
		}
	}
	return side, colour
}

// useMade has the trainer look at the archive: with other classes than before a model is made for it, and otherwise the
// one there is goes on with the new samples.
func (s *Store) useMade(size int64) []session.Command {
	m := &s.Making
	m.Used = m.Changes
	s.touch(OnDocument, OnShell)
	if i := slices.IndexFunc(s.Brought, func(f File) bool { return f.Name == MadeFile }); i >= 0 {
		s.Brought[i].Size = size
	} else {
		s.Brought = append(s.Brought, File{MadeFile, size})
	}
	side, colour := m.shape()
	if text(s.Value("data.source.file")) == MadeFile && s.Data != nil && len(s.Problems) == 0 && s.Value("data.edits") == nil &&
		slices.Equal(s.Data.X, []int{side, side, map[string]int{"grey": 1, "rgb": 3}[colour]}) && slices.Equal(s.Data.Classes, m.filled()) {
		return s.open(false)
	}
	return s.lookAt("images", MadeFile,
		config.Member{Key: "size", Value: config.List(config.Num(float64(side)), config.Num(float64(side)))},
		config.Member{Key: "colour", Value: config.Text(colour)})
}

// filled is the classes that have samples, in the order that the trainer gives them.
func (m *Making) filled() []string {
	var out []string
	for i, name := range m.Classes {
		if m.Count(i) > 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
