// Package golden reads the reference values that PyTorch computed for the
// core's tests. Each case is one JSON file; its images are NCHW and its
// convolution weights OIHW, as PyTorch has them.
package golden

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"descent/ml/tensor"
)

// A Case is one file.
type Case struct {
	Name     string
	Op       string
	Attrs    map[string]any
	Inputs   map[string]Tensor
	Upstream map[string]Tensor // the gradient that arrives at each output
	Outputs  map[string]Tensor
	Grads    map[string]Tensor // d Σ output·upstream / d input
}

// A Tensor is a block of values as the file has it.
type Tensor struct {
	Shape tensor.Shape
	Dtype string
	Data  []float32
}

// Cases reads the cases of testdata/golden, or of the directory that the
// environment names in GOLDEN_DIR. A directory without cases fails the test.
func Cases(t *testing.T) []Case {
	t.Helper()
	dir := os.Getenv("GOLDEN_DIR")
	if dir == "" {
		dir = filepath.Join("testdata", "golden")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no golden cases in %s (%v)", dir, err)
	}
	slices.Sort(files)
	cases := make([]Case, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(text, &cases[i])
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	return cases
}

// Int returns a whole number among the attributes, or the default.
func (c Case) Int(name string, otherwise int) int {
	if v, ok := c.Attrs[name].(float64); ok {
		return int(v)
	}
	return otherwise
}

// Float returns a number among the attributes, or the default.
func (c Case) Float(name string, otherwise float64) float64 {
	if v, ok := c.Attrs[name].(float64); ok {
		return v
	}
	return otherwise
}

// Permute returns the tensor with its dimensions in another order: NHWC from
// NCHW is Permute(0, 2, 3, 1), HWIO from OIHW is Permute(2, 3, 1, 0).
func (t Tensor) Permute(axes ...int) Tensor {
	out := Tensor{Dtype: t.Dtype, Data: make([]float32, len(t.Data))}
	stride := make([]int, len(t.Shape))
	n := 1
	for i := len(t.Shape) - 1; i >= 0; i-- {
		stride[i] = n
		n *= t.Shape[i]
	}
	for _, a := range axes {
		out.Shape = append(out.Shape, t.Shape[a])
	}
	at := make([]int, len(axes))
	for i := range out.Data {
		from := 0
		for d, a := range axes {
			from += at[d] * stride[a]
		}
		out.Data[i] = t.Data[from]
		for d := len(at) - 1; d >= 0; d-- {
			if at[d]++; at[d] < out.Shape[d] {
				break
			}
			at[d] = 0
		}
	}
	return out
}

// Near says how far got is from want, relative to the largest of want, and ""
// when that is within the tolerance.
func Near(got, want []float32, tolerance float64) string {
	if len(got) != len(want) {
		return fmt.Sprintf("%d values, want %d", len(got), len(want))
	}
	scale := 0.0
	for _, w := range want {
		scale = math.Max(scale, math.Abs(float64(w)))
	}
	for i, w := range want {
		if d := math.Abs(float64(got[i]) - float64(w)); !(d <= tolerance*math.Max(scale, 1e-3)) {
			return fmt.Sprintf("value %d is %v, want %v (off by %.2g of the largest, %.3g)", i, got[i], w, d/scale, scale)
		}
	}
	return ""
}
