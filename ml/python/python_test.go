package python

import (
	"math"
	"testing"
)

func TestLiterals(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{1, "1"}, {true, "True"}, {0.001, "0.001"}, {1e-7, "1e-07"}, {2.0, "2.0"}, {math.Inf(-1), `float("-inf")`}, {"a\"\\\nb", `"a\"\\\nb"`},
		{[2]int{3, 3}, "3"}, {[2]int{3, 2}, "(3, 2)"}, {[]int{4}, "(4,)"}, {[]int{1, 2, 3}, "(1, 2, 3)"}, {Raw("x + y"), "x + y"}, {Arg("padding", "same"), `padding="same"`},
	} {
		if got := Literal(c.v); got != c.want {
			t.Errorf("%v is written %s, want %s", c.v, got, c.want)
		}
	}
	if got := Call("f", 1, Unless("bias", true, true), Unless("stride", 2, 1), Named{Name: "none"}); got != "f(1, stride=2)" {
		t.Error(got)
	}
}

func TestNames(t *testing.T) {
	n := NewNames("forward x")
	for _, c := range [][2]string{
		{"conv1", "conv1"}, {"forward", "forward_2"}, {"class", "class_2"}, {"out-1", "out_1"}, {"out_1", "out_1_2"}, {"2nd", "layer2nd"},
		{"卷积", "卷积"}, {"é", "layer"}, {"ß", "layer_2"}, {"conv1", "conv1"},
	} {
		if got := n.Of(c[0]); got != c[1] {
			t.Errorf("%s is called %s, want %s", c[0], got, c[1])
		}
	}
}

func TestNeeds(t *testing.T) {
	a := Def{Name: "a"}
	b := Def{Name: "b", Needs: []Def{a}}
	var p Piece
	p.Need(b, a, b)
	if len(p.Defs) != 2 || p.Defs[0].Name != "a" {
		t.Errorf("%+v", p.Defs)
	}
}

func TestComment(t *testing.T) {
	if got := Comment("  ", "one  two\nthree"); got != "  # one two three\n" {
		t.Errorf("%q", got)
	}
}
