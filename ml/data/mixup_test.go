package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/tensor"
)

// The shares have the moments of Beta(a, a): mean 1/2, variance 1/(4(2a+1)),
// and lie on either side of a half as often.
func TestBetaMoments(t *testing.T) {
	const n = 40000
	for _, a := range []float64{0.01, 0.2, 0.5, 1, 2, 8, 100} {
		sum, square, fourth, below := 0.0, 0.0, 0.0, 0
		for i := range uint64(n) {
			v := beta(tensor.NewStream(3, "beta").Fork(i), a)
			if !(v >= 0 && v <= 1) {
				t.Fatalf("Beta(%v, %v) gives %v", a, a, v)
			}
			d := v - 0.5
			sum, square, fourth = sum+d, square+d*d, fourth+d*d*d*d
			if v < 0.5 {
				below++
			}
		}
		variance := 1 / (4 * (2*a + 1))
		kurtosis := 3 - 6/(2*a+3)
		if mean := sum / n; math.Abs(mean) > 4*math.Sqrt(variance/n) {
			t.Errorf("Beta(%v, %v) strays from its mean by %v", a, a, mean)
		}
		if got := square / n; math.Abs(got/variance-1) > 4*math.Sqrt((kurtosis-1)/n)+1e-9 {
			t.Errorf("Beta(%v, %v) has the variance %v, want %v", a, a, got, variance)
		}
		if got := fourth / n / variance / variance; math.Abs(got-kurtosis) > 0.1 {
			t.Errorf("Beta(%v, %v) has the kurtosis %v, want %v", a, a, got, kurtosis)
		}
		if math.Abs(float64(below)/n-0.5) > 0.01 {
			t.Errorf("Beta(%v, %v) is below a half %d times of %d", a, a, below, n)
		}
	}
}

// What is drawn is the same on every target.
func TestBetaIsFixed(t *testing.T) {
	partner, share := (&mixup{alpha: 0.9}).Mix(tensor.NewStream(1, "mixup").Fork(2).Fork(3), 100)
	if wantPartner, want := 2, 0.90198314; partner != wantPartner || math.Abs(float64(share)-want) > 1e-7 {
		t.Errorf("sample %d keeps %v, want %d and %v", partner, share, wantPartner, want)
	}
}

func mixing(t *testing.T, in Form, raw Dataset, steps ...Step) *Training {
	t.Helper()
	a, err := NewAugmenter(in, []Augmentation{&noise{amount: 1}, &mixup{alpha: 1}}, 9)
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPipeline(in, steps)
	if err != nil {
		t.Fatal(err)
	}
	p.Fit(raw)
	return NewTraining(raw, a, p)
}

// A mixed sample is the weighted sum of two that were augmented and prepared;
// values are mixed with them and class indices are not.
func TestMixup(t *testing.T) {
	in := Form{Shape: tensor.Shape{1}, Target: tensor.Shape{1}, Range: [2]float64{0, 30}}
	mixed := mixing(t, in, sorted30(), newStep(t, "scale", `{"factor": 0.5}`))
	a := &Augmenter{list: mixed.a.list, form: in, stream: mixed.a.stream}
	a.scratch.New = func() any { s := make([]float32, 1); return &s }
	plain := NewTraining(sorted30(), a, mixed.p)
	partners := map[int]bool{}
	for step := range uint64(4) {
		for i := range 30 {
			partner, share := mixed.a.mixer.Mix(mixed.a.mixing.Fork(step).Fork(uint64(i)), 30)
			partners[partner] = true
			var x, y, mix, a, b, own, other, values [2]float32
			mixed.Read(step, i, x[:1], y[:1], mix[:])
			plain.Read(step, i, a[:1], own[:1], nil)
			plain.Read(step, partner, b[:1], other[:1], nil)
			if want := share*a[0] + (1-share)*b[0]; math.Abs(float64(x[0]-want)) > 1e-5 {
				t.Fatalf("%v and %v mix to %v, want %v", a[0], b[0], x[0], want)
			}
			if y[0] != own[0] || mix != [2]float32{other[0], share} {
				t.Fatalf("the labels are %v and %v, want %v and %v", y[0], mix, own[0], other[0])
			}
			mixed.Read(step, i, x[:1], values[:1], nil)
			if want := share*own[0] + (1-share)*other[0]; math.Abs(float64(values[0]-want)) > 1e-6 {
				t.Fatalf("the values %v and %v mix to %v, want %v", own[0], other[0], values[0], want)
			}
		}
	}
	if len(partners) < 25 {
		t.Errorf("only %d of 30 samples were partners", len(partners))
	}
	var x, y, mix [2]float32
	if n := testing.AllocsPerRun(100, func() { mixed.Read(3, 4, x[:1], y[:1], mix[:]) }); n != 0 {
		t.Errorf("%v allocations a sample", n)
	}
}

func TestMixupProblems(t *testing.T) {
	in := Form{Shape: tensor.Shape{2}, Target: tensor.Shape{1}}
	for _, c := range []struct {
		tokens int
		list   []Augmentation
		want   string
	}{
		{0, []Augmentation{&mixup{}, &mixup{}}, "keep one mixup"},
		{7, []Augmentation{&mixup{}}, "the numbers of tokens"},
	} {
		in.Tokens = c.tokens
		_, err := NewAugmenter(in, c.list, 1)
		if at, ok := err.(*StepError); !ok || at.Step != len(c.list)-1 || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if _, err := NewPipeline(in, []Step{newStep(t, "scale", `{}`)}); err == nil || !strings.Contains(err.Error(), "the numbers of tokens") {
		t.Errorf("tokens are scaled: %v", err)
	}
	if !slices.Contains(AugmentationTypes(), "mixup") {
		t.Error("the catalogue has no mixup")
	}
}
