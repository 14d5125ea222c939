package data

import (
	"slices"
)

// Info is the catalogue entry of a source.
type Info struct {
	Type  string // the name in JSON: "spiral"
	Title string // the name for people: "Spiral"
	Doc   string // one or two sentences
	Kind  string // "points", "regression", "series", "table", "text", "task" or "images"
	Made  bool   // drawn by this program, needs no files
	New   func() Source
}

var sources []Info

// kinds is the order in which a catalogue shows the kinds of sources.
var kinds = []string{"points", "regression", "series", "table", "text", "task", "images"}

// Register adds a source to the catalogue. Each source's file calls it from
// init; a type given twice or an unknown kind is a mistake of the program.
func Register(info Info) {
	if _, ok := Lookup(info.Type); ok || info.Type == "" || info.New == nil {
		panic("data: source " + info.Type + " is registered twice or has no New")
	}
	if !slices.Contains(kinds, info.Kind) {
		panic("data: source " + info.Type + " has the unknown kind " + info.Kind)
	}
	before := func(a, b Info) bool {
		if a.Kind != b.Kind {
			return slices.Index(kinds, a.Kind) < slices.Index(kinds, b.Kind)
		}
		return a.Type < b.Type
	}
	at := 0
	for at < len(sources) && before(sources[at], info) {
		at++
	}
	sources = slices.Insert(sources, at, info)
}

// Sources returns the catalogue: points, regressions, series, tables, texts,
// tasks and images, each by type.
func Sources() []Info { return slices.Clone(sources) }

// Lookup returns the source of that type.
func Lookup(typ string) (Info, bool) {
	for _, info := range sources {
		if info.Type == typ {
			return info, true
		}
	}
	return Info{}, false
}

// Types returns the types of all sources, in the catalogue's order.
func Types() []string {
	types := make([]string, len(sources))
	for i, info := range sources {
		types[i] = info.Type
	}
	return types
}
