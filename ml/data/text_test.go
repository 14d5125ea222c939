package data

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"descent/ml/tensor"
)

func openText(text string, context int, percent float64) (*plainText, *Set, error) {
	s := &plainText{file: "f.txt", context: context, percent: percent}
	set, err := s.Open(1, memory{"f.txt": []byte(text)}, nil)
	return s, set, err
}

func TestText(t *testing.T) {
	s, set, err := openText("\ufeffba\r\nc你b a你", 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	m := set.Meta
	if want := []string{"\n", "\r", " ", "a", "b", "c", "你"}; !slices.Equal(m.Classes, want) || m.Tokens != 7 {
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
		{"abc", 3, 0, "a context of 3 characters takes one more to tell, and there are only 3 to train on", 0, 0},
		{"abcdefghijklmnopqrst", 4, 10, "the test has only 2", 0, 0},
	} {
		_, _, err := openText(c.text, c.context, c.percent)
		var broken *FileError
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), c.want) || broken.Offset != c.offset || broken.Line != c.line {
			t.Errorf("%q: %+v, want %q at %d of line %d", c.text, err, c.want, c.offset, c.line)
		}
	}
	if _, _, err := readText("f", make([]byte, maxText+1)); err == nil || !strings.Contains(err.Error(), "134,217,729 bytes; texts of at most 134,217,728") {
		t.Errorf("a text that is too long: %v", err)
	}
	var all strings.Builder
	for r := rune(0); r < 0x11000; r++ {
		if r < 0xd800 || r > 0xdfff {
			all.WriteRune(r)
		}
	}
	if _, _, err := openText(all.String(), 3, 10); err == nil || !strings.Contains(err.Error(), "67,584 different characters") {
		t.Errorf("a text of too many characters: %v", err)
	}
}
