// Package text turns text into tokens, which are whole numbers from 0, and
// back: by characters, by words, or by pieces that byte-pair encoding has
// found. A Tokenizer is made from a text, belongs to the model that is trained
// on it, and is saved with it.
package text

import "descent/ml/config"

// A Tokenizer turns text into tokens and back. It does not change once made,
// so it may be used from many goroutines at once.
type Tokenizer interface {
	// Kind is what it was asked for as: "character", "word" or "bpe".
	Kind() string

	// Encode appends the tokens of a text to dst. What the vocabulary lacks
	// becomes Special().Unknown, or nothing where there is no such token.
	Encode(dst []int, s string) []int

	// Decode returns the text of tokens. Special tokens have none. Bytes that
	// are no UTF-8 by themselves are returned as they are: a token of bytes may
	// hold a part of a character.
	Decode(tokens []int) string

	// Vocabulary returns the text of each token, by number; special tokens
	// have their names, such as "<pad>". It must not be written.
	Vocabulary() []string

	// Special returns the tokens that stand for no text.
	Special() Special

	// Value returns the tokenizer as a JSON value, which Read reads back.
	Value() *config.Value
}

// Special numbers the tokens that stand for no text; -1 where there is none.
type Special struct {
	Pad     int // fills short texts up
	Begin   int // stands before the first token of what is written
	End     int // stands after the last
	Unknown int // stands for what the vocabulary lacks
	Mask    int // hides a token that is to be found out
}

// NoSpecial is a vocabulary without special tokens.
var NoSpecial = Special{-1, -1, -1, -1, -1}
