package session

import (
	"testing"

	"descent/ml/train"
)

// idle is a crew that has no members yet.
type idle struct{ dismissed bool }

func (*idle) Members() int                                 { return 0 }
func (*idle) Begin(train.Job, []float32)                   {}
func (*idle) Collect(int, []float32) (train.Metrics, bool) { return train.Metrics{}, false }
func (c *idle) Dismiss()                                   { c.dismissed = true }

// Help is hired when training begins and is worth it, once, and let go before
// another experiment is opened.
func TestHire(t *testing.T) {
	r := start(t)
	var hired []*idle
	r.Hire = func(document string, most, shards, weights int) (Crew, string) {
		if document == "" || most != 7 || shards != 8 || weights < 421_642 {
			t.Errorf("hired with %d of %d shards, %d weights", most, shards, weights)
		}
		c := &idle{}
		hired = append(hired, c)
		return c, ""
	}
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Run: &Run{Steps: 1}}, 10)
	if st := r.merged().Stats; len(hired) != 0 || st.Workers != 1 || st.Alone != AloneSmall {
		t.Errorf("a spiral needs no help: %+v", st)
	}
	large := document(t, "tutorial-cnn", `"mnist"`, `{"type": "digits", "samples": 300, "test_samples": 10}`, `"train": 54000, "validation": 6000`, `"train": 250, "validation": 50`)
	r.do(Command{Open: &Open{Experiment: large}}, 1)
	if len(hired) != 0 {
		t.Error("nobody trains yet")
	}
	r.do(Command{Run: &Run{Steps: 1}}, 10)
	r.do(Command{Run: &Run{Steps: 1}}, 10)
	if len(hired) != 1 || hired[0].dismissed || r.merged().Stats.Alone != AloneYet {
		t.Fatalf("%d crews, %+v", len(hired), r.merged().Stats)
	}
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	if !hired[0].dismissed {
		t.Error("the crew was not let go")
	}
}
