package workload

import (
	"strconv"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/tensor"
)

func init() {
	data.Register(data.Info{
		Type: "noise", Title: "Noise", Kind: "images", Made: true,
		Doc: "Random values of the shapes that the workloads take.",
		New: func() data.Source { return &noise{task: "image"} },
	})
}

// noise makes samples that hold nothing to learn.
type noise struct{ task string }

const (
	noiseSamples = 385
	noiseTokens  = 65
)

func (n *noise) Fields() []config.Field {
	return []config.Field{config.Choice("task", &n.task, []string{"image", "pixels", "text"}, "what the samples look like")}
}

func (n *noise) Meta() data.Meta {
	m := data.Meta{X: tensor.Shape{28, 28, 1}, Y: tensor.Shape{1}, Classes: names(10), Train: noiseSamples, Test: 1, Range: [2]float64{-4, 4}}
	switch n.task {
	case "pixels":
		m.X = tensor.Shape{784}
	case "text":
		m.X, m.Y, m.Classes, m.Tokens = tensor.Shape{64}, tensor.Shape{64}, names(noiseTokens), noiseTokens
		m.Range = [2]float64{0, noiseTokens - 1}
	}
	return m
}

func names(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = strconv.Itoa(i)
	}
	return list
}

func (n *noise) Open(seed uint64, _ data.Files, _ func(done, total int64)) (*data.Set, error) {
	m := n.Meta()
	x, y := make([]float32, noiseSamples*m.X.Len()), make([]float32, noiseSamples*m.Y.Len())
	values, targets := tensor.NewStream(seed, "noise"), tensor.NewStream(seed, "noise.targets")
	if m.Tokens > 0 {
		for i := range x {
			x[i] = float32(values.Intn(uint64(i), m.Tokens))
		}
	} else {
		values.FillNormal(x, 0)
	}
	for i := range y {
		y[i] = float32(targets.Intn(uint64(i), len(m.Classes)))
	}
	d := drawn{x, y}
	return &data.Set{Meta: m, Train: d, Test: d}, nil
}

// drawn are noiseSamples samples in memory.
type drawn struct{ x, y []float32 }

func (d drawn) Len() int { return noiseSamples }

func (d drawn) Read(i int, x, y []float32) {
	copy(x, d.x[i*len(x):])
	copy(y, d.y[i*len(y):])
}
