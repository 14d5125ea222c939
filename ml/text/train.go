package text

import (
	"slices"
	"unicode/utf8"

	"descent/ml/config"
)

// Kinds of tokenizers.
const (
	Characters = "character"
	Words      = "word"
	Pieces     = "bpe"
)

// Kinds returns the kinds that Train knows.
func Kinds() []string { return []string{Characters, Words, Pieces} }

// MaxVocabulary is how many tokens there can be: one is held in two bytes.
const MaxVocabulary = 1 << 16

// maxWords is how many bytes of words are kept with a model.
const maxWords = 2 << 20

// defaultPieces is the vocabulary of byte-pair encoding when none is asked for.
const defaultPieces = 512

// Options is what a tokenizer is to be like.
type Options struct {
	Kind string

	// Vocabulary is how many tokens there are in all, special ones included. Of
	// characters and words the most frequent are taken, and the others are
	// Unknown; 0 takes all. Byte-pair encoding merges until it has so many; 0
	// stands for 512.
	Vocabulary int

	Special []string // names of special tokens that are wanted: Pad, Begin, End, Unknown, Mask
}

// Train makes a tokenizer from texts. It depends on nothing but the options and
// the texts, and no token reaches from one text into the next. What is no UTF-8 becomes no token of characters or words.
// A problem is a *config.Error about the field "vocabulary".
func Train(o Options, texts ...string) (Tokenizer, error) {
	special := o.Special
	switch o.Kind {
	case Characters:
		return trainCharacters(o.Vocabulary, special, texts)
	case Words:
		if !slices.Contains(special, Unknown) {
			special = append(slices.Clone(special), Unknown)
		}
		return trainWords(o.Vocabulary, special, texts)
	case Pieces:
		return trainPieces(o.Vocabulary, special, texts)
	}
	return nil, config.Problem("%s", config.Unknown("tokenizer", o.Kind, Kinds())).At("tokenizer")
}

// trainCharacters numbers the characters by their code points.
func trainCharacters(size int, special, texts []string) (Tokenizer, error) {
	count := map[rune]int{}
	for _, s := range texts {
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || n > 1 {
				count[r]++
			}
			i += n
		}
	}
	all := make([]rune, 0, len(count))
	for r := range count {
		all = append(all, r)
	}
	slices.Sort(all)
	most, err := room(size, len(all), special, config.Word("characters"))
	if err != nil {
		return nil, err
	}
	if most < len(all) {
		if !slices.Contains(special, Unknown) {
			special = append(slices.Clone(special), Unknown)
			most--
		}
		if most < 1 {
			return nil, tooSmall(size, len(special))
		}
		slices.SortStableFunc(all, func(a, b rune) int { return count[b] - count[a] })
		all = all[:most]
		slices.Sort(all)
	}
	return newCharacters(all, special), nil
}

// trainWords numbers the words by how often they come, the first the most
// often; words that come as often are in the order of their text.
func trainWords(size int, special, texts []string) (Tokenizer, error) {
	count := map[string]int{}
	for _, s := range texts {
		for s != "" {
			n := nextWord(s)
			if utf8.ValidString(s[:n]) {
				count[s[:n]]++
			}
			s = s[n:]
		}
	}
	all := make([]string, 0, len(count))
	for w := range count {
		all = append(all, w)
	}
	slices.Sort(all)
	slices.SortStableFunc(all, func(a, b string) int { return count[b] - count[a] })
	most, err := room(size, len(all), special, config.Word("words"))
	if err != nil {
		return nil, err
	}
	if most < 1 {
		return nil, tooSmall(size, len(special))
	}
	bytes := 0
	for i, w := range all[:most] {
		if bytes += len(w); bytes > maxWords {
			return nil, config.Problem("the words come to more than the %s bytes that are kept with a model; set vocabulary to %s at most", group(maxWords), group(i)).At("vocabulary")
		}
	}
	return newWords(all[:most], special), nil
}

// room returns how many of the tokens that a text has are taken.
func room(size, have int, special []string, of config.Message) (int, error) {
	all := have + len(special)
	switch {
	case have == 0:
		return 0, config.Problem("there is no text to make tokens of")
	case size == 0 && all > MaxVocabulary:
		return 0, config.Problem("the text has %s different %s; at most %s tokens are handled: set vocabulary to that or less",
			group(have), of, group(MaxVocabulary)).At("vocabulary")
	case size == 0:
		return have, nil
	case size > all:
		return 0, config.Problem("the text has %s different %s and there are %s special tokens; set vocabulary to %s at most, or to 0 for all",
			group(have), of, group(len(special)), group(all)).At("vocabulary")
	}
	return size - len(special), nil
}

func tooSmall(size, special int) error {
	return config.Problem("%d has no room for a token beside the %d special ones; set vocabulary to more", size, special).At("vocabulary")
}
