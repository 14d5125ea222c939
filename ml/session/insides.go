package session

import (
	"slices"
	"strings"

	"descent/ml/nn"
	"descent/ml/pca"
	"descent/ml/tensor"
	"descent/ml/train"
)

// A glass is what views look through: probes for the values that are wanted,
// and what is remembered from one look to the next.
type glass struct {
	reads, units, unit, values, layers, crowd lens

	turn     *pca.Projection // the table as it was shown last
	table    string          // whose projection that is
	follower pca.Follower    // of a layer's activations
	follows  string          // which layer's
}

// keep forgets what is no longer wanted, with the memory that it took.
func (g *glass) keep(w Watch) {
	if w.Reading == 0 && w.Attention == "" && w.States == "" {
		g.reads = lens{}
	}
	if w.Units == 0 {
		g.units = lens{}
	}
	if w.Unit.Path == "" {
		g.unit = lens{}
	}
	if len(w.Values) == 0 {
		g.values = lens{}
	}
	if w.Spreads != OfActivations {
		g.layers = lens{}
	}
	if w.Projects == "" {
		g.crowd, g.follower, g.follows = lens{}, pca.Follower{}, ""
	}
}

// insides lists what views can show of the model at work.
func (s *Session) insides() []Inside {
	var out []Inside
	paths := s.train.Paths()
	for _, n := range s.exp.Model.Nodes {
		for _, p := range paths {
			if p != n.ID && !strings.HasPrefix(p, n.ID+".") {
				continue
			}
			if kind := insideKind(n, p); kind != "" {
				out = append(out, Inside{Kind: kind, Path: p, Layer: n.ID})
			}
		}
	}
	return out
}

// insideKind says what a value of a node is, or "".
func insideKind(n nn.Node, path string) string {
	part := strings.TrimPrefix(strings.TrimPrefix(path, n.ID), ".")
	last := part[strings.LastIndexByte(part, '.')+1:]
	switch n.Type {
	case "embedding":
		if part == "weight" {
			return OfTable
		}
	case "simple_rnn", "lstm", "gru":
		l := n.Layer.(*nn.Recurrent)
		if last == "steps" || last == "cell" || part == "" && l.Return == "all" && !l.Bidirectional {
			return OfState
		}
	default:
		if last == "weights" {
			return OfAttention
		}
	}
	return ""
}

// attentions returns the paths of the attention of every layer, in order.
func (s *Session) attentions() (paths []string) {
	for _, in := range s.within {
		if in.Kind == OfAttention {
			paths = append(paths, in.Path)
		}
	}
	return paths
}

// has reports whether there is such a value.
func (s *Session) has(kind, path string) bool {
	return slices.ContainsFunc(s.within, func(in Inside) bool { return in.Kind == kind && in.Path == path })
}

// showInsides adds to an event what is wanted of the views of sequences.
func (s *Session) showInsides(e *Event, blob func([]byte) int) {
	w := s.views.want
	if w.Vocabulary && s.views.first {
		e.Vocabulary = s.counted()
	}
	if w.Table != "" && s.has(OfTable, w.Table) {
		e.Table = s.cloud(w.Table)
	}
	var paths []string
	switch {
	case w.Attention == Rollout:
		paths = append(paths, s.attentions()...)
	case s.has(OfAttention, w.Attention):
		paths = append(paths, w.Attention)
	}
	if s.has(OfState, w.States) {
		paths = append(paths, w.States)
	}
	if len(paths) == 0 && w.Reading == 0 {
		return
	}
	on := s.subject(w.Subject)
	probe := s.glass.reads.at(s, 1, paths...)
	on.run(probe)
	if w.Reading > 0 {
		e.Reading = s.reading(on, probe, w.Reading)
	}
	if w.Attention == Rollout {
		var maps []tensor.Tensor
		for _, p := range s.attentions() {
			maps = append(maps, probe.Value(p))
		}
		if out, ok := rollout(maps); ok {
			e.Attention = s.matrix(Rollout, out, on, blob)
		}
	} else if s.has(OfAttention, w.Attention) {
		e.Attention = s.matrix(w.Attention, probe.Value(w.Attention), on, blob)
	}
	if s.has(OfState, w.States) {
		e.States = s.matrix(w.States, probe.Value(w.States), on, blob)
	}
}

// matrix makes a message of a value: without the places that only fill the
// sample up, and with the tokens that its sides count. The units of a state are
// no tokens, so its rows are steps and its columns have no names.
func (s *Session) matrix(path string, v tensor.Tensor, on subject, blob func([]byte) int) *Matrix {
	shape := slices.Clone([]int(v.Shape))
	m := &Matrix{Path: path, Step: s.train.StepNumber()}
	rows := len(shape) - 2
	names := func(at int) []string {
		from, to := s.span(shape[at], on)
		if to > from {
			shape[at] = to - from
			return s.pieces(on.tokens[from:to])
		}
		return nil
	}
	m.Rows = names(rows)
	if len(shape) == 3 {
		m.Cols = names(rows + 1)
	}
	m.Shape = shape
	m.Blob = blob(float32s(cropped(v, shape)))
	return m
}

// span says which tokens of the subject a side of a matrix counts, by its
// size: all of them, those of the question, or those of the answer.
func (s *Session) span(size int, on subject) (from, to int) {
	question := s.set.Meta.Layout.Question
	switch {
	case on.tokens == nil:
		return 0, 0
	case size == len(on.tokens):
		return 0, on.used
	case question > 0 && size == question:
		return 0, question
	case question > 0 && size == len(on.tokens)-question:
		return question, len(on.tokens)
	}
	return 0, 0
}

// cropped returns the first of a tensor's numbers along each side.
func cropped(v tensor.Tensor, shape []int) []float32 {
	rows, cols := shape[len(shape)-2], shape[len(shape)-1]
	allRows, allCols := v.Shape[len(shape)-2], v.Shape[len(shape)-1]
	if rows == allRows && cols == allCols {
		return v.Data
	}
	var out []float32
	for first := 0; first < len(v.Data); first += allRows * allCols {
		for r := range rows {
			out = append(out, v.Data[first+r*allCols:][:cols]...)
		}
	}
	return out
}

// rollout is what attention amounts to over all layers (Abnar and Zuidema,
// 2020): each layer is the mean of its heads and of the shortcut around it,
//
//	A = ½·mean over heads + ½·I    R = A[last] · ... · A[first]
//
// so a row says how much of each place of the input reached that place. The
// maps are [heads, n, n] from the first layer to the last; false where they are
// not all of one size, as with two sequences. The result is [1, n, n].
func rollout(maps []tensor.Tensor) (tensor.Tensor, bool) {
	if len(maps) == 0 {
		return tensor.Tensor{}, false
	}
	n := maps[0].Shape[1]
	result := make([]float32, n*n)
	for i := range n {
		result[i*n+i] = 1
	}
	for _, m := range maps {
		if m.Shape[1] != n || m.Shape[2] != n {
			return tensor.Tensor{}, false
		}
		heads := m.Shape[0]
		next := make([]float32, n*n)
		for i := range n {
			for j := range n {
				var a float32
				for h := range heads {
					a += m.Data[(h*n+i)*n+j] / float32(heads)
				}
				a /= 2
				if i == j {
					a += 0.5
				}
				if a == 0 {
					continue
				}
				for k, v := range result[j*n : (j+1)*n] {
					next[i*n+k] += a * v
				}
			}
		}
		result = next
	}
	return tensor.Tensor{Shape: tensor.Shape{1, n, n}, Data: result}, true
}

// maxPlaces bounds the rows of a table that are projected; the others are
// tokens that come late in the vocabulary, and a picture has no room for them.
const maxPlaces = 1000

// cloud projects a table of vectors.
func (s *Session) cloud(path string) *Cloud {
	looks, err := s.train.Inspect(train.Validation, nil, path)
	if err != nil {
		panic("session: the model has lost a table: " + err.Error())
	}
	table := looks[0].Value
	rows, size := min(table.Shape[0], maxPlaces), table.Shape[1]
	if n := len(s.words); n > 0 {
		rows = min(rows, n) // an embedding may have room for more
	}
	if s.glass.table != path {
		s.glass.table, s.glass.turn = path, nil
	}
	p := pca.Project(table.Data[:rows*size], rows, size, 3, s.glass.turn)
	s.glass.turn = &p
	out := &Cloud{Path: path, Shape: table.Shape, Step: s.train.StepNumber(), Explained: p.Explained}
	out.Places = scaled(p.Places)
	return out
}
