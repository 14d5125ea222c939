package config

import (
	"math"
	"strings"
	"testing"
)

func TestParsePlaces(t *testing.T) {
	v, err := Parse([]byte("{\n  \"a\": [1, 2.5],\n  \"b\": {\"id\": \"x\"}\n}\n"))
	if err != nil {
		t.Fatal(err)
	}
	a, b := v.Get("a"), v.Get("b")
	if a.Line != 2 || a.Col != 8 || a.Items[1].Num != 2.5 || a.Items[1].Col != 12 {
		t.Errorf("a = %+v, its second item %+v", a, a.Items[1])
	}
	if b.Line != 3 || b.Members[0].Line != 3 || b.Members[0].Col != 9 || b.Get("id").Str != "x" {
		t.Errorf("b = %+v", b)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "line 1, column 1: the document is empty"},
		{"{\n\"a\": [1, 2", "line 2, column 11: the text ends in the middle"},
		{`{"a": 1`, "the text ends in the middle"},
		{"{\"a\": 1,\n \"a\": 2}", "line 2, column 2: not valid JSON: this key is given twice"},
		{`{"a": 1} x`, "more text after the end"},
		{`{"a": nope}`, "line 1, column 8: not valid JSON"},
		{`{"a": 1e999}`, "the number 1e999 is too large"},
		{strings.Repeat("[", 100000), "not valid JSON"},
	} {
		_, err := Parse([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%.30q) = %v, want %q", c.text, err, c.want)
		}
	}
}

func TestSet(t *testing.T) {
	const doc = `{"train":{"batch":10},"data":{"source":"spiral"},"model":{"nodes":[{"id":"a"},{"id":"b","config":{"units":3}}]}}`
	for _, c := range []struct{ path, value, want string }{
		{"train.batch", "32", `"train":{"batch":32}`},
		{"train.optimizer.lr", "0.5", `"optimizer":{"lr":0.5}`},
		{"model.nodes.b.config.units", "8", `"units":8`},
		{"model.nodes.0.id", "z", `{"id":"z"}`},
		{"data.source.noise", "10", `"source":{"type":"spiral","noise":10}`},
		{"data.source", "mnist", `"source":"mnist"`},
	} {
		v, err := Parse([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Set(c.path, ParseSetting(c.value)); err != nil {
			t.Errorf("Set(%s): %v", c.path, err)
		}
		if got := string(v.Append(nil, "")); !strings.Contains(got, c.want) {
			t.Errorf("Set(%s) = %s, want %s in it", c.path, got, c.want)
		}
	}
	if v := ParseSetting(`[{"a": 1}]`); v.Line != 0 || v.Items[0].Members[0].Line != 0 || v.Items[0].Get("a").Line != 0 {
		t.Errorf("a setting claims a place in a file: %+v", v)
	}
	v, _ := Parse([]byte(doc))
	for _, path := range []string{"model.nodes.c.id", "train.batch.x", "model.nodes.7"} {
		if err := v.Set(path, Num(1)); err == nil {
			t.Errorf("Set(%s) found a place", path)
		}
	}
}

type layer struct {
	units  int
	rate   float64
	act    string
	kernel [2]int
	bias   bool
}

func (l *layer) fields() []Field {
	return []Field{
		Int("units", &l.units, 1, 100, ""), Float("rate", &l.rate, 0, 1, ""),
		Choice("activation", &l.act, []string{"none", "relu"}, ""),
		Pair("kernel", &l.kernel, 1, 9, ""), Toggle("bias", &l.bias, ""),
	}
}

func TestDecode(t *testing.T) {
	l := layer{act: "none"}
	v, _ := Parse([]byte(`{"units": 8, "rate": 0.5, "activation": "relu", "kernel": 3, "bias": true, "id": "x"}`))
	var errs Errors
	if Decode(v, l.fields(), "n", "", &errs, "id"); errs.Err() != nil {
		t.Fatal(errs)
	}
	if want := (layer{8, 0.5, "relu", [2]int{3, 3}, true}); l != want {
		t.Errorf("decoded %+v, want %+v", l, want)
	}
	fresh := layer{act: "none", bias: true}
	got := string(Obj(Encode(l.fields(), fresh.fields())...).Append(nil, ""))
	if got != `{"units":8,"rate":0.5,"activation":"relu","kernel":[3,3]}` {
		t.Errorf("encoded %s", got)
	}
}

func TestDecodeNotesEveryProblem(t *testing.T) {
	v, _ := Parse([]byte(`{"units": -5, "rate": "much", "activation": "rele", "kernel": [1, 2, 3],
 "bias": 1, "unit": 3, "zzzzzzzzz": 1}`))
	l := layer{units: 7}
	var errs Errors
	Decode(v, l.fields(), "dense1", "", &errs)
	want := []string{
		`line 1, column 11: node "dense1": units: -5 is below 1, the smallest allowed`,
		`rate: wants a number, not "much"`,
		`there is no activation "rele"; did you mean "relu"?`,
		`wants two whole numbers, [height, width], or one for both, not a list of 3`,
		`wants true or false, not 1`,
		`line 2, column 13: node "dense1": unit: there is no setting "unit"; did you mean "units"?`,
		`there is no setting "zzzzzzzzz"; there are units, rate, activation, kernel, bias`,
	}
	if len(errs) != len(want) {
		t.Fatalf("%d problems, want %d:\n%v", len(errs), len(want), errs)
	}
	for i, w := range want {
		if !strings.Contains(errs[i].Error(), w) {
			t.Errorf("problem %d = %s\nwant %s", i, errs[i], w)
		}
	}
	if l.units != 7 {
		t.Errorf("a refused value was stored: %+v", l)
	}
}

// A number that is none lies in no range. JSON has no such numbers, but a
// learning rate that somebody types may be one.
func TestNaNIsInNoRange(t *testing.T) {
	x, n, pair, list := 0.5, 1, [2]int{1, 1}, Series{Values: []float64{1}}
	for _, c := range []struct {
		f Field
		v *Value
	}{
		{Float("x", &x, 0, 1, ""), Num(math.NaN())},
		{Int("n", &n, 0, 9, ""), Num(math.NaN())},
		{Pair("pair", &pair, 0, 9, ""), Num(math.NaN())},
		{Numbers("list", &list, 0, 9, ""), List(Num(2), Num(math.NaN()))},
	} {
		if problem := c.f.Set(c.v); !strings.Contains(problem, "NaN") {
			t.Errorf("%s took NaN: %q", c.f.Name, problem)
		}
	}
	if x != 0.5 || n != 1 || pair != [2]int{1, 1} || len(list.Values) != 1 {
		t.Errorf("a refused value was stored: %v %v %v %v", x, n, pair, list)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"a": [1, true, null, "x"], "b": {"c": -1e3}}`))
	f.Add([]byte(`{"a":`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := Parse(text)
		if err != nil {
			if _, ok := All(err); !ok {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		again, err := Parse(v.Append(nil, "  "))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if a, b := string(v.Append(nil, "")), string(again.Append(nil, "")); a != b {
			t.Fatalf("%s became %s", a, b)
		}
	})
}

// A choice with a number, and a list or a word that stands for one.
func TestAmountsAndNumbers(t *testing.T) {
	start, weights := "he", Series{}
	a := Amount("init", &start, []string{"he", "normal"}, []string{"normal"}, "")
	n := Numbers("weights", &weights, 0, 10, "", "balanced")
	for _, c := range []struct {
		f        Field
		value    string
		problem  string
		readBack string
	}{
		{a, `"normal"`, "", `"normal"`},
		{a, `"normal( 0.020 )"`, "", `"normal(0.02)"`},
		{a, `"he(2)"`, `there is no init "he(2)"`, `"normal(0.02)"`},
		{a, `"normal(x)"`, "there is no init", `"normal(0.02)"`},
		{a, `"normal(Inf)"`, "there is no init", `"normal(0.02)"`},
		{a, `3`, "wants one of he, normal", `"normal(0.02)"`},
		{n, `[1,2.5]`, "", `[1,2.5]`},
		{n, `"balanced"`, "", `"balanced"`},
		{n, `"balance"`, "wants a list of numbers or balanced, not", `"balanced"`},
		{n, `[1,"x"]`, "wants numbers in the list", `"balanced"`},
		{n, `[11]`, "11 is above 10", `"balanced"`},
		{n, `[]`, "", `[]`},
	} {
		v, err := Parse([]byte(c.value))
		if err != nil {
			t.Fatal(err)
		}
		if problem := c.f.Set(v); c.problem == "" && problem != "" || !strings.Contains(problem, c.problem) {
			t.Errorf("%s: %q, want %q", c.value, problem, c.problem)
		}
		if got := string(c.f.Value().Append(nil, "")); got != c.readBack {
			t.Errorf("after %s the field holds %s, want %s", c.value, got, c.readBack)
		}
	}
	if a.Form() != "choice" || n.Form() != "numbers" || weights.Given() {
		t.Errorf("forms %s and %s", a.Form(), n.Form())
	}
}

func TestTexts(t *testing.T) {
	name, from := "", "a.csv"
	for _, f := range []Field{Free("target", &name, ""), File("file", &from, "")} {
		if problem := f.Set(Text("Größe, \"neu\"")); problem != "" {
			t.Error(problem)
		}
		if got := f.Value(); got.Kind != String || got.Str != "Größe, \"neu\"" {
			t.Errorf("%s holds %v", f.Form(), got)
		}
		if problem := f.Set(Num(3)); problem != "wants a text in quotes, not 3" {
			t.Errorf("%s: %q", f.Form(), problem)
		}
		if problem := f.Set(Text(strings.Repeat("x", 5000))); !strings.Contains(problem, "at most 4096") {
			t.Errorf("%s: %q", f.Form(), problem)
		}
	}
	if name != from {
		t.Errorf("%q and %q", name, from)
	}
	poem := ""
	f := Prose("text", &poem, 10, "")
	if problem := f.Set(Text("a\nb\n")); problem != "" || poem != "a\nb\n" || f.Form() != "prose" || f.Value().Str != poem {
		t.Errorf("%q, %q", problem, poem)
	}
	if problem := f.Set(Text("12345678901")); problem != "the text has 11 bytes; at most 10 are taken" || poem != "a\nb\n" {
		t.Errorf("%q", problem)
	}
	if problem := f.Set(List()); problem != "wants a text in quotes, not a list of 0" {
		t.Errorf("%q", problem)
	}
}
