package op

import (
	"descent/ml/graph"
	"descent/ml/internal/golden"
)

func init() {
	loss := func(o func(c golden.Case) graph.Op) func(golden.Case) (graph.Op, []string, map[string]layout) {
		return func(c golden.Case) (graph.Op, []string, map[string]layout) { return o(c), []string{"x", "t"}, nil }
	}
	goldenOps["cross_entropy"] = loss(func(c golden.Case) graph.Op {
		return CrossEntropy{Smoothing: float32(c.Float("label_smoothing", 0))}
	})
	goldenOps["l1"] = loss(func(golden.Case) graph.Op { return MAE{} })
	goldenOps["huber"] = loss(func(c golden.Case) graph.Op { return Huber{Delta: float32(c.Float("delta", 1))} })
	goldenOps["bce_logits"] = loss(func(golden.Case) graph.Op { return BinaryCrossEntropy{} })
	goldenOps["log_softmax"] = func(golden.Case) (graph.Op, []string, map[string]layout) {
		return LogSoftmax{}, []string{"x"}, nil
	}
	for _, name := range []string{"l1", "huber", "bce_logits"} {
		perSample[name] = true
	}
}
