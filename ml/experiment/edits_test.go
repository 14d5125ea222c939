package experiment

import (
	"strings"
	"testing"

	"descent/ml/data"
)

const editable = `{"version": 1, "data": {"source": SOURCE, "split": {"validation": 0.25}, "edits": EDITS},
	"model": {"nodes": [{"id": "out", "type": "dense", "config": {"units": UNITS}}]}, "train": {"loss": "LOSS", "optimizer": "sgd"}}`

func edited(source, units, loss, edits string) (*Experiment, error) {
	return Parse([]byte(strings.NewReplacer("SOURCE", source, "UNITS", units, "LOSS", loss, "EDITS", edits).Replace(editable)))
}

// Every mistake in a list of edits is told, with the edit it is in.
func TestEditProblems(t *testing.T) {
	const xor, plane = `{"type": "xor", "samples": 100}`, `{"type": "reg_plane", "samples": 100}`
	for _, c := range []struct{ source, units, loss, edits, says string }{
		{xor, "2", "cross_entropy", `{}`, "data.edits: wants a list"},
		{xor, "2", "cross_entropy", `[3]`, "data.edits[0]: wants an object"},
		{xor, "2", "cross_entropy", `[{"label": "1"}]`, "data.edits[0]: lacks the index"},
		{xor, "2", "cross_entropy", `[{"index": -1, "remove": true}]`, "data.edits[0].index: wants the number of a sample"},
		{xor, "2", "cross_entropy", `[{"index": 1.5, "remove": true}]`, "data.edits[0].index: wants the number of a sample"},
		{xor, "2", "cross_entropy", `[{"index": 1}]`, `wants a label, or "remove": true, and not both`},
		{xor, "2", "cross_entropy", `[{"index": 1, "label": 1, "remove": true}]`, `wants a label, or "remove": true, and not both`},
		{xor, "2", "cross_entropy", `[{"index": 1, "labl": "1"}]`, `did you mean "label"`},
		{xor, "2", "cross_entropy", `[{"index": 1, "remove": true}, {"index": 1, "label": "1"}]`, "data.edits[1]: sample 1 is edited twice, by edit 1 before"},
		{xor, "2", "cross_entropy", `[{"index": 100000, "remove": true}]`, "data.edits[0]: there is no sample 100000; the source gives"},
		{xor, "2", "cross_entropy", `[{"index": 1, "label": "three"}]`, "data.edits[0].label: there is no class"},
		{plane, "1", "mse", `[{"index": 1, "label": "three"}]`, "data.edits[0].label: the samples have values and not classes"},
		{plane, "1", "mse", `[{"index": 1, "label": true}]`, "data.edits[0].label: wants the name of a class, or a number"},
	} {
		_, err := edited(c.source, c.units, c.loss, c.edits)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v\nand not %q", c.edits, err, c.says)
		}
	}
}

type oneFile struct {
	name string
	text string
}

func (f oneFile) Open(string, func(done, total int64)) ([]byte, error) { return []byte(f.text), nil }

// A label is set and a sample taken out, as the plan foretold; the document is
// written as it was read, and edits that were made for other samples are refused.
func TestEditsAreApplied(t *testing.T) {
	const edits = `[{"index":7,"label":"1","was":"0"},{"index":3,"remove":true}]`
	plain, err := edited(`{"type": "xor", "samples": 100}`, "2", "cross_entropy", "[]")
	if err != nil {
		t.Fatal(err)
	}
	before, err := plain.Data.Open(plain.Seed, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var x, z [2]float32
	var y, l [1]float32
	before.Train.Read(7, x[:], y[:])
	was, to := before.Meta.Classes[int(y[0])], before.Meta.Classes[1-int(y[0])]
	list := strings.NewReplacer(`"1"`, `"`+to+`"`, `"0"`, `"`+was+`"`).Replace(edits)
	e, err := edited(`{"type": "xor", "samples": 100}`, "2", "cross_entropy", list)
	if err != nil {
		t.Fatal(err)
	}
	set, err := e.Data.Open(e.Seed, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	plan, _ := e.Plan()
	n := before.Train.Len() - 1
	if set.Train.Len() != n || set.Meta.Train != n || set.Meta.Removed != 1 || plan.Meta.Train != n || plan.Train+plan.Validation != n || set.Test.Len() != before.Test.Len() {
		t.Errorf("%d samples, %d by their description, %d by the plan, which has %d + %d; there were %d",
			set.Train.Len(), set.Meta.Train, plan.Meta.Train, plan.Train, plan.Validation, n+1)
	}
	set.Train.Read(6, z[:], l[:]) // the one at 3 is gone
	if z != x || l[0] != 1-y[0] {
		t.Errorf("sample 7 was %v %v and is %v %v", x, y, z, l)
	}
	again, err := Parse(e.Format())
	if err != nil || string(again.Format()) != string(e.Format()) || len(again.Data.Edits) != 2 {
		t.Errorf("written, the document is\n%s%v", e.Format(), err)
	}
	e, err = edited(`{"type": "xor", "samples": 100}`, "2", "cross_entropy", strings.Replace(list, `"was":"`+was, `"was":"`+to, 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = e.Data.Open(e.Seed, nil, nil); err == nil || !strings.Contains(err.Error(), "data.edits[0]: sample 7 has the label "+was) {
		t.Errorf("an edit of another sample: %v", err)
	}
}

// Of a file of one's own the edits are checked when it was read, and what the
// source learned then does not count the samples twice.
func TestEditsOfAFile(t *testing.T) {
	rows := strings.Repeat("1,2.5\n2,3.5\n", 10)
	const csv = `{"type": "csv", "file": "t.csv", "task": "values", "test_percent": 0}`
	for _, c := range []struct{ edits, says string }{
		{`[{"index": 2, "label": 7.5}, {"index": 0, "remove": true}]`, ""},
		{`[{"index": 20, "remove": true}]`, "data.edits[0]: there is no sample 20; the source gives 20"},
		{`[{"index": 2, "label": "x"}]`, "data.edits[0].label: the samples have values"},
	} {
		e, err := edited(csv, "1", "mse", c.edits)
		if err != nil {
			t.Fatal(err)
		}
		set, err := e.Data.Open(1, oneFile{text: rows}, nil)
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", c.edits, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // as the trainer and the page do
			e.Data.Settings.(data.Learner).Learn(set.Meta)
			if m := e.Data.Meta(); m.Train != 19 || m.Removed != 1 {
				t.Errorf("%d samples and %d removed", m.Train, m.Removed)
			}
		}
	}
	var all []string
	for i := range 3 {
		all = append(all, `{"index": `+string(rune('0'+i))+`, "remove": true}`)
	}
	e, err := edited(csv, "1", "mse", "["+strings.Join(all, ",")+"]")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Data.Open(1, oneFile{text: "1,2.5\n2,3.5\n3,4.5\n"}, nil); err == nil || !strings.Contains(err.Error(), "none left") {
		t.Errorf("all samples removed: %v", err)
	}
}
