package session

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"descent/ml/data"
)

// A shelf is the samples that are not the test's, those that edits remove
// among them, with the part that each is in. It is made when it is first asked for.
type shelf struct {
	all   data.Dataset // as the source gives them
	train data.Dataset // those that are trained on, in the trainer's order
	edits map[int]edit
	parts []string // of each
	x, y  []float32
}

type edit struct {
	remove bool
	label  float32
}

// shelve divides the samples as the trainer does.
func (s *Session) shelve() *shelf {
	if s.shelf != nil {
		return s.shelf
	}
	m := s.set.Meta
	h := &shelf{all: s.loaded.Train, edits: map[int]edit{}, x: make([]float32, m.X.Len()), y: make([]float32, max(1, m.Y.Len()))}
	h.parts = slices.Repeat([]string{PartNeither}, h.all.Len())
	for _, e := range s.exp.Data.Resolved(m) {
		h.edits[e.Index] = edit{e.Remove, e.Label}
		if e.Remove {
			h.parts[e.Index] = PartRemoved
		}
	}
	base := *s.loaded
	base.Train = data.Numbered(base.Train)
	set, err := s.exp.Data.Edited(&base)
	if err != nil {
		panic("session: samples that were edited cannot be any more: " + err.Error())
	}
	train, validation, err := s.exp.Data.Split.Parts(set.Train, set.Meta, s.exp.Seed)
	if err != nil {
		panic("session: samples that were divided cannot be any more: " + err.Error())
	}
	h.train = train
	for i := range train.Len() {
		h.parts[data.Origin(train, i)] = PartTrain
	}
	for i := range validation.Len() {
		h.parts[data.Origin(validation, i)] = PartValidation
	}
	s.shelf = h
	return h
}

// label returns the label of a sample as it is trained on, and as the source has it.
func (h *shelf) label(i int) (label, own float32) {
	known := -1
	if l, ok := h.all.(data.Labeled); ok {
		known = l.Label(i)
	}
	if own = float32(known); known < 0 {
		h.all.Read(i, h.x, h.y)
		own = h.y[0]
	}
	if e, ok := h.edits[i]; ok && !e.remove {
		return e.label, own
	}
	return own, own
}

// matches reports whether a sample is of the part and the class that are asked for.
func (h *shelf) matches(b *Browse, i int) bool {
	switch b.Part {
	case "", h.parts[i]:
	case PartEdited:
		if e, ok := h.edits[i]; !ok || e.remove {
			return false
		}
	default:
		return false
	}
	if b.Class == 0 {
		return true
	}
	label, _ := h.label(i)
	return int(label) == b.Class-1
}

// maxPage bounds the samples of one answer.
const maxPage = 4000

// browse answers Browse.
func (s *Session) browse(b *Browse) {
	h, m := s.shelve(), s.set.Meta
	want := *b
	want.From, want.Count = max(0, want.From), min(max(0, want.Count), maxPage)
	var found []int
	search := strings.ToLower(strings.TrimSpace(want.Search))
	image := len(m.X) == 3 && m.Tokens == 0
	for i := range h.parts {
		if h.matches(&want, i) && (search == "" || image || strings.Contains(strings.ToLower(s.line(h, i)), search)) {
			found = append(found, i)
		}
	}
	if want.Sort != 0 && !image && m.Tokens == 0 {
		h.sort(found, want.Sort, m.X.Len())
	}
	out := &Browsed{Asked: *b, Total: len(found), Shape: m.X, Blob: -1}
	from := min(want.From, len(found))
	page := found[from:min(from+want.Count, len(found))]
	var pixels []byte
	low, high := float32(m.Range[0]), float32(m.Range[1])
	for _, i := range page {
		label, own := h.label(i)
		out.Index, out.Parts = append(out.Index, i), append(out.Parts, h.parts[i])
		out.Labels, out.Own = append(out.Labels, float64(label)), append(out.Own, float64(own))
		h.all.Read(i, h.x, h.y)
		switch {
		case m.Tokens > 0:
			text, answer := s.told(h.x, h.y)
			out.Texts, out.Answers = append(out.Texts, text), append(out.Answers, answer)
		case image:
			for _, v := range h.x {
				pixels = append(pixels, level((v-low)/(high-low)))
			}
		default:
			out.Values = append(out.Values, wide(h.x)...)
		}
	}
	if !image {
		s.emit(Event{Browsed: out})
		return
	}
	out.Blob = 0
	s.emit(Event{Browsed: out}, pixels)
}

// line is what is searched of a sample.
func (s *Session) line(h *shelf, i int) string {
	h.all.Read(i, h.x, h.y)
	m := s.set.Meta
	if m.Tokens > 0 {
		text, answer := s.told(h.x, h.y)
		return text + "\n" + answer
	}
	var b strings.Builder
	at := 0
	for _, c := range columns(m) {
		if c.Role != data.Feature {
			continue
		}
		if v := h.x[at]; v == v {
			b.WriteString(cell(v, c))
		}
		b.WriteByte('\n')
		at++
	}
	label, _ := h.label(i)
	if k := int(label); len(m.Classes) > 0 && k >= 0 && k < len(m.Classes) {
		b.WriteString(m.Classes[k])
	} else {
		b.WriteString(strconv.FormatFloat(float64(label), 'g', -1, 32))
	}
	return b.String()
}

// cell is a value of a column as a person reads it.
func cell(v float32, c data.Column) string {
	if k := int(v); c.Kind == data.Category && k >= 0 && k < len(c.Values) {
		return c.Values[k]
	}
	return strconv.FormatFloat(float64(v), 'g', -1, 32)
}

// columns returns the columns of samples that are rows: those of a table, or
// made up ones.
func columns(m data.Meta) []data.Column {
	if m.Columns != nil || len(m.X) != 1 || m.Tokens > 0 {
		return m.Columns
	}
	out := make([]data.Column, m.X.Len())
	for i := range out {
		out[i] = data.Column{Name: "x" + strconv.Itoa(i+1), Kind: data.Number, Role: data.Feature}
	}
	if len(m.Classes) == 0 && m.Y.Len() == 1 {
		out = append(out, data.Column{Name: "y", Kind: data.Number, Role: data.Target})
	}
	return out
}

// told is a sample of tokens as text, with the answer where it is a question.
func (s *Session) told(x, y []float32) (text, answer string) {
	m := s.set.Meta
	switch {
	case m.Text == nil:
		var words []string
		for _, v := range x {
			if t := int(v); t >= 0 && t < len(s.words) {
				words = append(words, s.words[t])
			} else {
				words = append(words, strconv.Itoa(t))
			}
		}
		return strings.Join(words, " "), ""
	case m.Layout.Question > 0:
		return s.question(x), s.answer(y)
	}
	var tokens []int
	sp := m.Text.Special()
	for _, v := range x {
		if t := int(v); t != sp.Pad && t != sp.Begin && t != sp.End {
			tokens = append(tokens, t)
		}
	}
	if m.Layout.Backwards {
		slices.Reverse(tokens)
	}
	return m.Text.Decode(tokens), ""
}

// sort orders samples by a feature counted from 1, or by the label. Those
// without a value come last.
func (h *shelf) sort(found []int, by, features int) {
	at := max(by, -by) - 1
	keys := make(map[int]float32, len(found))
	for _, i := range found {
		if at >= features {
			keys[i], _ = h.label(i)
		} else {
			h.all.Read(i, h.x, h.y)
			keys[i] = h.x[at]
		}
	}
	slices.SortStableFunc(found, func(a, b int) int {
		p, q := keys[a], keys[b]
		switch {
		case p != p || q != q:
			return cmp.Compare(boolean(p != p), boolean(q != q))
		case by < 0:
			p, q = q, p
		}
		return cmp.Compare(p, q)
	})
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
