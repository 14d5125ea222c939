package data

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/ml/config"
)

// A table is text in rows and columns, every row as long as the first.
type table struct {
	file  string
	names []string   // of the columns; "column 1" and so on where there is no header
	rows  [][]string // without the header
	lines []int      // where each row begins in the file, from 1
}

// What is read at most. A cell takes 16 bytes besides its text, so this bounds
// the memory of a file of nothing but commas.
const (
	maxColumns = 4096
	maxCells   = 1 << 24
)

var delimiters = map[string]rune{"comma": ',', "semicolon": ';', "tab": '\t', "bar": '|'}

// readTable reads comma-separated values (RFC 4180) or their kin. Quoted
// fields may hold delimiters, line ends and doubled quotes; empty lines are
// skipped. The delimiter is a name or "auto", the header "auto", "yes" or
// "no". Errors are *FileError with the line, and the column where it is about one.
func readTable(file string, b []byte, delimiter, header string) (*table, error) {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	fail := func(format string, args ...any) (*table, error) {
		return nil, &FileError{File: file, Msg: config.Say(format, args...)}
	}
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return fail("it is written in UTF-16; save it as UTF-8")
	case bytes.IndexByte(b, 0) >= 0:
		return fail("line %d: it is no text, there is a zero byte", 1+bytes.Count(b[:bytes.IndexByte(b, 0)], []byte("\n")))
	}
	comma, ok := delimiters[delimiter]
	if !ok {
		comma = guessDelimiter(b)
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.TrimLeadingSpace = comma, comma != '\t'
	t := &table{file: file}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, t.syntax(err, row)
		}
		if len(row) > maxColumns {
			return fail("line 1: it has %s columns; at most %s are read", config.Group(len(row)), config.Group(maxColumns))
		}
		if (len(t.rows)+1)*len(row) > maxCells {
			return fail("it has more than the %s cells that are read at most", config.Group(maxCells))
		}
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		line, _ := r.FieldPos(0)
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
	if len(t.rows) == 0 {
		return fail("it is empty")
	}
	if err := t.takeHeader(header); err != nil {
		return nil, err
	}
	if len(t.rows) == 0 {
		return fail("there is a header and no row below it")
	}
	return t, nil
}

// syntax words an error of the csv package.
func (t *table) syntax(err error, row []string) error {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return &FileError{File: t.file, Msg: config.Say("%v", err), Err: err}
	}
	e := &FileError{File: t.file, Err: at.Err}
	switch at.Err {
	case csv.ErrFieldCount:
		e.Want, e.Have = int64(len(t.rows[0])), int64(len(row))
		e.Msg = config.Say("line %d: it has %d fields, and the first row has %d", at.StartLine, len(row), len(t.rows[0]))
	case csv.ErrQuote:
		e.Msg = config.Say("line %d, byte %d: a quote that is opened at line %d is not closed, or text follows it", at.Line, at.Column, at.StartLine)
	case csv.ErrBareQuote:
		e.Msg = config.Say("line %d, byte %d: a quote in the middle of a field; put the field in quotes and double those in it", at.Line, at.Column)
	default:
		e.Msg = config.Say("line %d, byte %d: %v", at.Line, at.Column, at.Err)
	}
	return e
}

// guessDelimiter returns the character that cuts the first lines into the
// most fields, the same number in each. Without one it is the comma: a single column.
func guessDelimiter(b []byte) rune {
	const enough = 20
	best, most := ',', 1
	for _, name := range []string{"comma", "tab", "semicolon", "bar"} {
		r := csv.NewReader(bytes.NewReader(b[:min(len(b), 1<<16)]))
		r.Comma, r.TrimLeadingSpace = delimiters[name], name != "tab"
		fields := 0
		for range enough {
			row, err := r.Read()
			if err != nil {
				// A sample that was cut may end in the middle of a row.
				if err != io.EOF && (len(b) <= 1<<16 || fields == 0) {
					fields = 0
				}
				break
			}
			fields = len(row)
		}
		if fields > most {
			best, most = delimiters[name], fields
		}
	}
	return best
}

// takeHeader names the columns.
func (t *table) takeHeader(header string) error {
	first := t.rows[0]
	if header == "yes" || header != "no" && t.looksLikeHeader() {
		t.names, t.rows, t.lines = first, t.rows[1:], t.lines[1:]
		seen := map[string]int{}
		for i, name := range t.names {
			if name == "" {
				t.names[i] = fmt.Sprintf("column %d", i+1)
				continue
			}
			if before, twice := seen[name]; twice {
				return &FileError{File: t.file, Msg: config.Say("line 1: columns %d and %d have the same name %q", before, i+1, name)}
			}
			seen[name] = i + 1
		}
		return nil
	}
	t.names = make([]string, len(first))
	for i := range t.names {
		t.names[i] = fmt.Sprintf("column %d", i+1)
	}
	return nil
}

// looksLikeHeader reports whether the first row names the columns: it has no
// number, and below it is a column of numbers, or none of its words again.
func (t *table) looksLikeHeader() bool {
	first := t.rows[0]
	words := 0
	for _, cell := range first {
		if _, err := parseNumber(cell); err == nil {
			return false
		}
		if !missing(cell) {
			words++
		}
	}
	if words == 0 || len(t.rows) == 1 {
		return false
	}
	again := false
	for i := range first {
		numbers, others := 0, 0
		for _, row := range t.rows[1:] {
			again = again || row[i] == first[i] && !missing(row[i])
			if _, err := parseNumber(row[i]); err == nil {
				numbers++
			} else if !missing(row[i]) {
				others++
			}
		}
		if numbers > others {
			return true
		}
	}
	return !again
}

// missing reports whether a cell says that there is no value.
func missing(cell string) bool {
	switch cell {
	case "", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null":
		return true
	}
	return false
}

// What is wrong with a cell.
var (
	errNumber error = config.Problem("is not a number")
	errRange  error = config.Problem("is beyond ±%.2g, the largest number", math.MaxFloat32)
)

// parseNumber reads a decimal number that a float32 can hold.
func parseNumber(cell string) (float64, error) {
	if cell == "" || strings.Trim(cell, "+-.0123456789eE") != "" {
		return 0, errNumber
	}
	v, err := strconv.ParseFloat(cell, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) || err == nil && math.Abs(v) > math.MaxFloat32:
		return 0, errRange
	case err != nil:
		return 0, errNumber
	}
	return v, nil
}

// Categories at most, of a feature and of a target.
const (
	maxValues  = 100
	maxClasses = 1000
)

// column finds out about column i. A column all of whose values are numbers is
// a Number; one with few different values is a Category; the rest is Text. One
// cell in twenty that is no number, among numbers, is taken for a mistake.
func (t *table) column(i int) (Column, error) {
	c := Column{Name: t.names[i], Kind: Number, Role: Feature, Min: math.Inf(1), Max: math.Inf(-1)}
	different := map[string]bool{}
	numbers, others, firstOther := 0, 0, -1
	for r, row := range t.rows {
		cell := row[i]
		if missing(cell) {
			c.Missing++
			continue
		}
		if len(different) <= maxClasses {
			different[cell] = true
		}
		v, err := parseNumber(cell)
		switch {
		case err == errRange:
			return c, t.errorAt(r, i, "%q %v", clip(cell), err)
		case err != nil:
			if others++; firstOther < 0 {
				firstOther = r
			}
		default:
			numbers++
			c.Min, c.Max = min(c.Min, v), max(c.Max, v)
		}
	}
	if others == 0 {
		if numbers == 0 {
			c.Min, c.Max = 0, 0
		}
		return c, nil
	}
	if others*20 <= numbers+others {
		return c, t.errorAt(firstOther, i, "%q is not a number, and %s cells of the column are; mend it, leave it empty, or skip the column", clip(t.rows[firstOther][i]), config.Group(numbers))
	}
	c.Min, c.Max = 0, 0
	if n := len(different); n <= 10 || n <= maxValues && n <= (numbers+others)/2 {
		c.Kind = Category
		c.Values = sorted(different)
		c.Max = float64(n - 1)
		return c, nil
	}
	c.Kind = Text
	return c, nil
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for s := range set {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// errorAt is what is wrong with a cell.
func (t *table) errorAt(row, column int, format string, args ...any) error {
	return &FileError{File: t.file, Msg: config.Say("line %d, column %q: %s", t.lines[row], t.names[column], config.Say(format, args...))}
}

// clip shortens a text that is quoted in an error.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
