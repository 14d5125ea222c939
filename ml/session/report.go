package session

import (
	"descent/ml/experiment"
	"descent/ml/train"
)

// report puts what was measured into a message.
func report(part string, step int, r train.Report) *Report {
	out := &Report{Part: part, Step: step, Count: r.Count, K: r.K}
	for _, m := range experiment.Metrics {
		if v, ok := r.Values[m.Type]; ok {
			out.Metrics, out.Values = append(out.Metrics, m.Type), append(out.Values, v)
		}
	}
	for _, c := range r.Classes {
		out.Precision = append(out.Precision, c.Precision)
		out.Recall = append(out.Recall, c.Recall)
		out.F1 = append(out.F1, c.F1)
		out.AUC = append(out.AUC, c.AUC)
		out.Samples = append(out.Samples, c.Samples)
	}
	for _, row := range r.Confusion {
		out.Confusion = append(out.Confusion, row...)
	}
	return out
}
