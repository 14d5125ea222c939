package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Field is one setting of a layer, an optimizer or a data source: its name
// in JSON, what it means, what it may be, and the variable that holds it.
// The variable's value when the owner was made is the default.
type Field struct {
	Name    string
	Doc     string            // one line, for help and forms
	Unit    string            // "px", "samples"; "" when it is a pure number
	Min     float64           // numbers: the smallest and largest allowed
	Max     float64           //
	Choices []string          // of a Choice
	Amounts []string          // of an Amount: the choices that a number may follow, as in "normal(0.02)"
	also    map[string]string // what others call the choices, as Misnamed wants it
	bind    any               // *int, *float64, *bool, *string, *[2]int, *Series and the kinds of texts
}

// Int, Float, Toggle, Choice, Pair and Reference bind a field to a variable. A
// Pair is two whole numbers, [height, width], and also takes one number for
// both. A Reference is the id of another node; its owner checks that there is one.
func Int(name string, p *int, min, max int, doc string) Field {
	return Field{Name: name, Doc: doc, Min: float64(min), Max: float64(max), bind: p}
}

func Float(name string, p *float64, min, max float64, doc string) Field {
	return Field{Name: name, Doc: doc, Min: min, Max: max, bind: p}
}

func Toggle(name string, p *bool, doc string) Field {
	return Field{Name: name, Doc: doc, bind: p}
}

func Choice(name string, p *string, choices []string, doc string) Field {
	return Field{Name: name, Doc: doc, Choices: choices, bind: p}
}

func Pair(name string, p *[2]int, min, max int, doc string) Field {
	return Field{Name: name, Doc: doc, Min: float64(min), Max: float64(max), bind: p}
}

func Reference(name string, p *string, doc string) Field {
	return Field{Name: name, Doc: doc, bind: (*reference)(p)}
}

type reference string

// Free binds a field to any text: the name of a column. File binds one to the
// name of a file, which a user interface lets a person choose.
func Free(name string, p *string, doc string) Field {
	return Field{Name: name, Doc: doc, bind: (*free)(p)}
}

func File(name string, p *string, doc string) Field {
	return Field{Name: name, Doc: doc, bind: (*file)(p)}
}

// Prose binds a field to a text of several lines and so many bytes at most.
func Prose(name string, p *string, most int, doc string) Field {
	return Field{Name: name, Doc: doc, Max: float64(most), bind: (*prose)(p)}
}

type (
	free  string
	file  string
	prose string
)

// maxText bounds the text of a Free or a File.
const maxText = 4096

// text checks what a Free, a File or a Prose holds.
func text(v *Value, most int) (s string, problem Message) {
	switch {
	case v.Kind != String:
		return "", Say("wants a text in quotes, not %s", describe(v))
	case len(v.Str) > most:
		return "", Say("the text has %d bytes; at most %d are taken", len(v.Str), most)
	}
	return v.Str, Message{}
}

// Amount binds a choice some of which take a number: "normal" or
// "normal(0.02)". The variable holds the text; Split takes it apart.
func Amount(name string, p *string, choices, amounts []string, doc string) Field {
	return Field{Name: name, Doc: doc, Choices: choices, Amounts: amounts, bind: p}
}

// Split takes "normal(0.02)" apart; without a number in brackets, given is false.
func Split(choice string) (name string, number float64, given bool) {
	name, rest, bracket := strings.Cut(choice, "(")
	text, closed := strings.CutSuffix(rest, ")")
	if !bracket || !closed {
		return choice, 0, false
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || number-number != 0 {
		return choice, 0, false
	}
	return name, number, true
}

// Numbers binds a list of numbers of any length, [1, 2.5]; a number alone is a
// list of one. Where words are given, the list may be one of them instead: "balanced", held in word.
func Numbers(name string, p *Series, min, max float64, doc string, words ...string) Field {
	return Field{Name: name, Doc: doc, Min: min, Max: max, Choices: words, bind: p}
}

// A Series is the value of a Numbers field: a list, or a word that stands for one.
type Series struct {
	Values []float64
	Word   string
}

// Given reports whether there is anything in it.
func (l Series) Given() bool { return len(l.Values) > 0 || l.Word != "" }

// With returns the field with a unit.
func (f Field) With(unit string) Field {
	f.Unit = unit
	return f
}

// Called returns the field knowing what others call its choices, so that it can
// say which one is meant: folded names, as Misnamed wants them, to choices.
func (f Field) Called(also map[string]string) Field {
	f.also = also
	return f
}

// Form says which control edits the field: "int", "float", "toggle", "choice",
// "pair", "reference", "numbers", "text", "file" or "prose".
func (f Field) Form() string {
	switch f.bind.(type) {
	case *int:
		return "int"
	case *float64:
		return "float"
	case *bool:
		return "toggle"
	case *string:
		return "choice"
	case *[2]int:
		return "pair"
	case *reference:
		return "reference"
	case *free:
		return "text"
	case *file:
		return "file"
	case *prose:
		return "prose"
	case *Series:
		return "numbers"
	}
	panic(fmt.Sprintf("config: field %q is bound to a %T", f.Name, f.bind))
}

// Value returns what the variable holds now.
func (f Field) Value() *Value {
	switch p := f.bind.(type) {
	case *int:
		return Num(float64(*p))
	case *float64:
		return Num(*p)
	case *bool:
		return Flag(*p)
	case *string:
		return Text(*p)
	case *[2]int:
		return List(Num(float64(p[0])), Num(float64(p[1])))
	case *reference:
		return Text(string(*p))
	case *free:
		return Text(string(*p))
	case *file:
		return Text(string(*p))
	case *prose:
		return Text(string(*p))
	case *Series:
		if p.Word != "" {
			return Text(p.Word)
		}
		v := List()
		for _, x := range p.Values {
			v.Items = append(v.Items, Num(x))
		}
		return v
	}
	panic(fmt.Sprintf("config: field %q is bound to a %T", f.Name, f.bind))
}

// Set checks a value and stores it; on a problem it stores nothing and says
// what is wrong.
func (f Field) Set(v *Value) (problem string) { return f.Put(v).Text }

// Put is Set, and says also what its words are made of.
func (f Field) Put(v *Value) (problem Message) { return f.set(v) }

func (f Field) set(v *Value) (problem Message) {
	switch p := f.bind.(type) {
	case *int:
		n, problem := f.whole(v)
		if problem.Text == "" {
			*p = n
		}
		return problem
	case *float64:
		if v.Kind != Number {
			return Say("wants a number, not %s", describe(v))
		}
		if problem := f.ranged(v.Num); problem.Text != "" {
			return problem
		}
		*p = v.Num
	case *bool:
		if v.Kind != Bool {
			return Say("wants true or false, not %s", describe(v))
		}
		*p = v.Bool
	case *string:
		if v.Kind != String {
			return Say("wants one of %s, not %s", strings.Join(f.Choices, ", "), describe(v))
		}
		for _, c := range f.Choices {
			if v.Str == c {
				*p = c
				return Message{}
			}
		}
		if name, number, ok := Split(v.Str); ok && slices.Contains(f.Amounts, name) {
			*p = name + "(" + short(number) + ")"
			return Message{}
		}
		return Misnamed(strings.ReplaceAll(f.Name, "_", " "), v.Str, f.Choices, f.also)
	case *reference:
		if v.Kind != String {
			return Say("wants the id of a node in quotes, not %s", describe(v))
		}
		*p = reference(v.Str)
	case *free:
		s, problem := text(v, maxText)
		if problem.Text == "" {
			*p = free(s)
		}
		return problem
	case *file:
		s, problem := text(v, maxText)
		if problem.Text == "" {
			*p = file(s)
		}
		return problem
	case *prose:
		s, problem := text(v, int(f.Max))
		if problem.Text == "" {
			*p = prose(s)
		}
		return problem
	case *[2]int:
		if v.Kind == Number {
			v = List(v, v)
		}
		if v.Kind != Array || len(v.Items) != 2 {
			return Say("wants two whole numbers, [height, width], or one for both, not %s", describe(v))
		}
		var pair [2]int
		for i, item := range v.Items {
			n, problem := f.whole(item)
			if problem.Text != "" {
				return problem
			}
			pair[i] = n
		}
		*p = pair
	case *Series:
		return f.list(p, v)
	}
	return Message{}
}

func (f Field) list(p *Series, v *Value) (problem Message) {
	if v.Kind == String && slices.Contains(f.Choices, v.Str) {
		*p = Series{Word: v.Str}
		return Message{}
	}
	if v.Kind == Number {
		v = List(v)
	}
	if v.Kind != Array {
		if len(f.Choices) > 0 {
			return Say("wants a list of numbers or %s, not %s", strings.Join(f.Choices, ", "), describe(v))
		}
		return Say("wants a list of numbers, not %s", describe(v))
	}
	var values []float64
	for _, item := range v.Items {
		if item.Kind != Number {
			return Say("wants numbers in the list, not %s", describe(item))
		}
		if problem := f.ranged(item.Num); problem.Text != "" {
			return problem
		}
		values = append(values, item.Num)
	}
	*p = Series{Values: values}
	return Message{}
}

func (f Field) whole(v *Value) (n int, problem Message) {
	if v.Kind != Number || v.Num != math.Trunc(v.Num) {
		return 0, Say("wants a whole number, not %s", describe(v))
	}
	if problem := f.ranged(v.Num); problem.Text != "" {
		return 0, problem
	}
	return int(v.Num), Message{}
}

func (f Field) ranged(x float64) Message {
	switch {
	case math.IsNaN(x):
		return Say("wants a number, not %s", short(x))
	case x < f.Min:
		return Say("%s is below %s, the smallest allowed", short(x), short(f.Min))
	case x > f.Max:
		return Say("%s is above %s, the largest allowed", short(x), short(f.Max))
	}
	return Message{}
}

func short(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.FormatFloat(x, 'f', -1, 64) // a person counts no exponents
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

func describe(v *Value) Message {
	switch v.Kind {
	case Number:
		return Message{Text: short(v.Num)}
	case String:
		return Message{Text: strconv.Quote(v.Str)}
	case Bool:
		return Message{Text: strconv.FormatBool(v.Bool)}
	case Array:
		return Say("a list of %d", len(v.Items))
	}
	return Word(string(v.Kind))
}
