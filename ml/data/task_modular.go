package data

import (
	"strconv"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

func init() {
	Register(Info{
		Type: "modular_addition", Title: "Modular addition", Kind: "task", Made: true,
		Doc: "Add two numbers on a clock of p hours. Every pair is asked once, a part of them in training: a small transformer first learns those by heart, and much later understands (grokking).",
		New: func() Source { return &modular{p: 113, percent: 30} },
	})
}

// modular asks for (a+b) mod p, with a token for each number, as Power et al.,
// Grokking (2022), and Nanda et al., Progress measures for grokking via
// mechanistic interpretability (2023), do. A sample is a, b and =, and what
// comes next is the sum.
type modular struct {
	p       int
	percent float64
}

func (m *modular) Fields() []config.Field {
	return []config.Field{
		config.Int("p", &m.p, 2, 400, "how many numbers there are, from 0 on; what is more begins again at 0"),
		config.Float("train_percent", &m.percent, 1, 95, "this share of all pairs is for training and validation, the rest for the test").With("%"),
	}
}

// Check reports a share that leaves a part without samples.
func (m *modular) Check() error {
	if all := m.p * m.p; m.train() < 1 || m.train() >= all {
		return config.Problem("%v %% of the %d pairs leaves nothing to train on, or nothing to test", m.percent, all).At("data.source.train_percent")
	}
	return nil
}

func (m *modular) train() int { return floor(float64(m.p*m.p) * m.percent / 100) }

func (m *modular) Meta() Meta {
	list := config.List()
	for i := range m.p {
		list.Items = append(list.Items, config.Text(strconv.Itoa(i)))
	}
	list.Items = append(list.Items, config.Text("="))
	meta := described(tokenizer(text.Words, list, nil), m.train(), m.p*m.p-m.train())
	meta.Classes = text.Names(meta.Text)
	meta.X, meta.Y = tensor.Shape{3}, tensor.Shape{1}
	meta.Layout = Layout{Kind: NextOne, Question: 3}
	return meta
}

func (m *modular) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	items := make([]item, m.p*m.p)
	for i, pair := range tensor.NewStream(seed, "modular_addition").Perm(len(items)) {
		a, b := pair/m.p, pair%m.p
		items[i] = item{question: []int{a, b, m.p}, answer: []int{(a + b) % m.p}}
	}
	if progress != nil {
		progress(int64(len(items)), int64(len(items)))
	}
	return new(task).set(m.Meta(), items, tensor.Stream{}), nil
}
