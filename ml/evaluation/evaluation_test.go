package evaluation

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"descent/ml/tensor"
)

type golden struct {
	Classes []struct {
		N, Classes int
		P          []float32
		Truth      []int
		Bins       [][3]float64
		ECE        float64
		LogLoss    float64 `json:"log_loss"`
		Curves     []struct {
			AUC, AP    float64
			Points, At [][2]int
		}
	}
	Values []struct {
		N, Width       int
		Told, Answered []float32
		MSE            float64
		Mean, SD       []float64
		Histograms     [][]int
		Order          []int
		Constant       struct {
			Means        []float64
			MSE, MAE, R2 float64
		}
	}
}

func read(t *testing.T) (g golden) {
	t.Helper()
	text, err := os.ReadFile("testdata/golden.json")
	if err == nil {
		err = json.Unmarshal(text, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func chosen(p []float32, truth []int, classes int) *Outputs {
	o := &Outputs{Classes: classes, Single: true, Width: classes}
	for i, t := range truth {
		o.Decide(i, t, p[i*classes:(i+1)*classes])
		o.Count++
	}
	return o
}

func TestAgainstNumpy(t *testing.T) {
	g := read(t)
	for _, c := range g.Classes {
		o := chosen(c.P, c.Truth, c.Classes)
		cal := o.Calibrate()
		near(t, "the calibration error", cal.Error, c.ECE)
		for i, b := range cal.Bins {
			if b.Count != int(c.Bins[i][0]) {
				t.Errorf("bin %d has %d, want %v", i, b.Count, c.Bins[i][0])
			}
			near(t, "sure", b.Sure, c.Bins[i][1])
			near(t, "accuracy", b.Accuracy, c.Bins[i][2])
		}
		near(t, "log loss", o.More()["log_loss"], c.LogLoss)
		for k, want := range c.Curves {
			got, ok := o.Trace(k)
			if !ok {
				t.Fatalf("class %d has no curve", k)
			}
			near(t, "the area", got.Area, want.AUC)
			near(t, "average precision", got.Precision, want.AP)
			for i, p := range want.Points {
				if got.Hits[i] != p[0] || got.Alarms[i] != p[1] {
					t.Errorf("point %d is %d, %d, want %v", i, got.Hits[i], got.Alarms[i], p)
				}
			}
			for i, p := range want.At {
				if got.At[i].Hits != p[0] || got.At[i].Alarms != p[1] {
					t.Errorf("above %d %%: %v, want %v", i, got.At[i], p)
				}
			}
		}
	}
	for _, v := range g.Values {
		o := &Outputs{Single: true, Width: v.Width}
		for i := range v.N {
			o.Tell(i, v.Answered[i*v.Width:(i+1)*v.Width], v.Told[i*v.Width:(i+1)*v.Width])
		}
		near(t, "mse", o.More()["mse"], v.MSE)
		if got := o.Order(ByMistake, 0, 0); !slices.Equal(got, v.Order) {
			t.Errorf("the farthest off are %v, want %v", got, v.Order)
		}
		for k := range v.Width {
			r, ok := o.Residuals(k)
			if !ok || r.Count != v.N || len(r.Answered) != v.N {
				t.Fatalf("residuals %+v", r)
			}
			near(t, "the mean residual", r.Mean, v.Mean[k])
			near(t, "the residuals' deviation", r.SD, v.SD[k])
			if !slices.Equal(r.Histogram[:], v.Histograms[k]) {
				t.Errorf("histogram %v, want %v", r.Histogram, v.Histograms[k])
			}
		}
		got := Constant{Means: v.Constant.Means}.Measure(o, 0)
		near(t, "a constant's mse", got["mse"], v.Constant.MSE)
		near(t, "a constant's mae", got["mae"], v.Constant.MAE)
		near(t, "a constant's R²", got["r2"], v.Constant.R2)
	}
}

// Newcombe's examples (Statistics in Medicine 17, 1998, table I, method 3).
func TestShare(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		got := Share(c.k, c.n)
		if math.Abs(got.Low-c.low) > 5e-5 || math.Abs(got.High-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, got.Low, got.High, c.low, c.high)
		}
	}
	if Share(0, 0).Known() {
		t.Error("no samples have an interval")
	}
	if all := Share(20, 20); all.High != 1 || all.Low > 0.84 || all.Low < 0.83 {
		t.Errorf("20 of 20: %v", all)
	}
}

// The limits of an area are as far from it as the deviation allows that Hanley
// and McNeil (1982) give an area there, with N samples of each kind in their
// brackets; and an interval has a length, however few samples there are.
func TestArea(t *testing.T) {
	for _, c := range []struct {
		area  float64
		p, n  int
		known bool
	}{{0.893, 51, 58, true}, {0.5, 10, 200, true}, {0.7, 3, 2, true}, {1, 1, 1, true}, {1, 15, 30, true}, {0, 4, 9, true},
		{0.5, 0, 4, false}, {0.5, 4, 0, false}, {math.NaN(), 4, 4, false}} {
		i := Area(c.area, c.p, c.n)
		if i.Known() != c.known {
			t.Errorf("%+v: %+v", c, i)
			continue
		}
		if !c.known {
			continue
		}
		for _, limit := range []float64{i.Low, i.High} {
			q1, q2, more := limit/(2-limit), 2*limit*limit/(1+limit), float64(c.p+c.n)/2-1
			se := math.Sqrt(max(0, limit*(1-limit)+more*(q1-limit*limit)+more*(q2-limit*limit)) / float64(c.p*c.n))
			if math.Abs(math.Abs(c.area-limit)-z*se) > 1e-6 {
				t.Errorf("%+v: the limit %v is %v away, and the deviation there is %v", c, limit, math.Abs(c.area-limit), se)
			}
		}
		if !(i.Low >= 0 && i.High <= 1 && i.High-i.Low > 0.05) || i.Low > c.area || i.High < c.area {
			t.Errorf("%+v: %+v", c, i)
		}
	}
	if few, many := Area(1, 2, 4), Area(1, 200, 400); !(few.High-few.Low > 4*(many.High-many.Low)) {
		t.Errorf("%+v with six samples, %+v with 600", few, many)
	}
}

// Of samples that are drawn from two normal distributions a distance of 1
// apart, whose area is Φ(1/√2), about 95 of 100 intervals hold that.
func TestAreaHolds(t *testing.T) {
	const p, n, times = 8, 12, 2000
	truth := 0.5 * (1 + math.Erf(1/math.Sqrt2/math.Sqrt2))
	s := tensor.NewStream(4, "areas")
	held := 0
	for d := range times {
		fork, wins := s.Fork(uint64(d)), 0
		for i := range p {
			for j := range n {
				if fork.Normal(uint64(i))+1 > fork.Normal(uint64(p+j)) {
					wins++
				}
			}
		}
		if i := Area(float64(wins)/(p*n), p, n); i.Low <= truth && truth <= i.High {
			held++
		}
	}
	if share := float64(held) / times; share < 0.93 || share > 0.98 {
		t.Errorf("%v of the intervals hold the area", share)
	}
}

// The mean of several areas lies between the means of their limits; a class
// without an area is left out.
func TestAreas(t *testing.T) {
	a, b := Area(1, 3, 6), Area(0.8, 4, 5)
	got := Areas([]AreaOf{{1, 3, 6}, {math.NaN(), 0, 9}, {0.8, 4, 5}})
	near(t, "low", got.Low, (a.Low+b.Low)/2)
	near(t, "high", got.High, (a.High+b.High)/2)
	if Areas([]AreaOf{{math.NaN(), 0, 9}}).Known() {
		t.Error("no area has an interval")
	}
}

// Samples drawn anew say of a mean what its standard deviation says, and the
// same seed says the same.
func TestResampling(t *testing.T) {
	const n = 400
	s := tensor.NewStream(9, "resampling")
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = s.Normal(uint64(i))
	}
	draw := func(seed uint64) Interval {
		return resample(seed, n, 1, func(drawn []int32, now []float64) {
			now[0] = 0
			for _, d := range drawn {
				now[0] += xs[d] / n
			}
		})[0]
	}
	_, want := Mean(xs)
	got := draw(1)
	if math.Abs(got.Low-want.Low) > 0.02 || math.Abs(got.High-want.High) > 0.02 {
		t.Errorf("%v by drawing, %v by the deviation", got, want)
	}
	if again := draw(1); again != got {
		t.Errorf("%v, and then %v", got, again)
	}
	if other := draw(2); other == got {
		t.Error("another seed draws the same")
	}
	if resample(1, n, 1, func(_ []int32, now []float64) { now[0] = math.NaN() })[0].Known() {
		t.Error("what is not a number has an interval")
	}
}

func TestOrder(t *testing.T) {
	o := chosen([]float32{
		0.9, 0.1, // right
		0.2, 0.8, // wrong, sure
		0.6, 0.4, // right, unsure
		0.55, 0.45, // wrong, unsure
		0.3, 0.7, // right
	}, []int{0, 0, 0, 1, 1}, 2)
	for _, c := range []struct {
		order        string
		right, guess int
		want         []int
	}{
		{ByMistake, 0, 0, []int{1, 3}},
		{ByDoubt, 0, 0, []int{3, 2, 4, 1, 0}},
		{InCell, 0, 0, []int{0, 2}},
		{InCell, 0, 1, []int{1}},
		{InCell, 1, 0, []int{3}},
		{InOrder, 0, 0, []int{0, 1, 2, 3, 4}},
	} {
		if got := o.Order(c.order, c.right, c.guess); !slices.Equal(got, c.want) {
			t.Errorf("%s %d %d: %v, want %v", c.order, c.right, c.guess, got, c.want)
		}
	}
	if want := []int{2, 1, 1, 1}; !slices.Equal(o.Confusion(), want) {
		t.Errorf("confusion %v, want %v", o.Confusion(), want)
	}
	if got, want := Macro(o.Confusion(), 2), [3]float64{(2./3 + 1./2) / 2, (2./3 + 1./2) / 2, (2./3 + 1./2) / 2}; math.Abs(got[0]-want[0])+math.Abs(got[1]-want[1])+math.Abs(got[2]-want[2]) > 1e-12 {
		t.Errorf("macro %v, want %v", got, want)
	}
}

func TestConstantOfClasses(t *testing.T) {
	c := Prior([]int{5, 2, 0}) // 6/10, 3/10, 1/10
	o := chosen(make([]float32, 12), []int{0, 0, 1, 2}, 3)
	got := c.Measure(o, 2)
	near(t, "accuracy", got["accuracy"], 0.5)
	near(t, "top_k", got["top_k"], 0.75)
	near(t, "log loss", got["log_loss"], -(2*math.Log(0.6)+math.Log(0.3)+math.Log(0.1))/4)
	near(t, "recall", got["recall"], 1./3)
	near(t, "precision", got["precision"], 0.5/3)
}

// The intervals are around the figures, and of the kind that fits each.
func TestIntervals(t *testing.T) {
	g := read(t).Classes[1]
	o := chosen(g.P, g.Truth, 2)
	correct := 0
	for i := range o.Truth {
		if o.Truth[i] == o.Guess[i] {
			correct++
		}
	}
	macro := Macro(o.Confusion(), 2)
	values := map[string]float64{"accuracy": float64(correct) / float64(g.N), "precision": macro[0], "recall": macro[1], "f1": macro[2],
		"log_loss": g.LogLoss, "roc_auc": g.Curves[1].AUC, "perplexity": math.Exp(g.LogLoss)}
	got := o.Intervals(Measured{Values: values, Decisions: g.N, Correct: correct}, 1)
	for name, method := range map[string]string{"accuracy": Wilson, "precision": Bootstrap, "recall": Bootstrap, "f1": Bootstrap,
		"log_loss": Normal, "roc_auc": Newcombe, "perplexity": Normal} {
		i, ok := got[name]
		if !ok || i.Method != method || !(i.Low < values[name] && values[name] < i.High) {
			t.Errorf("%s of %v: %+v", name, values[name], i)
		}
	}
	v := read(t).Values[0]
	r := &Outputs{Single: true, Width: 1}
	for i := range v.N {
		r.Tell(i, v.Answered[i:i+1], v.Told[i:i+1])
	}
	got = r.Intervals(Measured{}, 1)
	for _, name := range []string{"mse", "rmse", "mae", "r2"} {
		if i := got[name]; !i.Known() || !(i.Low < i.High) {
			t.Errorf("%s: %+v", name, i)
		}
	}
	if i := got["mse"]; !(i.Low < v.MSE && v.MSE < i.High) {
		t.Errorf("mse of %v: %+v", v.MSE, i)
	}
}

// What has no room is left out, and said to be.
func TestRoom(t *testing.T) {
	const classes = 1 << 12
	o := &Outputs{Classes: classes, Single: true, Width: classes}
	p := make([]float32, classes)
	for i := range MaxAnswers/classes + 3 {
		o.Decide(i, 0, p)
	}
	if !o.Cut || len(o.Answers) != MaxAnswers || len(o.Truth) != MaxAnswers/classes+3 || o.Answer(MaxAnswers/classes) != nil {
		t.Errorf("cut %v, %d answers, %d decisions", o.Cut, len(o.Answers), len(o.Truth))
	}
	if o.Confusion() != nil {
		t.Error("a matrix of 4096 classes")
	}
	if len(o.Order(ByDoubt, 0, 0)) != len(o.Truth) {
		t.Error("decisions are lost")
	}
}

func TestThinning(t *testing.T) {
	const n = 1000
	o := &Outputs{Classes: 2, Single: true, Width: 2}
	for i := range n {
		p := float32(i) / n
		o.Decide(i, i%2, []float32{1 - p, p})
	}
	c, ok := o.Trace(1)
	if !ok || len(c.Hits) != maxPoints || c.Hits[0]+c.Alarms[0] != 0 || c.Hits[maxPoints-1] != n/2 || c.Alarms[maxPoints-1] != n/2 {
		t.Errorf("%d points, the last %d and %d", len(c.Hits), c.Hits[len(c.Hits)-1], c.Alarms[len(c.Alarms)-1])
	}
	if _, ok := o.Trace(2); ok {
		t.Error("a class that is not there has a curve")
	}
}
