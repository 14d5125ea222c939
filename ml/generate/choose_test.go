package generate

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"descent/ml/tensor"
)

// expected is the distribution that the settings ask for, worked out from the
// definition: of all sets and orders at once, without a heap.
func expected(scores []float32, seen []bool, s Settings) []float64 {
	p := make([]float64, len(scores))
	for t, v := range scores {
		x := float64(v)
		if seen[t] && x > 0 {
			x /= s.Repetition
		} else if seen[t] {
			x *= s.Repetition
		}
		p[t] = math.Exp(x / s.Temperature)
	}
	scale := func() {
		sum := 0.0
		for _, v := range p {
			sum += v
		}
		for t := range p {
			p[t] /= sum
		}
	}
	scale()
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	if s.TopK > 0 {
		for _, t := range order[min(s.TopK, len(p)):] {
			p[t] = 0
		}
		scale()
	}
	sum := 0.0
	for i, t := range order {
		if i > 0 && sum >= s.TopP {
			p[t] = 0
		}
		sum += p[t]
	}
	scale()
	return p
}

// What is drawn is distributed as the definitions say, and the chances that
// are told are those.
func TestChances(t *testing.T) {
	const kinds, draws = 12, 20000
	scores := make([]float32, kinds)
	tensor.NewStream(5, "scores").FillNormal(scores, 0)
	seen := make([]bool, kinds)
	seen[3], seen[7] = true, true
	plain := Settings{Tokens: draws, Temperature: 1, TopP: 1, Repetition: 1, Candidates: kinds}
	for name, change := range map[string]func(*Settings){
		"plain":       func(*Settings) {},
		"cold":        func(s *Settings) { s.Temperature = 0.4 },
		"hot":         func(s *Settings) { s.Temperature = 3 },
		"top-k":       func(s *Settings) { s.TopK = 4 },
		"top-k of 1":  func(s *Settings) { s.TopK = 1 },
		"top-k large": func(s *Settings) { s.TopK = 99 },
		"top-p":       func(s *Settings) { s.TopP = 0.7 },
		"top-p of 0":  func(s *Settings) { s.TopP = 0 },
		"both":        func(s *Settings) { s.TopK, s.TopP = 6, 0.8 },
		"repetition":  func(s *Settings) { s.Repetition = 1.8 },
		"all":         func(s *Settings) { s.Repetition, s.Temperature, s.TopK, s.TopP = 0.7, 1.4, 7, 0.9 },
	} {
		t.Run(name, func(t *testing.T) {
			s := plain
			change(&s)
			var c chooser
			c.reset(s, kinds, nil)
			copy(c.seen, seen)
			want := expected(scores, seen, s)
			model := expected(scores, make([]bool, kinds), plain)
			counts := make([]float64, kinds)
			for i := range draws {
				token, p, chance, top := c.next(scores, i)
				counts[token]++
				if math.Abs(p-model[token]) > 1e-12 || math.Abs(chance-want[token]) > 1e-12 {
					t.Fatalf("token %d has P %v and chance %v; want %v and %v", token, p, chance, model[token], want[token])
				}
				if len(top) != kinds {
					t.Fatalf("%d candidates", len(top))
				}
				for _, one := range top {
					if math.Abs(one.P-model[one.ID]) > 1e-12 || math.Abs(one.Chance-want[one.ID]) > 1e-12 {
						t.Fatalf("candidate %+v; want P %v and chance %v", one, model[one.ID], want[one.ID])
					}
				}
			}
			// Pearson's statistic is about its degrees of freedom, at most 11, with a deviation of the root of twice that.
			chi := 0.0
			for token, p := range want {
				if p == 0 && counts[token] > 0 {
					t.Errorf("token %d was drawn %v times and cannot be", token, counts[token])
				} else if p > 0 {
					d := counts[token] - p*draws
					chi += d * d / (p * draws)
				}
			}
			if chi > 40 {
				t.Errorf("Pearson's statistic is %.1f: counts %v, chances %v", chi, counts, want)
			}
		})
	}
}

// Of equal tokens the lower number comes first, and tokens that stand for
// nothing are not drawn.
func TestChooserOrder(t *testing.T) {
	var c chooser
	c.reset(Settings{Tokens: 1, TopP: 1, Repetition: 1, Candidates: 9}, 5, []int{1})
	token, _, chance, top := c.next([]float32{0, 9, 2, 2, 1}, 0)
	if token != 2 || chance != 1 {
		t.Errorf("token %d with chance %v", token, chance)
	}
	var ids []int
	for _, one := range top {
		ids = append(ids, one.ID)
	}
	if !slices.Equal(ids, []int{2, 3, 4, 0, 1}) {
		t.Errorf("the order is %v", ids)
	}
	c.settings.Temperature = 1
	for i := range 2000 {
		if token, _, _, _ := c.next([]float32{0, 9, 2, 2, 1}, i); token == 1 {
			t.Fatal("a token that is never written was drawn")
		}
	}
}
