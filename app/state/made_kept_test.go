package state

import (
	"slices"
	"strings"
	"testing"
)

// shelf carries out the errands for samples, as the archive does.
func shelf(s *Store, tab string, pages map[string]string) (desk Desk, written int) {
	desk, _ = s.Desk(tab)
	for _, e := range s.Errands() {
		if e.Shelf == OfMade {
			written++
			if e.Do == Put {
				pages[e.Key] = e.Text
			} else {
				delete(pages, e.Key)
			}
		}
	}
	return desk, written
}

// opens returns the page as it is after it was opened on what was kept.
func opens(t *testing.T, desk Desk, pages map[string]string, change func(*Found)) *Store {
	t.Helper()
	f := Found{Place: PlaceHere, Desk: &desk, Classes: desk.Classes}
	for key, page := range pages {
		kept, err := ReadMadePage(page)
		if err != nil {
			t.Fatal(key, err)
		}
		f.Made = append(f.Made, kept...)
	}
	if change != nil {
		change(&f)
	}
	s := New("spiral-mlp", desk.Document)
	s.Apply(Await{})
	s.Apply(f)
	return s
}

func sameMade(a, b []Made) bool {
	return slices.EqualFunc(a, b, func(a, b Made) bool {
		return a.ID == b.ID && a.Class == b.Class && a.Side == b.Side && a.Channels == b.Channels && slices.Equal(a.Pixels, b.Pixels)
	})
}

// Samples that were made are there when the page is opened again, and each change writes no more than the pages it is in.
func TestMadeSamplesAreKept(t *testing.T) {
	s := made(t, 120, 0, 3)
	s.Place = PlaceHere
	s.Apply(SetFilm{Size: 16, Colour: true})
	s.Apply(AddFrame{Pixels: []byte(strings.Repeat("\x00\x80\xff", 16*16))})
	pages := map[string]string{}
	if _, n := shelf(s, "t", pages); n != 2 || len(pages) != 2 {
		t.Fatalf("%d pages written, %d kept", n, len(pages))
	}
	for _, c := range []struct {
		name   string
		do     []Action
		writes int
	}{
		{"nothing", nil, 0},
		{"another one", []Action{NewScribble{slash[0]}, AddDrawing{}}, 1},
		{"a name", []Action{NameClass{At: 2, Name: "up"}}, 1},
		{"a class without samples goes", []Action{DropClass{At: 1}}, 0},
		{"one goes", []Action{DropMade{ID: 5}}, 1},
		{"and comes back", []Action{BringBack{}}, 1},
		{"all go", []Action{DropAllMade{}}, 2},
		{"all come back", []Action{BringBack{}}, 2},
		{"a class goes with what it has", []Action{MakeClass{}, DropClass{At: 0}}, 2},
	} {
		for _, a := range c.do {
			s.Apply(a)
		}
		desk, n := shelf(s, "t", pages)
		if n != c.writes {
			t.Errorf("%s: %d pages written, want %d", c.name, n, c.writes)
		}
		again := opens(t, desk, pages, nil)
		if !slices.Equal(again.Making.Classes, s.Making.Classes) || !sameMade(again.Making.Samples, s.Making.Samples) {
			t.Errorf("%s: %q with %d samples became %q with %d", c.name, s.Making.Classes, len(s.Making.Samples), again.Making.Classes, len(again.Making.Samples))
		}
		if again.Making.Fresh() {
			t.Errorf("%s: the trainer is said to have them", c.name)
		}
	}
}

// The trainer has them still where it had them, and their archive was kept.
func TestUsedSamplesStayUsed(t *testing.T) {
	s := made(t, 3, 3)
	s.Place = PlaceHere
	s.Apply(UseMade{Size: 100})
	pages := map[string]string{}
	desk, _ := shelf(s, "t", pages)
	if !desk.Used {
		t.Fatal("the desk does not say so")
	}
	if again := opens(t, desk, pages, nil); again.Making.Fresh() {
		t.Error("the archive is gone, and the trainer is said to have it")
	}
	again := opens(t, desk, pages, func(f *Found) { f.Files = []File{{MadeFile, 100}} })
	if !again.Making.Fresh() {
		t.Error("the samples are said to be new")
	}
	again.Apply(DropMade{ID: 1})
	if again.Making.Fresh() {
		t.Error("one went, and they are said to be the same")
	}
}

// A page that was written before its desk, a page that cannot be read, another tab's samples, and what was drawn meanwhile.
func TestMadeSamplesComeTogether(t *testing.T) {
	s := made(t, 2, 1)
	s.Place = PlaceHere
	pages := map[string]string{}
	desk, _ := shelf(s, "t", pages)

	desk.Classes = []string{"7", "8"}
	again := opens(t, desk, pages, nil)
	if want := []string{"7", "8", "1", "2"}; !slices.Equal(again.Making.Classes, want) || again.Making.Count(2) != 2 {
		t.Errorf("classes %q, want %q", again.Making.Classes, want)
	}
	if _, n := shelf(again, "t", map[string]string{}); n != 0 {
		t.Error("they are written again, though they have not changed")
	}

	copied := map[string]string{}
	if _, n := shelf(opens(t, desk, pages, func(f *Found) { f.Copy = true }), "other", copied); n != 1 || copied["other|0"] == "" {
		t.Errorf("another tab has written %d pages", n)
	}

	damaged := opens(t, desk, nil, func(f *Found) { f.Unread = []Unread{{Shelf: OfMade, Key: "t|0"}} })
	damaged.Apply(NewScribble{slash[0]})
	damaged.Apply(AddDrawing{})
	beside := map[string]string{}
	if shelf(damaged, "t", beside); len(beside) != 1 || beside["t|1"] == "" {
		t.Errorf("a page that cannot be read is written over: %v", beside)
	}

	early := New("spiral-mlp", desk.Document)
	early.Apply(Await{})
	early.Apply(NewScribble{slash[0]})
	early.Apply(AddDrawing{})
	early.Apply(Found{Place: PlaceHere, Made: slices.Concat(mustRead(t, pages["t|0"])), Classes: []string{"1", "2"}})
	if m := &early.Making; len(m.Samples) != 4 || m.Samples[3].ID != 4 || m.Count(0) != 3 {
		t.Errorf("a drawing of meanwhile: %d samples of %q", len(m.Samples), m.Classes)
	}
}

func mustRead(t *testing.T, page string) []KeptMade {
	t.Helper()
	kept, err := ReadMadePage(page)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// What was removed comes back in its place, whatever became of its class.
func TestBringBack(t *testing.T) {
	s := made(t, 2, 2, 2)
	before := slices.Clone(s.Making.Samples)
	s.Apply(DropMade{ID: 3})
	s.Apply(DropClass{At: 1})
	s.Apply(NameClass{At: 1, Name: "three"})
	s.Apply(BringBack{})
	s.Apply(BringBack{})
	if m := &s.Making; !slices.Equal(m.Classes, []string{"1", "2", "three"}) || !sameMade(m.Samples, before) || len(m.Removed) != 0 {
		t.Errorf("%q with %d samples, %d removals", m.Classes, len(m.Samples), len(m.Removed))
	}
	s.Apply(DropMade{ID: 1})
	s.Apply(NameClass{At: 0, Name: "one"})
	s.Apply(BringBack{})
	if m := &s.Making; len(m.Classes) != 3 || m.Count(0) != 2 {
		t.Errorf("a sample of a class with a new name comes back into %q", m.Classes)
	}
}

// Pages of desks that are old, and of tabs that left none, can go.
func TestOldMade(t *testing.T) {
	got := OldMade([]string{"a|0", "b|0", "b|1", "c|0", "d|0"}, []Desk{{Tab: "a"}, {Tab: "b"}}, []string{"b"}, func(tab string) bool { return tab == "c" })
	if want := []string{"b|0", "b|1", "d|0"}; !slices.Equal(got, want) {
		t.Errorf("%q go, want %q", got, want)
	}
}

// FuzzReadMadePage opens the page on whatever stands in the place of its samples: what is read is written alike again.
func FuzzReadMadePage(f *testing.F) {
	m := newMaking()
	m.add(make([]byte, 16*16*3), 16, 3)
	m.add(make([]byte, Side*Side), Side, 1)
	f.Add(m.page(0))
	f.Add(`{"format":1,"samples":""}`)
	f.Fuzz(func(t *testing.T, text string) {
		kept, err := ReadMadePage(text)
		if err != nil {
			return
		}
		m := newMaking()
		m.have(nil, kept, true)
		for n := range m.dirty {
			again, err := ReadMadePage(m.page(n))
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range again {
				at := slices.IndexFunc(m.Samples, func(s Made) bool { return s.ID == k.ID })
				if at < 0 || m.Classes[m.Samples[at].Class] != k.Class || !slices.Equal(m.Samples[at].Pixels, k.Pixels) {
					t.Fatalf("sample %d of %q became another", k.ID, k.Class)
				}
			}
		}
	})
}
