package op

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// A row is an op in one of its settings, with the shapes of its inputs.
type row struct {
	op     graph.Op
	in     []tensor.Shape
	labels int                               // the last input is class indices below this
	kinked bool                              // it has no derivative where values meet each other or zero
	fixed  []int                             // inputs that have no gradient: indices, targets, masks
	fill   func(j int, x tensor.Tensor) bool // draws input j itself, where normal numbers will not do
}

// ops is THE table: every op in the settings that take different paths. It
// drives gradcheck and the contract; TestEveryOpHasARow keeps it complete.
// Other files of this test add their rows in init.
var ops = []row{
	{op: Linear{}, in: []tensor.Shape{{5, 7}, {7, 3}, {3}}},
	{op: Linear{Act: kernel.Tanh}, in: []tensor.Shape{{33, 17}, {17, 21}, {21}}},
	{op: Linear{Act: kernel.Sigmoid}, in: []tensor.Shape{{2, 3, 4}, {4, 6}, {6}}},
	{op: Linear{Act: kernel.ReLU}, in: []tensor.Shape{{4, 9}, {9, 8}, {8}}, kinked: true},
	{op: Conv2D{Stride: [2]int{1, 1}, Dilation: [2]int{1, 1}, Pad: Padding{1, 1, 1, 1}}, in: []tensor.Shape{{2, 6, 5, 3}, {3, 3, 3, 4}, {4}}},
	{op: Conv2D{Stride: [2]int{2, 1}, Dilation: [2]int{1, 2}, Pad: Padding{0, 1, 2, 0}, Act: kernel.Tanh}, in: []tensor.Shape{{2, 7, 8, 2}, {3, 2, 2, 5}, {5}}},
	{op: Conv2D{Stride: [2]int{1, 1}, Dilation: [2]int{1, 1}, Act: kernel.ReLU}, in: []tensor.Shape{{1, 5, 5, 1}, {3, 3, 1, 17}, {17}}, kinked: true},
	{op: Conv2D{Stride: [2]int{1, 1}, Dilation: [2]int{1, 1}, Pad: Padding{1, 1, 1, 1}, Act: kernel.Tanh}, in: []tensor.Shape{{1, 9, 10, 16}, {3, 3, 16, 16}, {16}}}, // by tiles
	{op: Pool2D{Size: [2]int{2, 2}, Stride: [2]int{2, 2}}, in: []tensor.Shape{{2, 6, 7, 3}}, kinked: true},
	{op: Pool2D{Size: [2]int{3, 2}, Stride: [2]int{2, 1}, Pad: Padding{1, 1, 0, 1}}, in: []tensor.Shape{{2, 5, 6, 4}}, kinked: true},
	{op: Pool2D{Average: true, Size: [2]int{2, 2}, Stride: [2]int{2, 2}}, in: []tensor.Shape{{2, 6, 6, 3}}},
	{op: Pool2D{Average: true, Size: [2]int{3, 3}, Stride: [2]int{2, 2}, Pad: Padding{1, 1, 1, 1}}, in: []tensor.Shape{{1, 5, 6, 2}}},
	{op: Activation{kernel.ReLU}, in: []tensor.Shape{{3, 11}}, kinked: true},
	{op: Activation{kernel.Tanh}, in: []tensor.Shape{{3, 11}}},
	{op: Activation{kernel.Sigmoid}, in: []tensor.Shape{{3, 11}}},
	{op: Activation{kernel.None}, in: []tensor.Shape{{3, 11}}},
	{op: Softmax{}, in: []tensor.Shape{{4, 10}}},
	{op: Softmax{}, in: []tensor.Shape{{2, 3, 5}}},
	{op: Reshape{}, in: []tensor.Shape{{2, 3, 4}}},
	{op: Reshape{Sample: tensor.Shape{6, 2}}, in: []tensor.Shape{{2, 3, 4}}},
	{op: Dropout{Rate: 0.4, Stream: tensor.NewStream(1, "dropout")}, in: []tensor.Shape{{4, 25}}},
	{op: CrossEntropy{}, in: []tensor.Shape{{6, 10}, {6, 1}}, labels: 10},
	{op: MSE{}, in: []tensor.Shape{{6, 3}, {6, 3}}, fixed: []int{1}},
	{op: MSE{OneHot: true}, in: []tensor.Shape{{6, 3}, {6, 1}}, labels: 3},
}

func title(i int) string { return fmt.Sprintf("%d_%s", i, ops[i].op.Name()) }

// inputs draws a row's inputs. Values of kinked ops are kept apart from each
// other and from zero, so that a finite difference does not cross a kink.
func inputs(i int) []tensor.Tensor {
	row := ops[i]
	var in []tensor.Tensor
	for j, shape := range row.in {
		s := tensor.NewStream(uint64(i), fmt.Sprint("input", j))
		x := tensor.New(shape...)
		switch {
		case row.fill != nil && row.fill(j, x):
		case row.labels > 0 && j == len(row.in)-1:
			for k := range x.Data {
				x.Data[k] = float32(s.Intn(uint64(k), row.labels))
			}
		case row.kinked:
			for k, p := range s.Perm(len(x.Data)) {
				x.Data[k] = (float32(p) + 0.5 - float32(len(x.Data)/2)) / float32(len(x.Data)) * 4
			}
		default:
			for k := range x.Data {
				x.Data[k] = float32(s.Normal(uint64(k)))
			}
		}
		in = append(in, x)
	}
	return in
}

// TestGradients compares each row's backward with central differences: along
// random directions, the change of Σ out·up that the gradient promises must be
// the one that two forwards show.
func TestGradients(t *testing.T) {
	for i, row := range ops {
		t.Run(title(i), func(t *testing.T) {
			in := inputs(i)
			call := newCall(t, row.op, in)
			up := tensor.NewStream(99, "upstream")
			for k := range call.DOut.Data {
				call.DOut.Data[k] = float32(up.Normal(uint64(k)))
			}
			value := func() (sum float64) {
				row.op.Forward(call)
				for k, y := range call.Out.Data {
					sum += float64(y) * float64(call.DOut.Data[k])
				}
				return sum
			}
			value()
			row.op.Backward(call)
			for j := range in {
				if row.labels > 0 && j == len(in)-1 || slices.Contains(row.fixed, j) {
					continue
				}
				for try := range 4 {
					dir := tensor.NewStream(uint64(try), "direction").Fork(uint64(j))
					old := append([]float32{}, in[j].Data...)
					step := 1e-2
					if row.kinked {
						step = 1e-3 // below half the distance between two values
					}
					promised, scale, n := 0.0, 0.0, len(old)
					d := make([]float64, n)
					for k := range d {
						d[k] = float64(dir.Intn(uint64(k), 2)*2-1) / math.Sqrt(float64(n))
						promised += float64(call.DIn[j].Data[k]) * d[k]
						scale += float64(call.DIn[j].Data[k]) * float64(call.DIn[j].Data[k])
					}
					move := func(by float64) float64 {
						for k := range old {
							in[j].Data[k] = old[k] + float32(by*d[k])
						}
						return value()
					}
					shown := (move(step) - move(-step)) / (2 * step)
					if !row.kinked { // Richardson's extrapolation takes the curvature out
						half := (move(step/2) - move(-step/2)) / step
						shown = (4*half - shown) / 3
					}
					copy(in[j].Data, old)
					if diff := math.Abs(shown - promised); diff > 1e-3*math.Max(math.Sqrt(scale), 0.1) {
						t.Errorf("input %d: the gradient promises %.6g, the difference shows %.6g", j, promised, shown)
					}
				}
			}
		})
	}
}

// TestContract checks what every op owes: Backward writes neither DOut nor In
// nor Out, takes a gradient that is not wanted for an answer and computes the
// others all the same, reads only what Plan says, gives the same numbers when it
// runs twice, and no call allocates.
func TestContract(t *testing.T) {
	for i, row := range ops {
		t.Run(title(i), func(t *testing.T) {
			call := newCall(t, row.op, inputs(i))
			row.op.Forward(call)
			kernel.Fill(call.DOut.Data, 0.5)
			kept := [][]float32{call.DOut.Data, call.Out.Data}
			for _, x := range call.In {
				kept = append(kept, x.Data)
			}
			before := clone(kept)
			row.op.Backward(call)
			for k, d := range kept {
				if !same(d, before[k]) {
					t.Errorf("Backward wrote what it may only read (%d)", k)
				}
			}
			var grads [][]float32
			for _, d := range call.DIn {
				grads = append(grads, d.Data)
			}
			first := clone(grads)
			kernel.Fill(call.Temp, -1e30)
			row.op.Forward(call)
			row.op.Backward(call)
			for k, d := range grads {
				if !same(d, first[k]) {
					t.Errorf("gradient %d differs the second time: it was added to, or depends on scratch", k)
				}
			}
			// What Backward does not say it reads may hold something else by then.
			shapes := make([]tensor.Shape, len(call.In))
			for k, x := range call.In {
				shapes[k] = x.Shape
			}
			plan, err := row.op.Plan(shapes)
			if err != nil {
				t.Fatal(err)
			}
			row.op.Forward(call)
			nan, out := float32(math.NaN()), call.Out.Data
			for k, x := range call.In {
				if plan.NeedsIn&(1<<k) == 0 {
					call.In[k].Data = make([]float32, len(x.Data))
					kernel.Fill(call.In[k].Data, nan)
				}
			}
			if !plan.NeedsOut {
				call.Out.Data = make([]float32, len(out))
				kernel.Fill(call.Out.Data, nan)
			}
			row.op.Backward(call)
			for k, d := range grads {
				if !same(d, first[k]) {
					t.Errorf("gradient %d comes from a value that Backward does not say it reads", k)
				}
			}
			call.In, call.Out.Data = inputs(i), out
			row.op.Forward(call)
			if n := testing.AllocsPerRun(5, func() { row.op.Forward(call); row.op.Backward(call) }); n != 0 {
				t.Errorf("%v allocations a step", n)
			}
			for k := range call.DIn {
				all := call.DIn
				call.DIn = append([]tensor.Tensor{}, all...)
				call.DIn[k].Data = nil
				if _, alias := row.op.(Reshape); !alias {
					row.op.Backward(call)
				}
				call.DIn = all
				for j, d := range grads {
					if j != k && !same(d, first[j]) {
						t.Errorf("gradient %d differs when gradient %d is not wanted", j, k)
					}
				}
			}
		})
	}
}

func clone(in [][]float32) [][]float32 {
	var out [][]float32
	for _, d := range in {
		out = append(out, append([]float32{}, d...))
	}
	return out
}

func same(a, b []float32) bool {
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return false
		}
	}
	return true
}

// TestEveryOpHasARow reads the package's source: every type with a Backward
// method must be in the table, but for those of one step, which have no
// gradient; and every one with a Stepwise method in that of stepwise_test.go.
func TestEveryOpHasARow(t *testing.T) {
	have, steps := map[string]bool{}, map[string]bool{}
	for _, row := range ops {
		have[typeName(row.op)] = true
	}
	for _, row := range steppers {
		steps[typeName(row.op)] = true
	}
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range pkgs["op"].Files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			receiver, ok := f.Recv.List[0].Type.(*ast.Ident)
			if !ok {
				continue
			}
			name := receiver.Name
			switch f.Name.Name {
			case "Backward":
				found++
				if ast.IsExported(name) && !have[name] {
					t.Errorf("op %s has no row in the table", name)
				}
			case "Stepwise":
				if !steps[name] {
					t.Errorf("op %s has no row in the table of those that go step by step", name)
				}
			}
		}
	}
	if found < 9 {
		t.Errorf("only %d ops found in the source", found)
	}
}

func typeName(o graph.Op) string { return strings.TrimPrefix(fmt.Sprintf("%T", o), "op.") }

func TestDropoutMask(t *testing.T) {
	d := Dropout{Rate: 0.25, Stream: tensor.NewStream(5, "drop")}
	x := tensor.New(64, 100)
	kernel.Fill(x.Data, 1)
	run := func(step uint64, row int, x tensor.Tensor) []float32 {
		c := newCall(t, d, []tensor.Tensor{x})
		c.Step, c.Row = step, row
		d.Forward(c)
		return c.Out.Data
	}
	whole := run(3, 0, x)
	zeros := 0
	for _, v := range whole {
		switch v {
		case 0:
			zeros++
		case float32(1 / 0.75):
		default:
			t.Fatalf("a value became %v", v)
		}
	}
	if share := float64(zeros) / 6400; math.Abs(share-0.25) > 0.022 { // four standard errors
		t.Errorf("%.3f of the values dropped, want 0.25", share)
	}
	half := tensor.Tensor{Shape: tensor.Shape{32, 100}, Data: x.Data[:3200]}
	if !same(run(3, 32, half), whole[3200:]) {
		t.Error("the second half of the batch draws another mask when it runs alone")
	}
	if same(run(4, 0, x), whole) {
		t.Error("the next step draws the same mask")
	}
	c := newCall(t, d, []tensor.Tensor{x})
	c.Train = false
	if d.Forward(c); !same(c.Out.Data, x.Data) {
		t.Error("values are dropped outside training")
	}
}

func TestShapeErrors(t *testing.T) {
	one := [2]int{1, 1}
	for _, c := range []struct {
		op   graph.Op
		in   []tensor.Shape
		want string
	}{
		{Linear{}, []tensor.Shape{{2, 3}, {4, 5}, {5}}, "linear wants"},
		{Linear{}, []tensor.Shape{{2, 3}}, "takes 3 inputs, not 1"},
		{Conv2D{Stride: one, Dilation: one}, []tensor.Shape{{1, 4, 4, 1}, {5, 5, 1, 2}, {2}}, "the kernel is 5×5, and the image it slides over is only 4 high"},
		{Pool2D{Size: [2]int{2, 9}, Stride: one}, []tensor.Shape{{1, 4, 8, 1}}, "the size is 2×9, and the image it slides over is only 8 wide"},
		{Reshape{Sample: tensor.Shape{5}}, []tensor.Shape{{1, 2, 3}}, "2×3 holds 6 values, and 5 holds 5"},
		{CrossEntropy{}, []tensor.Shape{{2, 3}, {3, 1}}, "cross_entropy wants"},
		{MSE{}, []tensor.Shape{{2, 3}, {2, 4}}, "mse compares like with like"},
	} {
		if _, err := c.op.Plan(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s%v: %v, want %q", c.op.Name(), c.in, err, c.want)
		}
	}
}
