package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

func init() {
	Register(Info{
		Type: "parity", Title: "Parity", Kind: "task", Made: true,
		Doc: "Is the number of ones even or odd? Every single digit decides: a network that keeps a state needs one bit, and one that sees all at once has nothing to hold on to.",
		New: func() Source { return &parity{task: newTask(5000, 1000, ""), shortest: 1, longest: 16} },
	})
}

// parity asks of rows of 0 and 1 whether the ones are even or odd in number.
type parity struct {
	task
	shortest, longest int
}

func (p *parity) Fields() []config.Field {
	return append(p.amounts(),
		config.Int("min_length", &p.shortest, 1, 64, "how many digits the shortest row has"),
		config.Int("max_length", &p.longest, 1, 64, "how many digits the longest has; every length between is as frequent, as far as there are different rows"),
	)
}

func (p *parity) spaces() []space { return lengths(2, p.shortest, p.longest) }

func (p *parity) Check() error {
	if err := ordered(p.shortest, p.longest); err != nil {
		return err
	}
	return p.enough(sizes(p.spaces()))
}

func (p *parity) Meta() Meta {
	return p.labelled(tokenizer(text.Characters, config.Text("01"), []string{text.Pad}), p.longest, "even", "odd")
}

func (p *parity) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	s := tensor.NewStream(seed, "parity")
	return p.open(p.Meta(), p.draw(s, p.spaces()), s, func(row []int, _ tensor.Stream) item {
		ones := 0
		for _, digit := range row {
			ones += digit
		}
		return item{question: row, class: ones % 2}
	}, progress), nil
}
