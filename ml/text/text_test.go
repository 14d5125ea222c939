package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"descent/ml/config"

	"pgregory.net/rapid"
)

func trained(t testing.TB, o Options, corpus string) Tokenizer {
	t.Helper()
	tok, err := Train(o, corpus)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

const mixture = "The cat sat on the mat; it's 12 o'clock, the cat's hour.\r\n\n  床前明月光，疑是地上霜。 举头望明月，低头思故乡。\n" +
	"café cafe\u0301 😀👩‍👩‍👧 ❤️ ひらがな カタカナ \u00a0\u2003x\t\"quoted\" don't -- 1,000.5 the the the cat cat"

// Whatever a text is, byte-pair encoding gives it back.
func TestPiecesRoundTrip(t *testing.T) {
	tok := trained(t, Options{Kind: Pieces, Vocabulary: 290, Special: []string{Pad, End}}, mixture+strings.Repeat(" and the cat sat; 明月光 明月", 9))
	check := func(s string) {
		tokens := tok.Encode(nil, s)
		if got := tok.Decode(tokens); got != s {
			t.Fatalf("%q came back as %q (%v)", s, got, tokens)
		}
		for _, n := range tokens {
			if n == tok.Special().Pad || n == tok.Special().End {
				t.Fatalf("%q holds the special token %d", s, n)
			}
		}
	}
	for _, s := range []string{"", " ", "a", mixture, "\xff\xfe\x80", "😀", "👩‍👩‍👧", "床前明月光", strings.Repeat("长", 1000), strings.Repeat(" ", 1000), "<pad>", "\x00", "\ufffd", "\ufeffx"} {
		check(s)
	}
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(mixture))))
	for seed := range 10_000 {
		check(text.Example(seed))
	}
}

// Characters and words give back any text that they were made from.
func TestOwnTextRoundTrip(t *testing.T) {
	for _, kind := range Kinds()[:2] {
		rapid.Check(t, func(t *rapid.T) {
			s := "x" + rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(mixture)))).Draw(t, "text")
			tok, err := Train(Options{Kind: kind}, s)
			if err != nil {
				t.Fatal(err)
			}
			if got := tok.Decode(tok.Encode(nil, s)); got != s {
				t.Fatalf("%s: %q came back as %q", kind, s, got)
			}
		})
	}
}

// Worked out by hand. Pieces: "low" once, " low" 4 times, " lower" twice,
// " newest" 6 times and " widest" 3 times. The counts that matter:
//
//	e s 9, s t 9, w e 8 (lower 2, newest 6), " n" 6, l o 7, o w 7
//	1. "e" "s" and "s" "t" both 9: e is the smaller number     256 = es
//	2. es t 9                                                  257 = est
//	3. l o and o w 7: l is the smaller number                  258 = lo
//	4. lo w 7                                                  259 = low
//	5. " l" is now " low" 6; " n", n e, e w, w est 6:
//	   the space is the smallest first number, and n less than low  260 = " n"
//	6. " low" 6 begins with the space too                      261 = " low"
//	7. e w, w est and " n" e 6: e is the smallest              262 = ew
//	8. ew est and " n" ew 6: 260 is less than 262              263 = " new"
//	9. " new" est 6                                            264 = " newest"
//	10. i d, d est, " w" and w i 3: the space is the smallest  265 = " w"
func TestMergesByHand(t *testing.T) {
	corpus := "low low low low low lower lower newest newest newest newest newest newest widest widest widest"
	tok := trained(t, Options{Kind: Pieces, Vocabulary: 266}, corpus).(*BPE)
	want := [][2]int{{'e', 's'}, {256, 't'}, {'l', 'o'}, {258, 'w'}, {' ', 'n'}, {' ', 259}, {'e', 'w'}, {260, 262}, {263, 257}, {' ', 'w'}}
	if !slices.Equal(tok.Merges(), want) {
		t.Errorf("merges %v, want %v", tok.Merges(), want)
	}
	if got := tok.Vocabulary()[256:]; !slices.Equal(got, []string{"es", "est", "lo", "low", " n", " low", "ew", " new", " newest", " w"}) {
		t.Errorf("tokens %q", got)
	}
	for _, c := range []struct {
		text string
		want []int
	}{
		{"lowest", []int{259, 257}},
		{"newest newest", []int{'n', 262, 257, 264}},
		{" lower", []int{261, 'e', 'r'}},
		{"  widest", []int{' ', 265, 'i', 'd', 257}},
	} {
		if got := tok.Encode(nil, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q is %v, want %v", c.text, got, c.want)
		}
	}
}

// The counts that are kept while merging are those that counting anew gives.
func TestMergesAreThoseOfCountingAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		corpus := rapid.StringOf(rapid.SampledFrom([]rune("aab \n你好"))).Draw(t, "text")
		m := newMerger([]string{corpus})
		for next := int32(bytesOnly); ; next++ {
			count := map[pair]int{}
			for i, tokens := range m.pieces {
				for j := 1; j < len(tokens); j++ {
					count[pairOf(tokens[j-1], tokens[j])] += m.count[i]
				}
			}
			want := candidate{}
			for p, n := range count {
				if c := (candidate{n, p}); n > 1 && (want.count == 0 || before(c, want) < 0) {
					want = c
				}
			}
			got, ok := m.best()
			if got != want.pair || ok != (want.count > 0) {
				t.Fatalf("%q: merge %d is of %d, %v; counting anew says %d", corpus, next, got, ok, want.pair)
			}
			if !ok {
				return
			}
			m.merge(got, next)
		}
	})
}

func TestCharacters(t *testing.T) {
	tok := trained(t, Options{Kind: Characters, Special: []string{Pad, Begin}}, "ba你\n\xffb😀")
	if want := []string{"\n", "a", "b", "你", "😀", Pad, Begin}; !slices.Equal(tok.Vocabulary(), want) {
		t.Errorf("vocabulary %q, want %q", tok.Vocabulary(), want)
	}
	if s := tok.Special(); s != (Special{Pad: 5, Begin: 6, End: -1, Unknown: -1, Mask: -1}) {
		t.Errorf("special %+v", s)
	}
	if got := tok.Encode([]int{9}, "a好b\xff\u00e9"); !slices.Equal(got, []int{9, 1, 2}) {
		t.Errorf("tokens %v: what is not known has none", got)
	}
	if got := tok.Decode([]int{6, 3, 5, 1}); got != "你a" {
		t.Errorf("decoded %q", got)
	}
	few := trained(t, Options{Kind: Characters, Vocabulary: 4}, "aaabbbccde你")
	if want := []string{"a", "b", "c", Unknown}; !slices.Equal(few.Vocabulary(), want) {
		t.Errorf("vocabulary %q, want %q", few.Vocabulary(), want)
	}
	if got := few.Encode(nil, "a你d\xff"); !slices.Equal(got, []int{0, 3, 3, 3}) {
		t.Errorf("tokens %v", got)
	}
}

func TestWords(t *testing.T) {
	corpus := "It's the cat's hat, isn't it? the cat 3rd 月光 café"
	tok := trained(t, Options{Kind: Words}, corpus)
	var texts []string
	for _, n := range tok.Encode(nil, corpus) {
		texts = append(texts, tok.Vocabulary()[n])
	}
	want := []string{"It's", " ", "the", " ", "cat's", " ", "hat", ",", " ", "isn't", " ", "it", "?", " ", "the", " ", "cat", " ", "3rd", " ", "月", "光", " ", "café"}
	if !slices.Equal(texts, want) {
		t.Errorf("words %q, want %q", texts, want)
	}
	few := trained(t, Options{Kind: Words, Vocabulary: 4, Special: []string{Mask}}, "b b b a a c")
	if want := []string{" ", "b", Mask, Unknown}; !slices.Equal(few.Vocabulary(), want) {
		t.Errorf("vocabulary %q, want %q", few.Vocabulary(), want)
	}
	if got := few.Encode(nil, "b dog"); !slices.Equal(got, []int{1, 0, 3}) {
		t.Errorf("tokens %v", got)
	}
	long := strings.Repeat("long", 100)
	if tok = trained(t, Options{Kind: Words}, long); tok.Decode(tok.Encode(nil, long)) != long {
		t.Error("a word that is too long did not come back")
	}
}

// A text that is encoded in parts has the tokens of the whole.
func TestCut(t *testing.T) {
	text := strings.Repeat(mixture+"\n\u0301\n \n", 4)
	for _, kind := range Kinds() {
		tok := trained(t, Options{Kind: kind}, text+strings.Repeat("abcdefghijklmnopqrstuvwxyz 0123456789\n", 9)+manyPieces())
		whole := tok.Encode(nil, text)
		for from := range len(text) + 1 {
			at := Cut(text, from)
			if at < from || !utf8.ValidString(text[:at]) {
				t.Fatalf("cut at %d, asked from %d", at, from)
			}
			if got := tok.Encode(tok.Encode(nil, text[:at]), text[at:]); !slices.Equal(got, whole) {
				t.Fatalf("%s: cut at %d, %q, the tokens differ", kind, at, text[max(0, at-8):at])
			}
		}
	}
}

// manyPieces is a text with enough pairs for the vocabulary of byte-pair
// encoding that is made when none is asked for.
func manyPieces() string {
	var b strings.Builder
	for i := range 400 {
		word := string([]byte{' ', byte('a' + i%26), byte('a' + i/26), 'x', byte('a' + i%7)})
		b.WriteString(word + word)
	}
	return b.String()
}

func TestTrainProblems(t *testing.T) {
	for _, c := range []struct {
		o            Options
		corpus, want string
	}{
		{Options{Kind: "letters"}, "ab", "tokenizer: there is no tokenizer \"letters\"; there are character, word, bpe"},
		{Options{Kind: Pieces, Vocabulary: 256, Special: []string{Pad}}, "ab", "vocabulary: 256 is too few: byte-pair encoding begins with the 256 bytes, and there are 1 special tokens; set vocabulary to 257 or more"},
		{Options{Kind: Pieces, Vocabulary: 260}, "abab", "vocabulary: the text gives 257 tokens and no more"},
		{Options{Kind: Pieces}, "", "vocabulary: the text gives 256 tokens and no more"},
		{Options{Kind: Words}, "", "there is no text to make tokens of"},
		{Options{Kind: Characters}, "\xff", "there is no text to make tokens of"},
		{Options{Kind: Words, Vocabulary: 5}, "a b", "vocabulary: the text has 3 different words and there are 1 special tokens; set vocabulary to 4 at most"},
		{Options{Kind: Words, Vocabulary: 1}, "a b", "vocabulary: 1 has no room for a token beside the 1 special ones"},
		{Options{Kind: Characters, Vocabulary: 3}, "ab", "vocabulary: the text has 2 different characters and there are 0 special tokens; set vocabulary to 2 at most"},
		{Options{Kind: Characters, Vocabulary: 1}, "ab", "vocabulary: 1 has no room"},
	} {
		_, err := Train(c.o, c.corpus)
		if _, ok := err.(*config.Error); !ok || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v of %q: %v, want %q", c.o, c.corpus, err, c.want)
		}
	}
}

// A token does not reach from one text into another.
func TestTextsApart(t *testing.T) {
	_, err := Train(Options{Kind: Pieces, Vocabulary: 258}, "ab", "ab", "b", "a")
	if err == nil || !strings.Contains(err.Error(), "the text gives 257 tokens") {
		t.Errorf("%v: only ab comes twice", err)
	}
	if tok, err := Train(Options{Kind: Words}, "to", "day"); err != nil || !slices.Equal(tok.Vocabulary(), []string{"day", "to", Unknown}) {
		t.Errorf("%v", err)
	}
}

// Training depends on nothing but the text.
func TestTrainIsDeterministic(t *testing.T) {
	for _, kind := range Kinds() {
		o := Options{Kind: kind, Special: []string{Pad}}
		want := string(trained(t, o, mixture+manyPieces()).Value().Append(nil, ""))
		for range 5 {
			if got := string(trained(t, o, mixture+manyPieces()).Value().Append(nil, "")); got != want {
				t.Fatalf("%s: one text gave\n%s\nand\n%s", kind, got, want)
			}
		}
	}
}

func BenchmarkTrain(b *testing.B) {
	var text strings.Builder
	for text.Len() < 1<<20 {
		text.WriteString(mixture + manyPieces())
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		trained(b, Options{Kind: Pieces, Vocabulary: 700}, text.String())
	}
}
