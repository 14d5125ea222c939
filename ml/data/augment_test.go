package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/tensor"
)

var small = Form{Shape: tensor.Shape{2, 3, 1}, Target: tensor.Shape{1}, Range: [2]float64{0, 100}}

// once applies an augmentation with what (seed, step) draws.
func once(t *testing.T, a Augmentation, in Form, seed, step uint64, x []float32) []float32 {
	t.Helper()
	augment, err := NewAugmenter(in, []Augmentation{a}, seed)
	if err != nil {
		t.Fatal(err)
	}
	out := slices.Clone(x)
	augment.Apply(out, step, 3)
	return out
}

// Every augmentation is drawn from (seed, step, sample), changes something,
// keeps the size, and at an amount of nothing changes nothing.
func TestAugmentations(t *testing.T) {
	in := Form{Shape: tensor.Shape{6, 5, 3}, Range: [2]float64{0, 255}}
	x := make([]float32, in.Shape.Len())
	for i := range x {
		x[i] = float32(i % 200)
	}
	for _, info := range Augmentations() {
		t.Run(info.Type, func(t *testing.T) {
			if info.Title == "" || info.Doc == "" {
				t.Error("there are no words for it")
			}
			a := info.New()
			decode(t, "", a.Fields())
			if _, ok := a.(Mixer); ok {
				return // TestMixup
			}
			if !slices.Equal(once(t, a, in, 1, 7, x), once(t, info.New(), in, 1, 7, x)) {
				t.Error("drawn twice, it differs")
			}
			changed := map[float32]bool{}
			for step := range uint64(20) {
				out := once(t, a, in, 1, step, x)
				sum := float32(0)
				for i, v := range out {
					sum += v * float32(i%7)
				}
				changed[sum] = true
			}
			if len(changed) < 2 {
				t.Error("it is the same at every step")
			}
			if slices.Equal(once(t, a, in, 1, 7, x), once(t, a, in, 2, 7, x)) && slices.Equal(once(t, a, in, 1, 8, x), once(t, a, in, 2, 8, x)) &&
				slices.Equal(once(t, a, in, 1, 9, x), once(t, a, in, 2, 9, x)) && slices.Equal(once(t, a, in, 1, 10, x), once(t, a, in, 2, 10, x)) {
				t.Error("two seeds draw the same")
			}
			off := info.New()
			for _, f := range off.Fields() {
				switch f.Form() {
				case "float":
					decode(t, `{"`+f.Name+`": 0}`, off.Fields())
				case "toggle":
					decode(t, `{"`+f.Name+`": false}`, off.Fields())
				}
			}
			if got := once(t, off, in, 1, 7, x); !near(got, x) {
				t.Errorf("nothing changes %v to %v", x, got)
			}
		})
	}
}

// Each sample of a step is changed in its own way.
func TestSamplesAreChangedApart(t *testing.T) {
	in := Form{Shape: tensor.Shape{4, 4, 1}, Range: [2]float64{0, 1}}
	a, err := NewAugmenter(in, []Augmentation{&noise{amount: 10}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	one, two := make([]float32, 16), make([]float32, 16)
	a.Apply(one, 5, 0)
	a.Apply(two, 5, 1)
	if slices.Equal(one, two) {
		t.Error("two samples of a step are changed alike")
	}
}

func TestMoves(t *testing.T) {
	x := []float32{10, 20, 30, 40, 50, 60}
	for _, c := range []struct {
		name string
		w    warp
		fill string
		want []float32
	}{
		{"half a pixel", warp{xx: 1, yy: 1, dx: 0.5}, fillLow, []float32{15, 25, 15, 45, 55, 30}},
		{"over the edge", warp{xx: 1, yy: 1, dx: 2}, fillEdge, []float32{30, 30, 30, 60, 60, 60}},
		{"out of view", warp{xx: 1, yy: 1, dy: -5}, fillLow, []float32{0, 0, 0, 0, 0, 0}},
		{"upside down", warp{xx: -1, yy: -1}, fillLow, []float32{60, 50, 40, 30, 20, 10}},
	} {
		got := make([]float32, len(x))
		c.w.move(got, x, small, c.fill)
		if !near(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestFlip(t *testing.T) {
	x := []float32{1, 2, 3, 4, 5, 6}
	flipped := 0
	for step := range uint64(400) {
		switch got := once(t, &flip{horizontal: true}, small, 1, step, x); {
		case slices.Equal(got, []float32{3, 2, 1, 6, 5, 4}):
			flipped++
		case !slices.Equal(got, x):
			t.Fatalf("flipped to %v", got)
		}
	}
	if flipped < 160 || flipped > 240 {
		t.Errorf("%d of 400 were flipped", flipped)
	}
}

func TestCutout(t *testing.T) {
	in := Form{Shape: tensor.Shape{10, 10, 2}, Range: [2]float64{-1, 1}}
	x := make([]float32, 200)
	most := 0
	for step := range uint64(50) {
		covered := 0
		for _, v := range once(t, &cutout{size: 40}, in, 1, step, x) {
			if v == -1 {
				covered++
			}
		}
		if covered < 2*2*2 || covered > 4*4*2 {
			t.Fatalf("%d values are covered", covered)
		}
		most = max(most, covered)
	}
	if most != 32 {
		t.Errorf("at most %d values are covered, want 32", most)
	}
}

// In a table the noise goes by each column, and leaves categories alone.
func TestNoiseOfTable(t *testing.T) {
	in := Form{Shape: tensor.Shape{3}, Columns: []Column{{Kind: Number, Max: 1000}, {Kind: Category}, {Kind: Number, Max: 1}}}
	var square [3]float64
	for step := range uint64(2000) {
		for i, v := range once(t, &noise{amount: 10}, in, 1, step, []float32{0, 0, 0}) {
			square[i] += float64(v * v)
		}
	}
	for i, want := range []float64{100, 0, 0.1} {
		if got := math.Sqrt(square[i] / 2000); math.Abs(got-want) > 0.1*want {
			t.Errorf("column %d strays by %v, want %v", i, got, want)
		}
	}
}

func TestAugmenterProblems(t *testing.T) {
	_, err := NewAugmenter(Form{Shape: tensor.Shape{2}}, []Augmentation{&noise{}, &flip{}}, 1)
	at, ok := err.(*StepError)
	if !ok || at.Step != 1 || !strings.Contains(err.Error(), "changes images") {
		t.Errorf("error %v", err)
	}
}
