package generate

import (
	"strings"

	"descent/ml/text"
)

// parts takes a text apart into what a vocabulary may lack: words, or characters.
func parts(tok text.Tokenizer, s string) []string {
	if tok.Kind() == "word" {
		return strings.Fields(s)
	}
	return strings.Split(s, "")
}
