package data

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
)

func TestCut(t *testing.T) {
	for _, c := range []struct {
		split             Split
		n                 int
		train, validation int
		err               string
	}{
		{Split{Train: 54000, Validation: 6000}, 60000, 54000, 6000, ""},
		{Split{Train: 0, Validation: 0.1}, 60000, 54000, 6000, ""},
		{Split{Train: 0, Validation: 0}, 60000, 60000, 0, ""},
		{Split{Train: 0, Validation: 6000}, 60000, 54000, 6000, ""},
		{Split{Train: 0.9, Validation: 0.1}, 60000, 54000, 6000, ""},
		{Split{Train: 0.29, Validation: 0}, 100, 29, 0, ""},
		{Split{Train: 0, Validation: 0.15}, 10, 8, 2, ""}, // Keras: floor(10 * 0.85) train
		{Split{Train: 0, Validation: 0.9}, 10, 1, 9, ""},
		{Split{Train: 1, Validation: 1}, 2, 1, 1, ""},
		{Split{Train: 1000, Validation: 0.5}, 60000, 1000, 30000, ""},
		{Split{Train: 54000, Validation: 10000}, 60000, 0, 0, "train 54,000 + validation 10,000 is more than the 60,000 samples there are"},
		{Split{Train: 70000, Validation: 0}, 60000, 0, 0, "train 70,000 is more than the 60,000 samples there are"},
		{Split{Train: 0, Validation: 60001}, 60000, 0, 0, "validation 60,001 is more than the 60,000 samples there are"},
		{Split{Train: 0, Validation: 60000}, 60000, 0, 0, "validation 60,000 of 60,000 samples leaves none to train on"},
		{Split{Train: 1.5, Validation: 0}, 10, 0, 0, "train 1.5 is neither"},
		{Split{Train: 0, Validation: -1}, 10, 0, 0, "validation -1 is neither"},
		{Split{Train: 0.001, Validation: 0}, 500, 0, 0, "train 0.001 of 500 samples is less than one sample"},
		{Split{Train: 0, Validation: 0.001}, 500, 0, 0, "validation 0.001 of 500 samples is less than one sample"},
		{Split{Train: 0, Validation: 0}, 0, 0, 0, "there are no samples"},
	} {
		train, validation, err := c.split.Cut(Meta{Train: c.n})
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%v of %d: %v, want %q", c.split, c.n, err, c.err)
			}
			continue
		}
		if err != nil || train != c.train || validation != c.validation {
			t.Errorf("%v of %d = %d, %d, %v; want %d, %d", c.split, c.n, train, validation, err, c.train, c.validation)
		}
	}
}

// Of each class comes its share, and where that is no whole number the largest
// remainders are rounded up: of 5, 4 and 1 a part of 7 wants 3.5, 2.8 and 0.7.
func TestStratifyRoundsUp(t *testing.T) {
	d := &rows{y: []float32{0, 1, 0, 1, 2, 0, 1, 0, 1, 0}, tall: 1}
	order := stratify(d, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 7, 3)
	if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(order[:7], want[:7]) || !slices.Equal(order[7:], want[7:]) {
		t.Errorf("the order is %v, want %v", order, want)
	}
}

// Windows that share tokens are not in two parts, and no token is asked for
// twice by those that validate.
func TestSplitOfWindows(t *testing.T) {
	for _, c := range []struct {
		split                   Split
		n, context, stride      int
		layout                  string
		train, from, validation int
		err                     string
	}{
		{Split{Validation: 0.1}, 100, 8, 8, NextToken, 90, 90, 10, ""},
		{Split{Validation: 0.1}, 100, 8, 20, NextToken, 90, 90, 10, ""},
		{Split{Validation: 0.1}, 100, 8, 1, NextToken, 83, 90, 2, ""},       // windows 90 and 98; 82 is the last that ends before 90
		{Split{Validation: 0.1}, 100, 8, 3, NextToken, 88, 90, 4, ""},       // windows 90, 93, 96, 99: 9 tokens apart
		{Split{Validation: 0.1}, 100, 8, 1, NextOne, 83, 90, 10, ""},        // each asks for another token
		{Split{Validation: 3}, 100, 8, 4, Masked, 94, 95, 3, ""},            // 95, 97, 99
		{Split{Train: 50, Validation: 3}, 100, 8, 4, Masked, 50, 51, 3, ""}, // 51, 53, 55
		{Split{Train: 0.5, Validation: 0.1}, 100, 8, 4, Masked, 50, 51, 5, ""},
		{Split{}, 100, 8, 1, NextToken, 100, 100, 0, ""},
		{Split{Train: 95, Validation: 3}, 100, 8, 4, Masked, 0, 0, 0, "train 95 + validation 3 is more than the 100 samples there are, since samples that overlap are left out"},
		{Split{Validation: 0.95}, 100, 8, 1, Masked, 0, 0, 0, "leaves none to train on"},
		{Split{Validation: 0.1, Shuffle: true}, 100, 8, 7, NextToken, 0, 0, 0, "the windows of the text overlap"},
		{Split{Validation: 0.1, Stratify: true}, 100, 8, 7, NextToken, 0, 0, 0, "the windows of the text overlap"},
		{Split{Validation: 0.1, Shuffle: true}, 100, 8, 8, NextToken, 90, 0, 10, ""},
	} {
		m := Meta{X: []int{c.context}, Train: c.n, Classes: []string{"a", "b"}, Layout: Layout{Kind: c.layout, Stride: c.stride}}
		train, validation, err := c.split.Cut(m)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%+v: %v", c, err)
			}
			continue
		}
		a, b, err := c.split.Parts(counting(c.n), m, 1)
		if err != nil || train != c.train || validation != c.validation || a.Len() != train || b.Len() != validation {
			t.Errorf("%+v: %d and %d samples, %v", c, train, validation, err)
			continue
		}
		if c.split.Shuffle || c.validation == 0 {
			continue
		}
		if _, first := read(b, 0); int(first) != c.from {
			t.Errorf("%+v: validation begins at %v", c, first)
		}
		_, last := read(a, a.Len()-1)
		if end := int(last)*c.stride + c.context; end > c.from*c.stride || end+c.stride <= c.from*c.stride && c.split.Train == 0 && c.context > c.stride {
			t.Errorf("%+v: training ends with token %d, validation begins with %d", c, end-1, c.from*c.stride)
		}
		for i := 1; i < b.Len(); i++ {
			_, before := read(b, i-1)
			_, now := read(b, i)
			if d := int(now-before) * c.stride; c.layout != NextOne && d < c.context {
				t.Errorf("%+v: validation samples are %d tokens apart", c, d)
			}
		}
	}
}

// counting is a dataset whose sample i is i.
type counting int

func (c counting) Len() int                   { return int(c) }
func (c counting) Read(i int, x, y []float32) { x[0], x[1], y[0] = float32(i), -float32(i), float32(i) }
func read(d Dataset, i int) (x [2]float32, y float32) {
	var target [1]float32
	d.Read(i, x[:], target[:])
	return x, target[0]
}

func TestRange(t *testing.T) {
	d := Range(Range(counting(100), 10, 60), 5, 15)
	if _, y := read(d, 3); d.Len() != 10 || y != 18 {
		t.Errorf("%d samples, the fourth is %v", d.Len(), y)
	}
	for name, wrong := range map[string]func(){
		"beyond its end":   func() { read(d, 10) },
		"before its start": func() { read(d, -1) },
		"past the data":    func() { Range(d, 0, 11) },
		"backwards":        func() { Range(d, 5, 4) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a window read %s", name)
				}
			}()
			wrong()
		}()
	}
}

func TestOrder(t *testing.T) {
	a, b, c, d := make([]int, 1000), make([]int, 1000), make([]int, 1000), make([]int, 1000)
	Order(a, 1, 0)
	Order(b, 1, 0)
	Order(c, 1, 1)
	Order(d, 2, 0)
	if !slices.Equal(a, b) || slices.Equal(a, c) || slices.Equal(a, d) {
		t.Error("the order does not follow from seed and epoch, or not from both")
	}
	slices.Sort(c)
	for i, v := range c {
		if i != v {
			t.Fatalf("sample %d is not visited exactly once", i)
		}
	}
}

func TestGroup(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 60000: "60,000", 47040016: "47,040,016", -1234: "-1,234", -999: "-999",
	} {
		if got := config.Group(n); got != want {
			t.Errorf("config.Group(%d) = %s, want %s", n, got, want)
		}
	}
}
