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
	size, seen := t.meta.X.Len(), t.pipe.Shape().Len()
	r := t.evals[0]
	for len(x) >= size {
		n := min(chunk, len(x)/size)
		p := r.program(n)
		for i := range n {
			t.pipe.Apply(p.x.Data[i*seen:(i+1)*seen], x[i*size:(i+1)*size])
		}
		x = x[n*size:]
		clear(p.y.Data) // the loss is computed too, and must find a class
		p.Forward(0, 0)
		dst = append(dst, p.predict.Data...)
	}
	return dst
}

// Read fills x and y with a sample of a part: features as the model sees them.
func (t *Trainer) Read(p Part, i int, x, y []float32) { t.part(p).Read(i, x, y) }
