package train

import (
	"fmt"
	"io"
	"strconv"

	"descent/ml/safetensors"
	"descent/ml/tensor"
)

// A checkpoint is a safetensors file: each parameter under its own name, the
// optimizer's state as "optimizer.0.conv1.weight", and where training stands
// in the header's texts. What is random is drawn from seed, step and epoch, so
// there is nothing more to keep: a resumed run goes on bit for bit.

// position lists what the header keeps, for writing and for reading.
func (t *Trainer) position() map[string]*int {
	return map[string]*int{
		"step": &t.step, "epoch": &t.epoch, "sample": &t.at,
		"running.count": &t.running.Count, "running.correct": &t.running.Correct, "running.classes": &t.running.Classes,
		"epoch.count": &t.ended.Count, "epoch.correct": &t.ended.Correct, "epoch.classes": &t.ended.Classes,
	}
}

func (t *Trainer) sums() map[string]*float64 {
	return map[string]*float64{"running.loss": &t.running.LossSum, "epoch.loss": &t.ended.LossSum}
}

func slotName(i int, param string) string { return fmt.Sprintf("optimizer.%d.%s", i, param) }

// Save writes a checkpoint.
func (t *Trainer) Save(w io.Writer) error {
	f := safetensors.File{Meta: map[string]string{
		"format": "descent checkpoint 1", "seed": strconv.FormatUint(t.exp.Seed, 10), "optimizer": t.exp.Train.Optimizer}}
	add := func(name string, block []float32, i int) {
		f.Tensors = append(f.Tensors, safetensors.Tensor{Name: name,
			Tensor: tensor.Tensor{Shape: t.params.Index[i].Shape, Data: t.params.Of(block, i)}})
	}
	for i, info := range t.params.Index {
		add(info.Name, t.params.Value, i)
	}
	for s, block := range t.slots {
		for i, info := range t.params.Index {
			add(slotName(s, info.Name), block, i)
		}
	}
	for name, p := range t.position() {
		f.Meta[name] = strconv.Itoa(*p)
	}
	for name, p := range t.sums() {
		f.Meta[name] = strconv.FormatFloat(*p, 'g', -1, 64)
	}
	return f.Write(w)
}

// Restore goes on from a checkpoint of the same experiment; the number of
// epochs may differ. On an error nothing has changed.
func (t *Trainer) Restore(b []byte) error {
	f, err := safetensors.Read(b)
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	if seed := f.Meta["seed"]; seed != strconv.FormatUint(t.exp.Seed, 10) {
		return fmt.Errorf("train: the checkpoint belongs to seed %s, the experiment has %d", seed, t.exp.Seed)
	}
	if o := f.Meta["optimizer"]; o != t.exp.Train.Optimizer {
		return fmt.Errorf("train: the checkpoint belongs to the optimizer %q, the experiment has %q", o, t.exp.Train.Optimizer)
	}
	blocks := make([][]float32, 1+len(t.slots))
	for s := range blocks {
		blocks[s] = make([]float32, len(t.params.Value))
		for i, info := range t.params.Index {
			name := info.Name
			if s > 0 {
				name = slotName(s-1, name)
			}
			from, ok := f.Find(name)
			if !ok || !from.Shape.Equal(info.Shape) {
				return fmt.Errorf("train: the checkpoint has no %s of shape %v", name, info.Shape)
			}
			copy(t.params.Of(blocks[s], i), from.Data)
		}
	}
	ints, floats := map[string]int{}, map[string]float64{}
	for name := range t.position() {
		if ints[name], err = strconv.Atoi(f.Meta[name]); err != nil || ints[name] < 0 {
			return fmt.Errorf("train: the checkpoint says %q of %s", f.Meta[name], name)
		}
	}
	for name := range t.sums() {
		if floats[name], err = strconv.ParseFloat(f.Meta[name], 64); err != nil {
			return fmt.Errorf("train: the checkpoint says %q of %s", f.Meta[name], name)
		}
	}
	if ints["sample"] >= len(t.order) {
		return fmt.Errorf("train: the checkpoint stands at sample %d of an epoch, which has %d", ints["sample"], len(t.order))
	}
	copy(t.params.Value, blocks[0])
	for s := range t.slots {
		copy(t.slots[s], blocks[s+1])
	}
	for name, p := range t.position() {
		*p = ints[name]
	}
	for name, p := range t.sums() {
		*p = floats[name]
	}
	t.orderOf = -1
	return nil
}
