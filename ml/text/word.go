package text

import (
	"unicode"
	"unicode/utf8"

	"descent/ml/config"
)

// words has a token for each word, each space and each other sign, so that the
// tokens of a text are the whole text. A word is letters, marks and digits,
// with single apostrophes between them; an ideograph and a kana is a word by
// itself, since nothing stands between words that are written with them.
type words struct {
	vocabulary
	number map[string]int
}

func newWords(list []string, special []string) *words {
	w := &words{vocabulary: newVocabulary(list, special), number: make(map[string]int, len(list))}
	for i, s := range list {
		w.number[s] = i
	}
	return w
}

func (w *words) Kind() string { return Words }

func (w *words) Encode(dst []int, s string) []int {
	for s != "" {
		n := nextWord(s)
		if token, ok := w.number[s[:n]]; ok {
			dst = append(dst, token)
		} else {
			dst = w.unknown(dst)
		}
		s = s[n:]
	}
	return dst
}

func (w *words) Value() *config.Value {
	list := config.List()
	for _, s := range w.texts[:w.ordinary] {
		list.Items = append(list.Items, config.Text(s))
	}
	return w.value(Words, "words", list)
}

// maxPiece bounds the bytes of a word and of a piece of byte-pair encoding;
// what is longer is cut there.
const maxPiece = 96

// A class is what pieces of a text are told apart by.
type class uint8

const (
	space class = iota
	letter
	digit
	ideograph // written without spaces
	mark      // goes with what is before it
	other
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf: // most of most texts
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			return letter
		case '0' <= r && r <= '9':
			return digit
		case r == ' ' || '\t' <= r && r <= '\r':
			return space
		}
		return other
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return ideograph
	case unicode.IsLetter(r):
		return letter
	case unicode.IsMark(r):
		return mark
	case unicode.IsNumber(r):
		return digit
	case unicode.IsSpace(r):
		return space
	}
	return other
}

// run returns the length of the characters of one class that a text begins
// with, and the marks that go with them, at most so many bytes.
func run(s string, of class, most int) int {
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if c := classOf(r); c != of && (c != mark || i == 0) || i+n > most {
			break
		}
		i += n
	}
	return i
}

// nextWord returns the length of the first word, space or sign.
func nextWord(s string) int {
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		c := classOf(r)
		switch {
		case i == 0 && c != letter && c != digit:
			return n
		case i+n > maxPiece:
			return i
		case c == letter || c == digit || c == mark:
		case i > 0 && apostrophe(r) && letterFollows(s[i+n:]):
		default:
			return i
		}
		i += n
	}
	return i
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

func letterFollows(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && classOf(r) == letter
}

// Cut returns a place in a text, at or after from, where it may be cut: the
// tokens of both parts, one after the other, are those of the whole. A long
// text is encoded a part at a time.
func Cut(s string, from int) int {
	for i := from; i > 0 && i < len(s); i++ {
		if s[i-1] == '\n' {
			if r, _ := utf8.DecodeRuneInString(s[i:]); classOf(r) != space && classOf(r) != mark {
				return i
			}
		}
	}
	return len(s)
}
