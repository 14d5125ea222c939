package state

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/session"
)

// A relay is a store and a real trainer whose messages take their time, as those of a worker do.
type relay struct {
	store   *Store
	session *session.Session
	there   []session.Command // on their way to the trainer
	back    []session.Event
}

func apart(t *testing.T, document string) *relay {
	d := &relay{store: New("", document)}
	d.session = session.New(nil, func(e *session.Event, _ [][]byte) {
		told, err := session.DecodeEvent(e.Encode())
		if err != nil {
			t.Fatal(err)
		}
		d.back = append(d.back, told)
	})
	d.store.Paces[OfPoints] = 0
	return d
}

func (d *relay) do(a Action) { d.there = append(d.there, d.store.Apply(a)...) }

// obey brings one command to the trainer, which works for a moment.
func (d *relay) obey() {
	if len(d.there) > 0 {
		c := d.there[0]
		d.there = d.there[1:]
		d.session.Do(c)
	}
	d.session.Work(time.Microsecond)
}

// hear brings one event to the page.
func (d *relay) hear() {
	if len(d.back) == 0 {
		return
	}
	e := d.back[0]
	d.back = d.back[1:]
	if e.Shows() {
		d.there = append(d.there, session.Command{Ack: &session.Ack{Seq: e.Seq}})
	}
	d.there = append(d.there, d.store.Reduce(e)...)
}

// rest delivers everything.
func (d *relay) rest() {
	for range 500 {
		d.obey()
		for len(d.back) > 0 {
			d.hear()
		}
	}
}

// However late its answers are, what the page shows in the end is what the trainer does, and Play pressed last trains.
func TestPlayIsNotLost(t *testing.T) {
	text := preset(t, "spiral-mlp")
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 0))
		d := apart(t, text)
		s := d.store
		var did []string
		for range 40 {
			var a Action
			switch r.IntN(14) {
			case 0:
				a = Set{Path: "train.batch", Value: config.Num(float64(10 + r.IntN(5)))}
			case 1:
				a = SetSource{Type: []string{"spiral", "xor", "circle"}[r.IntN(3)]}
			case 2:
				a = Load{Preset: "spiral-mlp", Text: text}
			case 3:
				a = Play{}
			case 4:
				a = Pause{}
			case 5:
				a = Reset{}
			case 6:
				a = Step{}
			case 7:
				a = Undo{}
			case 8, 9, 10:
				d.obey()
			default:
				d.hear()
			}
			if a != nil {
				did = append(did, fmt.Sprintf("%T", a))
				d.do(a)
			}
		}
		playable := s.Playable() || s.Opening()
		if s.Running() {
			d.do(Pause{})
		}
		d.do(Play{})
		for range 100 {
			d.rest() // the trainer tells its steps ten times a second
			if s.State.Step > 0 || s.State.Phase != session.Running {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if !playable {
			t.Errorf("seed %d: there is nothing to play (%s, %v) after %q", seed, s.State.Phase, s.Error, did)
			continue
		}
		if s.Error != nil || !s.Running() || s.State.Phase != session.Running || s.State.Step == 0 {
			t.Errorf("seed %d: after Play the page says %s at step %d, error %v; it did %q", seed, s.State.Phase, s.State.Step, s.Error, did)
		}
		if batch := s.Experiment.Train.Batch; s.Opening() || s.State.Steps != (s.Data.Train+batch-1)/batch {
			t.Errorf("seed %d: the page trains in batches of %d, and the trainer makes %d steps of %d samples", seed, s.Experiment.Train.Batch, s.State.Steps, s.Data.Train)
		}
		d.do(Pause{})
		d.rest()
		if s.Running() || s.State.Phase != session.Ready {
			t.Errorf("seed %d: after Pause it is %s", seed, s.State.Phase)
		}
	}
}

// Play that is pressed while the document is on its way is kept until it can train, and Pause takes it back.
func TestPlayWhileOpening(t *testing.T) {
	for _, test := range []struct {
		name string
		acts []Action
		runs bool
	}{
		{"before the trainer is there", []Action{Play{}}, true},
		{"and an edit after it", []Action{Play{}, set("train.batch", config.Num(20))}, true},
		{"and Pause", []Action{Play{}, Pause{}}, false},
		{"twice", []Action{Play{}, Play{}}, true},
		{"and other data", []Action{Play{}, SetSource{"xor"}}, false},
	} {
		d := apart(t, preset(t, "spiral-mlp"))
		for _, a := range test.acts {
			d.do(a)
		}
		d.rest()
		if got := d.store.Running(); got != test.runs {
			t.Errorf("Play %s: running is %v, want %v", test.name, got, test.runs)
		}
	}
}
