package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

// letters is a task whose questions are rows of letters of different lengths,
// and whose answers are made of the same letters.
type letters struct {
	task
	name              string
	shortest, longest int
	alphabet          int
	answer            func(question []int) []int
}

func newLetters(name string, answer func([]int) []int) func() Source {
	return func() Source {
		return &letters{task: newTask(10000, 1000, Teacher), name: name, shortest: 1, longest: 8, alphabet: 10, answer: answer}
	}
}

func (l *letters) Fields() []config.Field {
	return append(append(l.amounts(),
		config.Int("min_length", &l.shortest, 1, 64, "how many letters the shortest question has"),
		config.Int("max_length", &l.longest, 1, 64, "how many letters the longest has; every length between is as frequent, as far as there are different questions"),
		config.Int("alphabet", &l.alphabet, 2, 26, "how many different letters there are, from a on"),
	), l.layouts()...)
}

func (l *letters) spaces() []space { return lengths(l.alphabet, l.shortest, l.longest) }

// lengths are the texts over an alphabet from the shortest to the longest.
func lengths(k, shortest, longest int) (out []space) {
	for n := shortest; n <= longest; n++ {
		out = append(out, words(k, n))
	}
	return out
}

// ordered checks the bounds of the lengths.
func ordered(shortest, longest int) error {
	if shortest > longest {
		return config.Problem("the longest question, %d, is shorter than the shortest, %d", longest, shortest).At("data.source.max_length")
	}
	return nil
}

func (l *letters) Check() error {
	if err := ordered(l.shortest, l.longest); err != nil {
		return err
	}
	return l.enough(sizes(l.spaces()))
}

func (l *letters) Meta() Meta {
	return l.meta(tokenizer(text.Characters, config.Text("abcdefghijklmnopqrstuvwxyz"[:l.alphabet]), l.special()), l.longest, l.longest)
}

func (l *letters) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	s := tensor.NewStream(seed, l.name)
	return l.open(l.Meta(), l.draw(s, l.spaces()), s, func(question []int, _ tensor.Stream) item {
		return item{question: question, answer: l.answer(question)}
	}, progress), nil
}
