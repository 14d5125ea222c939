package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestUseWinograd(t *testing.T) {
	same := func(n, side, c, f int) Conv {
		return Conv{n, side, side, c, f, 3, 3, 1, 1, 1, 1, 1, 1, side, side}
	}
	strided, dilated, wide := same(16, 14, 32, 64), same(16, 14, 32, 64), same(16, 14, 32, 64)
	strided.SH, strided.SW, strided.OH, strided.OW = 2, 2, 7, 7
	dilated.DH, dilated.DW, dilated.PT, dilated.PL = 2, 2, 2, 2
	wide.KH, wide.KW, wide.PT, wide.PL = 5, 5, 2, 2
	for _, c := range []struct {
		g    Conv
		want bool
	}{
		{same(16, 14, 32, 64), true}, {same(1, 14, 32, 64), true}, {same(16, 7, 64, 128), true}, {same(16, 4, 128, 128), true},
		{same(1, 7, 128, 128), false}, {same(2, 3, 64, 64), false}, {same(1000, 1, 64, 64), false},
		{same(16, 28, 1, 32), false}, {same(16, 28, 32, 10), false}, {same(0, 28, 32, 32), false}, {same(16, 28, 0, 32), false},
		{strided, false}, {dilated, false}, {wide, false},
	} {
		if got := c.g.useWinograd(); got != c.want {
			t.Errorf("%+v by tiles: %v, want %v", c.g, got, c.want)
		}
	}
	tiled := 0
	for _, g := range convs {
		if back := g.turned(); g.useWinograd() && back.useWinograd() {
			tiled++
		}
	}
	if tiled < 6 {
		t.Errorf("TestConv has %d convolutions by tiles, want 6", tiled)
	}
}

// Results are the same whatever temp held, and however many images there are
// beside one.
func TestWinogradRepeats(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(4, 9))
		all := Conv{9, 7, 9, 16, 32, 3, 3, 1, 1, 1, 1, 1, 1, 7, 9}
		one := all
		one.N = 3
		x, w, bias := random(r, all.N*all.H*all.W*all.C), random(r, all.taps()*all.F), random(r, all.F)
		y, again := make([]float32, all.N*all.cells()*all.F), make([]float32, one.N*one.cells()*one.F)
		ConvForward(y, x, w, bias, Tanh, &all, garbage(ConvTemp(&all)))
		ConvForward(again, x[len(x)/3:], w, bias, Tanh, &one, ones(ConvTemp(&one)))
		for i, v := range again {
			if v != y[len(y)/3+i] {
				t.Fatalf("value %d is %v among three images, %v among nine", i, v, y[len(y)/3+i])
			}
		}
	})
}

// TestWinogradTransforms holds each implementation against the scalar loops,
// with what lies between the results.
func TestWinogradTransforms(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		for _, n := range []int{1, 3, 4, 8, 12, 16, 20, 32, 48} {
			for count := range 4 {
				testTransforms(t, count, n)
			}
		}
	})
}

func testTransforms(t *testing.T, count, n int) {
	r := rand.New(rand.NewPCG(uint64(n), uint64(count)))
	step, row := count*n+5, (2*count+2)*n+3
	x, many := random(r, 4*row), random(r, 16*step)
	for _, c := range []struct {
		name string
		run  func(k *impl, x, many []float32)
	}{
		{"tiles", func(k *impl, x, many []float32) { k.tiles(many, step, x, row, count, n) }},
		{"spread", func(k *impl, x, many []float32) { k.spread(many, step, x, row, count, n) }},
		{"untile", func(k *impl, x, many []float32) { k.untile(x, x[row:], many, step, x[2*row:], false, count, n) }},
		{"untile, relu", func(k *impl, x, many []float32) { k.untile(x, x[row:], many, step, x[2*row:], true, count, n) }},
	} {
		compare(t, fmt.Sprintf("%s: %d of %d channels", c.name, count, n), c.run, x, many)
	}
	if count == 0 {
		return
	}
	filters := random(r, 9*step)
	compare(t, fmt.Sprintf("filter: %d", count*n), func(k *impl, w, u []float32) { k.filter(u, step, w, step, count*n) }, filters, many)
	compare(t, fmt.Sprintf("filterGrad: %d", count*n), func(k *impl, w, u []float32) {
		k.filterGrad(w, step, u, step, count*n)
		copy(u, many) // it may work there
	}, filters, many)
}

// compare runs a kernel of the active implementation and of the scalar one on
// copies of two arguments.
func compare(t *testing.T, name string, run func(k *impl, a, b []float32), a, b []float32) {
	t.Helper()
	var got, want [2][]float32
	for i, x := range [][]float32{a, b} {
		got[i], want[i] = append([]float32{}, x...), append([]float32{}, x...)
	}
	run(active, got[0], got[1])
	run(&scalar, want[0], want[1])
	for i := range got {
		for j, v := range want[i] {
			if !near(got[i][j], v, 1e-6, 8) {
				t.Fatalf("%s: argument %d[%d] is %v, want %v", name, i, j, got[i][j], v)
			}
		}
	}
}
