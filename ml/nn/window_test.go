package nn

import (
	"math"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// shaped builds one layer from its JSON and returns the shape of its result,
// or what is wrong.
func shaped(t *testing.T, typ, settings string, in tensor.Shape) string {
	t.Helper()
	v, err := config.Parse([]byte(`{"nodes": [{"id": "a", "type": "` + typ + `", "config": {` + settings + `}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var errs config.Errors
	m := Decode(v, &errs)
	if err := errs.Err(); err != nil {
		return err.Error()
	}
	g := graph.NewBuilder()
	_, rows := m.Build(g, in.With(2), Options{Seed: 1})
	if err := g.Err(); err != nil {
		return err.Error()
	}
	return rows[0].Output.String()
}

// What windows make of shapes, and what they say when they do not fit.
func TestWindows(t *testing.T) {
	image, sequence := tensor.Shape{10, 7, 4}, tensor.Shape{12, 6}
	for _, c := range []struct {
		typ, settings string
		in            tensor.Shape
		want          string
	}{
		{"conv2d", `"filters": 8`, image, "8×5×8"},
		{"conv2d", `"filters": 8, "padding": [2, 1]`, image, "12×7×8"},
		{"conv2d", `"filters": 8, "padding": [0, 1, 0, 3]`, image, "9×8×8"},
		{"conv2d", `"filters": 8, "padding": 1`, image, "10×7×8"},
		{"conv2d", `"filters": 8, "padding": [1]`, image, "10×7×8"},
		{"conv2d", `"filters": 8, "padding": [1, 1, 1]`, image, "padding: wants valid, same, a number for all sides, [top and bottom, left and right]"},
		{"conv2d", `"filters": 8, "padding": [1, 0.5]`, image, "whole cells, not 0.5"},
		{"conv2d", `"filters": 8, "padding": "full"`, image, `wants a list of numbers or valid, same, not "full"`},
		{"conv2d", `"filters": 8, "dilation": 3, "padding": "same"`, image, "10×7×8"},
		{"conv2d", `"filters": 8, "dilation": 4`, image, "the kernel is 3×3"},
		{"conv2d", `"filters": 8, "groups": 2`, image, "8×5×8"},
		{"conv2d", `"filters": 8, "groups": 3`, image, "4 channels cannot be parted into 3 groups of the same size; 2 would do"},
		{"conv2d", `"filters": 6, "groups": 4`, image, "6 filters cannot be parted into 4 groups of the same size; 3 would do"},
		{"conv2d", ``, sequence, "wants an image, height×width×channels, and what arrives has the shape 12×6"},
		{"depthwise_conv2d", `"multiplier": 3`, image, "8×5×12"},
		{"separable_conv2d", `"filters": 9, "multiplier": 2, "stride": 2, "padding": "same"`, image, "5×4×9"},
		{"conv2d_transpose", `"filters": 3`, image, "20×14×3"},
		{"conv2d_transpose", `"filters": 3, "padding": "valid"`, image, "21×15×3"},
		{"conv2d_transpose", `"filters": 3, "padding": [1, 1]`, image, "19×13×3"},
		{"conv2d_transpose", `"filters": 3, "kernel": 2, "stride": 3`, image, "30×21×3"},
		{"conv2d_transpose", `"filters": 3, "padding": [20, 20]`, image, "takes more away than there is"},
		{"conv1d", `"filters": 5`, sequence, "10×5"},
		{"conv1d", `"filters": 5, "padding": "causal", "dilation": 4`, sequence, "12×5"},
		{"conv1d", `"filters": 5, "padding": 2`, sequence, "14×5"},
		{"conv1d", `"filters": 5, "padding": [2]`, sequence, "14×5"},
		{"conv1d", `"filters": 5, "padding": [0, 1], "stride": 2`, sequence, "6×5"},
		{"conv1d", `"filters": 5, "padding": [1, 2, 3]`, sequence, "not a list of 3"},
		{"conv1d", `"filters": 5, "kernel": 20`, sequence, "reaches over 20 steps, and there are only 12"},
		{"conv1d", `"filters": 6, "groups": 6, "activation": "gelu"`, sequence, "10×6"},
		{"max_pool2d", `"padding": [0, 1]`, image, "5×4×4"},
		{"max_pool2d", `"padding": [2, 1]`, image, "2 zeros at an edge would leave a window of 2 nothing to look at; use at most 1"},
		{"max_pool1d", ``, sequence, "6×6"},
		{"avg_pool1d", `"size": 3, "stride": 1, "padding": "same"`, sequence, "12×6"},
		{"avg_pool1d", `"size": 30`, sequence, "reaches over 30 steps, and there are only 12"},
		{"max_pool1d", ``, image, "max_pool1d wants a sequence"},
		{"global_avg_pool", ``, image, "4"},
		{"global_max_pool", ``, sequence, "6"},
		{"global_max_pool", ``, tensor.Shape{5}, "what arrives has the shape 5"},
		{"upsampling2d", `"size": [2, 3]`, image, "20×21×4"},
		{"reshape", `"shape": [-1, 8]`, image, "35×8"},
		{"reshape", `"shape": [7, 40]`, image, "7×40"},
		{"reshape", `"shape": [7, 41]`, image, "what arrives, 10×7×4, holds 280 values, and 7×41 holds 287"},
		{"reshape", `"shape": [-1, 3]`, image, "no multiple of the 3"},
		{"reshape", `"shape": [-1, -1]`, image, "only one dimension can be -1"},
		{"reshape", `"shape": [16777216, 16777216, 65536, -1]`, image, "holds far fewer values"},
		{"reshape", `"shape": [0, 2]`, image, "a whole number from 1"},
		{"reshape", `"shape": []`, image, "at least one dimension"},
		{"permute", ``, sequence, "6×12"},
		{"permute", `"order": [3, 1, 2]`, image, "4×10×7"},
		{"permute", ``, image, "what arrives, 10×7×4, has 3 dimensions, so the order names the numbers from 1 to 3, each once"},
		{"permute", `"order": [1, 1]`, sequence, "each once"},
		{"spatial_dropout", ``, tensor.Shape{5}, "what arrives is one row of 5; use dropout for it"},
		{"group_norm", `"groups": 3`, image, "4 channels cannot be parted into 3 groups"},
	} {
		if got := shaped(t, c.typ, c.settings, c.in); got != c.want && !(strings.Contains(c.want, " ") && strings.Contains(got, c.want)) {
			t.Errorf("%s {%s} of %v: %s, want %s", c.typ, c.settings, c.in, got, c.want)
		}
	}
}

// Weights in groups start as wide as each group's own convolution asks for.
func TestFiltersOfGroups(t *testing.T) {
	for _, c := range []struct {
		typ, settings, param string
		in                   tensor.Shape
		variance             float64
	}{
		{"conv2d", `"filters": 32, "groups": 4`, "a.weight", tensor.Shape{8, 8, 64}, 2.0 / (9*16 + 9*8)},
		{"depthwise_conv2d", ``, "a.weight", tensor.Shape{8, 8, 512}, 2.0 / (9 + 9)},
		{"separable_conv2d", ``, "a.depthwise", tensor.Shape{8, 8, 512}, 2.0 / (9 + 9)},
		{"conv2d_transpose", `"filters": 16, "init": "he_normal"`, "a.weight", tensor.Shape{8, 8, 64}, 2.0 / (9 * 64)},
	} {
		v, err := config.Parse([]byte(`{"nodes": [{"id": "a", "type": "` + c.typ + `", "config": {` + c.settings + `}}]}`))
		if err != nil {
			t.Fatal(err)
		}
		var errs config.Errors
		g := graph.NewBuilder()
		Decode(v, &errs).Build(g, c.in.With(1), Options{})
		p := graph.NewParams(g.Params(), 1)
		i, ok := p.Find(c.param)
		if !ok || errs.Err() != nil || g.Err() != nil {
			t.Fatalf("%s has no %s (%v, %v)", c.typ, c.param, errs.Err(), g.Err())
		}
		w, sum := p.Of(p.Value, i), 0.0
		for _, x := range w {
			sum += float64(x) * float64(x)
		}
		if got := sum / float64(len(w)); math.Abs(got-c.variance) > 0.08*c.variance {
			t.Errorf("%s starts with a variance of %.4g, want %.4g", c.typ, got, c.variance)
		}
	}
}
