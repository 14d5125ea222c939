package state

import (
	"math"
	"strings"

	"descent/ml/data"
	"descent/ml/session"
)

// Sequence is what a person chose to see of a model of sequences.
type Sequence struct {
	Tab     string            // one of the looks
	Chosen  map[string]string // the path of each kind of session.Inside
	Head    int               // of the attention on show
	Subject session.Subject
	Solid   bool // the table is turned in three dimensions
	Narrow  bool // the window has room for one column
}

// Sights is what the trainer sent of it.
type Sights struct {
	Vocabulary *session.Vocabulary
	Reading    *session.Reading
	Attention  *session.Matrix
	States     *session.Matrix
	Table      *session.Cloud
	Network    *session.Network
	Boundary   *session.Picture
	Viewed     *session.Viewed
	Values     []session.Matrix
	Spreads    *session.Spreads
	Projection *session.Projection
}

// What can be done with the looks.
type (
	LookInto    struct{ Tab string }
	Choose      struct{ Kind, Path string }
	ChooseHead  struct{ Head int }
	ReadText    struct{ Text string } // typed; "" goes back to the samples
	ReadSample  struct{ By int }      // the sample so many after the one on show
	ShowInSolid struct{ On bool }
	Fit         struct{ Narrow bool } // the window has another width
)

func (LookInto) action()    {}
func (Choose) action()      {}
func (ChooseHead) action()  {}
func (ReadText) action()    {}
func (ReadSample) action()  {}
func (ShowInSolid) action() {}
func (Fit) action()         {}

// Sequential reports whether the samples are tokens.
func (s *Store) Sequential() bool { return s.Data != nil && s.Data.Tokens > 0 }

// insides returns the paths of a kind that the model has.
func (s *Store) insides(kind string) (out []session.Inside) {
	if s.Model == nil {
		return nil
	}
	for _, in := range s.Model.Insides {
		if in.Kind == kind {
			out = append(out, in)
		}
	}
	return out
}

// Choices returns what there is to choose from of a kind, the rollout of all attention last, where there is one.
func (s *Store) Choices(kind string) []session.Inside {
	out := s.insides(kind)
	if kind != session.OfAttention || len(out) < 2 {
		return out
	}
	for _, in := range out {
		if strings.Contains(in.Path, ".cross.") {
			return out // layers that look at another sequence have no rollout
		}
	}
	return append(out, session.Inside{Kind: kind, Path: session.Rollout})
}

// Path is what is shown of a kind: what was chosen, if the model has it, or the first.
func (s *Store) Path(kind string) string {
	all := s.Choices(kind)
	for _, in := range all {
		if in.Path == s.Chosen[kind] {
			return in.Path
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[0].Path
}

// inside does what concerns the looks.
func (s *Store) inside(a Action) []session.Command {
	s.touch(OnViews, OnShell)
	switch a := a.(type) {
	case LookInto:
		s.Tab = a.Tab
	case Choose:
		s.Chosen[a.Kind] = a.Path
		s.Head = 0
	case ChooseHead:
		s.Head = a.Head
	case ReadText:
		s.Subject.Text = a.Text
	case ReadSample:
		n := 1
		if s.Sights.Reading != nil {
			n = max(1, s.Sights.Reading.Samples)
		} else if s.Sights.Viewed != nil && s.Sights.Viewed.Samples > 0 {
			n = s.Sights.Viewed.Samples
		} else if s.Data != nil {
			n = max(1, s.Data.Validation)
		}
		s.Subject, s.Drawing = session.Subject{Sample: ((s.Subject.Sample+a.By)%n + n) % n}, false
	case ShowInSolid:
		s.Solid = a.On
	case Fit:
		s.Narrow = a.Narrow
	}
	return s.look()
}

// see takes in what the trainer sent of the looks.
func (s *Store) see(e session.Event) {
	if !e.Shows() {
		return
	}
	s.touch(OnViews)
	if e.Vocabulary != nil {
		s.Sights.Vocabulary = e.Vocabulary
	}
	if e.Reading != nil {
		s.Sights.Reading = e.Reading
	}
	if e.Attention != nil {
		s.Sights.Attention = e.Attention
		if n := e.Attention.Shape; len(n) == 3 && s.Head >= n[0] {
			s.Head = 0
		}
	}
	if e.States != nil {
		s.Sights.States = e.States
	}
	if e.Table != nil {
		s.Sights.Table = e.Table
	}
	if e.Network != nil {
		s.Sights.Network = e.Network
		s.letGo()
	}
	if e.Boundary != nil {
		s.Sights.Boundary = e.Boundary
	}
	if e.Viewed != nil {
		s.Sights.Viewed, s.Sights.Values = e.Viewed, e.Values
	}
	if e.Spreads != nil {
		s.Sights.Spreads = e.Spreads
	}
	if e.Projection != nil {
		s.Sights.Projection = e.Projection
	}
}

// A Place is one token of the text that is read, with what the model expected there.
type Place struct {
	Token   int
	Piece   string
	Target  int     // what was to be told here; -1 for nothing, or where it is not known
	Bits    float64 // of surprise at it
	Chance  float64
	Guesses []Guess
}

// A Guess is a token, or a class, and its probability.
type Guess struct {
	Token  int
	Piece  string
	Chance float64
}

// Places puts the model's predictions where the tokens are that they are about. What it expects after the last token
// is a place of its own, without a token.
func (s *Store) Places() []Place {
	r := s.Sights.Reading
	if r == nil || s.Data == nil {
		return nil
	}
	places := make([]Place, len(r.Tokens), len(r.Tokens)+1)
	for i, t := range r.Tokens {
		places[i] = Place{Token: t, Target: -1}
		if i < len(r.Pieces) {
			places[i].Piece = r.Pieces[i]
		}
	}
	for i := range r.Targets {
		at := s.placeOf(i, len(r.Tokens), len(r.Targets))
		for at >= len(places) {
			places = append(places, Place{Token: -1, Target: -1})
		}
		p := &places[at]
		p.Target, p.Chance = r.Targets[i], r.Chances[i]
		if p.Target >= 0 {
			p.Bits = Bits(p.Chance)
		}
		for k := range r.Each {
			at := i*r.Each + k
			p.Guesses = append(p.Guesses, Guess{r.Guesses[at], s.Answer(r.Guesses[at]), r.Weights[at]})
		}
	}
	return places
}

// placeOf says which token the i-th of so many predictions is about.
func (s *Store) placeOf(i, tokens, predictions int) int {
	switch s.Data.Layout {
	case data.NextToken:
		return i + 1
	case data.Teacher:
		return s.Data.Question + 1 + i // the answer stands behind the question, and its beginning
	case data.Masked:
		return i
	case "":
		if predictions == tokens {
			return i
		}
	}
	return tokens + i
}

// Bits is how surprising something of that probability is: -log₂ p.
func Bits(chance float64) float64 { return -math.Log2(max(chance, 1e-9)) }

// Surprises are the steps in which surprise is drawn, by the bits they begin with: the share that the model gave is
// then a half, a quarter, 1 in 16, 1 in 64 and so on.
var Surprises = []float64{0, 1, 2, 4, 6, 8, 10}

// Surprise is the step that so many bits belong to.
func Surprise(bits float64) int {
	step := 0
	for i, from := range Surprises {
		if bits >= from {
			step = i
		}
	}
	return step
}

// Answer is what a model's answer stands for: a token, or the class of a whole text.
func (s *Store) Answer(i int) string {
	if s.Data.Layout == "" && len(s.Data.Y) == 1 {
		return s.Class(i)
	}
	return s.TokenText(i)
}

// TokenText is the text of a token.
func (s *Store) TokenText(token int) string {
	if s.Data == nil || s.Data.Vocabulary == nil || token < 0 || token >= len(s.Data.Vocabulary.Tokens) {
		return ""
	}
	return s.Data.Vocabulary.Tokens[token]
}

// visible are signs for what cannot be seen.
var visible = strings.NewReplacer(" ", "·", "\n", "⏎", "\r", "␍", "\t", "⇥", "\u00a0", "⍽", "\u3000", "　")

// Visible writes a token so that it can be seen.
func Visible(token string) string {
	if token == "" {
		return "∅"
	}
	return visible.Replace(token)
}

// Meaning is what a loss amounts to for whoever tells one token from the others.
type Meaning struct {
	Perplexity float64 // tokens that it is as hard as choosing among
	Bits       float64 // a character where it is known how many a token has, else a token
	Characters bool
}

// Means returns what a loss in nats means.
func (s *Store) Means(loss float64) Meaning {
	m := Meaning{Perplexity: math.Exp(loss), Bits: loss / math.Ln2}
	for _, b := range s.Baselines() {
		if b.Loss > 0 && b.BitsPerCharacter > 0 {
			m.Bits, m.Characters = loss*b.BitsPerCharacter/b.Loss, true
		}
	}
	return m
}

// Baselines are the losses on the validation part of who only counts, with which a model's is to be compared.
func (s *Store) Baselines() (out []session.Baseline) {
	if s.Data == nil {
		return nil
	}
	for _, b := range s.Data.Baselines {
		if b.Part == "validation" {
			out = append(out, b)
		}
	}
	return out
}
