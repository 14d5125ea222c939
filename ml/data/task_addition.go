package data

import (
	"math"
	"strconv"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

func init() {
	Register(Info{
		Type: "addition", Title: "Addition", Kind: "task", Made: true,
		Doc: "Add two numbers, written as characters: 12+34 is 46. Nobody tells the model what a digit means or that there is a carry.",
		New: func() Source {
			return &addition{task: newTask(4500, 500, Answer), digits: 2}
		},
	})
}

// addition asks for a+b, as Keras' example addition_rnn does. Of a+b and b+a
// one is asked, so that the test asks for no sum that was told. Numbers of all
// lengths are as frequent, as far as there are different ones.
type addition struct {
	task
	digits int
}

func (a *addition) Fields() []config.Field {
	return append(append(a.amounts(),
		config.Int("digits", &a.digits, 1, 6, "how many digits the longest numbers have"),
		config.Toggle("reversed", &a.backwards, "write each question from its end to its beginning, so that a recurrent network reads the first digits last"),
	), a.layouts()...)
}

// numbers returns how many numbers have so many digits, and the first of them.
func numbers(digits int) (n, first int) {
	if digits == 1 {
		return 10, 0
	}
	first = int(math.Pow10(digits - 1))
	return 9 * first, first
}

// spaces are the pairs of numbers of a and b digits, the smaller number first.
func (a *addition) spaces() (out []space) {
	for short := 1; short <= a.digits; short++ {
		for long := short; long <= a.digits; long++ {
			out = append(out, pairs(short, long))
		}
	}
	return out
}

func pairs(short, long int) space {
	m, from := numbers(short)
	n, above := numbers(long)
	sp := space{
		size: float64(m) * float64(n),
		draw: func(s tensor.Stream) []int {
			p := []int{from + s.Intn(0, m), above + s.Intn(1, n)}
			if short == long && p[0] > p[1] {
				p[0], p[1] = p[1], p[0]
			}
			return p
		},
		all: func(yield func([]int)) {
			for i := range m {
				for j := range n {
					if short != long || i <= j {
						yield([]int{from + i, above + j})
					}
				}
			}
		},
	}
	if short == long {
		sp.size = float64(n) * float64(n+1) / 2
	}
	return sp
}

func (a *addition) Check() error { return a.enough(sizes(a.spaces())) }

func (a *addition) Meta() Meta {
	return a.meta(tokenizer(text.Characters, config.Text("0123456789+"), a.special()), 2*a.digits+1, a.digits+1)
}

func (a *addition) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	meta, s := a.Meta(), tensor.NewStream(seed, "addition")
	return a.open(meta, a.draw(s, a.spaces()), s, func(p []int, s tensor.Stream) item {
		first, second := p[0], p[1]
		if s.Intn(0, 2) == 1 {
			first, second = second, first
		}
		return item{
			question: meta.Text.Encode(nil, strconv.Itoa(first)+"+"+strconv.Itoa(second)),
			answer:   meta.Text.Encode(nil, strconv.Itoa(first+second)),
		}
	}, progress), nil
}
