package data

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "csv", Title: "Table (CSV)", Kind: "table",
		Doc: "A table of yours: comma- or tab-separated text, a sample a row. One column is what the model learns to tell from the others.",
		New: func() Source { return newCSV() },
	})
}

// csvTable reads a table. Which columns are numbers and which categories is
// found out; Meta().Columns shows it. Categories are given as their index in
// sorted order and missing values as NaN: the steps one_hot and fill_missing
// are for them.
type csvTable struct {
	file, target, skip      string
	header, delimiter, task string
	holdout
	meta Meta
}

func newCSV() *csvTable {
	return &csvTable{header: "auto", delimiter: "auto", task: "auto", holdout: newHoldout()}
}

func (c *csvTable) Fields() []config.Field {
	return append([]config.Field{
		config.File("file", &c.file, "the file with the table"),
		config.Free("target", &c.target, "the column to be told from the others; empty for the last"),
		config.Free("skip", &c.skip, "columns to leave out, with commas between them"),
		config.Choice("task", &c.task, []string{"auto", "classes", "values"}, "classes: tell which; values: foretell a number; auto: numbers are values unless they are a few whole ones"),
		config.Choice("header", &c.header, []string{"auto", "yes", "no"}, "whether the first row names the columns"),
		config.Choice("delimiter", &c.delimiter, []string{"auto", "comma", "tab", "semicolon", "bar"}, "what stands between two cells"),
	}, c.holdout.fields()...)
}

func (c *csvTable) Meta() Meta { return c.meta }

func (c *csvTable) Learn(m Meta) { c.meta = m }

func (c *csvTable) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	b, err := openFile("csv", c.file, files, progress)
	if err != nil {
		return nil, err
	}
	t, err := readTable(c.file, b, c.delimiter, c.header)
	if err != nil {
		return nil, err
	}
	columns, target, err := c.columns(t)
	if err != nil {
		return nil, err
	}
	all, meta, err := c.samples(t, columns, target)
	if err != nil {
		return nil, err
	}
	set, err := c.holdout.divide(c.file, all, meta, seed)
	if err == nil {
		c.meta = set.Meta
	}
	return set, err
}

// ErrNoFeatures is of a table that has nothing but texts besides its target.
var ErrNoFeatures = errors.New("data: no column to learn from")

// columns finds out about every column and gives each its role.
func (c *csvTable) columns(t *table) (columns []Column, target int, err error) {
	target = len(t.names) - 1
	if c.target != "" {
		if target, err = t.find(c.target); err != nil {
			return nil, 0, err
		}
	}
	skip := map[int]bool{}
	for name := range strings.SplitSeq(c.skip, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		i, err := t.find(name)
		if err != nil {
			return nil, 0, err
		}
		skip[i] = true
	}
	columns = make([]Column, len(t.names))
	features := 0
	for i := range columns {
		if skip[i] && i != target {
			columns[i] = Column{Name: t.names[i], Kind: Text, Role: Ignored}
			continue
		}
		if columns[i], err = t.column(i); err != nil {
			return nil, 0, err
		}
		switch col := &columns[i]; {
		case i == target:
			col.Role = Target
		case col.Kind == Text || col.Missing == len(t.rows):
			col.Role = Ignored
		default:
			features++
		}
	}
	if features == 0 {
		return nil, 0, &FileError{File: t.file, Err: ErrNoFeatures, Msg: config.Say("of its %d columns none is left to learn from besides the target %q", len(columns), columns[target].Name)}
	}
	return columns, target, nil
}

// find returns the column of that name.
func (t *table) find(name string) (int, error) {
	if i := slices.Index(t.names, name); i >= 0 {
		return i, nil
	}
	known := t.names
	if len(known) > 30 {
		known = known[:30]
	}
	return 0, &FileError{File: t.file, Msg: config.Unknown("column", name, known)}
}

// samples takes the values out of the text.
func (c *csvTable) samples(t *table, columns []Column, target int) (*rows, Meta, error) {
	meta := Meta{Y: tensor.Shape{1}, Range: [2]float64{math.Inf(1), math.Inf(-1)}, Columns: columns}
	features := 0
	for _, col := range columns {
		if col.Role == Feature {
			features++
			meta.Range = [2]float64{min(meta.Range[0], col.Min), max(meta.Range[1], col.Max)}
		}
	}
	meta.X = tensor.Shape{features}
	var err error
	if meta.Classes, err = c.classes(t, &columns[target], target); err != nil {
		return nil, meta, err
	}
	all := &rows{width: features, x: make([]float32, 0, features*len(t.rows)), y: make([]float32, 0, len(t.rows)), tall: 1}
	index := make([]map[string]float32, len(columns))
	for i, col := range columns {
		index[i] = map[string]float32{}
		for j, v := range col.Values {
			index[i][v] = float32(j)
		}
	}
	for r, row := range t.rows {
		for i, col := range columns {
			cell := row[i]
			value := float32(math.NaN())
			switch {
			case col.Role == Ignored:
				continue
			case missing(cell):
				if i == target {
					return nil, meta, t.errorAt(r, i, "the target has no value; fill it in, or leave the row out")
				}
			case col.Kind == Category:
				value = index[i][cell]
			default:
				v, err := parseNumber(cell)
				if err != nil {
					return nil, meta, t.errorAt(r, i, "%q %v", clip(cell), err)
				}
				value = float32(v)
			}
			if i == target {
				all.y = append(all.y, value)
			} else {
				all.x = append(all.x, value)
			}
		}
	}
	meta.Held = 4 * int64(len(all.x)+len(all.y))
	return all, meta, nil
}

// classes decides on the task, and returns the names of the classes, nil for a
// regression. The target becomes a Category when it is about classes.
func (c *csvTable) classes(t *table, col *Column, target int) ([]string, error) {
	different := map[string]bool{}
	whole := true
	for _, row := range t.rows {
		if cell := row[target]; !missing(cell) && len(different) <= maxClasses {
			different[cell] = true
			v, err := parseNumber(cell)
			whole = whole && err == nil && v == math.Trunc(v)
		}
	}
	const few = 20
	values := c.task == "values" || c.task == "auto" && col.Kind == Number && (!whole || len(different) > few)
	switch {
	case values && col.Kind != Number:
		return nil, &FileError{File: t.file, Msg: config.Say("column %q is not of numbers, so it has classes and not values to foretell; see task", col.Name)}
	case values:
		return nil, nil
	}
	names, err := t.classNames(col.Name, different)
	if err != nil {
		return nil, err
	}
	col.Kind, col.Values = Category, names
	col.Min, col.Max = 0, float64(len(names)-1)
	return names, nil
}

// classNames returns the names of the classes that a column tells, in order:
// numbers by their size, 2 before 10, and else by the text.
func (t *table) classNames(column string, different map[string]bool) ([]string, error) {
	switch {
	case len(different) > maxClasses:
		return nil, &FileError{File: t.file, Msg: config.Say("column %q has more than %s different values: too many to be classes; name another target", column, config.Group(maxClasses))}
	case len(different) < 2:
		return nil, &FileError{File: t.file, Msg: config.Say("column %q has fewer than two different values: there is nothing to tell apart; name another target", column)}
	}
	names := sorted(different)
	for _, name := range names {
		if _, err := parseNumber(name); err != nil {
			return names, nil
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		x, _ := parseNumber(a)
		y, _ := parseNumber(b)
		return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
	})
	return names, nil
}

// rows are samples in memory, one after the other.
type rows struct {
	x, y        []float32
	width, tall int // values of a sample's features and of its target
}

func (r *rows) Len() int { return len(r.y) / r.tall }

func (r *rows) Read(i int, x, y []float32) {
	copy(x, r.x[i*r.width:(i+1)*r.width])
	copy(y, r.y[i*r.tall:(i+1)*r.tall])
}

// Label returns the first value of the target.
func (r *rows) Label(i int) int { return int(r.y[i*r.tall]) }
