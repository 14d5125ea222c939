package op

import (
	"descent/ml/config"
	"descent/ml/graph"
)

// eachStep is the Stepwise of an op that computes each step of a sequence from
// that step alone: the op itself will do. Its steps have so many dimensions,
// the samples and the steps included; with fewer it would mix the steps.
func eachStep(in []graph.Flow, dims int) (graph.Op, error) {
	rank := 0
	for _, f := range in {
		if f.Steps && (len(f.Shape) < dims || rank > 0 && len(f.Shape) != rank) {
			return nil, mixed()
		}
		if f.Steps {
			rank = len(f.Shape)
		}
	}
	return nil, nil
}

func mixed() error { return config.Problem("it reads the whole sequence at once") }

// noGradient is the Backward of an op for one step.
func noGradient() { panic("op: a step of a sequence has no gradient: train on whole sequences") }
