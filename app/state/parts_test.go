package state

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"descent/app/language"
	"descent/ml/config"
	"descent/ml/session"
)

func TestLink(t *testing.T) {
	text := preset(t, "keras-convnet")
	link := Link(text)
	if !IsLink("#"+link) || len(link) > 1000 {
		t.Errorf("the link has %d characters: %s", len(link), link)
	}
	back, err := OpenLink("#" + link)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := config.Parse([]byte(text))
	b, err := config.Parse([]byte(back))
	if err != nil || string(a.Append(nil, "")) != string(b.Append(nil, "")) {
		t.Errorf("the link brings back %s (%v)", back, err)
	}
	bomb := Link(strings.Repeat(" ", 2*maxLinkText))
	for name, bad := range map[string]string{
		"cut short": link[:len(link)/2], "no base64": "v1=???", "no deflate": "v1=AAAA",
		"too long": "v1=" + strings.Repeat("A", maxLink+1), "inflates": bomb,
	} {
		if text, err := OpenLink(bad); err == nil {
			t.Errorf("%s: opened as %d bytes", name, len(text))
		}
	}
}

func FuzzOpenLink(f *testing.F) {
	f.Add(Link("{}"))
	f.Add("v1=")
	f.Fuzz(func(t *testing.T, fragment string) {
		if text, err := OpenLink(fragment); err == nil && len(text) > 8*maxLinkText {
			t.Errorf("a link of %d characters holds %d bytes", len(fragment), len(text))
		}
	})
}

// Steps that were measured one by one come as far apart as those that follow, and as their means.
func TestCurveBegins(t *testing.T) {
	for _, every := range []int{1, 6, 11, 20, 300} {
		var c Curve
		for step := 1; step <= 20; step++ {
			c.Add(session.Point{Step: step, Epoch: float64(step) / 100, Loss: 20 - float64(step)})
		}
		if len(c.Points) != 20 {
			t.Fatalf("%d points of the first 20 steps", len(c.Points))
		}
		for step := 21; step <= 20+10*every; step++ {
			if step%every == 0 {
				c.Add(session.Point{Step: step, Epoch: float64(step) / 100})
			}
		}
		first := 0
		for _, p := range c.Points {
			if p.Step <= 20 {
				first++
			}
		}
		if want := (20 + every - 1) / every; first != want {
			t.Errorf("every %d steps, the first 20 are %d points, want %d", every, first, want)
		}
		p := c.Points[0]
		if last := min(every, 20); p.Step != last || math.Abs(p.Loss-(20-float64(1+last)/2)) > 1e-9 {
			t.Errorf("every %d steps, the first point is %+v", every, p)
		}
	}
}

// Between two measurements, the one before counts.
func TestCurveAt(t *testing.T) {
	c := Curve{Points: []session.Point{{Step: 10, Epoch: 1}, {Step: 20, Epoch: 2}, {Step: 30, Epoch: 3}}}
	s := New("p", "{}")
	for epoch, want := range map[float64]int{0.5: 0, 1: 10, 1.9: 10, 2: 20, 7: 30} {
		if p, ok := s.At(&c, epoch); p.Step != want || ok != (want > 0) {
			t.Errorf("at epoch %v it is step %d (%v), want %d", epoch, p.Step, ok, want)
		}
	}
}

func TestCurve(t *testing.T) {
	var c Curve
	for step := 1; step <= 10000; step++ {
		c.Add(session.Point{Step: step, Loss: 1 / float64(step)})
		if len(c.Points) > maxPoints {
			t.Fatalf("the curve has %d points", len(c.Points))
		}
	}
	if last, ok := c.Last(); !ok || last.Step != 10000 {
		t.Errorf("the last point is %+v", last)
	}
	for i := 1; i < len(c.Points); i++ {
		if c.Points[i].Step <= c.Points[i-1].Step {
			t.Fatalf("points %d and %d are out of order", i-1, i)
		}
	}
	if rows := c.Rows(25); len(rows) == 0 || len(rows) > 25 || rows[0].Step != 10000 {
		t.Errorf("the table has %d rows", len(rows))
	}
}

// The ink of a digit has MNIST's size and place, wherever on the pad and however large it was drawn.
func TestInk(t *testing.T) {
	for name, stroke := range map[string][]Spot{
		"small, in a corner": {{0.1, 0.1}, {0.15, 0.3}},
		"large":              {{0.1, 0.05}, {0.9, 0.95}},
		"a line down":        {{0.5, 0.1}, {0.5, 0.9}},
		"a dot":              {{0.8, 0.8}},
	} {
		image := ink([][]Spot{stroke})
		var sum, x, y float64
		top, bottom := Side, 0
		for i, v := range image {
			sum += float64(v)
			x += float64(v) * (float64(i%Side) + 0.5)
			y += float64(v) * (float64(i/Side) + 0.5)
			if v > 128 {
				top, bottom = min(top, i/Side), max(bottom, i/Side)
			}
		}
		if sum == 0 || math.Abs(x/sum-Side/2) > 0.5 || math.Abs(y/sum-Side/2) > 0.5 {
			t.Errorf("%s: the centre of the ink is at %.1f, %.1f", name, x/sum, y/sum)
		}
		if height := bottom - top + 1; name != "a dot" && (height < 17 || height > 21) {
			t.Errorf("%s: it is %d pixels high, want about 20", name, height)
		}
	}
}

// One question about the pad is on its way at a time; what was drawn meanwhile is asked after the answer.
func TestPadAsks(t *testing.T) {
	s := New("", preset(t, "keras-convnet"))
	hello(t, s)
	loaded(s)
	first := s.Apply(NewLine{Spot{0.5, 0.1}})
	if names(first) != "predict" || len(first[0].Predict.Input) != Side*Side {
		t.Fatalf("a stroke is followed by %q", names(first))
	}
	if got := names(s.Apply(Draw{[]Spot{{0.5, 0.1}, {0.5, 0.9}}})); got != "" {
		t.Errorf("while a question is on its way: %q", got)
	}
	answer := session.Event{Prediction: &session.Prediction{Values: make([]float64, 10)}}
	if got := names(s.Reduce(answer)); got != "predict" {
		t.Errorf("after the answer: %q", got)
	}
	if got := names(s.Reduce(answer)); got != "" {
		t.Errorf("after the second answer: %q", got)
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Running, Step: 10}})
	if got := names(s.Again()); got != "predict" {
		t.Errorf("after more training: %q", got)
	}
	s.Apply(ClearPad{})
	if !s.Pad.Empty() || names(s.Again()) != "" {
		t.Error("a cleared pad is still asked about")
	}
}

func TestNumbers(t *testing.T) {
	for got, want := range map[string]string{
		Count(0): "0", Count(999): "999", Count(1234567): "1,234,567", Count(-1500): "-1,500",
		Loss(2.302585): "2.303", Loss(0.0123456): "0.0123", Loss(123.456): "123.5", Loss(0.00001): "1.00e-05",
		Loss(math.NaN()): "NaN", Loss(math.Inf(1)): "∞", Percent(0.9876): "98.8 %",
		Rate(12.34): "12.3", Rate(1234.5): "1,235", Megabytes(11_292_263): "11.3 MB", Sure(0.846): "85 %", Sure(0.996): ">99 %", Memory(512): "512 B",
		Memory(17_200): "17.2 kB", Operations(4_900_000): "4.9 M", Shape([]int{28, 28, 1}): "28×28×1",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	s := New("", "{}")
	for seconds, want := range map[float64]string{0.4: "1 s", 59: "59 s", 150: "3 min", 4800: "1 h 20 min"} {
		if got := s.Duration(seconds); got != want {
			t.Errorf("%v s is written %q, want %q", seconds, got, want)
		}
	}
	s.Apply(Speak{language.Chinese})
	if got := s.Duration(30); got != "30 秒" {
		t.Errorf("in Chinese: %q", got)
	}
}

// A document that makes a link which nobody could open again is not made one.
func TestLinkable(t *testing.T) {
	if !Linkable(`{"name": "small"}`) {
		t.Error("a small document does not fit into a link")
	}
	var noise strings.Builder
	for i := range 40000 {
		noise.WriteString(strconv.Itoa(i * i * 7919))
	}
	long := `{"name": "` + noise.String() + `"}`
	if Linkable(long) {
		t.Error("a document fits into a link that is too long to be opened")
	}
	if _, err := OpenLink("#" + Link(long)); err == nil {
		t.Error("such a link can be opened")
	}
}
