package data

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "npz", Title: "NumPy arrays", Kind: "table",
		Doc: "Arrays that Python saved with numpy.savez: x has the samples and y what is to be learned of each, such as Keras' mnist.npz.",
		New: func() Source { return &npz{task: "auto", holdout: newHoldout()} },
	})
}

// npz reads an archive of arrays. A sample of bytes in two dimensions is an
// image and gets a third for its one channel.
type npz struct {
	file, x, y, task string
	holdout
	meta Meta
}

func (n *npz) Fields() []config.Field {
	return append([]config.Field{
		config.File("file", &n.file, "the .npz file"),
		config.Free("x", &n.x, "the array with the samples; empty for x or x_train"),
		config.Free("y", &n.y, "the array with the targets; empty for y or y_train"),
		config.Choice("task", &n.task, []string{"auto", "classes", "values"}, "classes: y has the index of a class; values: numbers to foretell; auto: whole numbers are classes"),
	}, n.holdout.fields()...)
}

func (n *npz) Meta() Meta { return n.meta }

func (n *npz) Learn(m Meta) { n.meta = m }

func (n *npz) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	b, err := openFile("npz", n.file, files, progress)
	if err != nil {
		return nil, err
	}
	entries, err := openZip(n.file, b)
	if err != nil {
		return nil, err
	}
	arrays := shelf{n.file, entries}
	all, err := n.pair(arrays, arrays.pick(n.x, "x", "x_train"), arrays.pick(n.y, "y", "y_train"))
	if err != nil {
		return nil, err
	}
	meta, err := n.describe(all)
	if err != nil {
		return nil, err
	}
	var set *Set
	if n.x == "" && n.y == "" && arrays.has("x_test") && arrays.has("y_test") {
		set, err = n.tested(arrays, all, meta, seed)
	} else {
		set, err = n.holdout.divide(n.file, all, meta, seed)
	}
	if err != nil {
		return nil, err
	}
	n.meta = set.Meta
	return set, nil
}

// tested takes the test from arrays of its own.
func (n *npz) tested(arrays shelf, all *arrayPair, meta Meta, seed uint64) (*Set, error) {
	test, err := n.pair(arrays, "x_test", "y_test")
	if err != nil {
		return nil, err
	}
	own, err := n.describe(test)
	if err != nil {
		return nil, err
	}
	if !own.X.Equal(meta.X) || !own.Y.Equal(meta.Y) || len(own.Classes) > len(meta.Classes) {
		return nil, &FileError{File: n.file, Msg: config.Say("the test's samples are %s with %d classes, those for training %s with %d", own.X, len(own.Classes), meta.X, len(meta.Classes))}
	}
	set := &Set{Meta: meta, Train: all, Test: test}
	if n.shuffle {
		set.Train = Pick(all, tensor.NewStream(seed, "holdout").Perm(all.Len()))
	}
	set.Meta.Train, set.Meta.Test, set.Meta.Held = all.Len(), test.Len(), meta.Held+own.Held
	return set, nil
}

// A shelf is the arrays of a file.
type shelf struct {
	file    string
	entries []entry
}

func (s shelf) has(name string) bool {
	return slices.ContainsFunc(s.entries, func(e entry) bool { return e.name == name+".npy" })
}

// pick returns the name that was given, or the first of the usual ones that is there.
func (s shelf) pick(given string, usual ...string) string {
	for _, name := range usual {
		if given == "" && s.has(name) {
			return name
		}
	}
	if given == "" {
		return usual[0]
	}
	return given
}

func (s shelf) read(name string) (*array, error) {
	var names []string
	for _, e := range s.entries {
		if e.name == name+".npy" {
			b, err := e.read()
			if err != nil {
				return nil, err
			}
			return readNPY(s.file+": "+name, b)
		}
		names = append(names, strings.TrimSuffix(e.name, ".npy"))
	}
	if len(names) > 20 {
		names = names[:20]
	}
	return nil, &FileError{File: s.file, Msg: config.Unknown("array", name, names)}
}

// An arrayPair is samples and targets as the file has them.
type arrayPair struct {
	x, y       *array
	xName      string
	yName      string
	wide, tall int
	samples    int
}

func (p *arrayPair) Len() int { return p.samples }

func (p *arrayPair) Read(i int, x, y []float32) {
	p.x.read(x[:p.wide], i*p.wide)
	p.y.read(y[:p.tall], i*p.tall)
}

func (p *arrayPair) Label(i int) int { return int(p.y.value(p.y.bytes[i*p.tall*p.y.wide:])) }

func (n *npz) pair(arrays shelf, xName, yName string) (*arrayPair, error) {
	x, err := arrays.read(xName)
	if err != nil {
		return nil, err
	}
	y, err := arrays.read(yName)
	if err != nil {
		return nil, err
	}
	switch {
	case len(x.dims) == 0 || len(y.dims) == 0 || x.len() == 0 || y.len() == 0:
		return nil, &FileError{File: n.file, Msg: config.Say("%s is %s and %s is %s: there are no samples", xName, tensor.Shape(x.dims), yName, tensor.Shape(y.dims))}
	case x.dims[0] != y.dims[0]:
		return nil, &FileError{File: n.file, Want: int64(x.dims[0]), Have: int64(y.dims[0]),
			Msg: config.Say("%s has %s samples, and %s has %s", xName, config.Group(x.dims[0]), yName, config.Group(y.dims[0]))}
	}
	samples := x.dims[0]
	return &arrayPair{x: x, y: y, xName: xName, yName: yName, samples: samples, wide: x.len() / samples, tall: y.len() / samples}, nil
}

// describe finds out what the arrays hold.
func (n *npz) describe(p *arrayPair) (Meta, error) {
	m := Meta{X: tensor.Shape(p.x.dims[1:]), Y: tensor.Shape{p.tall}, Range: [2]float64{0, 255}}
	m.Held = int64(len(p.x.bytes) + len(p.y.bytes))
	least, most, err := p.x.bounds(n.file + ": " + p.xName)
	if err != nil {
		return m, err
	}
	bytes := p.x.kind == "u1"
	switch {
	case len(m.X) == 0:
		m.X = tensor.Shape{1}
	case len(m.X) == 2 && bytes:
		m.X = tensor.Shape{m.X[0], m.X[1], 1}
	}
	if !bytes || len(m.X) != 3 {
		m.Range = [2]float64{least, most}
	}
	if least, most, err = p.y.bounds(n.file + ": " + p.yName); err != nil {
		return m, err
	}
	if n.task == "values" || n.task == "auto" && (!p.y.whole() || p.tall != 1) {
		return m, nil
	}
	if p.tall != 1 || least < 0 || most >= maxClasses || most < 1 {
		return m, &FileError{File: n.file, Msg: config.Say("%s has %d values a sample, from %v to %v; a class is one index, from 0 to %s at most; see task", p.yName, p.tall, least, most, config.Group(maxClasses-1))}
	}
	for i := range p.Len() {
		if v := p.y.value(p.y.bytes[i*p.y.wide:]); v != math.Trunc(v) {
			return m, &FileError{File: n.file, Msg: config.Say("%s at index %s is %v, which is not the index of a class", p.yName, config.Group(i), v)}
		}
	}
	for i := range int(most) + 1 {
		m.Classes = append(m.Classes, strconv.Itoa(i))
	}
	return m, nil
}
