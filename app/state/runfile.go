package state

import (
	"fmt"
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
	"descent/ml/train"
)

// RunOf makes a run of the texts in the head of a checkpoint that was brought as a file. An error says that it is none.
func RunOf(meta map[string]string, file, id string, now int64) (Run, error) {
	document, ok := meta[train.DocumentKey]
	if !ok {
		return Run{}, fmt.Errorf("state: the file does not say which experiment it is of")
	}
	tree, err := config.Parse([]byte(document))
	if err != nil {
		return Run{}, err
	}
	r := Run{ID: id, Document: format(tree), Began: now, Changed: now, Accuracy: -1, Phase: session.Ready}
	if r.Name = strings.TrimSuffix(file, ".safetensors"); r.Name == "" {
		r.Name = file
	}
	points, seconds, err := session.Recollect(meta)
	if err != nil {
		return Run{}, err
	}
	r.Seconds = seconds
	r.Step, _ = strconv.Atoi(meta["step"])
	for _, p := range points {
		switch p.Curve {
		case "train":
			r.Train.Add(p)
			r.Epoch = p.Epoch
			r.Loss, r.Accuracy = p.Loss, p.Accuracy
		case "validation":
			r.Valid.Add(p)
		case "test":
			r.Test = &p
		}
	}
	r.Train, r.Valid = thinned(r.Train, r.Step), thinned(r.Valid, r.Step)
	return r, nil
}

// Curves are all points of a run, from the head of its checkpoint; its record has fewer.
func (r *Run) Curves(meta map[string]string) Run {
	all := *r
	points, _, err := session.Recollect(meta)
	if err != nil || len(points) == 0 {
		return all
	}
	all.Train, all.Valid = Curve{}, Curve{}
	for _, p := range points {
		switch p.Curve {
		case "train":
			all.Train.Points = append(all.Train.Points, p)
		case "validation":
			all.Valid.Points = append(all.Valid.Points, p)
		}
	}
	return all
}
