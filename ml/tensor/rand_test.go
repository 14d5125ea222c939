package tensor

import (
	"math"
	"testing"
)

// Known answers published with Random123 (kat_vectors, philox4x32 10 rounds).
func TestPhiloxKnownAnswers(t *testing.T) {
	for _, c := range []struct {
		ctr  [4]uint32
		key  [2]uint32
		want [4]uint32
	}{
		{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox(c.ctr, c.key); got != c.want {
			t.Errorf("philox(%x, %x) = %x, want %x", c.ctr, c.key, got, c.want)
		}
	}
}

func TestStreamIsAddressedByIndex(t *testing.T) {
	s := NewStream(7, "conv1.weight")
	whole := make([]float32, 103)
	s.FillUniform(whole, 0, 0, 1)
	for i, v := range whole {
		if got := s.Uniform(uint64(i)); got != v {
			t.Fatalf("Uniform(%d) = %v, filled %v", i, got, v)
		}
	}
	part := make([]float32, 50)
	s.FillUniform(part, 37, 0, 1)
	for i, v := range part {
		if v != whole[37+i] {
			t.Fatalf("part[%d] = %v, want %v", i, v, whole[37+i])
		}
	}
	if NewStream(7, "a").Uint32(0) == NewStream(7, "b").Uint32(0) {
		t.Error("streams of different names start alike")
	}
	if s.Fork(0) == s.Fork(1) || s.Fork(0) == s {
		t.Error("forks are not streams of their own")
	}
}

func TestMoments(t *testing.T) {
	const n = 100000
	s := NewStream(1, "moments")
	var mu, mn, vu, vn float64
	for i := uint64(0); i < n; i++ {
		u, z := float64(s.Uniform(i)), s.Fork(1).Normal(i)
		if u < 0 || u >= 1 {
			t.Fatalf("Uniform(%d) = %v, outside [0, 1)", i, u)
		}
		mu, vu, mn, vn = mu+u, vu+u*u, mn+z, vn+z*z
	}
	mu, mn = mu/n, mn/n
	vu, vn = vu/n-mu*mu, vn/n-mn*mn
	// Four standard errors of each moment.
	for _, c := range []struct {
		name            string
		got, want, band float64
	}{
		{"uniform mean", mu, 0.5, 4 * math.Sqrt(1.0/12/n)},
		{"uniform variance", vu, 1.0 / 12, 4 * math.Sqrt(1.0/180/n)},
		{"normal mean", mn, 0, 4 * math.Sqrt(1.0/n)},
		{"normal variance", vn, 1, 4 * math.Sqrt(2.0/n)},
	} {
		if math.Abs(c.got-c.want) > c.band {
			t.Errorf("%s = %.5f, want %.5f ± %.5f", c.name, c.got, c.want, c.band)
		}
	}
}

func TestFillNormal(t *testing.T) {
	const n = 100000
	s := NewStream(2, "normal")
	whole := make([]float32, n)
	s.FillNormal(whole, 0)
	for _, from := range []int{1, 2, 3, 7, 100} {
		part := make([]float32, 9)
		s.FillNormal(part, uint64(from))
		for i, v := range part {
			if v != whole[from+i] {
				t.Fatalf("part[%d] from %d = %v, want %v", i, from, v, whole[from+i])
			}
		}
	}
	// Four standard errors of mean, variance, skewness, kurtosis and of the
	// correlations within a block.
	var m [4]float64
	var lag [3]float64
	for i, v := range whole {
		x := float64(v)
		for k, p := 0, x; k < 4; k, p = k+1, p*x {
			m[k] += p / n
		}
		for k := range lag {
			if i+k+1 < n {
				lag[k] += x * float64(whole[i+k+1]) / n
			}
		}
	}
	for k, want := range []float64{0, 1, 0, 3} {
		if band := 4 * math.Sqrt([]float64{1, 2, 15, 96}[k]/n); math.Abs(m[k]-want) > band {
			t.Errorf("moment %d is %.4f, want %.0f ± %.4f", k+1, m[k], want, band)
		}
	}
	for k, c := range lag {
		if math.Abs(c) > 4/math.Sqrt(n) {
			t.Errorf("draws %d apart correlate with %.4f", k+1, c)
		}
	}
}

func TestPerm(t *testing.T) {
	s := NewStream(3, "shuffle")
	seen := make([]bool, 1000)
	for _, v := range s.Perm(1000) {
		if seen[v] {
			t.Fatalf("%d comes twice", v)
		}
		seen[v] = true
	}
	if got := s.Perm(0); len(got) != 0 {
		t.Errorf("Perm(0) = %v", got)
	}
	// Every order of three comes up about equally often.
	count := map[[3]int]int{}
	for i := uint64(0); i < 6000; i++ {
		p := s.Fork(i).Perm(3)
		count[[3]int(p)]++
	}
	if len(count) != 6 {
		t.Fatalf("%d of 6 orders seen", len(count))
	}
	for p, n := range count {
		if n < 850 || n > 1150 {
			t.Errorf("order %v seen %d times of 6000, want about 1000", p, n)
		}
	}
}

func TestShape(t *testing.T) {
	for _, c := range []struct {
		s    Shape
		n    int
		text string
	}{
		{nil, 1, "scalar"}, {Shape{28, 28, 1}, 784, "28×28×1"}, {Shape{0, 3}, 0, "0×3"},
	} {
		if c.s.Len() != c.n || c.s.String() != c.text {
			t.Errorf("%v: Len %d String %q, want %d %q", []int(c.s), c.s.Len(), c.s.String(), c.n, c.text)
		}
	}
	if s := (Shape{2}); !s.With(5).Equal(Shape{5, 2}) || s.Equal(Shape{2, 1}) || s.Equal(Shape{3}) {
		t.Error("With or Equal is wrong")
	}
}
