package data

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

// opened opens a source of a type with settings, on files.
func opened(t *testing.T, typ, settings string, files memory) (Source, *Set, error) {
	t.Helper()
	info, ok := Lookup(typ)
	if !ok {
		t.Fatalf("there is no source %s", typ)
	}
	source := info.New()
	v, err := config.Parse([]byte(settings))
	if err != nil {
		t.Fatal(err)
	}
	var errs config.Errors
	config.Decode(v, source.Fields(), "", "", &errs)
	if errs.Err() != nil {
		t.Fatal(errs)
	}
	set, err := source.Open(1, files, nil)
	return source, set, err
}

func TestLines(t *testing.T) {
	files := memory{"f": []byte("\ufeffab\r\n\n  c \nabc\n")}
	source, set, err := opened(t, "lines", `{"file": "f", "test_percent": 0, "shuffle": false}`, files)
	if err != nil {
		t.Fatal(err)
	}
	m := source.Meta()
	// a 0, b 1, c 2, then the special tokens
	if want := []string{"a", "b", "c", text.Pad, text.Begin, text.End}; !slices.Equal(m.Classes, want) || m.Tokens != 6 {
		t.Errorf("tokens %q, want %q", m.Classes, want)
	}
	if !m.X.Equal(tensor.Shape{4}) || !m.Y.Equal(tensor.Shape{4}) || m.Train != 3 || m.Layout != (Layout{Kind: NextToken}) || m.Overlap() != 0 {
		t.Errorf("meta %+v", m)
	}
	read := func(set *Set, steps int, want ...[2][]float32) {
		t.Helper()
		for i, w := range want {
			x, y := make([]float32, steps), make([]float32, steps)
			if set.Train.Read(i, x, y); !slices.Equal(x, w[0]) || !slices.Equal(y, w[1]) {
				t.Errorf("sample %d is %v and %v, want %v", i, x, y, w)
			}
		}
	}
	read(set, 4,
		[2][]float32{{4, 0, 1, 3}, {0, 1, 5, Ignore}},
		[2][]float32{{4, 2, 3, 3}, {2, 5, Ignore, Ignore}},
		[2][]float32{{4, 0, 1, 2}, {0, 1, 2, 5}})
	_, set, err = opened(t, "lines", `{"file": "f", "test_percent": 0, "shuffle": false, "length": 2}`, files)
	if err != nil {
		t.Fatal(err)
	}
	read(set, 2, [2][]float32{{4, 0}, {0, 1}}, [2][]float32{{4, 2}, {2, 5}}, [2][]float32{{4, 0}, {0, 1}})

	_, set, err = opened(t, "lines", `{"file": "f", "test_percent": 34}`, files)
	if err != nil || set.Meta.Train != 2 || set.Meta.Test != 1 {
		t.Errorf("%v, %+v", err, set.Meta)
	}
}

func TestLinesProblems(t *testing.T) {
	for _, c := range []struct{ content, settings, want string }{
		{"one line only", `{"file": "f"}`, "it has fewer than two lines"},
		{"a\nb\xff\n", `{"file": "f"}`, "line 2: the byte 0xff"},
		{"", `{"file": "f"}`, "it is empty"},
		{"a\nb\n", `{}`, "data.source.file: is missing"},
		{"a\n" + strings.Repeat("ab", maxLength), `{"file": "f"}`, "text 2 is 32,768 tokens long; at most 16,383 are handled: set length"},
		{"a\nb\n", `{"file": "f", "tokenizer": "bpe", "vocabulary": 300}`, "data.source.vocabulary: the text gives"},
	} {
		_, _, err := opened(t, "lines", c.settings, memory{"f": []byte(c.content)})
		var broken *FileError
		if _, setting := config.All(err); err == nil || !strings.Contains(err.Error(), c.want) || !setting && !errors.As(err, &broken) {
			t.Errorf("%.20q: %v, want %q", c.content, err, c.want)
		}
	}
}

const reviews = "text,label\n\"good, very good\",2\nbad,10\ngood 你,2\nvery bad,10\n"

func TestTextTable(t *testing.T) {
	source, set, err := opened(t, "text_table", `{"file": "f", "test_percent": 0, "shuffle": false, "tokenizer": "word"}`, memory{"f": []byte(reviews)})
	if err != nil {
		t.Fatal(err)
	}
	m := source.Meta()
	if want := []string{"2", "10"}; !slices.Equal(m.Classes, want) {
		t.Errorf("classes %q, want %q", m.Classes, want)
	}
	// The space comes 4 times, good 3 times, bad and very twice.
	if want := []string{" ", "good", "bad", "very", ",", "你", text.Pad, text.Unknown}; !slices.Equal(m.Text.Vocabulary(), want) || m.Tokens != 8 {
		t.Errorf("tokens %q, want those of %q", m.Text.Vocabulary(), want)
	}
	if !m.X.Equal(tensor.Shape{6}) || !m.Y.Equal(tensor.Shape{1}) || m.Layout != (Layout{}) || m.Train != 4 {
		t.Errorf("meta %+v", m)
	}
	pad := m.Text.Special().Pad
	for i, want := range []string{"good, very good", "bad", "good 你", "very bad"} {
		var x [6]float32
		var y [1]float32
		set.Train.Read(i, x[:], y[:])
		var tokens []int
		padded := false
		for _, v := range x {
			tokens = append(tokens, int(v))
			if padded && int(v) != pad {
				t.Errorf("sample %d has a token after its padding: %v", i, x)
			}
			padded = int(v) == pad
		}
		if got := m.Text.Decode(tokens); got != want || int(y[0]) != i%2 || label(set.Train, i) != i%2 {
			t.Errorf("sample %d is %q of class %v", i, got, y)
		}
	}
	_, set, err = opened(t, "text_table", `{"file": "f", "text": "label", "label": "text", "length": 3}`, memory{"f": []byte("label,text\nlong,a\nshort,b\nlong,a\nshort,b\nlong,a\nshort,b\nlong,a\nshort,b\nlong,a\nshort,b\n")})
	if err != nil || !set.Meta.X.Equal(tensor.Shape{3}) || set.Meta.Test != 2 {
		t.Fatalf("%v, %+v", err, set)
	}
	if a, b := label(set.Test, 0), label(set.Test, 1); a == b {
		t.Errorf("the test has the classes %d and %d: one of each was wanted", a, b)
	}
}

func TestTextTableProblems(t *testing.T) {
	for _, c := range []struct{ content, settings, want string }{
		{"text,label\ngood,\nbad,no\n", `{"file": "f"}`, `line 2, column "label": there is no label; fill it in`},
		{"text,label\ngood,yes\n,no\n", `{"file": "f"}`, `line 3, column "text": there is no text; fill it in`},
		{"text,label\ngood,yes\nb\xffd,no\n", `{"file": "f"}`, `line 3, column "text": the text is not UTF-8`},
		{"text,label\ngood,yes\nbad,yes\n", `{"file": "f"}`, "fewer than two different values"},
		{"text\ngood\nbad\n", `{"file": "f"}`, "it has one column"},
		{reviews, `{"file": "f", "label": "lable"}`, `there is no column "lable"; did you mean "label"?`},
		{reviews, `{"file": "f", "text": "label"}`, `column "label" is named for the texts and for the labels`},
	} {
		_, _, err := opened(t, "text_table", c.settings, memory{"f": []byte(c.content)})
		var broken *FileError
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.content, err, c.want)
		}
	}
}

// Texts that come with the program, or with the document.
func TestOtherTexts(t *testing.T) {
	files := memory{
		"text/sonnets.txt": []byte(strings.Repeat("shall i compare thee\n", 30)),
		"text/tang.txt":    []byte(strings.Repeat("床前明月光\n", 40)),
		"text/song.txt":    []byte(strings.Repeat("寒食在商山\n", 60)),
		"text/names.txt":   []byte("anna\nberta\n"),
	}
	for _, c := range []struct {
		typ, settings string
		train         int
	}{
		{"pasted_text", `{}`, 0},
		{"pasted_text", `{"text": "abcdefghij", "context": 2, "test_percent": 0}`, 4},
		{"sonnets", `{"context": 9}`, 62},                                                  // 567 of 630
		{"poems", `{"context": 9, "collection": "tang"}`, 23},                              // 216 of 240
		{"poems", `{"context": 9, "collection": "song"}`, 35},                              // 324 of 360
		{"poems", `{"context": 9, "test_percent": 0, "tokenizer": "word"}`, (601 - 1) / 9}, // an empty line between both
		{"names", `{"test_percent": 0}`, 2},
	} {
		source, set, err := opened(t, c.typ, c.settings, files)
		if err != nil {
			t.Errorf("%s %s: %v", c.typ, c.settings, err)
			continue
		}
		if c.train > 0 && set.Train.Len() != c.train || set.Meta.Text == nil || source.Meta().Train != set.Train.Len() {
			t.Errorf("%s %s: %d samples, want %d", c.typ, c.settings, set.Train.Len(), c.train)
		}
	}
	for typ, want := range map[string]string{"sonnets": "no such file", "poems": "no such file", "names": "no such file"} {
		if _, _, err := opened(t, typ, `{}`, memory{}); err == nil {
			t.Errorf("%s without its file: %v, want %q", typ, err, want)
		}
	}
	if _, _, err := opened(t, "pasted_text", `{"text": ""}`, nil); err == nil || !strings.Contains(err.Error(), "data.source.text: there is no text yet: paste one") {
		t.Errorf("no pasted text: %v", err)
	}
}
