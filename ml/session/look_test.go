package session

import (
	"reflect"
	"strings"
	"testing"
)

// A file is looked at before there is an experiment about it, and beside one
// that is open; what cannot be read is an error that changes nothing.
func TestLook(t *testing.T) {
	r := start(t)
	r.files = library{"flowers.csv": []byte("size,kind,species\n1,a,x\n,b,y\n3,a,x\n4,b,y\n5,a,x\n")}
	const source = `{"type": "csv", "file": "flowers.csv", "test_percent": 20}`
	r.do(Command{Look: &Look{Source: source}}, 1)
	want := Seen{Source: source, X: []int{2}, Y: []int{1}, Classes: []string{"x", "y"}, Train: 4, Test: 1, Columns: []Column{
		{Name: "size", Kind: "number", Role: "feature", Missing: 1},
		{Name: "kind", Kind: "category", Role: "feature", Values: 2},
		{Name: "species", Kind: "category", Role: "target", Values: 2},
	}}
	if got := r.merged().Seen; got == nil || !reflect.DeepEqual(*got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	// A table of texts and labels is read as such.
	r.files = library{"reviews.csv": []byte("text,mood\nwhat a good day,glad\nwhat a bad day,sad\nbetter than before,glad\nnot again,sad\n" +
		"one more,glad\nand one,sad\nyes,glad\nno,sad\nsun,glad\nrain,sad\nspring,glad\nfall,sad\n")}
	const reviews = `{"type":"csv","file":"reviews.csv"}`
	r.do(Command{Look: &Look{Source: reviews}}, 1)
	if got := r.merged().Seen; got.Source != reviews || got.Instead != `{"type":"text_table","file":"reviews.csv"}` || got.Tokens == 0 ||
		!reflect.DeepEqual(got.Classes, []string{"glad", "sad"}) || !reflect.DeepEqual(got.Y, []int{1}) {
		t.Errorf("got %+v", got)
	}
	r.files = library{"flowers.csv": []byte("size,kind,species\n1,a,x\n")}
	if r.merged().State.Phase != Empty {
		t.Errorf("looking changed the session: %+v", r.merged().State)
	}
	for _, bad := range []struct{ source, says string }{
		{`{"type": "csv", "file": "other.csv"}`, "other.csv"},
		{`{"type": "cvs", "file": "flowers.csv"}`, "did you mean"},
		{`{"type": "csv", "fil": "flowers.csv"}`, "fil"},
		{`{"type"`, "the text ends"},
	} {
		r.do(Command{Look: &Look{Source: bad.source}}, 1)
		if e := r.merged().Error; e == nil || e.Code != NoData || !strings.Contains(e.Message, bad.says) {
			t.Errorf("%s: %+v", bad.source, e)
		}
	}
}
