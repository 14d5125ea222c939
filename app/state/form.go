package state

import (
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// setText is set for what was typed into a form. A text that is no value of that form stays in the form, with why.
func (s *Store) setText(a SetText) []session.Command {
	if form, most, _ := strings.Cut(a.Form, " "); form == "prose" {
		if limit, err := strconv.Atoi(most); err == nil && len(a.Text) > limit {
			s.Drafts[a.Path] = Draft{a.Text, "form.long"}
			return nil
		}
	}
	v, ok := read(a.Form, a.Text)
	if !ok {
		s.Drafts[a.Path] = Draft{a.Text, "form.number"}
		return nil
	}
	return s.set(a.Path, v)
}

// read is the value that was typed: Form is that of the field, with what belongs to it after a space: "amount" and the
// choice that has the number, "prose" and the bytes that are taken.
func read(form, text string) (*config.Value, bool) {
	form, choice, _ := strings.Cut(form, " ")
	if form == "prose" { // as it is
		return config.Text(text), true
	}
	text = strings.TrimSpace(text)
	switch form {
	case "toggle":
		return config.Flag(text == "true"), true
	case "choice", "reference", "text", "file":
		return config.Text(text), true
	case "pair":
		v, ok := list(text)
		if !ok || len(v.Items) == 0 || len(v.Items) > 2 {
			return nil, false
		}
		if len(v.Items) == 1 {
			v.Items = append(v.Items, v.Items[0])
		}
		return v, true
	case "numbers":
		return list(text)
	case "amount":
		if text == "" {
			return config.Text(choice), true
		}
		n, ok := figure(text)
		return config.Text(choice + "(" + Setting(n) + ")"), ok
	}
	n, ok := figure(text)
	return config.Num(n), ok
}

// figure reads a number, with a comma or a point before its decimals.
func figure(text string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	return n, err == nil && n-n == 0
}

// list reads numbers with commas, spaces, × or brackets between them.
func list(text string) (*config.Value, bool) {
	v := config.List()
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;×x*[]，、；", r) }) {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil || n-n != 0 {
			return nil, false
		}
		v.Items = append(v.Items, config.Num(n))
	}
	return v, true
}
