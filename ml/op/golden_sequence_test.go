package op

import (
	"descent/ml/graph"
	"descent/ml/internal/golden"
)

func init() {
	goldenOps["embedding"] = func(golden.Case) (graph.Op, []string, map[string]layout) {
		return Embedding{}, []string{"ids", "w"}, nil
	}
}
