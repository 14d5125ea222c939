// Package pca finds the directions in which vectors differ most, so that many
// dimensions can be drawn in two or three.
package pca

import (
	"gonum.org/v1/gonum/blas"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/lapack"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
)

// A Projection is vectors seen along their first principal components.
type Projection struct {
	Places    []float64 // k numbers for each vector, which is how far along each component it lies
	Explained []float64 // the share of the variance along each of the k
}

// Project returns where the rows of x[rows, size] lie along their first k
// principal components, the eigenvectors of the largest eigenvalues of the
// covariance (x-m)ᵀ(x-m), m being the mean row. Where there are fewer
// components than k, the others are 0; vectors that are all alike explain
// nothing. It takes about rows·size² + 9·size³ operations.
//
// A component has no sign of its own. Each has the one in which it agrees with
// the projection before, of which there may be none: then its largest number
// is positive.
func Project(x []float32, rows, size, k int, before *Projection) Projection {
	p := Projection{Places: make([]float64, rows*k), Explained: make([]float64, k)}
	centred := centre(x, rows, size)
	covariance := make([]float64, size*size) // its lower triangle; the columns of eigenvectors afterwards
	blasgonum.Implementation{}.Dsyrk(blas.Lower, blas.Trans, size, rows, 1, centred, size, 0, covariance, size)
	total := 0.0
	for i := range size {
		total += covariance[i*size+i]
	}
	if !(total > 0) {
		return p
	}
	values, ok := eigen(covariance, size)
	if !ok {
		return p
	}
	place := make([]float64, rows)
	for c := range min(k, size) {
		at := size - 1 - c
		p.Explained[c] = max(0, values[at]/total)
		for i := range rows {
			sum := 0.0
			for j, v := range centred[i*size : (i+1)*size] {
				sum += v * covariance[j*size+at]
			}
			place[i] = sum
		}
		sign := sign(place, before, c, k)
		for i, v := range place {
			p.Places[i*k+c] = sign * v
		}
	}
	return p
}

// eigen returns the eigenvalues of the symmetric matrix a[n, n], the smallest
// first, and puts the eigenvectors in its columns. Only the lower triangle is
// read. It is LAPACK's dsyev without blocks: at up to 128 they gain little, and
// they are two thirds of what gonum's Dsyev would add to a program.
func eigen(a []float64, n int) (values []float64, ok bool) {
	var of lapackgonum.Implementation
	values = make([]float64, n)
	beside, reflect := make([]float64, max(1, n-1)), make([]float64, max(1, n-1))
	work := make([]float64, max(1, 2*n-2))
	of.Dsytd2(blas.Lower, n, a, n, values, beside, reflect) // to three diagonals

	// The reflections that did it lie below the diagonal. Multiplied, they are
	// the matrix that turns the eigenvectors back: its first row and column are
	// those of the unit matrix, and the others begin one further to the right.
	for j := n - 1; j > 0; j-- {
		a[j] = 0
		for i := j + 1; i < n; i++ {
			a[i*n+j] = a[i*n+j-1]
		}
	}
	a[0] = 1
	for i := 1; i < n; i++ {
		a[i*n] = 0
	}
	if n > 1 {
		of.Dorg2r(n-1, n-1, n-1, a[n+1:], n, reflect, work)
	}
	return values, of.Dsteqr(lapack.EVOrig, n, values, beside, a, n, work)
}

func centre(x []float32, rows, size int) []float64 {
	out := make([]float64, rows*size)
	mean := make([]float64, size)
	for i := range rows {
		for j, v := range x[i*size : (i+1)*size] {
			mean[j] += float64(v) / float64(rows)
		}
	}
	for i, v := range x[:rows*size] {
		out[i] = float64(v) - mean[i%size]
	}
	return out
}

// sign is 1, or -1 where the component has to be turned round.
func sign(place []float64, before *Projection, c, k int) float64 {
	agree, largest := 0.0, 0.0
	for i, v := range place {
		if before != nil && len(before.Places) == k*len(place) {
			agree += v * before.Places[i*k+c]
		}
		if v*v > largest*largest*(1+1e-9) { // of two as large, the first
			largest = v
		}
	}
	if agree < 0 || agree == 0 && largest < 0 {
		return -1
	}
	return 1
}
