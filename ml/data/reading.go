package data

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"descent/ml/config"
	"descent/ml/text"
)

// maxText is how much of a text is read.
const maxText = 1 << 27

// A reading says what the tokens of a text are.
type reading struct {
	tokenizer  string
	vocabulary int
}

func newReading() reading { return reading{tokenizer: text.Characters} }

func (r *reading) fields() []config.Field {
	return []config.Field{
		config.Choice("tokenizer", &r.tokenizer, text.Kinds(), "what the model reads: characters, words, or bpe: pieces of words that come often"),
		config.Int("vocabulary", &r.vocabulary, 0, text.MaxVocabulary, "how many different tokens; the most frequent are taken, and bpe merges until there are so many; 0 for all, and for bpe 512").With("tokens"),
	}
}

// learn makes the tokenizer from texts.
func (r *reading) learn(texts []string, special ...string) (text.Tokenizer, error) {
	t, err := text.Train(text.Options{Kind: r.tokenizer, Vocabulary: r.vocabulary, Special: special}, texts...)
	if err != nil {
		return nil, config.About("data.source.vocabulary", err)
	}
	return t, nil
}

// readText checks that a text can be learned from. A byte order mark in front
// is not of it.
func readText(from string, b []byte) (string, error) {
	if len(b) > maxText {
		return "", &FileError{File: from, Want: maxText, Have: int64(len(b)),
			Msg: config.Say("it has %s bytes; texts of at most %s are read", config.Group(len(b)), config.Group(maxText))}
	}
	s := string(bytes.TrimPrefix(b, []byte("\ufeff")))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return "", notUTF8(from, b, i+len(b)-len(s))
		}
		i += size
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "":
		return "", &FileError{File: from, Msg: config.Word("the text is empty")}
	case strings.TrimLeft(s, string(first)) == "":
		return "", &FileError{File: from, Want: 2, Have: 1, Msg: config.Word("the text is one character over and over: there is nothing to tell apart")}
	}
	return s, nil
}

// notUTF8 says where a text is broken.
func notUTF8(file string, b []byte, at int) error {
	line := 1 + bytes.Count(b[:at], []byte("\n"))
	return &FileError{File: file, Offset: int64(at), Line: line,
		Msg: config.Say("line %s: the byte %#02x, %s bytes from the beginning, is not UTF-8; save the text as UTF-8, or bring one that is no other kind of file",
			config.Group(line), b[at], config.Group(at))}
}

// encode returns the tokens of a text, a part of it at a time: the tokenizer's
// take four times the memory.
func encode(t text.Tokenizer, s string) []uint16 {
	const part = 1 << 16
	var out []uint16
	var tokens []int
	for s != "" {
		at := text.Cut(s, part)
		tokens = t.Encode(tokens[:0], s[:at])
		out = slices.Grow(out, len(tokens))
		for _, n := range tokens {
			out = append(out, uint16(n))
		}
		s = s[at:]
	}
	return out
}
