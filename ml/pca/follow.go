package pca

import "math"

// A Follower projects vectors that change a little from one time to the next,
// such as what a layer makes of some samples while it learns. It knows the last
// projection: components keep their signs, and the search for those of long
// vectors begins where it ended. The zero Follower has seen none.
type Follower struct {
	last    *Projection
	size, k int
	vectors []float64 // the components of long vectors, one after the other, each of length 1
}

const (
	short  = 128  // vectors up to so long have a covariance that is quickly taken apart
	rounds = 40   // bound the search for the components of others
	enough = 1e-4 // of the variance along them: a round that gains less is the last
)

// Project returns where the rows of x[rows, size] lie along their first k
// principal components, as the function Project does. Of vectors longer than 128
// these are found by subspace iteration,
//
//	V ← orthonormal (Xᵀ(X·V)),  X the rows less their mean,
//
// until a round gains less than a ten-thousandth of the variance along them, or
// 40 times. A round takes 4·rows·size·k operations. Components with nearly the
// same variance may stay mixed; what they explain together is right.
func (f *Follower) Project(x []float32, rows, size, k int) Projection {
	var p Projection
	if size <= short {
		p = Project(x, rows, size, k, f.last)
	} else {
		p = f.search(x, rows, size, k)
	}
	f.last = &p
	return p
}

func (f *Follower) search(x []float32, rows, size, k int) Projection {
	p := Projection{Places: make([]float64, rows*k), Explained: make([]float64, k)}
	mean := make([]float64, size)
	for i := range rows {
		for j, v := range x[i*size : (i+1)*size] {
			mean[j] += float64(v) / float64(rows)
		}
	}
	total := 0.0
	for i := range rows {
		for j, v := range x[i*size : (i+1)*size] {
			total += (float64(v) - mean[j]) * (float64(v) - mean[j])
		}
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return p
	}
	f.begin(size, k)
	before := 0.0
	for round := range rounds {
		f.place(p.Places, x, rows, mean)
		along := dot(p.Places, p.Places)
		if round > 0 && along-before <= enough*along {
			break
		}
		before = along
		f.gather(p.Places, x, rows, mean)
		f.orthonormalise()
	}
	f.turn(p.Places, rows)
	for c := range k {
		sum := 0.0
		for i := range rows {
			sum += p.Places[i*k+c] * p.Places[i*k+c]
		}
		p.Explained[c] = min(1, sum/total)
		f.agree(&p, c)
	}
	return p
}

// begin keeps the components found before, or takes directions that are always
// the same: fractions of the multiples of the golden ratio, less a half.
func (f *Follower) begin(size, k int) {
	if f.size == size && f.k == k && f.vectors != nil {
		return
	}
	f.size, f.k, f.vectors = size, k, make([]float64, size*k)
	for i := range f.vectors {
		_, f.vectors[i] = math.Modf(float64(i+1) * math.Phi)
		f.vectors[i] -= 0.5
	}
	f.orthonormalise()
}

// place works out places[i][c] = (x[i]-mean)·vector[c].
func (f *Follower) place(places []float64, x []float32, rows int, mean []float64) {
	clear(places)
	for i := range rows {
		row := x[i*f.size : (i+1)*f.size]
		for c := range f.k {
			vector := f.vectors[c*f.size : (c+1)*f.size]
			sum := 0.0
			for j, v := range row {
				sum += (float64(v) - mean[j]) * vector[j]
			}
			places[i*f.k+c] = sum
		}
	}
}

// gather works out vector[c] = Σ places[i][c]·(x[i]-mean).
func (f *Follower) gather(places []float64, x []float32, rows int, mean []float64) {
	clear(f.vectors)
	for i := range rows {
		row := x[i*f.size : (i+1)*f.size]
		for c := range f.k {
			vector, along := f.vectors[c*f.size:(c+1)*f.size], places[i*f.k+c]
			for j, v := range row {
				vector[j] += along * (float64(v) - mean[j])
			}
		}
	}
}

// orthonormalise makes the vectors upright to each other, the first first
// (Gram and Schmidt, twice over). One that lies within the others becomes 0.
func (f *Follower) orthonormalise() {
	for c := range f.k {
		v := f.vectors[c*f.size : (c+1)*f.size]
		before := math.Sqrt(dot(v, v))
		for range 2 {
			for d := range c {
				w := f.vectors[d*f.size : (d+1)*f.size]
				along := dot(v, w)
				for j := range v {
					v[j] -= along * w[j]
				}
			}
		}
		length := math.Sqrt(dot(v, v))
		for j := range v {
			if length <= 1e-9*before {
				v[j] = 0
			} else {
				v[j] /= length
			}
		}
	}
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// turn rotates the basis within what it spans, so that the places along
// different components are uncorrelated and the first explains the most
// (Jacobi's rotations of the small matrix of their products).
func (f *Follower) turn(places []float64, rows int) {
	rotate := func(c, d int, cos, sin float64) {
		for i := range rows {
			u, v := places[i*f.k+c], places[i*f.k+d]
			places[i*f.k+c], places[i*f.k+d] = cos*u+sin*v, cos*v-sin*u
		}
		for j := range f.size {
			u, v := f.vectors[c*f.size+j], f.vectors[d*f.size+j]
			f.vectors[c*f.size+j], f.vectors[d*f.size+j] = cos*u+sin*v, cos*v-sin*u
		}
	}
	for range 12 {
		for c := range f.k {
			for d := c + 1; d < f.k; d++ {
				var uu, vv, uv float64
				for i := range rows {
					u, v := places[i*f.k+c], places[i*f.k+d]
					uu, vv, uv = uu+u*u, vv+v*v, uv+u*v
				}
				angle := math.Atan2(2*uv, uu-vv) / 2 // after which c has more than d
				if uv != 0 || vv > uu {
					sin, cos := math.Sincos(angle)
					rotate(c, d, cos, sin)
				}
			}
		}
	}
}

// agree turns a component round that points away from the projection before;
// without one, its largest number is positive.
func (f *Follower) agree(p *Projection, c int) {
	agree, largest := 0.0, 0.0
	for i := c; i < len(p.Places); i += f.k {
		v := p.Places[i]
		if f.last != nil && len(f.last.Places) == len(p.Places) {
			agree += v * f.last.Places[i]
		}
		if v*v > largest*largest*(1+1e-9) { // of two as large, the first
			largest = v
		}
	}
	if agree > 0 || agree == 0 && largest >= 0 {
		return
	}
	for i := c; i < len(p.Places); i += f.k {
		p.Places[i] = -p.Places[i]
	}
	for j := range f.size {
		f.vectors[c*f.size+j] = -f.vectors[c*f.size+j]
	}
}
