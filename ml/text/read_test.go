package text

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
)

func TestRead(t *testing.T) {
	for _, kind := range Kinds() {
		for _, special := range [][]string{nil, {Mask, Pad}, {Pad, Begin, End, Unknown, Mask}} {
			tok := trained(t, Options{Kind: kind, Special: special}, mixture+manyPieces())
			v, err := config.Parse(tok.Value().Append(nil, ""))
			if err != nil {
				t.Fatal(err)
			}
			again, err := Read(v)
			if err != nil {
				t.Fatal(err)
			}
			if again.Kind() != kind || again.Special() != tok.Special() || !slices.Equal(again.Vocabulary(), tok.Vocabulary()) ||
				!slices.Equal(again.Encode(nil, mixture), tok.Encode(nil, mixture)) {
				t.Errorf("%s with %v came back another", kind, special)
			}
		}
	}
}

var broken = []struct{ json, want string }{
	{`null`, "a tokenizer is an object"},
	{`{}`, "there is no tokenizer"},
	{`{"kind": "bep"}`, `there is no tokenizer "bep"; did you mean "bpe"?`},
	{`{"kind": "bpe"}`, "merges: is missing"},
	{`{"kind": "bpe", "merges": [], "words": []}`, `there is no setting "words"`},
	{`{"kind": "bpe", "merges": 3}`, "wants a list of pairs"},
	{`{"kind": "bpe", "merges": [[1, 256]]}`, "merge 1 wants two tokens that were there before it, from 0 to 255"},
	{`{"kind": "bpe", "merges": [[1, 2], [-1, 3]]}`, "merge 2 wants two tokens"},
	{`{"kind": "bpe", "merges": [[1, 2], [1, 2]]}`, "merge 2 merges 1 and 2, which were merged before"},
	{`{"kind": "bpe", "merges": [[0, 0], [256, 256], [257, 257], [258, 258], [259, 259], [260, 260], [261, 261]]}`, "merge 7 makes a token of 128 bytes"},
	{`{"kind": "character", "characters": ""}`, "there is none"},
	{`{"kind": "character", "characters": "aba"}`, `'a' is there twice`},
	{`{"kind": "character", "characters": ["a"]}`, "wants a text"},
	{`{"kind": "word", "words": []}`, "there is none"},
	{`{"kind": "word", "words": "a"}`, "wants a list of words"},
	{`{"kind": "word", "words": ["a", "a b", 3, "a"]}`, `"a b" is not one word`},
	{`{"kind": "word", "words": ["a"], "special": ["<pad>", "<pad>", "<start>", 1]}`, `"<pad>" is there twice`},
	{`{"kind": "word", "words": ["a"], "special": {}}`, "wants a list of names"},
}

func TestReadProblems(t *testing.T) {
	for _, c := range broken {
		v, err := config.Parse([]byte(c.json))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Read(v)
		if all, ok := err.(config.Errors); !ok || !strings.Contains(err.Error(), c.want) || all[0].Line == 0 {
			t.Errorf("%s: %v, want %q", c.json, err, c.want)
		}
	}
	if _, err := Read(nil); err == nil {
		t.Error("nothing was read as a tokenizer")
	}
}

// What Read takes is written as it was read, and gives back what it has tokens for.
func FuzzRead(f *testing.F) {
	for _, c := range broken {
		f.Add([]byte(c.json), mixture)
	}
	for _, kind := range Kinds() {
		f.Add(trained(f, Options{Kind: kind, Special: []string{Pad, Unknown}}, mixture+manyPieces()).Value().Append(nil, ""), mixture)
	}
	f.Fuzz(func(t *testing.T, b []byte, s string) {
		v, err := config.Parse(b)
		if err != nil {
			return
		}
		tok, err := Read(v)
		if err != nil {
			if _, ok := err.(config.Errors); !ok {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		written := tok.Value().Append(nil, "")
		if v, err = config.Parse(written); err != nil {
			t.Fatal(err)
		}
		again, err := Read(v)
		if err != nil || string(again.Value().Append(nil, "")) != string(written) {
			t.Fatalf("%s was read as another, %v", written, err)
		}
		tokens := tok.Encode(nil, s)
		for _, n := range tokens {
			if n < 0 || n >= len(tok.Vocabulary()) {
				t.Fatalf("token %d of %d", n, len(tok.Vocabulary()))
			}
		}
		if got := tok.Decode(tokens); tok.Kind() == Pieces && got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
		tok.Decode([]int{0, len(tok.Vocabulary()) - 1})
	})
}

// Any text can be trained on, and comes back from its own tokenizer.
func FuzzTrain(f *testing.F) {
	for _, s := range []string{"", "abab", mixture, "\xff\xfe ab ab", "aaaa aaaa"} {
		f.Add(s, 300)
	}
	f.Fuzz(func(t *testing.T, s string, size int) {
		size = int(uint(size) % MaxVocabulary)
		for _, kind := range Kinds() {
			for _, n := range []int{0, size} {
				tok, err := Train(Options{Kind: kind, Vocabulary: n, Special: []string{Pad}}, s)
				if err != nil {
					if _, ok := err.(*config.Error); !ok {
						t.Fatalf("%T %v", err, err)
					}
					continue
				}
				if n > 0 && len(tok.Vocabulary()) != n {
					t.Fatalf("%s: %d tokens, want %d", kind, len(tok.Vocabulary()), n)
				}
				if got := tok.Decode(tok.Encode(nil, s)); kind == Pieces && got != s {
					t.Fatalf("%q came back as %q", s, got)
				}
			}
		}
	})
}

func TestDifference(t *testing.T) {
	read := func(s string) Tokenizer {
		v, err := config.Parse([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		tok, err := Read(v)
		if err != nil {
			t.Fatal(err)
		}
		return tok
	}
	for _, c := range []struct{ a, b, want string }{
		{`{"kind": "bpe", "merges": [[97, 98]]}`, `{"kind": "bpe", "merges": [[97, 98]]}`, ""},
		{`{"kind": "bpe", "merges": []}`, `{"kind": "character", "characters": "ab"}`, "the checkpoint's tokenizer is of the kind bpe, the data's of the kind character"},
		{`{"kind": "character", "characters": "a\n"}`, `{"kind": "character", "characters": "ab"}`, `token 1 is "\\n" in the checkpoint and "b" in the data`},
		{`{"kind": "character", "characters": "a"}`, `{"kind": "character", "characters": "ab"}`, "the checkpoint knows 1 tokens, the data has 2"},
		{`{"kind": "word", "words": ["a"], "special": ["<pad>"]}`, `{"kind": "word", "words": ["a"], "special": ["<mask>"]}`, `token 1 is "<pad>" in the checkpoint and "<mask>" in the data`},
		{`{"kind": "bpe", "merges": [[97, 98], [98, 99], [256, 99]]}`, `{"kind": "bpe", "merges": [[97, 98], [98, 99], [97, 257]]}`, "merge 3 is of 256 and 99 in the checkpoint and of 97 and 257 in the data"},
	} {
		if got := Difference(read(c.a), read(c.b)); got != c.want {
			t.Errorf("%s and %s: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
