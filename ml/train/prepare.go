package train

import (
	"fmt"

	"descent/ml/data"
	"descent/ml/safetensors"
	"descent/ml/tensor"
)

// What preprocessing found out about the training samples belongs to the
// trained model: a checkpoint keeps it as "preprocess.0", one tensor for each
// step that has any.

const pipePrefix = "preprocess."

func pipeName(step int) string { return fmt.Sprint(pipePrefix, step) }

// Pipeline returns the preprocessing, fitted to what is trained on.
func (t *Trainer) Pipeline() *data.Pipeline { return t.pipe }

// prepared returns the tensors for a checkpoint.
func (t *Trainer) prepared() []safetensors.Tensor {
	var out []safetensors.Tensor
	for i, stats := range t.pipe.Stats() {
		if len(stats) > 0 {
			out = append(out, safetensors.Tensor{Name: pipeName(i), Tensor: tensor.Tensor{Shape: tensor.Shape{len(stats)}, Data: stats}})
		}
	}
	return out
}

// preparedAs returns what a checkpoint holds for preprocessing.
func (t *Trainer) preparedAs(found map[string]tensor.Tensor) ([][]float32, error) {
	own := t.pipe.Stats()
	stats := make([][]float32, len(own))
	for i := range own {
		from, ok := found[pipeName(i)]
		if ok != (len(own[i]) > 0) || len(from.Data) != len(own[i]) {
			return nil, fmt.Errorf("train: the checkpoint's preprocessing differs in step %d: it has %d statistics, the experiment's step has %d", i+1, len(from.Data), len(own[i]))
		}
		if ok {
			stats[i] = append([]float32{}, from.Data...)
		}
	}
	return stats, nil
}

// fillLearning fills in samples as the step of training learns from them.
func (p *program) fillLearning(t *Trainer, ids []int) {
	if t.learn == nil {
		p.fill(t.train, ids)
		return
	}
	xs, ys := len(p.x.Data)/len(ids), len(p.y.Data)/len(ids)
	for i, id := range ids {
		t.learn.Read(uint64(t.step), id, p.x.Data[i*xs:(i+1)*xs], p.y.Data[i*ys:(i+1)*ys], p.mixture(i, ys))
	}
}
