package data

import (
	"slices"
	"testing"

	"descent/ml/config"
)

func TestCatalogue(t *testing.T) {
	want := []string{"blobs", "circle", "gauss", "moons", "spiral", "xor", "reg_gauss", "reg_plane", "sine", "csv", "npz", "lines", "names", "pasted_text", "poems", "sonnets", "text", "text_table", "addition", "brackets", "copy", "modular_addition", "parity", "reverse", "sort", "digits", "fashion_mnist", "idx", "images", "mnist"}
	if got := Types(); !slices.Equal(got, want) {
		t.Errorf("Types() = %v, want %v", got, want)
	}
	if got := StepTypes(); !slices.Equal(got, []string{"crop", "fill_missing", "grayscale", "min_max", "one_hot", "resize", "scale", "standardise"}) {
		t.Errorf("StepTypes() = %v", got)
	}
	for _, info := range Sources() {
		if info.Title == "" || info.Doc == "" {
			t.Errorf("%s has no title or no text", info.Type)
		}
		if again, ok := Lookup(info.Type); !ok || again.Title != info.Title {
			t.Errorf("Lookup(%q) = %v, %v", info.Type, again, ok)
		}
	}
	if _, ok := Lookup("spirel"); ok {
		t.Error("a source that is not there was found")
	}
}

// TestMade opens every source that needs no files: what it gives is what its
// Meta says, the same for the same seed, and every default is one that its
// field allows.
func TestMade(t *testing.T) {
	for _, info := range Sources() {
		source := info.New()
		for _, f := range source.Fields() {
			if problem := f.Set(f.Value()); problem != "" {
				t.Errorf("%s: the default of %s: %s", info.Type, f.Name, problem)
			}
			if f.Doc == "" {
				t.Errorf("%s: %s has no text", info.Type, f.Name)
			}
		}
		if !info.Made {
			continue
		}
		first := source.Fields()[0] // how many samples, or something that decides on it
		few := config.Member{Key: first.Name, Value: config.Num(300)}
		if problem := first.Set(few.Value); problem != "" {
			t.Fatal(problem)
		}
		meta := source.Meta()
		a, b, c := open(t, info, 1, few), open(t, info, 1, few), open(t, info, 2, few)
		if a.Train.Len() != meta.Train || a.Test.Len() != meta.Test || a.Meta.Train != meta.Train {
			t.Errorf("%s has %d and %d samples; its Meta says %d and %d",
				info.Type, a.Train.Len(), a.Test.Len(), meta.Train, meta.Test)
		}
		if meta.Bytes != 0 {
			t.Errorf("%s is made here and says that it loads %d bytes", info.Type, meta.Bytes)
		}
		if !slices.Equal(samples(a, a.Train), samples(b, b.Train)) || !slices.Equal(samples(a, a.Test), samples(b, b.Test)) {
			t.Errorf("%s: one seed gave two sets", info.Type)
		}
		if slices.Equal(samples(a, a.Train), samples(c, c.Train)) {
			t.Errorf("%s: two seeds gave one set", info.Type)
		}
	}
}

// open opens a source with few samples.
func open(t *testing.T, info Info, seed uint64, settings ...config.Member) *Set {
	t.Helper()
	source := info.New()
	var errs config.Errors
	config.Decode(config.Obj(settings...), source.Fields(), "", "", &errs)
	if err := errs.Err(); err != nil {
		t.Fatal(err)
	}
	var last, of int64
	set, err := source.Open(seed, nil, func(done, total int64) {
		if done < last || done > total {
			t.Errorf("%s: progress went from %d to %d of %d", info.Type, last, done, total)
		}
		last, of = done, total
	})
	if err != nil {
		t.Fatal(err)
	}
	if last != of || of == 0 {
		t.Errorf("%s: progress ended at %d of %d", info.Type, last, of)
	}
	return set
}

// samples returns all values of a part of a set, features and target in turn.
func samples(set *Set, d Dataset) []float32 {
	var all []float32
	x, y := make([]float32, set.Meta.X.Len()), make([]float32, set.Meta.Y.Len())
	for i := range d.Len() {
		d.Read(i, x, y)
		all = append(append(all, x...), y...)
	}
	return all
}
