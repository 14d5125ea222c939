package train

import (
	"descent/ml/data"
	"descent/ml/evaluation"
)

// Prior returns the baseline that looks at no input: what the shares of the
// classes are in the training samples, or the mean of each value.
func (t *Trainer) Prior() evaluation.Constant {
	d := t.raw[Training]
	x, y := make([]float32, t.meta.X.Len()), make([]float32, t.meta.Y.Len())
	if n := len(t.meta.Classes); n > 0 {
		counts := make([]int, n)
		known, labeled := d.(data.Labeled)
		for i := range d.Len() {
			label := -1
			if labeled {
				label = known.Label(i)
			}
			if label >= 0 && label < n {
				counts[label]++
				continue
			}
			d.Read(i, x, y)
			for _, v := range y {
				if c := int(v); c >= 0 && c < n {
					counts[c]++
				}
			}
		}
		return evaluation.Prior(counts)
	}
	means := make([]float64, len(y))
	for i := range d.Len() {
		d.Read(i, x, y)
		for k, v := range y {
			means[k] += float64(v)
		}
	}
	for k := range means {
		means[k] /= float64(max(1, d.Len()))
	}
	return evaluation.Constant{Means: means}
}

// Raw returns the samples of a part as the data has them, before preprocessing.
func (t *Trainer) Raw(p Part) data.Dataset { return t.raw[p] }

// ReadRaw fills x and y with a sample of them.
func (t *Trainer) ReadRaw(p Part, i int, x, y []float32) { t.raw[p].Read(i, x, y) }
