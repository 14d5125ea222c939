package data

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

func openCSV(text string, change func(*csvTable)) (*Set, *csvTable, error) {
	c := newCSV()
	c.file = "t.csv"
	if change != nil {
		change(c)
	}
	set, err := c.Open(1, memory{"t.csv": []byte(text)}, nil)
	return set, c, err
}

func inOrder(c *csvTable) { c.shuffle, c.percent = false, 0 }

func TestCSV(t *testing.T) {
	const text = "\ufeffage, colour ,weight,kind\r\n" +
		"12,red,1.5,cat\r\n" +
		"\r\n" +
		"?,\"pale, \"\"blue\"\"\",-2e1,dog\r\n" +
		"40,red,,cat\r\n"
	set, c, err := openCSV(text, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	m := c.Meta()
	if !m.Known() || !m.X.Equal([]int{3}) || strings.Join(m.Classes, "|") != "cat|dog" || m.Train != 3 || m.Test != 0 || m.Range != [2]float64{-20, 40} {
		t.Errorf("meta %+v", m)
	}
	var report []string
	for _, col := range m.Columns {
		report = append(report, fmt.Sprintf("%s %s %s %d %g %g %s", col.Name, col.Kind, col.Role, col.Missing, col.Min, col.Max, strings.Join(col.Values, "/")))
	}
	want := "age number feature 1 12 40 |colour category feature 0 0 1 pale, \"blue\"/red|weight number feature 1 -20 1.5 |kind category target 0 0 1 cat/dog"
	if got := strings.Join(report, "|"); got != want {
		t.Errorf("columns\n%s\nwant\n%s", got, want)
	}
	nan := float32(math.NaN())
	for i, want := range [][]float32{{12, 1, 1.5, 0}, {nan, 0, -20, 1}, {40, 1, nan, 0}} {
		x, y := sample(t, set.Train, i, 3, 1)
		if got := append(x, y...); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("row %d is %v, want %v", i, got, want)
		}
	}
}

func TestCSVForms(t *testing.T) {
	for _, c := range []struct {
		name, text string
		change     func(*csvTable)
		columns    string
		classes    string
		samples    int
	}{
		{"no header", "1,2,a\n3,4,b\n", inOrder, "column 1,column 2,column 3", "a,b", 2},
		{"header of text only", "shape,class\nround,a\nlong,b\nround,b\n", inOrder, "shape,class", "a,b", 3},
		{"words that come again", "round,a\nlong,b\nround,b\n", inOrder, "column 1,column 2", "a,b", 3},
		{"tabs", "x\ty\n1,5\t2.5\n2,5\t3.25\n", inOrder, "x,y", "", 2},
		{"semicolons", "x;y\n\"1;1\";2.5\n2;3.5\n", inOrder, "x,y", "", 2},
		{"bars", "x|y\n1|2.5\n2|3.5\n", inOrder, "x,y", "", 2},
		{"whole numbers are classes", "x,y\n1,10\n2,2\n3,10\n", inOrder, "x,y", "2,10", 3},
		{"unless said", "x,y\n1,10\n2,2\n3,10\n", func(c *csvTable) { inOrder(c); c.task = "values" }, "x,y", "", 3},
		{"another target", "y,x\na,1\nb,2\n", func(c *csvTable) { inOrder(c); c.target = "y" }, "y,x", "a,b", 2},
		{"forced header", "1,2\n3,a\n4,b\n", func(c *csvTable) { inOrder(c); c.header = "yes" }, "1,2", "a,b", 2},
		{"skipped", "id,x,y\na,1,a\nb,2,b\n", func(c *csvTable) { inOrder(c); c.skip = "id" }, "id,x,y", "a,b", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, _, err := openCSV(c.text, c.change)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, col := range set.Meta.Columns {
				names = append(names, col.Name)
			}
			if got := strings.Join(names, ","); got != c.columns {
				t.Errorf("columns %s, want %s", got, c.columns)
			}
			if got := strings.Join(set.Meta.Classes, ","); got != c.classes {
				t.Errorf("classes %s, want %s", got, c.classes)
			}
			if set.Train.Len() != c.samples {
				t.Errorf("%d samples, want %d", set.Train.Len(), c.samples)
			}
		})
	}
}

// What a column is taken for goes by shares and counts; these are their limits.
func TestCSVGuesses(t *testing.T) {
	column := func(numbers, words int) string {
		text := "x,kind\n"
		for i := range numbers {
			text += fmt.Sprintf("%d,%c\n", i%5, 'a'+i%2)
		}
		for i := range words {
			text += fmt.Sprintf("w%d,a\n", i%3)
		}
		return text
	}
	if _, _, err := openCSV(column(19, 1), inOrder); err == nil || !strings.Contains(err.Error(), `"w0" is not a number, and 19 cells of the column are`) {
		t.Errorf("one word in twenty cells: %v", err)
	}
	if set, _, err := openCSV(column(18, 1), inOrder); err != nil || set.Meta.Columns[0].Kind != Category {
		t.Errorf("one word in nineteen cells: %v", err)
	}
	target := func(different int) string {
		text := "x,y\n"
		for i := range 2 * different {
			text += fmt.Sprintf("%d.5,%d\n", i, i%different)
		}
		return text
	}
	if set, _, err := openCSV(target(20), inOrder); err != nil || len(set.Meta.Classes) != 20 {
		t.Errorf("twenty whole numbers: %v", err)
	}
	if set, _, err := openCSV(target(21), inOrder); err != nil || set.Meta.Classes != nil {
		t.Errorf("twenty-one whole numbers: %v", err)
	}
}

func TestCSVErrors(t *testing.T) {
	numbers := "x,y\n" + strings.Repeat("1,2.5\n", 30)
	for _, c := range []struct {
		name, text string
		change     func(*csvTable)
		want       string
	}{
		{"empty", "", nil, "it is empty"},
		{"blank", "\n\n", nil, "it is empty"},
		{"only a header", "x,y\n", func(c *csvTable) { c.header = "yes" }, "no row below it"},
		{"short row", "x,y\n1,2\n3\n", nil, "line 3: it has 1 fields, and the first row has 2"},
		{"long row", "x,y\n1,2\n3,4,5\n", nil, "line 3: it has 3 fields"},
		{"open quote", "x,y\n1,\"2\n3,4\n", nil, "a quote that is opened at line 2 is not closed"},
		{"bare quote", "x,y\n1,2\"2\n", nil, "line 2, byte 4: a quote in the middle"},
		{"duplicate names", "x,x\n1,2.5\n", nil, `line 1: columns 1 and 2 have the same name "x"`},
		{"overflow", "x,y\n1,2\n1e999,2\n", nil, `line 3, column "x": "1e999" is beyond ±3.4e+38`},
		{"a word among numbers", numbers + "12o,2\n", nil, `line 32, column "x": "12o" is not a number, and 30 cells of the column are`},
		{"missing target", "x,y\n1,a\n2,\n3,b\n", nil, `line 3, column "y": the target has no value`},
		{"unknown target", "x,y\n1,2\n", func(c *csvTable) { c.target = "yy" }, `there is no column "yy"; did you mean "y"?`},
		{"one class", "x,y\n1,a\n2,a\n", nil, "fewer than two different values"},
		{"words as values", "x,y\n1,a\n2,b\n", func(c *csvTable) { c.task = "values" }, "is not of numbers"},
		{"nothing to learn from", "y\na\nb\n", nil, "none is left to learn from"},
		{"binary", "x,y\n1,\x00\n", nil, "line 2: it is no text"},
		{"utf-16", "\xff\xfex\x00", nil, "UTF-16"},
		{"too many columns", strings.Repeat(",", 5000) + "\n", nil, "5,001 columns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, source, err := openCSV(c.text, c.change)
			var typed *FileError
			if !errors.As(err, &typed) || typed.File != "t.csv" || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			} else if m := typed.Message(); m.Text != err.Error() || m.Args[1].Format == "" {
				t.Errorf("the error %v is made of %+v", err, m)
			}
			if source.Meta().Known() {
				t.Error("something is known of a file that could not be read")
			}
		})
	}
}

// The test part is apart, has every class's share, and depends on the seed alone.
func TestHoldout(t *testing.T) {
	var b strings.Builder
	b.WriteString("x,y\n")
	for i := range 100 {
		fmt.Fprintf(&b, "%d,%c\n", i, 'a'+i/60) // 60 of a, 40 of b, sorted
	}
	set, _, err := openCSV(b.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[float32]bool{}
	count := map[float32]int{}
	first := []float32{}
	for part, d := range []Dataset{set.Train, set.Test} {
		for i := range d.Len() {
			x, y := sample(t, d, i, 1, 1)
			if seen[x[0]] {
				t.Fatalf("%v is there twice", x)
			}
			seen[x[0]] = true
			if part == 1 {
				count[y[0]]++
				first = append(first, x[0])
			}
		}
	}
	if len(seen) != 100 || count[0] != 12 || count[1] != 8 {
		t.Errorf("%d samples, in the test %v of the classes", len(seen), count)
	}
	again, _, _ := openCSV(b.String(), nil)
	for i, want := range first {
		if x, _ := sample(t, again.Test, i, 1, 1); x[0] != want {
			t.Fatalf("test sample %d is %v, then %v", i, want, x[0])
		}
	}
}
