package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

// LabelNoise gives samples a wrong class on purpose, to show what learning by
// heart costs: each sample of d, which has so many classes, is given one of the
// others with a probability of percent/100, and every other is as likely
// (symmetric label noise; Zhang and others: Understanding Deep Learning Requires
// Rethinking Generalization, ICLR 2017). What is drawn depends on the seed and
// on the sample's index, so a sample keeps its class. A percentage of 0 returns d.
func LabelNoise(d Dataset, classes int, percent float64, seed uint64) Dataset {
	if percent == 0 {
		return d
	}
	return mislabeled{d, classes, float32(percent / 100), tensor.NewStream(seed, "labels")}
}

// CheckLabelNoise returns a problem when such samples have no single class that
// could be wrong.
func CheckLabelNoise(m Meta) error {
	if len(m.Classes) < 2 || m.Y.Len() != 1 {
		return config.Problem("gives samples a wrong class, and those of this source have no single class; set it to 0")
	}
	return nil
}

type mislabeled struct {
	Dataset
	classes int
	share   float32
	s       tensor.Stream
}

func (d mislabeled) Read(i int, x, y []float32) {
	d.Dataset.Read(i, x, y)
	y[0] = float32(d.given(i, int(y[0])))
}

func (d mislabeled) Label(i int) int { return d.given(i, label(d.Dataset, i)) }

// given returns the class that sample i is given instead of its own. What is no
// class stays as it is.
func (d mislabeled) given(i, class int) int {
	if class < 0 || class >= d.classes || d.s.Uniform(2*uint64(i)) >= d.share {
		return class
	}
	return (class + 1 + d.s.Intn(2*uint64(i)+1, d.classes-1)) % d.classes
}
