package data

// Join returns the samples of a, and after them those of b.
func Join(a, b Dataset) Dataset { return joined{a, b} }

type joined struct{ a, b Dataset }

func (j joined) Len() int { return j.a.Len() + j.b.Len() }

func (j joined) Read(i int, x, y []float32) {
	if n := j.a.Len(); i < n {
		j.a.Read(i, x, y)
	} else {
		j.b.Read(i-n, x, y)
	}
}

func (j joined) Label(i int) int {
	if n := j.a.Len(); i < n {
		return label(j.a, i)
	} else {
		return label(j.b, i-n)
	}
}
