package session

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/tensor"
)

// brought is a text that somebody brings.
type brought string

func (b brought) Open(name string, _ func(done, total int64)) ([]byte, error) {
	if name != "words.txt" {
		return nil, &data.FileError{File: name, Msg: config.Word("there is no such file")}
	}
	return []byte(b), nil
}

// babble is a text of a few words, drawn one after the other.
func babble(n int) string {
	words := []string{"the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog;", "你好"}
	s := tensor.NewStream(2, "babble")
	var out strings.Builder
	for i := range uint64(n) {
		out.WriteString(words[s.Intn(i, len(words))])
		out.WriteByte(' ')
	}
	return out.String()
}

const sequenceDoc = `{"version": 1, "data": {"source": {"type": "text", "file": "words.txt", "context": 16}, "split": {"validation": 0.2}},
 "model": {"nodes": [{"id": "chars", "type": "embedding", "config": {"tokens": 40, "size": 12}}, %s,
  {"id": "out", "type": "dense", "config": {"units": 30}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 16, "epochs": 6}}`

const (
	twoBlocks = `{"id": "places", "type": "position_embedding"}, {"id": "b1", "type": "transformer_encoder", "config": {"heads": 2, "causal": true}},
		{"id": "b2", "type": "transformer_encoder", "config": {"heads": 3, "causal": true}}`
	oneLSTM = `{"id": "lstm", "type": "lstm", "config": {"units": 10, "return": "all", "layers": 2}}`
)

// sequence opens a document about a text.
func sequence(t *testing.T, layers string) *recorder {
	t.Helper()
	r := startWith(t, brought(babble(800)))
	r.do(Command{Open: &Open{Experiment: fmt.Sprintf(sequenceDoc, layers)}}, 1)
	if m := r.merged(); m.State.Phase != Ready {
		t.Fatalf("%+v %+v", m.State, m.Error)
	}
	return r
}

func numbers(t *testing.T, m *Matrix, blobs [][]byte) []float64 {
	t.Helper()
	n := 1
	for _, d := range m.Shape {
		n *= d
	}
	b := blobs[m.Blob]
	if len(b) != 4*n {
		t.Fatalf("%s has the shape %v and %d bytes", m.Path, m.Shape, len(b))
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return out
}

// look asks for views and returns the event that brings them, acknowledged.
func (r *recorder) look(w Watch) (Event, [][]byte) {
	r.t.Helper()
	from := len(r.events)
	r.do(Command{Watch: &w}, 1)
	for i := from; i < len(r.events); i++ {
		if e := r.events[i]; e.Shows() {
			r.do(Command{Ack: &Ack{Seq: e.Seq}}, 1)
			return e, r.blobs[i]
		}
	}
	r.t.Fatalf("%+v brings nothing", w)
	return Event{}, nil
}

// What is known of a text is told when it was read.
func TestDataOfText(t *testing.T) {
	r := sequence(t, twoBlocks)
	d := r.merged().Data
	if d.Tokens == 0 || len(d.Vocabulary.Tokens) != d.Tokens || !slices.Equal(d.Y, []int{16}) || len(d.Vocabulary.Counts) > 0 {
		t.Errorf("%+v with %+v", d, d.Vocabulary)
	}
	e, _ := r.look(Watch{Vocabulary: true})
	sum := 0
	for _, n := range e.Vocabulary.Counts {
		sum += n
	}
	n, _, _ := r.train.Samples()
	if sum != 16*n || e.Vocabulary.Counted != sum || len(e.Vocabulary.Counts) != d.Tokens {
		t.Errorf("%d tokens are counted in %d samples of 16: %+v", sum, n, e.Vocabulary)
	}
	want := []Inside{{OfTable, "chars.weight", "chars"}, {OfAttention, "b1.attention.weights", "b1"}, {OfAttention, "b2.attention.weights", "b2"}}
	if got := r.merged().Model.Insides; !slices.Equal(got, want) {
		t.Errorf("there is %+v to look into, want %+v", got, want)
	}
}

// A reading's probabilities are those of the predictions, and the samples follow
// each other round and round.
func TestReadingOfSample(t *testing.T) {
	r := sequence(t, twoBlocks)
	r.do(Command{Run: &Run{Steps: 30}}, 1000)
	e, _ := r.look(Watch{Reading: 3, Subject: Subject{Sample: 2}})
	got := e.Reading
	_, validation, _ := r.train.Samples()
	if got.Step != 30 || got.Sample != 2 || got.Samples != validation || got.Room != 16 || len(got.Tokens) != 16 || len(got.Guesses) != 3*16 || got.Typed {
		t.Fatalf("%+v", got)
	}
	x, y := make([]float32, 16), make([]float32, 16)
	r.train.Read(1, 2, x, y)
	p := r.train.Predict(nil, x)
	classes := len(p) / 16
	for i := range 16 {
		row := p[i*classes : (i+1)*classes]
		if got.Tokens[i] != int(x[i]) || got.Targets[i] != int(y[i]) || math.Abs(got.Chances[i]-float64(row[int(y[i])])) > 1e-6 {
			t.Errorf("place %d: token %d, target %d with %v", i, got.Tokens[i], got.Targets[i], got.Chances[i])
		}
		if slices.Max(row) != row[got.Guesses[3*i]] || got.Weights[3*i] < got.Weights[3*i+1] || got.Weights[3*i+1] < got.Weights[3*i+2] {
			t.Errorf("place %d: guesses %v with %v", i, got.Guesses[3*i:3*i+3], got.Weights[3*i:3*i+3])
		}
	}
	if e, _ := r.look(Watch{Reading: 3, Subject: Subject{Sample: validation + 2}}); !slices.Equal(e.Reading.Tokens, got.Tokens) {
		t.Error("the samples do not go round")
	}
}

// Attention sums to one, looks at nothing that comes later, and its rollout
// follows the formula.
func TestAttentionViews(t *testing.T) {
	r := sequence(t, twoBlocks)
	const n = 16
	maps := make([][]float64, 2)
	for i, path := range []string{"b1.attention.weights", "b2.attention.weights"} {
		e, blobs := r.look(Watch{Attention: path})
		if want := []int{2 + i, n, n}; !slices.Equal(e.Attention.Shape, want) || len(e.Attention.Rows) != n || len(e.Attention.Cols) != n || e.Reading != nil {
			t.Fatalf("%+v, want the shape %v", e.Attention, want)
		}
		maps[i] = numbers(t, e.Attention, blobs)
		for row := range (2 + i) * n {
			sum := 0.0
			for k, p := range maps[i][row*n : (row+1)*n] {
				if sum += p; k > row%n && p != 0 {
					t.Fatalf("%s: place %d looks at %d", path, row%n, k)
				}
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Fatalf("%s: row %d sums to %v", path, row, sum)
			}
		}
	}
	mean := func(m []float64, heads, i, j int) float64 {
		sum := 0.0
		for h := range heads {
			sum += m[(h*n+i)*n+j]
		}
		sum /= 2 * float64(heads)
		if i == j {
			sum += 0.5
		}
		return sum
	}
	e, blobs := r.look(Watch{Attention: Rollout})
	got := numbers(t, e.Attention, blobs)
	for i := range n {
		for j := range n {
			want := 0.0
			for k := range n {
				want += mean(maps[1], 3, i, k) * mean(maps[0], 2, k, j)
			}
			if math.Abs(got[i*n+j]-want) > 1e-6 {
				t.Fatalf("rollout from %d to %d is %v, want %v", i, j, got[i*n+j], want)
			}
		}
	}
}

// The states of every layer, and what cannot be looked into.
func TestStateViews(t *testing.T) {
	r := sequence(t, oneLSTM)
	var paths []string
	for _, in := range r.merged().Model.Insides {
		if in.Kind == OfState {
			paths = append(paths, in.Path)
		}
	}
	if want := []string{"lstm.steps", "lstm.cell", "lstm", "lstm.layer2.cell"}; !slices.Equal(paths, want) {
		t.Fatalf("states %v, want %v", paths, want)
	}
	e, blobs := r.look(Watch{States: "lstm"})
	if !slices.Equal(e.States.Shape, []int{16, 10}) || len(e.States.Rows) != 16 || e.States.Cols != nil {
		t.Fatalf("%+v", e.States)
	}
	for _, v := range numbers(t, e.States, blobs) {
		if v == 0 || math.Abs(v) > 1 {
			t.Errorf("a state of %v", v)
		}
	}
	// h is the cell, squashed, as far as the output gate lets it through.
	h := numbers(t, e.States, blobs)
	e, blobs = r.look(Watch{States: "lstm.layer2.cell"})
	for i, c := range numbers(t, e.States, blobs) {
		if x := math.Tanh(c); h[i]*x <= 0 || math.Abs(h[i]) > math.Abs(x) {
			t.Errorf("value %d: the state is %v, and the cell %v", i, h[i], c)
		}
	}
	from := len(r.events)
	r.do(Command{Watch: &Watch{States: "out", Attention: Rollout, Table: "lstm.weight"}}, 1)
	if len(r.events) != from {
		t.Errorf("what is not there is answered by %+v", r.events[from:])
	}
}

// The table of vectors as points: within bounds, and none where nothing is asked for.
func TestTableView(t *testing.T) {
	r := sequence(t, oneLSTM)
	e, _ := r.look(Watch{Table: "chars.weight"})
	c := e.Table
	if !slices.Equal(c.Shape, []int{40, 12}) || len(c.Places) != 3*r.set.Meta.Tokens || len(c.Explained) != 3 || c.Explained[0] < c.Explained[2] {
		t.Fatalf("%+v", c)
	}
	if m := max(slices.Max(c.Places), -slices.Min(c.Places)); m != 1 {
		t.Errorf("the place farthest from the middle is %v away", m)
	}
	from := len(r.events)
	r.do(Command{Watch: &Watch{}}, 1)
	r.do(Command{Run: &Run{Steps: 3}}, 100)
	for _, e := range r.events[from:] {
		if e.Shows() {
			t.Errorf("views that nobody wants: %+v", e)
		}
	}
}

func TestBest(t *testing.T) {
	if got := best([]float32{0.1, 0.4, 0.2, 0.4, 0}, 3); !slices.Equal(got, []int{1, 3, 2}) {
		t.Errorf("the three largest are %v", got)
	}
	if got := best([]float32{1}, 1); !slices.Equal(got, []int{0}) {
		t.Errorf("of one: %v", got)
	}
}

// A typed text is read with what is known of it; of a long one the end.
func TestReadingOfTypedText(t *testing.T) {
	r := sequence(t, twoBlocks)
	e, _ := r.look(Watch{Reading: 2, Subject: Subject{Text: "a dog;"}, Attention: "b1.attention.weights"})
	got := e.Reading
	if !got.Typed || len(got.Tokens) != 6 || strings.Join(got.Pieces, "") != "a dog;" || len(got.Targets) != 6 || got.Dropped != 0 {
		t.Fatalf("%+v", got)
	}
	if !slices.Equal(got.Targets[:5], got.Tokens[1:]) || got.Targets[5] != -1 || got.Chances[5] != 0 {
		t.Errorf("targets %v of the tokens %v", got.Targets, got.Tokens)
	}
	if !slices.Equal(e.Attention.Shape, []int{2, 6, 6}) || strings.Join(e.Attention.Rows, "") != "a dog;" {
		t.Errorf("attention %+v", e.Attention)
	}
	e, _ = r.look(Watch{Reading: 2, Subject: Subject{Text: "over a lazy dog; brown"}})
	if got := e.Reading; got.Dropped != 6 || strings.Join(got.Pieces, "") != " lazy dog; brown" || len(got.Tokens) != 16 {
		t.Errorf("%+v", got)
	}
	e, _ = r.look(Watch{Reading: 2, Subject: Subject{Text: "§"}})
	if len(e.Reading.Tokens) != 0 || len(e.Reading.Guesses) != 0 {
		t.Errorf("a text of which nothing is known: %+v", e.Reading)
	}
}

// What the page is told of the data is enough to plan the document.
func TestMetaOfData(t *testing.T) {
	for _, stride := range []string{"16", "5"} {
		r := startWith(t, brought(babble(800)))
		doc := strings.Replace(fmt.Sprintf(sequenceDoc, oneLSTM), `"context"`, `"stride": `+stride+`, "context"`, 1)
		r.do(Command{Open: &Open{Experiment: doc}}, 1)
		got, want := r.merged().Data.Meta(), r.set.Meta
		want.Text = nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("with a stride of %s %+v, want %+v", stride, got, want)
		}
		train, validation, err := r.exp.Data.Split.Cut(got)
		if n, v, _ := r.train.Samples(); err != nil || train != n || validation != v {
			t.Errorf("with a stride of %s the page divides into %d and %d, the trainer into %d and %d", stride, train, validation, n, v)
		}
	}
}

// Baselines are told with the data, for the validation part; of the test
// nothing is told before it is opened.
func TestBaselinesOfText(t *testing.T) {
	r := sequence(t, oneLSTM)
	var got []string
	for _, b := range r.merged().Data.Baselines {
		got = append(got, b.Part+" "+b.Name)
		if !(b.Loss > 0 && math.Abs(b.Perplexity-math.Exp(b.Loss)) < 1e-9 && math.Abs(b.BitsPerCharacter-b.Loss/math.Ln2) < 1e-9) {
			t.Errorf("%+v", b)
		}
	}
	if want := []string{"validation uniform", "validation unigram", "validation bigram"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	points := start(t)
	points.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	if b := points.merged().Data.Baselines; len(b) > 0 {
		t.Errorf("points have the baselines %+v", b)
	}
}
