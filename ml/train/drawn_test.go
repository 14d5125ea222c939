package train

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"descent/ml/config"
	"descent/ml/experiment"
)

// A document that was read can be run, whatever stands in it: it trains, or
// says where its numbers went astray; it can be looked into, saved and brought
// back, and the numbers do not depend on how many cores there are. A longer
// search is DRAWN_DOCUMENTS="5000 from 1000"; the number that a failure names
// draws its document again.
func TestDrawnDocumentsRun(t *testing.T) {
	n, from := 150, uint64(0)
	if s := os.Getenv("DRAWN_DOCUMENTS"); s != "" {
		fmt.Sscanf(s, "%d from %d", &n, &from)
	}
	read := 0
	for seed := from; seed < from+uint64(n); seed++ {
		r := drawing{rand.New(rand.NewPCG(seed, 7))}
		e, err := r.document()
		if err != nil {
			if _, ok := config.All(err); !ok {
				t.Fatalf("document %d: an error without a place: %v", seed, err)
			}
			continue
		}
		if e.CheckMemory(100<<20, 2) != nil {
			continue
		}
		if runs(t, seed, e) {
			read++
		}
	}
	t.Logf("%d of %d documents ran", read, n)
	if read < n/8 {
		t.Errorf("only %d of %d documents could be read: the drawing is no good", read, n)
	}
}

// alike compares a program of which everything is kept with one that keeps what
// it must: what is fused and which memory is shared must not show.
func alike(t *testing.T, seed uint64, tr *Trainer) {
	ids := []int{0, 1, 2}
	var grads [2][]float32
	var losses [2]float64
	for k, observe := range []func(string) bool{nil, func(string) bool { return true }} {
		r := tr.newReplica(true)
		p := r.compile(len(ids), observe)
		p.fillLearning(tr, ids)
		for range 2 { // the second time over what the first has left
			p.Forward(5, 0)
			p.Backward(0.3)
		}
		grads[k], losses[k] = p.ParamGrad(), p.measure().LossSum
	}
	if math.Abs(losses[0]-losses[1]) > 1e-5*math.Max(1, math.Abs(losses[0])) {
		t.Errorf("document %d: the loss is %v, and %v when all is kept\n%s", seed, losses[0], losses[1], tr.exp.Format())
	}
	for i, info := range tr.params.Index {
		a, b, size := tr.params.Of(grads[0], i), tr.params.Of(grads[1], i), 0.0
		for _, g := range a {
			size = math.Max(size, math.Abs(float64(g)))
		}
		for j, g := range a {
			if d := math.Abs(float64(g - b[j])); d > 1e-4*math.Max(1e-3, size) {
				t.Errorf("document %d: the gradient of %s[%d] is %v, and %v when all is kept\n%s", seed, info.Name, j, g, b[j], tr.exp.Format())
				break
			}
		}
	}
}

func runs(t *testing.T, seed uint64, e *experiment.Experiment) bool {
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("document %d: panic: %v\n%s", seed, p, e.Format())
			if os.Getenv("DRAWN_DOCUMENTS") == "" {
				panic(p)
			}
		}
	}()
	start := func(workers int) *Trainer {
		own, err := experiment.Read(e.Value())
		if err != nil {
			t.Fatalf("document %d: what was written cannot be read: %v\n%s", seed, err, e.Format())
		}
		set, err := own.Data.Open(own.Seed, files, nil)
		if err != nil {
			return nil
		}
		tr, err := New(own, set, Options{Workers: workers})
		if err != nil {
			if _, ok := config.All(err); !ok {
				t.Errorf("document %d: an error without a place: %v", seed, err)
			}
			return nil
		}
		return tr
	}
	one, two := start(1), start(3)
	if one == nil || two == nil {
		return false
	}
	step := func(tr *Trainer) (string, bool) {
		s, err := tr.Step()
		var astray *NotFinite
		if err != nil && !errors.As(err, &astray) {
			t.Errorf("document %d: %v", seed, err)
		}
		if err == nil && tr.ValidateNow(s) {
			v := tr.Evaluate(Validation, 0)
			v.Run()
			tr.Validated(v)
		}
		return fmt.Sprint(s, err), err == nil
	}
	for range 3 {
		if one.Done() {
			break
		}
		a, ok := step(one)
		if b, _ := step(two); a != b {
			t.Errorf("document %d: one core makes %s, three make %s\n%s", seed, a, b, e.Format())
		}
		if !ok {
			return true
		}
	}
	if _, err := two.Inspect(Training, []int{0, 1}, two.Paths()...); err != nil {
		t.Errorf("document %d: inspect: %v", seed, err)
	}
	two.Spreads()
	alike(t, seed, two)
	report := one.Evaluate(Test, 0).Detail()
	report.Run()
	report.Report()
	x := make([]float32, one.meta.X.Len())
	one.Read(Training, 0, make([]float32, one.pipe.Shape().Len()), make([]float32, one.meta.Y.Len()))
	if one.Fits(x) {
		one.Predict(nil, x)
	}
	var b bytes.Buffer
	if err := one.Save(&b); err != nil {
		t.Errorf("document %d: save: %v", seed, err)
	}
	three := start(2)
	if err := three.Restore(b.Bytes()); err != nil {
		t.Errorf("document %d: restore: %v\n%s", seed, err, e.Format())
		return true
	}
	for range 2 {
		if one.Done() != three.Done() {
			t.Errorf("document %d: %v done, restored %v", seed, one.Done(), three.Done())
		}
		if one.Done() {
			break
		}
		a, ok := step(one)
		if c, _ := step(three); a != c {
			t.Errorf("document %d: the run makes %s, restored %s\n%s", seed, a, c, e.Format())
		}
		if !ok {
			return true
		}
	}
	if !slices.EqualFunc(one.params.Value, three.params.Value, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
		t.Errorf("document %d: the weights differ", seed)
	}
	return true
}
