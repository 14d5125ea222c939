package data

import "testing"

// heldBy counts the bytes of the values that a dataset keeps.
func heldBy(t *testing.T, d Dataset) int64 {
	t.Helper()
	switch d := d.(type) {
	case window:
		return heldBy(t, d.d)
	case picked:
		return heldBy(t, d.d)
	case *images:
		return int64(len(d.pixels) + len(d.labels))
	case pointSet:
		return int64(len(d)) * 12
	case series:
		return 4 * int64(len(d.values))
	case *rows:
		return 4 * int64(len(d.x)+len(d.y))
	case *arrayPair:
		return int64(len(d.x.bytes) + len(d.y.bytes))
	case *gallery:
		return int64(len(d.pixels)+8*len(d.labels)) + d.packed
	}
	t.Fatalf("a %T holds nobody knows what", d)
	return 0
}

// What a source says its samples take is what they take.
func TestHeld(t *testing.T) {
	var table []byte
	for range 40 {
		table = append(table, "1,2.5,a\n3,4,b\n"...)
	}
	for _, info := range Sources() {
		var files Files
		source := info.New()
		switch {
		case info.Type == "csv":
			source.(*csvTable).file = "t.csv"
			files = memory{"t.csv": table}
		case !info.Made || info.Kind == "text" || info.Kind == "task": // those of tokens do not say
			continue
		}
		set, err := source.Open(3, files, nil)
		if err != nil {
			t.Fatalf("%s: %v", info.Type, err)
		}
		want := heldBy(t, set.Train)
		if _, part := set.Train.(*images); part {
			want += heldBy(t, set.Test)
		} else if p, part := set.Train.(pointSet); part {
			want = int64(len(p)+set.Test.Len()) * 12
		}
		if set.Meta.Held != want || want == 0 {
			t.Errorf("%s says that it holds %d bytes, and holds %d", info.Type, set.Meta.Held, want)
		}
		if known := info.New().Meta(); known.Known() && known.Held != want {
			t.Errorf("%s says %d bytes before it is opened, and holds %d", info.Type, known.Held, want)
		}
	}
}
