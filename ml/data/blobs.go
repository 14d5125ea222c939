package data

import (
	"fmt"
	"strconv"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "blobs", Title: "Blobs", Kind: "points", Made: true,
		Doc: "Round clouds, two to eight, each a class of its own: the simplest problem with more than two classes.",
		New: func() Source { return &blobs{samples: 500, centers: 3, deviation: 1, percent: 50} },
	})
}

// blobs draws normal clouds around centres, as scikit-learn's make_blobs does:
// every centre uniform in the square from -4 to 4 (there it is -10 to 10), the
// same number of samples around each, with the same deviation. A centre that
// lies within 2.5 of an earlier one is drawn again, up to 20 times.
type blobs struct {
	samples, centers int
	deviation        float64
	percent          float64 // of the samples, for training
}

func (b *blobs) Fields() []config.Field {
	return []config.Field{
		config.Int("samples", &b.samples, 10, 100000, "how many points are drawn, for training and test together").With("samples"),
		config.Int("centers", &b.centers, 2, 8, "how many clouds there are; each is a class"),
		config.Float("deviation", &b.deviation, 0, 4, "how wide a cloud is: its standard deviation"),
		config.Float("train_percent", &b.percent, 10, 90, "this share of the points is for training, the rest for the test").With("%"),
	}
}

func (b *blobs) Meta() Meta {
	train := int(float64(b.samples) * b.percent / 100)
	m := Meta{X: tensor.Shape{2}, Y: tensor.Shape{1}, Train: train, Test: b.samples - train, Range: [2]float64{-6, 6}, Held: pointBytes * int64(b.samples)}
	for i := range b.centers {
		m.Classes = append(m.Classes, strconv.Itoa(i))
	}
	return m
}

func (b *blobs) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if b.samples < 1 || b.centers < 1 {
		return nil, fmt.Errorf("blobs: %s samples in %s clouds cannot be drawn", config.Group(b.samples), config.Group(b.centers))
	}
	places := b.places(tensor.NewStream(seed, "blobs.centers"))
	s := tensor.NewStream(seed, "blobs")
	meta := b.Meta()
	all := make(pointSet, b.samples)
	for i, from := range tensor.NewStream(seed, "blobs.order").Perm(b.samples) {
		class := from % b.centers
		all[i] = [3]float32{
			float32(places[class].x + b.deviation*s.Normal(2*uint64(from))),
			float32(places[class].y + b.deviation*s.Normal(2*uint64(from)+1)),
			float32(class),
		}
	}
	if progress != nil {
		progress(int64(b.samples), int64(b.samples))
	}
	return &Set{Meta: meta, Train: all[:meta.Train:meta.Train], Test: all[meta.Train:]}, nil
}

// places draws the centres.
func (b *blobs) places(s tensor.Stream) []vec {
	const half, apart, tries = 4, 2.5, 20
	out := make([]vec, b.centers)
	for i := range out {
		for try := range tries {
			at := 2 * (i*tries + try)
			out[i] = vec{uniform(s, at, -half, half), uniform(s, at+1, -half, half)}
			alone := true
			for _, other := range out[:i] {
				alone = alone && out[i].distance(other) >= apart
			}
			if alone {
				break
			}
		}
	}
	return out
}
