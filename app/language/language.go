// Package language has every sentence of the page, in English and in Chinese. A key is looked up in the reader's
// language; that both languages have every key, and that every key is used, is tested.
//
// What the core's catalogues say of layers, sources, optimizers and their settings is English there, and the Chinese
// for it is here.
package language

import (
	"fmt"
	"strings"
)

// A Language is one the page speaks.
type Language string

// The languages, by their codes.
const (
	English Language = "en"
	Chinese Language = "zh"
)

// All is the languages in the order of the menu.
var All = []Language{English, Chinese}

// Name is what a language calls itself.
func (l Language) Name() string {
	if l == Chinese {
		return "简体中文"
	}
	return "English"
}

// Tag is the value of the lang attribute.
func (l Language) Tag() string {
	if l == Chinese {
		return "zh-CN"
	}
	return "en"
}

// Match returns the language for a browser's tag, such as zh-CN.
func Match(tag string) Language {
	if primary, _, _ := strings.Cut(strings.ToLower(tag), "-"); primary == "zh" {
		return Chinese
	}
	return English
}

// Text returns the sentence of a key; args fill its verbs.
func (l Language) Text(key string, args ...any) string {
	text, ok := english[key]
	if l == Chinese {
		text, ok = chinese[key]
	}
	if !ok {
		return key
	}
	if len(args) > 0 {
		return fmt.Sprintf(text, args...)
	}
	return text
}

// Term returns the Chinese for an entry of a catalogue, such as "layer.dense" or "layer.dense.doc", and for English
// what the catalogue itself says.
func (l Language) Term(key, catalogue string) string {
	if l == Chinese {
		if text, ok := terms[key]; ok {
			return text
		}
	}
	return catalogue
}

// Field returns the name of a setting for a label, and its explanation. The owner is where the setting is found:
// "layer.dense", "source.spiral", "optimizer.adam", "train". Settings that mean the same everywhere have one entry.
func (l Language) Field(owner, name, doc string) (label, explanation string) {
	label = strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
	if better, ok := labels[name]; ok {
		label = better
	}
	if l != Chinese {
		return label, sentence(doc)
	}
	for _, key := range []string{owner + "." + name, "field." + name} {
		if text, ok := terms[key]; ok {
			label = text
			break
		}
	}
	if text, ok := explanations[doc]; ok {
		doc = text
	}
	return label, doc
}

// Choice returns what can be chosen for a setting, as a person reads it.
func (l Language) Choice(field, choice string) string {
	for _, key := range []string{"choice." + field + "." + choice, "choice." + choice} {
		if text, ok := terms[key]; ok && l == Chinese {
			return text
		}
	}
	if text, ok := words[choice]; ok {
		return text
	}
	return choice
}

// words are English choices where the name in the document reads badly.
var words = map[string]string{"own": "own numbers", "bpe": "BPE"}

// labels are English names of settings where the name in the document reads badly.
var labels = map[string]string{
	"lr": "Learning rate", "l1": "L1 penalty", "l2": "L2 penalty", "beta1": "β₁", "beta2": "β₂", "epsilon": "ε", "eps": "ε",
	"ema": "Average of weights", "to": "Embedding", "kv_heads": "Key and value heads", "delta": "δ", "alpha": "α",
	"init": "Initial weights", "train_percent": "Share for training", "batch": "Batch size", "test_samples": "Test samples",
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}
