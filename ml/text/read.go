package text

import (
	"math"
	"slices"
	"unicode/utf8"

	"descent/ml/config"
)

// value makes the JSON of a tokenizer: its kind, what it knows, and its special
// tokens in the order of their numbers.
func (v *vocabulary) value(kind, key string, knows *config.Value) *config.Value {
	out := config.Obj(config.Member{Key: "kind", Value: config.Text(kind)}, config.Member{Key: key, Value: knows})
	if names := v.specials(); len(names) > 0 {
		list := config.List()
		for _, name := range names {
			list.Items = append(list.Items, config.Text(name))
		}
		out.Members = append(out.Members, config.Member{Key: "special", Value: list})
	}
	return out
}

// Read makes the tokenizer that Value has written. The error is config.Errors,
// with every problem and its place.
func Read(v *config.Value) (Tokenizer, error) {
	r := reader{}
	t := r.tokenizer(v)
	if err := r.errs.Err(); err != nil {
		return nil, err
	}
	return t, nil
}

type reader struct{ errs config.Errors }

func (r *reader) tokenizer(v *config.Value) Tokenizer {
	if v == nil || v.Kind != config.Object {
		r.errs.Add(v, "", "", "a tokenizer is an object with kind and what it knows")
		return nil
	}
	var kind string
	if k := v.Get("kind"); k != nil && k.Kind == config.String {
		kind = k.Str
	}
	key := map[string]string{Characters: "characters", Words: "words", Pieces: "merges"}[kind]
	if key == "" {
		r.errs.Add(v, "", "kind", "%s", config.Unknown("tokenizer", kind, Kinds()))
		return nil
	}
	for _, m := range v.Members {
		if m.Key != "kind" && m.Key != key && m.Key != "special" {
			r.errs.Add(m.Value, "", m.Key, "%s", config.Unknown("setting", m.Key, []string{"kind", key, "special"}))
		}
	}
	special := r.special(v.Get("special"))
	knows := v.Get(key)
	if knows == nil {
		r.errs.Add(v, "", key, "is missing")
		return nil
	}
	switch kind {
	case Characters:
		return newCharacters(r.characters(knows, len(special)), special)
	case Words:
		return newWords(r.words(knows, len(special)), special)
	}
	return newBPE(r.merges(knows, len(special)), special)
}

// fits reports a vocabulary that is too large.
func (r *reader) fits(v *config.Value, field string, n, special int) bool {
	if n+special > MaxVocabulary {
		r.errs.Add(v, "", field, "there are %s tokens; at most %s are handled", group(n+special), group(MaxVocabulary))
		return false
	}
	return true
}

func (r *reader) special(v *config.Value) []string {
	if v == nil {
		return nil
	}
	if v.Kind != config.Array {
		r.errs.Add(v, "", "special", "wants a list of names")
		return nil
	}
	var names []string
	for _, item := range v.Items {
		switch {
		case item.Kind != config.String || !slices.Contains(specialNames, item.Str):
			r.errs.Add(item, "", "special", "%s", config.Unknown("special token", item.Str, specialNames))
		case slices.Contains(names, item.Str):
			r.errs.Add(item, "", "special", "%q is there twice", item.Str)
		default:
			names = append(names, item.Str)
		}
	}
	return names
}

func (r *reader) characters(v *config.Value, special int) []rune {
	if v.Kind != config.String || !utf8.ValidString(v.Str) {
		r.errs.Add(v, "", "characters", "wants a text of all the characters")
		return nil
	}
	runes := []rune(v.Str)
	if !r.fits(v, "characters", len(runes), special) {
		return nil
	}
	if len(runes) == 0 {
		r.errs.Add(v, "", "characters", "there is none")
	}
	seen := map[rune]bool{}
	for _, c := range runes {
		if seen[c] {
			r.errs.Add(v, "", "characters", "%q is there twice", c)
			return nil
		}
		seen[c] = true
	}
	return runes
}

func (r *reader) words(v *config.Value, special int) []string {
	if v.Kind != config.Array {
		r.errs.Add(v, "", "words", "wants a list of words")
		return nil
	}
	if !r.fits(v, "words", len(v.Items), special) {
		return nil
	}
	if len(v.Items) == 0 {
		r.errs.Add(v, "", "words", "there is none")
	}
	list, seen := make([]string, 0, len(v.Items)), map[string]bool{}
	for _, item := range v.Items {
		switch s := item.Str; {
		case item.Kind != config.String || s == "" || !utf8.ValidString(s) || nextWord(s) != len(s):
			r.errs.Add(item, "", "words", "%q is not one word, one space or one sign", s)
		case seen[s]:
			r.errs.Add(item, "", "words", "%q is there twice", s)
		default:
			seen[s] = true
			list = append(list, s)
		}
		if len(r.errs) > 20 {
			return nil
		}
	}
	return list
}

func (r *reader) merges(v *config.Value, special int) [][2]int {
	if v.Kind != config.Array {
		r.errs.Add(v, "", "merges", "wants a list of pairs of tokens")
		return nil
	}
	if !r.fits(v, "merges", bytesOnly+len(v.Items), special) {
		return nil
	}
	size := make([]int, bytesOnly, bytesOnly+len(v.Items)) // bytes of each token
	for i := range size {
		size[i] = 1
	}
	merges, seen := make([][2]int, 0, len(v.Items)), map[[2]int]bool{}
	for i, item := range v.Items {
		var m [2]int
		ok := item.Kind == config.Array && len(item.Items) == 2
		for j := 0; ok && j < 2; j++ {
			n := item.Items[j]
			ok = n.Kind == config.Number && n.Num == math.Trunc(n.Num) && n.Num >= 0 && n.Num < float64(len(size))
			m[j] = int(n.Num)
		}
		switch {
		case !ok:
			r.errs.Add(item, "", "merges", "merge %d wants two tokens that were there before it, from 0 to %d", i+1, len(size)-1)
			return nil
		case seen[m]:
			r.errs.Add(item, "", "merges", "merge %d merges %d and %d, which were merged before", i+1, m[0], m[1])
			return nil
		case size[m[0]]+size[m[1]] > maxPiece:
			r.errs.Add(item, "", "merges", "merge %d makes a token of %d bytes; at most %d are handled", i+1, size[m[0]]+size[m[1]], maxPiece)
			return nil
		}
		seen[m] = true
		merges, size = append(merges, m), append(size, size[m[0]]+size[m[1]])
	}
	return merges
}
