package state

import "slices"

// Removed is what was taken away of the samples that are made, and can be had back.
type Removed struct {
	Class   string // the class that went; "" where samples went alone
	At      int
	Samples []KeptMade
}

// maxRemoved bounds how many removals can be had back.
const maxRemoved = 50

// What takes samples away, and brings them back.
type (
	DropAllMade struct{} // the classes stay
	BringBack   struct{} // what went last
)

func (DropAllMade) action() {}
func (BringBack) action()   {}

// remove lets the samples go that are chosen, as one removal with the class where that goes as well.
func (m *Making) remove(class string, at int, goes func(Made) bool) {
	r := Removed{Class: class, At: at}
	m.Samples = slices.DeleteFunc(slices.Clone(m.Samples), func(s Made) bool {
		if !goes(s) {
			return false
		}
		r.Samples = append(r.Samples, KeptMade{m.Classes[s.Class], s})
		m.changed(s.ID)
		return true
	})
	if r.Class == "" && r.Samples == nil {
		return
	}
	m.Removed = append(m.Removed[max(0, len(m.Removed)-maxRemoved+1):], r)
	m.Changes++
}

// bringBack undoes the latest removal: samples come back in their places, into a class of their class's name.
func (m *Making) bringBack() {
	if len(m.Removed) == 0 {
		return
	}
	r := m.Removed[len(m.Removed)-1]
	m.Removed = m.Removed[:len(m.Removed)-1]
	if r.Class != "" && !slices.Contains(m.Classes, r.Class) {
		m.insertClass(r.At, r.Class)
	}
	for _, k := range r.Samples {
		if !slices.Contains(m.Classes, k.Class) {
			m.insertClass(len(m.Classes), k.Class)
		}
		k.Made.Class = slices.Index(m.Classes, k.Class)
		m.Samples = append(m.Samples, k.Made)
		m.changed(k.ID)
	}
	slices.SortFunc(m.Samples, func(a, b Made) int { return a.ID - b.ID })
	m.Changes++
}

// insertClass puts a class in among the others, whose samples stay theirs.
func (m *Making) insertClass(at int, name string) {
	at = min(at, len(m.Classes))
	m.Classes = slices.Insert(m.Classes, at, name)
	for i := range m.Samples {
		if m.Samples[i].Class >= at {
			m.Samples[i].Class++
		}
	}
	if m.Class >= at {
		m.Class++
	}
}
