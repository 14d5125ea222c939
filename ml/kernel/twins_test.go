package kernel

import (
	"math/rand/v2"
	"testing"
)

// A twin compares one kernel, run by the active implementation, with the
// scalar loop on the same arguments. Every argument is both read and compared,
// so a write outside the outputs shows too.
type twin struct {
	name string
	tol  float32
	run  func(x *impl, v [][]float32)
}

var twins = []twin{
	{"add", 0, func(x *impl, v [][]float32) { x.add(v[0], v[1], v[2]) }},
	{"mul", 0, func(x *impl, v [][]float32) { x.mul(v[0], v[1], v[2]) }},
	{"addTo", 0, func(x *impl, v [][]float32) { x.addTo(v[0], v[1]) }},
	{"scale", 0, func(x *impl, v [][]float32) { x.scale(v[0], v[1], 0.3) }},
	{"scale in place", 0, func(x *impl, v [][]float32) { x.scale(v[0], v[0], 0.3) }},
	{"shift", 0, func(x *impl, v [][]float32) { x.shift(v[0], v[1], 0.3) }},
	{"axpy", 1e-6, func(x *impl, v [][]float32) { x.axpy(v[0], v[1], 0.3) }},
	{"relu", 0, func(x *impl, v [][]float32) { x.relu(v[0], v[1]) }},
	{"relu in place", 0, func(x *impl, v [][]float32) { x.relu(v[0], v[0]) }},
	{"reluGrad", 0, func(x *impl, v [][]float32) { x.reluGrad(v[0], v[1], v[2]) }},
	{"reluGrad in place", 0, func(x *impl, v [][]float32) { x.reluGrad(v[0], v[0], v[2]) }},
	{"tanhGrad", 2e-6, func(x *impl, v [][]float32) { x.tanhGrad(v[0], v[1], v[2]) }},
	{"sigmoidGrad", 2e-6, func(x *impl, v [][]float32) { x.sigGrad(v[0], v[1], v[2]) }},
	{"exp", 4e-7, func(x *impl, v [][]float32) { x.exp(v[0], v[1]) }},
	{"tanh", 4e-7, func(x *impl, v [][]float32) { x.tanh(v[0], v[0]) }},
	{"sigmoid", 4e-7, func(x *impl, v [][]float32) { x.sig(v[0], v[1]) }},
	{"sgd", 1e-6, func(x *impl, v [][]float32) { x.sgd(v[0], v[1], 0.1) }},
	{"momentum", 1e-6, func(x *impl, v [][]float32) { x.momentum(v[0], v[1], v[2], 0.1, 0.9) }},
	{"nesterov", 1e-6, func(x *impl, v [][]float32) { x.nesterov(v[0], v[1], v[2], 0.1, 0.9) }},
	{"adam", 1e-6, func(x *impl, v [][]float32) {
		x.adam(v[0], v[1], v[2], v[3], adamStep{0.9, 0.999, 0.1, 0.001, 0.01, 2, 1e-8})
	}},
	{"penalty", 1e-6, func(x *impl, v [][]float32) { x.penalty(v[0], v[1], 0.1, 0.2) }},
	{"penalty l1", 0, func(x *impl, v [][]float32) { x.penalty(v[0], v[1], 0.1, 0) }},
	{"dot", 1e-6, func(x *impl, v [][]float32) {
		if len(v[0]) > 0 {
			v[0][0] = x.dot(v[1], v[2]) / float32(len(v[1]))
		}
	}},
	{"rowMax", 0, func(x *impl, v [][]float32) {
		if len(v[0]) > 0 {
			v[0][0] = x.rowMax(v[1])
		}
	}},
	{"sumRows", 0, func(x *impl, v [][]float32) {
		x.sumRows(v[0], append(append([]float32{}, v[1]...), v[2]...), 2, len(v[0]))
	}},
}

func TestTwins(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		for _, k := range twins {
			for n := range 70 {
				testTwin(t, k, n, false)
				testTwin(t, k, n, true)
			}
			testTwin(t, k, 1001, true)
		}
	})
}

func testTwin(t *testing.T, k twin, n int, odd bool) {
	t.Helper()
	r := rand.New(rand.NewPCG(5, uint64(n)))
	got, want := make([][]float32, 4), make([][]float32, 4)
	for i := range got {
		got[i] = random(r, n)
		if odd {
			sprinkle(r, got[i])
		}
		if i == 3 && !odd { // Adam's second moment
			mulLoop(got[i], got[i], got[i])
		}
		want[i] = append([]float32{}, got[i]...)
	}
	in := [2][]float32{append([]float32{}, got[0]...), append([]float32{}, got[1]...)}
	if k.name == "dot" && odd {
		return // the order of additions decides between infinities
	}
	k.run(active, got)
	k.run(&scalar, want)
	for i := range got {
		for j := range got[i] {
			if !near(got[i][j], want[i][j], k.tol, 1) {
				t.Fatalf("%s: length %d: argument %d[%d] = %v, want %v (from %v, %v)", k.name, n, i, j, got[i][j], want[i][j], in[0][j], in[1][j])
			}
		}
	}
}

func TestTranspose(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(6, 6))
		for rows := range 18 {
			for cols := range 18 {
				src := random(r, rows*20)
				got, want := make([]float32, 18*19), make([]float32, 18*19)
				active.transpose(got, 19, src, 20, rows, cols)
				for i := range rows {
					for j := range cols {
						want[j*19+i] = src[i*20+j]
					}
				}
				for i := range want {
					if got[i] != want[i] {
						t.Fatalf("%dx%d: element %d = %v, want %v", rows, cols, i, got[i], want[i])
					}
				}
			}
		}
	})
}
