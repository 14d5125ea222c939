package train

import "descent/ml/tensor"

// Outputs returns the shape of one prediction: probabilities of the classes,
// or values.
func (t *Trainer) Outputs() tensor.Shape {
	return t.evals[0].program(1).predict.Shape[1:]
}

// Predict computes the model's answers to raw samples, as the data has them
// before preprocessing. x holds one sample after the other; the answers are
// appended to dst.
func (t *Trainer) Predict(dst, x []float32) []float32 {
	size := t.meta.X.Len()
	r, steps := t.evals[0], t.exp.Data.Steps()
	for len(x) >= size {
		n := min(chunk, len(x)/size)
		p := r.program(n)
		copy(p.x.Data, x[:n*size])
		x = x[n*size:]
		for i := range n {
			for _, s := range steps {
				s.Apply(p.x.Data[i*size : (i+1)*size])
			}
		}
		clear(p.y.Data) // the loss is computed too, and must find a class
		p.Forward(0, 0)
		dst = append(dst, p.predict.Data...)
	}
	return dst
}

// Read fills x and y with a sample of a part: features as the model sees them.
func (t *Trainer) Read(p Part, i int, x, y []float32) { t.part(p).Read(i, x, y) }
