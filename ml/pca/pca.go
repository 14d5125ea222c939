// Package pca finds the directions in which vectors differ most, so that many
// dimensions can be drawn in two or three.
package pca

import "gonum.org/v1/gonum/mat"

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
	var covariance mat.SymDense
	covariance.SymOuterK(1, centred.T())
	total := mat.Trace(&covariance)
	var eigen mat.EigenSym
	if !(total > 0) || !eigen.Factorize(&covariance, true) {
		return p
	}
	values := eigen.Values(nil) // the smallest first
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	place := mat.NewVecDense(rows, nil)
	for c := range min(k, size) {
		at := size - 1 - c
		p.Explained[c] = max(0, values[at]/total)
		place.MulVec(centred, vectors.ColView(at))
		sign := sign(place, before, c, k)
		for i := range rows {
			p.Places[i*k+c] = sign * place.AtVec(i)
		}
	}
	return p
}

func centre(x []float32, rows, size int) *mat.Dense {
	out := mat.NewDense(rows, size, nil)
	mean := make([]float64, size)
	for i := range rows {
		for j, v := range x[i*size : (i+1)*size] {
			mean[j] += float64(v) / float64(rows)
		}
	}
	for i := range rows {
		for j, v := range x[i*size : (i+1)*size] {
			out.Set(i, j, float64(v)-mean[j])
		}
	}
	return out
}

// sign is 1, or -1 where the component has to be turned round.
func sign(place *mat.VecDense, before *Projection, c, k int) float64 {
	agree, largest := 0.0, 0.0
	for i := range place.Len() {
		v := place.AtVec(i)
		if before != nil && len(before.Places) == k*place.Len() {
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
