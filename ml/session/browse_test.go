package session

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const flowers = `{"version": 1, "data": {"source": {"type": "csv", "file": "flowers.csv", "shuffle": false, "test_percent": 20}, EDITS
	"split": {"validation": 2}, "preprocess": ["fill_missing", "one_hot", "standardise"]},
	"model": {"nodes": [{"id": "out", "type": "dense", "config": {"units": 2, "activation": "softmax"}}]},
	"train": {"loss": "cross_entropy", "optimizer": "sgd", "batch": 2, "epochs": 1}}`

// flowersCSV has ten rows, of which the last two are the test.
const flowersCSV = "size,kind,species\n1,round,x\n,long,y\n3,round,x\n4,long,y\n5,round,x\n6,long,y\n7,round,x\n8,long,y\n100,round,x\n200,long,y\n"

func opened(t *testing.T, edits string) *recorder {
	t.Helper()
	r := start(t)
	r.files = library{"flowers.csv": []byte(flowersCSV)}
	r.do(Command{Open: &Open{Experiment: strings.Replace(flowers, "EDITS", edits, 1)}}, 1)
	if m := r.merged(); m.State.Phase != Ready {
		t.Fatalf("%+v", m.Error)
	}
	return r
}

// Samples are found by part, class and text, sorted and paged; those that an edit
// took out are there to be brought back, and nothing is told of the test's.
func TestBrowse(t *testing.T) {
	r := opened(t, `"edits": [{"index": 2, "remove": true}, {"index": 3, "label": "x", "was": "y"}],`)
	for _, c := range []struct {
		ask   Browse
		total int
		index []int
	}{
		{Browse{Count: 100}, 8, []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{Browse{Part: PartTrain, Count: 100}, 5, []int{0, 1, 3, 4, 5}},
		{Browse{Part: PartValidation, Count: 100}, 2, []int{6, 7}},
		{Browse{Part: PartRemoved, Count: 100}, 1, []int{2}},
		{Browse{Part: PartEdited, Count: 100}, 1, []int{3}},
		{Browse{Part: PartTest, Count: 100}, 0, nil},
		{Browse{Class: 2, Count: 100}, 3, []int{1, 5, 7}},
		{Browse{Part: PartTrain, Class: 1, Count: 100}, 3, []int{0, 3, 4}},
		{Browse{Search: "LONG", Count: 100}, 4, []int{1, 3, 5, 7}},
		{Browse{Search: "y", Count: 100}, 3, []int{1, 5, 7}},
		{Browse{Search: "100", Count: 100}, 0, nil}, // that is the test's
		{Browse{Sort: -1, Count: 100}, 8, []int{7, 6, 5, 4, 3, 2, 0, 1}},
		{Browse{Sort: 1, From: 6, Count: 100}, 8, []int{7, 1}},
		{Browse{Sort: 3, Count: 100}, 8, []int{0, 2, 3, 4, 6, 1, 5, 7}},
		{Browse{From: 2, Count: 3}, 8, []int{2, 3, 4}},
		{Browse{From: 99, Count: 3}, 8, nil},
	} {
		r.do(Command{Browse: &c.ask}, 1)
		got := r.merged().Browsed
		if got == nil || got.Asked != c.ask || got.Total != c.total || !slices.Equal(got.Index, c.index) {
			t.Errorf("%+v: %+v", c.ask, got)
		}
	}
	r.do(Command{Browse: &Browse{From: 1, Count: 3}}, 1)
	got := r.merged().Browsed
	if !slices.Equal(got.Parts, []string{PartTrain, PartRemoved, PartTrain}) || !slices.Equal(got.Labels, []float64{1, 0, 0}) ||
		!slices.Equal(got.Own, []float64{1, 0, 1}) || len(got.Values) != 6 || !math.IsNaN(got.Values[0]) || got.Values[1] != 0 || got.Values[4] != 4 {
		t.Errorf("%+v", got)
	}
	if got.Blob != -1 || !slices.Equal(got.Shape, []int{2}) {
		t.Errorf("%+v", got)
	}
}

// Shares and columns are those of what is trained on and validated with; the
// test has a count and nothing else.
func TestDescribe(t *testing.T) {
	r := opened(t, `"edits": [{"index": 2, "remove": true}],`)
	r.do(Command{Describe: &Describe{}}, 1)
	got := r.merged().Described
	want := []Share{{PartTrain, 5, []int{2, 3}}, {PartValidation, 2, []int{1, 1}}, {PartTest, 2, nil}}
	if got == nil || !reflect.DeepEqual(got.Shares, want) {
		t.Fatalf("got %+v", got)
	}
	if len(got.Columns) != 3 {
		t.Fatalf("%d columns", len(got.Columns))
	}
	size, kind := got.Columns[0], got.Columns[1]
	// 1, 4, 5, 6, 7, 8: their mean is 31/6, their variance 191/6 - (31/6)^2.
	if size.Name != "size" || size.Count != 6 || size.Missing != 1 || size.Min != 1 || size.Max != 8 || len(size.Bins) != spreadBins ||
		math.Abs(size.Mean-31./6) > 1e-12 || math.Abs(size.Deviation-math.Sqrt(191./6-31.*31/36)) > 1e-12 || size.Bins[0] != 1 || size.Bins[spreadBins-1] != 1 {
		t.Errorf("size: %+v", size)
	}
	if kind.Kind != "category" || !slices.Equal(kind.Names, []string{"long", "round"}) || !slices.Equal(kind.Bins, []int{4, 3}) {
		t.Errorf("kind: %+v", kind)
	}
}

// What a preview shows of each step is what training sees, and its figures are
// those of that.
func TestPreview(t *testing.T) {
	r := opened(t, "")
	r.do(Command{Preview: &Preview{From: 1, Count: 2}}, 1)
	got := r.merged().Previewed
	var paths, types []string
	for _, st := range got.Stages {
		paths, types = append(paths, st.Path), append(types, st.Type)
	}
	if !slices.Equal(paths, []string{"", "data.preprocess[0]", "data.preprocess[1]", "data.preprocess[2]"}) ||
		!slices.Equal(types, []string{"", "fill_missing", "one_hot", "standardise"}) || !slices.Equal(got.Index, []int{1, 2}) {
		t.Fatalf("%v %v %v", paths, types, got.Index)
	}
	raw, filled, hot, last := got.Stages[0], got.Stages[1], got.Stages[2], got.Stages[3]
	if !math.IsNaN(raw.Values[0]) || math.IsNaN(filled.Values[0]) || raw.Min != 0 || raw.Max != 6 {
		t.Errorf("raw %+v, filled %+v", raw, filled)
	}
	if len(hot.Names) != 3 || len(hot.Values) != 6 || hot.Values[1]+hot.Values[2] != 1 {
		t.Errorf("one_hot: %+v", hot)
	}
	x, y := make([]float32, 3), make([]float32, 1)
	r.train.Read(0, 1, x, y)
	for i, v := range x {
		if float64(v) != last.Values[i] {
			t.Errorf("value %d is %v in training and %v in the preview", i, v, last.Values[i])
		}
	}
	if math.Abs(last.Mean) > 0.5 || last.Deviation == 0 {
		t.Errorf("%+v", last)
	}
}

// Images come as pixels, augmentations draw again for another number, and what
// is mixed comes last.
func TestPreviewOfImages(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: `{"version": 1, "data": {"source": {"type": "digits", "samples": 100, "test_samples": 10},
		"split": {"validation": 0.2, "shuffle": true}, "preprocess": [{"type": "scale", "factor": 0.5}], "augment": ["shift", "mixup", "noise"]},
		"model": {"nodes": [{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}]},
		"train": {"loss": "cross_entropy", "optimizer": "sgd", "batch": 10, "epochs": 1}}`}}, 1)
	var drawn [3][][]byte
	for i, draw := range []int{0, 0, 5} {
		r.do(Command{Preview: &Preview{Count: 4, Draw: draw}}, 1)
		drawn[i] = r.blobs[len(r.blobs)-1]
	}
	got := r.merged().Previewed
	if got == nil {
		t.Fatalf("%+v", r.merged().Error)
	}
	var paths []string
	for i, st := range got.Stages {
		paths = append(paths, st.Path)
		if st.Blob != i || len(drawn[0][i]) != 4*28*28 || st.Max <= st.Min {
			t.Errorf("%s has the blob %d, of %d bytes; from %v to %v", st.Path, st.Blob, len(drawn[0][i]), st.Min, st.Max)
		}
	}
	if fmt.Sprint(paths) != "[ data.augment[0] data.augment[2] data.preprocess[0] data.augment[1]]" {
		t.Errorf("the stages are %q", paths)
	}
	if got.Stages[0].Max != 255 || got.Stages[3].Max > 150 || math.Abs(got.Stages[3].Mean-got.Stages[2].Mean/2) > 1e-3 {
		t.Errorf("%+v", got.Stages)
	}
	for i := range drawn[0] {
		if !bytes.Equal(drawn[0][i], drawn[1][i]) {
			t.Errorf("stage %d differs though it was drawn alike", i)
		}
		if bytes.Equal(drawn[0][i], drawn[2][i]) != (i == 0) {
			t.Errorf("stage %d drawn again is the same: %v", i, i != 0)
		}
	}
	r.do(Command{Browse: &Browse{Class: 4, Count: 7}}, 1)
	b := r.merged().Browsed
	if b.Total != 10 || len(b.Index) != 7 || len(r.blobs[len(r.blobs)-1][b.Blob]) != 7*28*28 {
		t.Errorf("%+v", b)
	}
	for _, label := range b.Labels {
		if label != 3 {
			t.Errorf("asked for the fourth class, %v came", label)
		}
	}
}

// Texts are told as texts, and questions with their answers.
func TestBrowseTexts(t *testing.T) {
	r := sequence(t, twoBlocks)
	r.do(Command{Browse: &Browse{Count: 2}}, 1)
	if b := r.merged().Browsed; len(b.Texts) != 2 || len(b.Texts[0]) < 3 || len(b.Values) != 0 {
		t.Errorf("%+v", b)
	}
	r.do(Command{Preview: &Preview{Count: 2}}, 1)
	if p := r.merged().Previewed; len(p.Index) != 2 || p.Stages != nil {
		t.Errorf("%+v", p)
	}
	r = start(t)
	r.do(Command{Browse: &Browse{Count: 2}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Errorf("with nothing open: %+v", e)
	}
}
