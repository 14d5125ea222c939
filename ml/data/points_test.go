package data

import (
	"math"
	"testing"

	"descent/ml/config"
	"descent/ml/tensor"
)

// The samples are checked by what the formulas imply, worked out from the
// point alone, not by the formulas that drew it.
func TestPointsWithoutNoise(t *testing.T) {
	for _, c := range []struct {
		typ   string
		check func(p point) bool
	}{
		{"circle", func(p point) bool {
			r := math.Sqrt(p.x*p.x + p.y*p.y)
			if p.label == 1 {
				return r < 2.5001
			}
			return p.label == -1 && r > 3.4999 && r < 5.0001
		}},
		{"xor", func(p point) bool {
			inside := func(v float64) bool { return math.Abs(v) >= 0.2999 && math.Abs(v) <= 5.3001 }
			same := math.Signbit(p.x) == math.Signbit(p.y)
			return inside(p.x) && inside(p.y) && same == (p.label == 1)
		}},
		{"spiral", func(p point) bool {
			// The angle follows from the radius: 0.7 pi for every unit of it.
			r := math.Sqrt(p.x*p.x + p.y*p.y)
			turn := math.Atan2(p.x, p.y) - 0.7*math.Pi*r
			if p.label == -1 {
				turn -= math.Pi
			}
			return r < 5 && (r < 1e-6 || math.Cos(turn) > 0.99999)
		}},
		{"reg_plane", func(p point) bool {
			return math.Abs(p.x) <= 6 && math.Abs(p.y) <= 6 && math.Abs(p.label*10-p.x-p.y) < 1e-5
		}},
		{"reg_gauss", func(p point) bool {
			// Centres are 4 apart across and 5 up, the cones 2 wide: no two
			// overlap, so the value is the sum of all.
			sum := 0.0
			for i, cx := range []float64{-4, 0, 4} {
				for j, cy := range []float64{2.5, -2.5} {
					d := math.Sqrt((p.x-cx)*(p.x-cx) + (p.y-cy)*(p.y-cy))
					if d < 2 {
						sum += math.Pow(-1, float64(i+j)) * (2 - d) / 2
					}
				}
			}
			return math.Abs(sum-p.label) < 1e-5
		}},
	} {
		for _, n := range []int{10, 501, 2000} {
			seen := 0
			for _, p := range all(t, c.typ, n, 0) {
				if !c.check(p) {
					t.Errorf("%s of %d: the point %v is not of the pattern", c.typ, n, p)
					break
				}
				if p.label > 0 {
					seen++
				}
			}
			// Half of all, within four deviations; the hills leave most of the field at 0.
			if c.typ != "reg_gauss" && math.Abs(float64(seen)-float64(n)/2) > 2*math.Sqrt(float64(n))+1 {
				t.Errorf("%s of %d: %d labels are positive", c.typ, n, seen)
			}
		}
	}
}

// TestGauss checks mean and variance of the clouds: 0.5 without noise, 4 at
// half, as the Playground's variance scale has it.
func TestGauss(t *testing.T) {
	const n = 40000
	for noise, variance := range map[float64]float64{0: 0.5, 25: 2.25, 50: 4} {
		var count, mean, square [2]float64
		for _, p := range all(t, "gauss", n, noise) {
			side := int(p.label+1) / 2
			count[side]++
			for _, v := range []float64{p.x, p.y} {
				mean[side] += v
				square[side] += v * v
			}
		}
		for side, centre := range []float64{-2, 2} {
			if count[side] != n/2 {
				t.Fatalf("noise %v: %v samples at %v", noise, count[side], centre)
			}
			m := mean[side] / n
			v := square[side]/n - m*m
			if math.Abs(m-centre) > 0.05 || math.Abs(v-variance) > 0.05*variance {
				t.Errorf("noise %v: mean %.3f, variance %.3f; want %v, %v", noise, m, v, centre, variance)
			}
		}
	}
}

// TestNoise checks what noise does: on a spiral it moves the points, by at
// most as much as it says; elsewhere it leaves them and changes labels.
func TestNoise(t *testing.T) {
	for _, typ := range []string{"circle", "xor", "spiral", "reg_plane", "reg_gauss"} {
		still, moved := all(t, typ, 1000, 0), all(t, typ, 1000, 40)
		far, turned := 0.0, 0
		for i := range still {
			far = max(far, math.Abs(still[i].x-moved[i].x), math.Abs(still[i].y-moved[i].y))
			if still[i].label != moved[i].label {
				turned++
			}
		}
		if typ == "spiral" {
			if far < 0.35 || far > 0.4001 || turned > 0 {
				t.Errorf("spiral: points moved by up to %v, %d labels turned", far, turned)
			}
		} else if far > 0 || turned < 50 {
			t.Errorf("%s: points moved by up to %v, %d labels turned", typ, far, turned)
		}
	}
}

func TestLabels(t *testing.T) {
	info, _ := Lookup("circle")
	classes := open(t, info, 1)
	signs := open(t, info, 1, config.Member{Key: "labels", Value: config.Text("signs")})
	if len(classes.Meta.Classes) != 2 || signs.Meta.Classes != nil {
		t.Errorf("classes %v and %v", classes.Meta.Classes, signs.Meta.Classes)
	}
	var x, y, x2, y2 [2]float32
	for i := range classes.Train.Len() {
		classes.Train.Read(i, x[:], y[:1])
		signs.Train.Read(i, x2[:], y2[:1])
		if x != x2 || y2[0] != 2*y[0]-1 || y[0] != 0 && y[0] != 1 {
			t.Fatalf("sample %d: %v is %v and %v is %v", i, x, y[0], x2, y2[0])
		}
	}
	if n := classes.Train.Len(); n != 250 || classes.Test.Len() != 250 {
		t.Errorf("%d samples train, %d test", n, classes.Test.Len())
	}
	share := open(t, info, 1, config.Member{Key: "train_percent", Value: config.Num(85)},
		config.Member{Key: "samples", Value: config.Num(33)})
	if share.Train.Len() != 28 || share.Test.Len() != 5 { // 28.05 rounded down
		t.Errorf("%d samples train, %d test", share.Train.Len(), share.Test.Len())
	}
}

// TestMixed sees that neither half of the samples is mostly of one class.
func TestMixed(t *testing.T) {
	for _, typ := range []string{"circle", "gauss", "spiral", "xor"} {
		info, _ := Lookup(typ)
		set := open(t, info, 5)
		var sum float32
		var x [2]float32
		var y [1]float32
		for i := range set.Train.Len() {
			set.Train.Read(i, x[:], y[:])
			sum += y[0]
		}
		if sum < 90 || sum > 160 {
			t.Errorf("%s: %v of the first 250 samples are of class 1", typ, sum)
		}
	}
}

// all returns the samples of a source as they are drawn, before they are mixed.
func all(t *testing.T, typ string, n int, noise float64) []point {
	t.Helper()
	info, ok := Lookup(typ)
	if !ok {
		t.Fatalf("there is no %s", typ)
	}
	p := make([]point, n)
	info.New().(*points).generate(p, noise/100, tensor.NewStream(3, typ))
	return p
}
