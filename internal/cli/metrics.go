package cli

import (
	"encoding/json"
	"math"

	"descent/ml/experiment"
	"descent/ml/train"
)

// metrics is everything that is measured at the end.
type metrics struct {
	Part      string             `json:"part"` // "test" or "validation"
	Values    map[string]float64 `json:"-"`    // by name, beside the rest
	K         int                `json:"k,omitempty"`
	Classes   []class            `json:"classes,omitempty"`
	Confusion [][]int            `json:"confusion,omitempty"` // [right class][predicted class]
}

type class struct {
	Precision float64  `json:"precision"`
	Recall    float64  `json:"recall"`
	F1        float64  `json:"f1"`
	AUC       *float64 `json:"roc_auc,omitempty"` // where it is defined
	Samples   int      `json:"samples"`
}

func measured(part string, r train.Report) *metrics {
	m := &metrics{Part: part, Values: r.Values, K: r.K, Confusion: r.Confusion}
	for _, c := range r.Classes {
		one := class{Precision: c.Precision, Recall: c.Recall, F1: c.F1, Samples: c.Samples}
		if !math.IsNaN(c.AUC) {
			one.AUC = &c.AUC
		}
		m.Classes = append(m.Classes, one)
	}
	return m
}

// MarshalJSON writes the values under their own names, in the order of
// experiment.Metrics, and then the rest.
func (m *metrics) MarshalJSON() ([]byte, error) {
	type rest metrics
	tail, err := json.Marshal((*rest)(m))
	if err != nil {
		return nil, err
	}
	out := []byte{'{'}
	for _, metric := range experiment.Metrics {
		v, ok := m.Values[metric.Type]
		if !ok {
			continue
		}
		number, err := json.Marshal(real(v))
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, '"'), metric.Type...), '"', ':')
		out = append(append(out, number...), ',')
	}
	return append(out, tail[1:]...), nil
}
