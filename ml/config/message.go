package config

import (
	"errors"
	"fmt"
	"strings"
)

// A Message is a sentence in English that remembers what it was made of, so
// that a user interface can say it in another language.
type Message struct {
	Text   string    // in English
	Format string    // what it was made of, as for fmt.Sprintf; "" when Text is no sentence but a name or a number
	Args   []Message // what fills the verbs of Format, in their order
}

func (m Message) String() string { return m.Text }

// Say makes a message. An argument that is a message, or an error that carries
// one, stays one; the others are written as their verbs say.
func Say(format string, args ...any) Message {
	m := Message{Text: fmt.Sprintf(format, args...), Format: format}
	for _, verb := range verbs(format) {
		if len(m.Args) == len(args) {
			break
		}
		arg := args[len(m.Args)]
		if said, ok := carried(arg); ok {
			m.Args = append(m.Args, said)
		} else {
			m.Args = append(m.Args, Message{Text: fmt.Sprintf(verb, arg)})
		}
	}
	if len(m.Args) == 1 && m.Args[0].Format != "" && (format == "%s" || format == "%v") {
		return m.Args[0]
	}
	return m
}

// Word makes a message of a word or more that has no verbs.
func Word(text string) Message { return Message{Text: text, Format: text} }

func carried(arg any) (Message, bool) {
	switch a := arg.(type) {
	case Message:
		return a, true
	case Teller:
		return a.Message(), true
	case error:
		var e *Error
		if errors.As(a, &e) && e.Said.Format != "" {
			return e.Said, true
		}
	}
	return Message{}, false
}

// A Teller is an error that is no problem of a document, and yet knows what it
// says in words that can be told in another language.
type Teller interface {
	error
	Message() Message
}

// Told returns what an error says, with what that was made of where the error
// knows and has no place in a document. The name of a package before it is left out.
func Told(err error) Message {
	var teller Teller
	if errors.As(err, &teller) {
		return teller.Message()
	}
	if e, ok := err.(*Error); ok && e.Said.Text == err.Error() {
		return e.Said
	}
	return Message{Text: err.Error()}
}

// verbs returns the verbs of a format, each as it stands there: "%d", "%.2g".
func verbs(format string) []string {
	var out []string
	for {
		_, rest, found := strings.Cut(format, "%")
		if !found {
			return out
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r == '%' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
		if end < 0 {
			return out
		}
		if rest[end] != '%' {
			out = append(out, "%"+rest[:end+1])
		}
		format = rest[end+1:]
	}
}

// Problem makes an error of a message that has no place yet; whoever passes it
// on gives it one.
func Problem(format string, args ...any) *Error {
	m := Say(format, args...)
	return &Error{Msg: m.Text, Said: m}
}

// At gives a problem its field.
func (e *Error) At(field string) *Error {
	e.Field = field
	return e
}

// About makes a problem with a field of any error.
func About(field string, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		one := *e
		return one.At(field)
	}
	return &Error{Field: field, Msg: err.Error()}
}
