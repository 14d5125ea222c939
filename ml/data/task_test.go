package data

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/tensor"
)

// answers are what is right, worked out from the text of a question and in
// another way than the tasks do it.
var answers = map[string]func(question string) string{
	"copy": func(q string) string { return q },
	"reverse": func(q string) (a string) {
		for _, r := range q {
			a = string(r) + a
		}
		return a
	},
	"sort": func(q string) (a string) {
		for r := 'a'; r <= 'z'; r++ {
			a += strings.Repeat(string(r), strings.Count(q, string(r)))
		}
		return a
	},
	"addition": func(q string) string {
		first, second, _ := strings.Cut(q, "+")
		a, _ := strconv.Atoi(first)
		b, _ := strconv.Atoi(second)
		return strconv.Itoa(a + b)
	},
	"parity": func(q string) string { return []string{"even", "odd"}[strings.Count(q, "1")%2] },
	"brackets": func(q string) string {
		for left := ""; left != q; {
			left = q
			q = strings.NewReplacer("()", "", "[]", "", "{}", "").Replace(q)
		}
		return map[bool]string{true: "balanced", false: "unbalanced"}[q == ""]
	},
}

func settings(t *testing.T, text string) []config.Member {
	t.Helper()
	v, err := config.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v.Members
}

// asAsked returns a sample's question and answer as text, and checks that it is
// laid out as its Layout says.
func asAsked(t *testing.T, m Meta, d Dataset, i int) (question, answer string) {
	t.Helper()
	x, y := make([]float32, m.X.Len()), make([]float32, m.Y.Len())
	d.Read(i, x, y)
	special := m.Text.Special()
	for _, v := range x {
		if v < 0 || int(v) >= m.Tokens {
			t.Fatalf("sample %d has the token %v of %d", i, v, m.Tokens)
		}
	}
	part := func(values []float32) (tokens []int) {
		for _, v := range values {
			if int(v) != special.Pad {
				tokens = append(tokens, int(v))
			}
		}
		return tokens
	}
	until := func(values []float32, end int) []float32 {
		if at := slices.Index(values, float32(end)); at >= 0 {
			return values[:at]
		}
		t.Fatalf("sample %d: no %d in %v", i, end, values)
		return nil
	}
	ignored := func(values []float32) {
		if slices.ContainsFunc(values, func(v float32) bool { return v != Ignore }) {
			t.Errorf("sample %d: labels %v that should not count", i, values)
		}
	}
	asked, right := x, []float32(nil)
	switch m.Layout.Kind {
	case "":
		answer = m.Classes[int(y[0])]
	case Answer:
		right = until(y, special.End)
		ignored(y[len(right)+1:])
	case Teacher:
		asked = x[:m.Layout.Question]
		right = until(y, special.End)
		ignored(y[len(right)+1:])
		if told := x[m.Layout.Question:]; told[0] != float32(special.Begin) || !slices.Equal(told[1:1+len(right)], right) || len(part(told)) != len(right)+1 {
			t.Errorf("sample %d: the answer %v is told as %v", i, right, told)
		}
	case NextToken:
		asked = until(x, special.Begin)
		ignored(y[:len(asked)])
		right = until(y[len(asked):], special.End)
		ignored(y[len(asked)+len(right)+1:])
		if told := x[len(asked)+1:]; !slices.Equal(told[:len(right)], right) || len(part(told)) != len(right) {
			t.Errorf("sample %d: the answer %v is told as %v", i, right, told)
		}
	case Masked:
		asked = until(x, special.Begin)
		ignored(y[:len(asked)+1])
		hidden := 0
		for j := len(asked) + 1; j < len(x) && int(x[j]) != special.Pad; j++ {
			right = append(right, x[j])
			if int(x[j]) == special.Mask {
				right[len(right)-1] = y[j]
				hidden++
			} else {
				ignored(y[j : j+1])
			}
		}
		if want := max(1, int(0.5*float64(len(right))+0.5)); hidden != want {
			t.Errorf("sample %d: %d of %d tokens are hidden, want %d", i, hidden, len(right), want)
		}
		ignored(y[len(asked)+1+len(right):])
	}
	tokens := part(asked)
	if m.Layout.Kind != NextToken && m.Layout.Kind != Masked && slices.Contains(asked[len(asked)-len(tokens):], float32(special.Pad)) {
		t.Errorf("sample %d: the question does not end where its place does: %v", i, asked)
	}
	if m.Layout.Backwards {
		slices.Reverse(tokens)
	}
	if answer == "" {
		answer = m.Text.Decode(part(right))
	}
	return m.Text.Decode(tokens), answer
}

// Every task asks different questions, none both in training and in the test,
// and every answer is right, whatever the layout.
func TestTasks(t *testing.T) {
	layouts := []string{Teacher, NextToken, Answer, Masked}
	for _, c := range []struct {
		task, settings string
		layouts        []string
		longest        [2]int // question, and answer with End
	}{
		{"copy", `"samples": 300, "test_samples": 100`, layouts, [2]int{8, 9}},
		{"reverse", `"samples": 500, "test_samples": 100, "min_length": 2, "max_length": 12, "alphabet": 26`, layouts, [2]int{12, 13}},
		{"reverse", `"samples": 100, "test_samples": 20, "min_length": 1, "max_length": 4, "alphabet": 3`, layouts, [2]int{4, 5}}, // all there are
		{"sort", `"samples": 300, "test_samples": 100, "min_length": 5, "max_length": 5`, layouts, [2]int{5, 6}},
		{"addition", `"samples": 4550, "test_samples": 500`, layouts, [2]int{5, 4}}, // all there are
		{"addition", `"samples": 600, "test_samples": 300, "digits": 4, "reversed": true`, layouts, [2]int{9, 6}},
		{"parity", `"samples": 1000, "test_samples": 100, "max_length": 20`, []string{""}, [2]int{20, 1}},
		{"brackets", `"samples": 1000, "test_samples": 101`, []string{""}, [2]int{16, 1}},
		{"brackets", `"samples": 30, "test_samples": 14, "max_length": 9, "kinds": 1`, []string{""}, [2]int{8, 1}},
		{"brackets", `"samples": 100, "test_samples": 50, "max_length": 6, "kinds": 3`, []string{""}, [2]int{6, 1}},
	} {
		for _, layout := range c.layouts {
			t.Run(fmt.Sprint(c.task, " ", layout, " ", c.settings), func(t *testing.T) {
				info, _ := Lookup(c.task)
				text := "{" + c.settings + "}"
				if layout != "" {
					text = `{"layout": "` + layout + `", ` + c.settings + "}"
				}
				set := open(t, info, 7, settings(t, text)...)
				m := set.Meta
				if m.Layout.Kind != layout || m.Train != set.Train.Len() || m.Test != set.Test.Len() || m.Tokens != len(m.Text.Vocabulary()) {
					t.Fatalf("meta %+v", m)
				}
				wantX, wantY := c.longest[0], c.longest[1]
				switch layout {
				case Teacher:
					wantX += c.longest[1]
				case NextToken, Masked:
					wantX += c.longest[1]
					wantY = wantX
				}
				if !m.X.Equal(tensor.Shape{wantX}) || !m.Y.Equal(tensor.Shape{wantY}) {
					t.Errorf("samples of %v and %v, want %d and %d", m.X, m.Y, wantX, wantY)
				}
				seen, lengths, right := map[string]bool{}, map[int]int{}, map[string]int{}
				for _, d := range []Dataset{set.Train, set.Test} {
					for i := range d.Len() {
						question, answer := asAsked(t, m, d, i)
						if want := answers[c.task](question); answer != want {
							t.Fatalf("the answer to %s is %s, want %s", question, answer, want)
						}
						if first, second, sum := strings.Cut(question, "+"); sum && seen[second+"+"+first] {
							t.Errorf("%s was asked the other way round", question)
						}
						if seen[question] {
							t.Errorf("%s is asked twice", question)
						}
						seen[question] = true
						lengths[len(question)]++
						right[answer]++
					}
				}
				if layout == "" && (len(right) != 2 || c.task == "brackets" && abs(right["balanced"]-right["unbalanced"]) > 1) {
					t.Errorf("the classes have %v", right)
				}
				if want := slices.Max(slices.Collect(maps.Keys(lengths))); want != c.longest[0] {
					t.Errorf("the longest question has %d signs, want %d", want, c.longest[0])
				}
			})
		}
	}
}

func abs(i int) int { return max(i, -i) }

// Every pair is asked for once, in training or in the test.
func TestModularAddition(t *testing.T) {
	info, _ := Lookup("modular_addition")
	set := open(t, info, 3, settings(t, `{"p": 7, "train_percent": 30}`)...)
	m := set.Meta
	if m.Train != 14 || m.Test != 35 || !m.X.Equal(tensor.Shape{3}) || !m.Y.Equal(tensor.Shape{1}) || m.Tokens != 8 || m.Classes[7] != "=" || m.Layout.Kind != NextOne {
		t.Errorf("meta %+v", m)
	}
	if got := m.Text.Encode(nil, "5 + 6 ="); !slices.Equal(got, []int{5, 6, 7}) {
		t.Errorf("5 + 6 = is %v", got)
	}
	seen := map[[2]float32]bool{}
	var x [3]float32
	var y [1]float32
	for _, d := range []Dataset{set.Train, set.Test} {
		for i := range d.Len() {
			d.Read(i, x[:], y[:])
			if seen[[2]float32{x[0], x[1]}] = true; x[2] != 7 || int(x[0]+x[1])%7 != int(y[0]) || x[0] > 6 || x[1] > 6 {
				t.Errorf("%v is %v", x, y)
			}
		}
	}
	if len(seen) != 49 {
		t.Errorf("%d pairs of 49", len(seen))
	}
}

// What cannot be drawn is said before it is tried.
func TestTaskProblems(t *testing.T) {
	for _, c := range []struct{ task, settings, want string }{
		{"copy", `{"min_length": 1, "max_length": 2, "alphabet": 3, "samples": 10, "test_samples": 10}`, "data.source.samples: with these settings there are 12 different questions, and 20 are to be drawn"},
		{"sort", `{"min_length": 9, "max_length": 2}`, "data.source.max_length: the longest question, 2, is shorter than the shortest, 9"},
		{"addition", `{"digits": 1, "samples": 50, "test_samples": 10}`, "there are 55 different questions, and 60"},
		{"addition", `{"samples": 5000, "test_samples": 51}`, "there are 5,050 different questions, and 5,051"},
		{"parity", `{"max_length": 6, "samples": 200, "test_samples": 20}`, "there are 126 different questions"},
		{"parity", `{"min_length": 60, "max_length": 6}`, "is shorter than the shortest"},
		{"brackets", `{"kinds": 1, "max_length": 6, "samples": 10, "test_samples": 10}`, "there are 16 different questions, and 20"}, // 1 + 2 + 5 are balanced
		{"modular_addition", `{"p": 5, "train_percent": 2}`, "data.source.train_percent: 2 % of the 25 pairs"},
	} {
		info, _ := Lookup(c.task)
		source := info.New()
		var errs config.Errors
		config.Decode(config.Obj(settings(t, c.settings)...), source.Fields(), "", "", &errs)
		if err := errs.Err(); err != nil {
			t.Fatal(err)
		}
		if err := source.(Checker).Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of %s: %v, want %q", c.task, c.settings, err, c.want)
		}
		if _, err := source.Open(1, nil, nil); err == nil {
			t.Errorf("%s of %s is drawn", c.task, c.settings)
		}
	}
}

// The counts of balanced rows, and that each is as likely.
func TestNested(t *testing.T) {
	for n, want := range []float64{1, 1, 2, 5, 14, 42, 132, 429, 1430} {
		count := 0.0
		nest(make([]int, 2*n), 0, nil, 1, func(row []int) {
			if !closes(row) {
				t.Errorf("%v is not balanced", row)
			}
			count++
		})
		if catalan(n) != want || count != want {
			t.Errorf("there are %v and %v balanced rows of %d pairs, want %v", catalan(n), count, n, want)
		}
	}
	const draws = 14 * 1000
	seen := map[string]int{}
	for i := range draws {
		seen[fmt.Sprint(nested(tensor.NewStream(uint64(i), "nested"), 8, 1))]++
	}
	for row, n := range seen {
		if n < 850 || n > 1150 { // 1,000 expected, standard deviation 30
			t.Errorf("%s is drawn %d times of %d", row, n, draws)
		}
	}
	if len(seen) != 14 {
		t.Errorf("%d different rows, want 14", len(seen))
	}
}

// A task's samples are read without allocating.
func TestTasksReadWithoutAllocating(t *testing.T) {
	for _, layout := range []string{Teacher, NextToken, Answer, Masked} {
		info, _ := Lookup("reverse")
		set := open(t, info, 1, settings(t, `{"samples": 20, "test_samples": 10, "layout": "`+layout+`"}`)...)
		x, y := make([]float32, set.Meta.X.Len()), make([]float32, set.Meta.Y.Len())
		if n := testing.AllocsPerRun(50, func() { set.Train.Read(3, x, y) }); n != 0 {
			t.Errorf("%s: %v allocations", layout, n)
		}
	}
}
