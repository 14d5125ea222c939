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

func openText(content string, context int, percent float64, settings ...func(*corpus)) (*textFile, *Set, error) {
	s := &textFile{file: "f.txt", corpus: newCorpus()}
	s.context, s.percent = context, percent
	for _, set := range settings {
		set(&s.corpus)
	}
	set, err := s.Open(1, memory{"f.txt": []byte(content)}, nil)
	return s, set, err
}

func TestText(t *testing.T) {
	s, set, err := openText("\ufeffba\r\nc你b a你", 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	m := set.Meta
	if want := []string{`\n`, `\r`, " ", "a", "b", "c", "你"}; !slices.Equal(m.Classes, want) || m.Tokens != 7 {
		t.Errorf("the characters are %q, want %q", m.Classes, want)
	}
	if !m.X.Equal(tensor.Shape{3}) || !m.Y.Equal(tensor.Shape{3}) || m.Train != 3 || m.Test != 0 || m.Range != [2]float64{0, 6} {
		t.Errorf("meta %+v", m)
	}
	if !s.Meta().Known() || s.Meta().Train != 3 {
		t.Error("the source does not know what it opened")
	}
	var x, y [3]float32
	for i, want := range [][2][3]float32{{{4, 3, 1}, {3, 1, 0}}, {{0, 5, 6}, {5, 6, 4}}} {
		if set.Train.Read(i, x[:], y[:]); x != want[0] || y != want[1] {
			t.Errorf("sample %d is %v and %v, want %v", i, x, y, want)
		}
	}
}

// The test is the end of the text, and no window reaches across.
func TestTextIsDividedInOrder(t *testing.T) {
	text := strings.Repeat("ab", 40) + strings.Repeat("cd", 10)
	_, set, err := openText(text, 6, 20)
	if err != nil {
		t.Fatal(err)
	}
	if set.Meta.Train != 13 || set.Meta.Test != 3 {
		t.Errorf("%d windows train and %d test, want 13 and 3", set.Meta.Train, set.Meta.Test)
	}
	var x, y [6]float32
	for i := range 13 {
		if set.Train.Read(i, x[:], y[:]); slices.Max(x[:]) > 1 || slices.Max(y[:]) > 1 {
			t.Errorf("sample %d for training is of the test: %v %v", i, x, y)
		}
	}
	for i := range 3 {
		if set.Test.Read(i, x[:], y[:]); slices.Min(x[:]) < 2 || slices.Min(y[:]) < 2 {
			t.Errorf("sample %d for the test is of training: %v %v", i, x, y)
		}
	}
	if _, set, err = openText(text, 6, 0); err != nil || set.Test.Len() != 0 || set.Train.Len() != 16 {
		t.Errorf("without a test: %v", err)
	}
}

func TestTextProblems(t *testing.T) {
	for _, c := range []struct {
		text    string
		context int
		percent float64
		want    string
		offset  int64
		line    int
	}{
		{"", 3, 10, "it is empty", 0, 0},
		{"\ufeff", 3, 10, "the text is empty", 0, 0},
		{"aaaaaaaa", 3, 10, "nothing to tell apart", 0, 0},
		{"ab\r\nc\xffd", 3, 10, "line 2: the byte 0xff, 5 bytes from the beginning, is not UTF-8", 5, 2},
		{"\ufeffa\n\nb\xe4\xbd", 1, 10, "line 3: the byte 0xe4, 7 bytes", 7, 3},
		{"abc", 3, 0, "a sample takes 4 tokens, the context and the one after it; there are only 3 to train on", 0, 0},
		{"abcdefghijklmnopqrst", 4, 10, "the test has only 2", 0, 0},
	} {
		_, _, err := openText(c.text, c.context, c.percent)
		var broken *FileError
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), c.want) || broken.Offset != c.offset || broken.Line != c.line {
			t.Errorf("%q: %+v, want %q at %d of line %d", c.text, err, c.want, c.offset, c.line)
		}
	}
	if _, err := readText("f", make([]byte, maxText+1)); err == nil || !strings.Contains(err.Error(), "134,217,729 bytes; texts of at most 134,217,728") {
		t.Errorf("a text that is too long: %v", err)
	}
	var all strings.Builder
	for r := rune(0); r < 0x11000; r++ {
		if r < 0xd800 || r > 0xdfff {
			all.WriteRune(r)
		}
	}
	if _, _, err := openText(all.String(), 3, 10); err == nil || !strings.Contains(err.Error(), "67,584 different characters; at most 65,536 tokens") {
		t.Errorf("a text of too many characters: %v", err)
	}
}

// The other tokenizers read the same text, and their names can be shown.
func TestTextTokenizers(t *testing.T) {
	long := strings.Repeat("the cat 明月\n", 50) + "dog dog dog"
	for _, c := range []struct {
		kind       string
		vocabulary int
		want       []string
	}{
		{text.Words, 0, []string{" ", `\n`, "cat", "the", "明", "月", text.Unknown}},
		{text.Words, 4, []string{" ", `\n`, "cat", text.Unknown}},
		{text.Characters, 3, []string{" ", "t", text.Unknown}},
		{text.Pieces, 260, []string{" c", ` \xe6`, "at", "he"}}, // all come 50 times
	} {
		_, set, err := openText(long, 5, 4, func(s *corpus) { s.tokenizer, s.vocabulary = c.kind, c.vocabulary })
		if err != nil {
			t.Fatal(err)
		}
		m := set.Meta
		if m.Text.Kind() != c.kind || m.Tokens != len(m.Classes) || m.Layout.Kind != NextToken || m.Layout.Stride != 5 {
			t.Errorf("%s: meta %+v", c.kind, m)
		}
		if got := m.Classes[max(0, len(m.Classes)-len(c.want)):]; !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.kind, got, c.want)
		}
		var x, y [5]float32
		var all []int
		for i := range set.Train.Len() {
			set.Train.Read(i, x[:], y[:])
			for _, v := range x {
				all = append(all, int(v))
			}
		}
		if got := m.Text.Decode(all); c.kind == text.Pieces && !strings.HasPrefix(long, got) {
			t.Errorf("read back: %q", got)
		}
	}
	for kind, want := range map[string]string{text.Words: "data.source.vocabulary: the text has 6 different words", text.Pieces: "data.source.vocabulary: the text gives"} {
		_, _, err := openText(long, 5, 4, func(s *corpus) { s.tokenizer, s.vocabulary = kind, 5000 })
		if all, ok := config.All(err); !ok || all[0].Field != "data.source.vocabulary" || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", kind, err, want)
		}
	}
}

func TestTextLayouts(t *testing.T) {
	const long = "abcdefghijklmnopqrstuvwxyz"
	_, set, err := openText(long, 3, 20, func(s *corpus) { s.layout, s.stride = NextOne, 2 })
	if err != nil {
		t.Fatal(err)
	}
	if m := set.Meta; !m.Y.Equal(tensor.Shape{1}) || m.Layout != (Layout{Kind: NextOne, Stride: 2}) || m.Overlap() != 1 || m.Train != 9 || m.Test != 1 {
		t.Errorf("meta %+v", m)
	}
	var x, y [20]float32
	for i := range set.Train.Len() {
		set.Train.Read(i, x[:3], y[:1])
		if at := float32(2 * i); x[0] != at || x[2] != at+2 || y[0] != at+3 {
			t.Errorf("sample %d is %v and %v", i, x[:3], y[:1])
		}
	}

	masked := func(s *corpus) { s.layout, s.mask = Masked, 25 }
	_, set, err = openText(long, 10, 40, masked)
	if err != nil {
		t.Fatal(err)
	}
	_, again, _ := openText(long, 10, 40, masked)
	m := set.Meta
	if m.Train != 1 || m.Test != 1 || m.Tokens != 27 || m.Classes[26] != text.Mask {
		t.Errorf("meta %+v", m)
	}
	places := map[Dataset][]int{}
	for _, d := range []Dataset{set.Train, set.Test} {
		var x2, y2 [10]float32
		d.Read(0, x[:10], y[:10])
		if d == set.Train {
			again.Train.Read(0, x2[:], y2[:])
			if !slices.Equal(x2[:], x[:10]) || !slices.Equal(y2[:], y[:10]) {
				t.Error("one seed masked two ways")
			}
		}
		for j := range 10 {
			switch {
			case y[j] == Ignore && x[j] != 26:
			case y[j] != Ignore && x[j] == 26:
				places[d] = append(places[d], j)
			default:
				t.Errorf("token %d is %v and %v", j, x[j], y[j])
			}
		}
		if len(places[d]) != 3 { // a quarter of 10, rounded
			t.Errorf("masked %v", places[d])
		}
	}
}

// Every token of a window is masked as often as every other.
func TestMasksAreEven(t *testing.T) {
	w := &windows{tokens: make([]uint16, 10_000*8), context: 8, stride: 8, layout: Masked, mask: 1, masked: 2, masks: tensor.NewStream(3, "mask")}
	var x, y [8]float32
	var count [8]int
	for i := range w.Len() {
		w.Read(i, x[:], y[:])
		for j, v := range x {
			count[j] += int(v)
		}
	}
	for j, n := range count {
		if n < 2300 || n > 2700 { // 2,500 expected, standard deviation 43
			t.Errorf("token %d is masked %d times of 10,000", j, n)
		}
	}
}

// Samples of tokens are read without allocating: it is done at every step.
func TestReadingTokensTakesNoMemory(t *testing.T) {
	long := strings.Repeat("the cat 明月\n", 50)
	x, y := make([]float32, 8), make([]float32, 8)
	for _, c := range []struct{ typ, settings string }{
		{"text", `{"file": "f", "context": 8}`},
		{"text", `{"file": "f", "context": 8, "layout": "masked"}`},
		{"text", `{"file": "f", "context": 8, "stride": 1, "layout": "next_one"}`},
		{"lines", `{"file": "f", "length": 8}`},
		{"text_table", `{"file": "g", "length": 8}`},
	} {
		_, set, err := opened(t, c.typ, c.settings, memory{"f": []byte(long), "g": []byte(strings.Repeat("good day,1\nbad day,2\n", 9))})
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, func() { set.Train.Read(1, x[:set.Meta.X.Len()], y[:set.Meta.Y.Len()]) }); n > 0 {
			t.Errorf("%s %s: reading a sample takes memory %v times", c.typ, c.settings, n)
		}
	}
}
