package state

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"descent/ml/session"
)

// What is kept comes back as it was, and what is damaged is an error.
func TestRunText(t *testing.T) {
	r := Run{ID: "a", Name: "一", Starred: true, Document: "{\"x\": \"\\n\"}", From: "b", Began: 1764000000123, Changed: 1764000000456, Files: []string{"a|1|2"},
		Phase: session.Failed, Step: 3, Steps: 20, Epoch: 0.15, Epochs: 600, Seconds: 1.5, Parameters: 354, Kernel: "k", Workers: 2, Cores: 4,
		Loss: math.Inf(1), Accuracy: -1, Train: Curve{Points: []session.Point{{Curve: "train", Step: 1, Loss: math.Inf(1), Accuracy: -1, Rate: 0.1}}, calm: true},
		Valid: Curve{calm: true}, Test: &session.Point{Curve: "test", Step: 3, Loss: 0.5, Accuracy: 0.25}, Bytes: 7, Dropped: true}
	back, err := ReadRun(r.Text())
	if err != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("%v\n%+v, want\n%+v", err, back, r)
	}
	d := Desk{Tab: "t", Document: "{}", Run: "a", Pane: PaneRuns, Files: []string{"f"}, Saved: 5}
	if back, err := ReadDesk(d.Text()); err != nil || !reflect.DeepEqual(back, d) {
		t.Errorf("%v %+v", err, back)
	}
	for _, broken := range []string{"", "{", "[]", "null", `{"format":2,"id":"a","document":"{}"}`, `{"format":1,"id":"a"}`, `{"format":1,"document":"{}"}`} {
		if r, err := ReadRun(broken); err == nil {
			t.Errorf("%q is %+v", broken, r)
		}
	}
	for _, broken := range []string{"", "{", "[]", "null", `{"format":9}`} {
		if d, err := ReadDesk(broken); err == nil {
			t.Errorf("%q is %+v", broken, d)
		}
	}
}

// The table: what is listed, in which order, and what is in it.
func TestListed(t *testing.T) {
	s := keeping(t)
	curve := func(loss ...float64) (c Curve) {
		for i, l := range loss {
			c.Points = append(c.Points, session.Point{Step: i + 1, Loss: l, Accuracy: 1 - l})
		}
		return c
	}
	s.Runs = []Run{{ID: "c", Name: "Cee", Document: `{"lr": 3}`, Began: 3, Step: 1, Valid: curve(0.5, 0.4)},
		{ID: "b", Name: "bee", Document: `{"lr": 2}`, Began: 2, Step: 9, Valid: curve(math.NaN(), 0.1), Starred: true},
		{ID: "a", Name: "Ay", Document: `{"lr": 1}`, Began: 1, Step: 5, Train: curve(0.3, 0.9)}}
	listed := func() (out string) {
		for _, r := range s.Listed() {
			out += r.ID
		}
		return out
	}
	for _, c := range []struct {
		do   []Action
		want string
	}{
		{nil, "cba"},
		{[]Action{SortRuns{ByDate}}, "cba"},
		{[]Action{SortRuns{ByName}}, "abc"},
		{[]Action{SortRuns{ByName}}, "cba"},
		{[]Action{SortRuns{ByLoss}}, "bac"},
		{[]Action{SortRuns{ByAccuracy}}, "bac"},
		{[]Action{SortRuns{ByProgress}}, "bac"},
		{[]Action{FilterRuns{Query: "BEE"}}, "b"},
		{[]Action{FilterRuns{Query: `"lr": 1`}}, "a"},
		{[]Action{FilterRuns{}, OnlyStarred{On: true}}, "b"},
		{[]Action{OnlyStarred{}, StarRun{ID: "a", On: true}, RenameRun{ID: "a", Name: " Zed "}, SortRuns{ByName}}, "bca"},
	} {
		for _, a := range c.do {
			s.Apply(a)
		}
		if got := listed(); got != c.want {
			t.Errorf("after %+v: %s, want %s", c.do, got, c.want)
		}
	}
	if got := done(s); got != "put runs a, put runs a" {
		t.Errorf("errands: %q", got)
	}
	s.Apply(MarkRun{ID: "a", On: true})
	s.Apply(MarkRun{ID: "b", On: true})
	if len(s.Overlays) != 2 || s.Overlays[0].Name != "Zed" {
		t.Errorf("drawn behind: %+v", s.Overlays)
	}
	s.Apply(DeleteRun{ID: "a"})
	if listed() != "bc" || len(s.Overlays) != 1 || done(s) != "" {
		t.Errorf("after it was deleted: %s", listed())
	}
	s.Apply(UndoDelete{})
	if listed() != "bca" {
		t.Errorf("after it was had back: %s", listed())
	}
	s.Apply(DeleteRun{ID: "a"})
	s.Apply(DeleteRun{ID: "b"})
	s.Apply(ForgetDeleted{})
	if got := done(s); got != "drop_weights  a, delete runs a, drop_weights  b, delete runs b" {
		t.Errorf("errands: %q", got)
	}
}

// Settings that differ come first, layers by their names.
func TestDifferences(t *testing.T) {
	one := `{"version":1,"name":"x","seed":1,"model":{"nodes":[{"id":"a","type":"dense","config":{"units":3}}]},"data":{"preprocess":[{"type":"scale"}]}}`
	two := `{"version":1,"name":"y","seed":1,"model":{"nodes":[{"id":"a","type":"dense","config":{"units":4}},{"id":"b","type":"flatten"}]},"data":{"preprocess":[{"type":"scale"}]}}`
	var out []string
	for _, d := range Differences([]Run{{Document: one}, {Document: two}}) {
		out = append(out, fmt.Sprintf("%s%v%v", d.Path, d.Values, d.Differ))
	}
	want := []string{"model.nodes.a.config.units[3 4]true", "model.nodes.b.type[ flatten]true", "seed[1 1]false", "model.nodes.a.type[dense dense]false", "data.preprocess.1.type[scale scale]false"}
	if !slices.Equal(out, want) {
		t.Errorf("%q, want %q", out, want)
	}
}

func TestRunCSV(t *testing.T) {
	r := Run{Train: Curve{Points: []session.Point{{Step: 1, Epoch: 0.5, Loss: 2, Accuracy: 0.5, Seconds: 0.1, Rate: 0.01}, {Step: 2, Epoch: 1, Loss: math.NaN(), Accuracy: -1}}},
		Valid: Curve{Points: []session.Point{{Step: 2, Epoch: 1, Loss: 3, Accuracy: 0.25}, {Step: 3, Epoch: 1.5, Loss: 4, Accuracy: -1}}}}
	const want = "step,epoch,seconds,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate\n" +
		"1,0.5,0.1,2,0.5,,,0.01\n2,1,0,NaN,,3,0.25,0\n3,1.5,0,,,4,,\n"
	if got := r.CSV(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
