package train

import (
	"reflect"
	"testing"
)

// gang is a crew in the same process: trainers of their own, asked in turn.
type gang struct {
	members []*Trainer
	got     map[int][]float32
	metrics map[int]Metrics
	lost    int // from this Begin on nobody answers; 0 for never
	begun   int
}

func (g *gang) Members() int { return len(g.members) }

func (g *gang) Begin(j Job, weights []float32) {
	g.begun++
	g.got, g.metrics = map[int][]float32{}, map[int]Metrics{}
	for i, m := range g.members {
		if i+1 < j.Of {
			m.Assist(j, i+1, func(to []float32) { copy(to, weights) }, func(part int, grad []float32, m Metrics) {
				g.got[part], g.metrics[part] = append([]float32{}, grad...), MetricsOf(m.Numbers())
			})
		}
	}
}

func (g *gang) Collect(part int, grad []float32) (Metrics, bool) {
	if g.lost > 0 && g.begun >= g.lost {
		return Metrics{}, false
	}
	if copy(grad, g.got[part]) < len(grad) {
		panic("a gradient that was not sent")
	}
	return g.metrics[part], true
}

// A crew of any size changes no bit of what training gives, with dropout,
// augmentation, accumulation and a short batch at the end; not when it comes in
// the middle, nor when it is lost.
func TestCrew(t *testing.T) {
	settings := []string{"train.batch", "96", "train.shards", "5", "train.accumulate", "2", "train.epochs", "2",
		"data.split", `{"train": 430, "validation": 350}`, "data.augment", `["noise"]`}
	run := func(crew *gang, from, to int) (*Trainer, []Stats) {
		tr := standIn(t, "keras-convnet", settings...)
		var all []Stats
		for i := range 4 {
			switch i {
			case from:
				if crew != nil {
					tr.Lead(crew)
				}
			case to:
				tr.Lead(nil)
			}
			s, err := tr.Step()
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		return tr, all
	}
	want, stats := run(nil, 0, 9)
	loss := want.Evaluate(Validation, 0).Run()
	for _, c := range []struct{ members, from, to, lost int }{{1, 0, 9, 0}, {2, 0, 9, 0}, {4, 0, 9, 0}, {7, 0, 9, 0}, {2, 1, 3, 0}, {3, 0, 9, 3}} {
		crew := &gang{lost: c.lost}
		for range c.members {
			crew.members = append(crew.members, standIn(t, "keras-convnet", settings...))
		}
		got, s := run(crew, c.from, c.to)
		if crew.begun == 0 {
			t.Errorf("%+v: the crew was not asked", c)
		}
		if !reflect.DeepEqual(got.params.Value, want.params.Value) || !reflect.DeepEqual(s, stats) {
			t.Errorf("%+v: the numbers differ", c)
		}
		crew.begun, crew.lost = 0, min(crew.lost, 1)
		if got := got.Evaluate(Validation, 0).Run(); got != loss {
			t.Errorf("%+v: evaluation gives %+v, alone it gives %+v", c, got, loss)
		}
		asked := 4 / (1 + c.members) // of the four pieces, and then for a rest of two at least
		if 4%(1+c.members) > 1 {
			asked++
		}
		if c.to > 4 && crew.begun != asked {
			t.Errorf("%+v: the crew was asked %d times in the evaluation, want %d", c, crew.begun, asked)
		}
	}
}

// What a metric is made of survives the way to another place: a field that
// Numbers forgets would be lost.
func TestMetricsNumbers(t *testing.T) {
	m := Metrics{}
	v := reflect.ValueOf(&m).Elem()
	if v.NumField() != MetricsNumbers {
		t.Fatalf("Metrics has %d fields, and %d numbers", v.NumField(), MetricsNumbers)
	}
	for i := range v.NumField() {
		if f := v.Field(i); f.CanInt() {
			f.SetInt(int64(i + 1))
		} else {
			f.SetFloat(float64(i) + 0.5)
		}
	}
	if got := MetricsOf(m.Numbers()); got != m {
		t.Errorf("got %+v, want %+v", got, m)
	}
}
