// Package config describes settings once and uses the description everywhere:
// a layer, an optimizer or a data source lists its Fields, and from that list
// its JSON is read and written, its ranges are checked, and forms are drawn.
//
// It reads JSON into a tree that remembers line and column, so that every
// problem of a document is reported at once, each with its place. It stands on
// encoding/json/jsontext only: the reflecting part of encoding/json would
// double the size of the browser's worker.
package config

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"encoding/json/jsontext"
)

// A Kind is the JSON type of a Value.
type Kind string

const (
	Null   Kind = "null"
	Bool   Kind = "true or false"
	Number Kind = "a number"
	String Kind = "a string"
	Array  Kind = "a list"
	Object Kind = "an object"
)

// A Value is one node of a JSON document and where it stood.
type Value struct {
	Kind    Kind
	Bool    bool
	Num     float64
	Str     string
	Items   []*Value // of an Array
	Members []Member // of an Object, in document order
	Line    int      // from 1; 0 when it came from no file
	Col     int
}

// A Member is one key of an Object.
type Member struct {
	Key       string
	Value     *Value
	Line, Col int
}

// Text, Num, Flag, List and Obj make values that came from no file.
func Text(s string) *Value         { return &Value{Kind: String, Str: s} }
func Num(f float64) *Value         { return &Value{Kind: Number, Num: f} }
func Flag(b bool) *Value           { return &Value{Kind: Bool, Bool: b} }
func List(items ...*Value) *Value  { return &Value{Kind: Array, Items: items} }
func Obj(members ...Member) *Value { return &Value{Kind: Object, Members: members} }

// Get returns the member of that key, or nil.
func (v *Value) Get(key string) *Value {
	if v != nil {
		for i := range v.Members {
			if v.Members[i].Key == key {
				return v.Members[i].Value
			}
		}
	}
	return nil
}

// MaxDocument bounds the text of a document, in bytes; an experiment is a few
// kilobytes, and the header of a file of weights some hundred.
const MaxDocument = 4 << 20

// Parse reads one JSON document. Its errors are *Error with line and column:
// broken syntax, a text that ends early, a key given twice, anything after the end.
func Parse(text []byte) (*Value, error) {
	if len(text) > MaxDocument {
		return nil, Problem("the document has %d bytes; at most %d are read", len(text), MaxDocument)
	}
	p := parser{text: text, dec: jsontext.NewDecoder(bytes.NewReader(text))}
	v, err := p.value()
	if err != nil {
		return nil, p.syntax(err)
	}
	if _, err := p.dec.ReadToken(); err != io.EOF {
		line, col := p.at(p.dec.InputOffset())
		return nil, placed(line, col, "there is more text after the end of the document")
	}
	return v, nil
}

type parser struct {
	text []byte
	dec  *jsontext.Decoder

	// How far at has counted lines: it is asked for places in the order of the
	// text, and counting from the start each time would take quadratic time.
	seen, start int64 // the offset it was asked for last, and where its line starts
	lines       int   // line ends before it
}

// at returns line and column, both from 1, of a byte offset.
func (p *parser) at(offset int64) (line, col int) {
	offset = min(offset, int64(len(p.text)))
	if offset < p.seen {
		p.seen, p.start, p.lines = 0, 0, 0
	}
	for {
		i := bytes.IndexByte(p.text[p.seen:offset], '\n')
		if i < 0 {
			break
		}
		p.lines++
		p.seen += int64(i) + 1
		p.start = p.seen
	}
	p.seen = offset
	return p.lines + 1, int(offset-p.start) + 1
}

// next returns the offset of the token that comes next, past space and commas.
func (p *parser) next() int64 {
	at := p.dec.InputOffset()
	for at < int64(len(p.text)) && strings.IndexByte(" \t\r\n,:", p.text[at]) >= 0 {
		at++
	}
	return at
}

func (p *parser) value() (*Value, error) {
	v := &Value{}
	v.Line, v.Col = p.at(p.next())
	tok, err := p.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	switch tok.Kind() {
	case 'n':
		v.Kind = Null
	case 't', 'f':
		v.Kind, v.Bool = Bool, tok.Bool()
	case '0':
		v.Kind = Number
		if v.Num, err = strconv.ParseFloat(tok.String(), 64); err != nil {
			return nil, placed(v.Line, v.Col, "the number %s is too large", tok.String())
		}
	case '"':
		v.Kind, v.Str = String, tok.String()
	case '[':
		v.Kind = Array
		for p.dec.PeekKind() != ']' {
			item, err := p.value()
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, item)
		}
		_, err = p.dec.ReadToken()
	case '{':
		v.Kind = Object
		for p.dec.PeekKind() != '}' {
			var m Member
			m.Line, m.Col = p.at(p.next())
			key, err := p.dec.ReadToken()
			if err != nil {
				return nil, err
			}
			m.Key = key.String()
			if m.Value, err = p.value(); err != nil {
				return nil, err
			}
			v.Members = append(v.Members, m)
		}
		_, err = p.dec.ReadToken()
	}
	return v, err
}

func (p *parser) syntax(err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		line, col := p.at(int64(len(p.text)))
		if len(bytes.TrimSpace(p.text)) == 0 {
			return placed(line, col, "the document is empty")
		}
		return placed(line, col, "the text ends in the middle of the document; is the file complete?")
	}
	why, at := Message{Text: strings.TrimPrefix(err.Error(), "jsontext: ")}, p.dec.InputOffset()
	var syn *jsontext.SyntacticError
	if errors.As(err, &syn) {
		at = syn.ByteOffset
		if syn.Err != nil {
			why.Text = strings.TrimPrefix(syn.Err.Error(), "jsontext: ")
		}
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		at = p.next()
		why = Say("this key is given twice")
	}
	line, col := p.at(at)
	return placed(line, col, "not valid JSON: %s", why)
}

func placed(line, col int, format string, args ...any) *Error {
	e := Problem(format, args...)
	e.Line, e.Col = line, col
	return e
}

// Append writes the value as JSON, over several lines when indent is not "".
func (v *Value) Append(dst []byte, indent string) []byte {
	b := bytes.NewBuffer(dst)
	opts := []jsontext.Options{jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)}
	if indent != "" {
		opts = append(opts, jsontext.WithIndent(indent))
	}
	enc := jsontext.NewEncoder(b, opts...)
	if err := v.write(enc); err != nil {
		panic("config: " + err.Error()) // a Value is always well formed
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (v *Value) write(enc *jsontext.Encoder) error {
	switch v.Kind {
	case Bool:
		return enc.WriteToken(jsontext.Bool(v.Bool))
	case Number:
		return enc.WriteToken(jsontext.Float(v.Num))
	case String:
		return enc.WriteToken(jsontext.String(v.Str))
	case Array:
		if err := enc.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for _, item := range v.Items {
			if err := item.write(enc); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndArray)
	case Object:
		if err := enc.WriteToken(jsontext.BeginObject); err != nil {
			return err
		}
		for _, m := range v.Members {
			if err := enc.WriteToken(jsontext.String(m.Key)); err != nil {
				return err
			}
			if err := m.Value.write(enc); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndObject)
	}
	return enc.WriteToken(jsontext.Null)
}

// Clone returns a copy that shares nothing.
func (v *Value) Clone() *Value {
	c := *v
	c.Items = make([]*Value, len(v.Items))
	for i, item := range v.Items {
		c.Items[i] = item.Clone()
	}
	c.Members = make([]Member, len(v.Members))
	for i, m := range v.Members {
		m.Value = m.Value.Clone()
		c.Members[i] = m
	}
	return &c
}

// Set replaces the value at a dotted path: "train.batch",
// "train.optimizer.lr", "model.nodes.conv1.config.filters". In a list a step
// is the index, or the "id" of the object meant. A key that is not there is
// added; whether it means anything is for the reader of the document to say.
func (v *Value) Set(path string, to *Value) error {
	at := v
	steps := strings.Split(path, ".")
	for i, step := range steps {
		last := i == len(steps)-1
		var slot **Value
		switch at.Kind {
		case Object:
			for j := range at.Members {
				if at.Members[j].Key == step {
					slot = &at.Members[j].Value
				}
			}
			if slot == nil {
				at.Members = append(at.Members, Member{Key: step, Value: Obj()})
				slot = &at.Members[len(at.Members)-1].Value
			}
		case Array:
			if n, err := strconv.Atoi(step); err == nil && n >= 0 && n < len(at.Items) {
				slot = &at.Items[n]
			} else {
				for j, item := range at.Items {
					if id := item.Get("id"); id != nil && id.Str == step {
						slot = &at.Items[j]
					}
				}
			}
			if slot == nil {
				return Problem("there is no %q in a list of %d", step, len(at.Items)).At(path)
			}
		default:
			return Problem("%s is %s, so it has no %q", strings.Join(steps[:i], "."), Word(string(at.Kind)), step).At(path)
		}
		if last {
			*slot = to
			return nil
		}
		// "source": "spiral" is short for {"type": "spiral"}: a path that goes
		// into it means the long form.
		if (*slot).Kind == String {
			*slot = Obj(Member{Key: "type", Value: *slot})
		}
		at = *slot
	}
	return nil
}

// ParseSetting reads the value of a "path=value" given on a command line: JSON
// when it is JSON, and otherwise the text itself.
func ParseSetting(s string) *Value {
	if v, err := Parse([]byte(s)); err == nil {
		v.forget()
		return v
	}
	return Text(s)
}

// forget drops the places: a setting stands in no file.
func (v *Value) forget() {
	v.Line, v.Col = 0, 0
	for _, item := range v.Items {
		item.forget()
	}
	for i := range v.Members {
		v.Members[i].Line, v.Members[i].Col = 0, 0
		v.Members[i].Value.forget()
	}
}
