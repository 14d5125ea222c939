package train

import (
	"fmt"
	"io"
	"maps"
	"strconv"

	"descent/ml/config"
	"descent/ml/safetensors"
	"descent/ml/tensor"
)

// A checkpoint is a safetensors file: each parameter under its own name, the
// optimizer's state as "optimizer.0.conv1.weight", and where training stands
// in the header's texts. With an average of the weights, that is what has the
// parameters' names, and the weights in training are "training.conv1.weight";
// the weights of the best validation are "best.conv1.weight". A model of text
// has its tokenizer among the header's texts, as JSON. What is random is
// drawn from seed, step and epoch, so there is nothing more to keep: a resumed
// run goes on bit for bit. A validation that is due is not in it: who saves
// between a step and its validation loses that one.

// position lists what the header keeps, for writing and for reading.
func (t *Trainer) position() map[string]*int {
	c := &t.control
	return map[string]*int{
		"step": &t.step, "epoch": &t.epoch, "sample": &t.at,
		"running.count": &t.running.Count, "running.correct": &t.running.Correct,
		"running.classes": &t.running.Classes, "running.scored": &t.running.Scored,
		"running.sequences": &t.running.Sequences, "running.exact": &t.running.Exact,
		"epoch.count": &t.ended.Count, "epoch.correct": &t.ended.Correct,
		"epoch.classes": &t.ended.Classes, "epoch.scored": &t.ended.Scored,
		"epoch.sequences": &t.ended.Sequences, "epoch.exact": &t.ended.Exact,
		"stopping.count": &c.count, "stopping.waited": &c.waited,
		"schedule.count": &c.schedule.Count, "schedule.waited": &c.schedule.Waited, "schedule.cuts": &c.schedule.Cuts,
	}
}

func (t *Trainer) sums() map[string]*float64 {
	return map[string]*float64{"running.loss": &t.running.LossSum, "running.weight": &t.running.Weight,
		"epoch.loss": &t.ended.LossSum, "epoch.weight": &t.ended.Weight, "stopping.score": &t.control.score, "schedule.best": &t.control.schedule.Best}
}

// A block is numbers laid out like the parameters, and what their names begin
// with in a checkpoint.
type block struct {
	prefix string
	data   []float32
}

// blocks lists what a checkpoint holds; best is among them when there is one.
func (t *Trainer) blocks(best bool) []block {
	all := []block{{"", t.Shown().Value}}
	if t.average != nil {
		all = append(all, block{trainingPrefix, t.params.Value})
	}
	for i, s := range t.slots {
		all = append(all, block{fmt.Sprintf("%s%d.", slotPrefix, i), s})
	}
	if best {
		all = append(all, block{bestPrefix, t.control.best})
	}
	return all
}

// checkpointFormat is what a checkpoint says it is.
const checkpointFormat = "descent checkpoint 1"

// DocumentKey is the header's text that holds the experiment of a checkpoint.
const DocumentKey = "experiment"

const (
	slotPrefix     = "optimizer."
	trainingPrefix = "training."
	bestPrefix     = "best."
)

// Save writes a checkpoint.
func (t *Trainer) Save(w io.Writer) error { return t.SaveWith(w, nil) }

// SaveWith writes a checkpoint with notes among the header's texts, which
// Restore does not read. A checkpoint with its document under DocumentKey is a
// whole run in one file.
func (t *Trainer) SaveWith(w io.Writer, notes map[string]string) error {
	f := safetensors.File{Meta: map[string]string{}}
	maps.Copy(f.Meta, notes)
	maps.Copy(f.Meta, map[string]string{
		"format": checkpointFormat, "seed": strconv.FormatUint(t.exp.Seed, 10), "optimizer": t.exp.Train.Optimizer,
		"stopped": t.control.stopped.Text, changesKey: writeChanges(t.changes), OpenedKey: strconv.Itoa(t.opened)})
	if t.meta.Text != nil {
		f.Meta[tokenizerKey] = string(t.meta.Text.Value().Append(nil, ""))
		f.Meta[tokensKey] = strconv.Itoa(t.meta.X.Len())
	}
	for _, b := range t.blocks(t.hasBest()) {
		for i, info := range t.params.Index {
			f.Tensors = append(f.Tensors, safetensors.Tensor{Name: b.prefix + info.Name,
				Tensor: tensor.Tensor{Shape: info.Shape, Data: t.params.Of(b.data, i)}})
		}
	}
	f.Tensors = append(f.Tensors, t.prepared()...)
	for name, p := range t.position() {
		f.Meta[name] = strconv.Itoa(*p)
	}
	for name, p := range t.sums() {
		f.Meta[name] = strconv.FormatFloat(*p, 'g', -1, 64)
	}
	return f.Write(w)
}

func (t *Trainer) hasBest() bool { return t.control.count > 0 && len(t.control.best) > 0 }

// Restore goes on from a checkpoint of the same experiment; the number of
// epochs may differ. On an error nothing has changed.
func (t *Trainer) Restore(b []byte) error {
	f, err := safetensors.Read(b)
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	if f.Meta["format"] != checkpointFormat {
		return fmt.Errorf("train: the file is no checkpoint that this program has saved, so there is no run in it to go on with; " +
			"a new run can begin with its weights, see model.weights")
	}
	if seed := f.Meta["seed"]; seed != strconv.FormatUint(t.exp.Seed, 10) {
		return fmt.Errorf("train: the checkpoint belongs to seed %s, the experiment has %d", seed, t.exp.Seed)
	}
	if o := f.Meta["optimizer"]; o != t.exp.Train.Optimizer {
		return fmt.Errorf("train: the checkpoint belongs to the optimizer %q, the experiment has %q", o, t.exp.Train.Optimizer)
	}
	if err := t.sameText(f); err != nil {
		return err
	}
	found := map[string]tensor.Tensor{}
	for _, one := range f.Tensors {
		found[one.Name] = one.Tensor
	}
	ints, floats := map[string]int{}, map[string]float64{}
	for name := range t.position() {
		if ints[name], err = strconv.Atoi(f.Meta[name]); err != nil || ints[name] < 0 {
			return fmt.Errorf("train: the checkpoint says %q of %s", f.Meta[name], name)
		}
	}
	opened, err := keptOpened(f)
	if err != nil {
		return err
	}
	for name := range t.sums() {
		if floats[name], err = strconv.ParseFloat(f.Meta[name], 64); err != nil {
			return fmt.Errorf("train: the checkpoint says %q of %s", f.Meta[name], name)
		}
	}
	changes, err := readChanges(f.Meta[changesKey])
	if err != nil {
		return err
	}
	best := false
	if len(t.params.Index) > 0 {
		_, best = found[bestPrefix+t.params.Index[0].Name]
	}
	blocks := t.blocks(best)
	read := make([][]float32, len(blocks))
	for k, b := range blocks {
		read[k] = make([]float32, len(t.params.Value))
		for i, info := range t.params.Index {
			from, ok := found[b.prefix+info.Name]
			if !ok || !from.Shape.Equal(info.Shape) {
				return fmt.Errorf("train: the checkpoint has no %s of shape %v", b.prefix+info.Name, info.Shape)
			}
			copy(t.params.Of(read[k], i), from.Data)
		}
	}
	stats, err := t.preparedAs(found)
	if err != nil {
		return err
	}
	if ints["sample"] >= len(t.order) {
		return fmt.Errorf("train: the checkpoint stands at sample %d of an epoch, which has %d", ints["sample"], len(t.order))
	}
	if err := t.pipe.SetStats(stats); err != nil {
		return err
	}
	if best {
		t.control.best = append(t.control.best[:0], read[len(read)-1]...)
		read = read[:len(read)-1]
	}
	for k := range read {
		copy(blocks[k].data, read[k])
	}
	for name, p := range t.position() {
		*p = ints[name]
	}
	for name, p := range t.sums() {
		*p = floats[name]
	}
	// A run that ended early goes on when the document no longer says so.
	if t.control.stopped = (config.Message{Text: f.Meta["stopped"]}); !t.exp.Train.Stop.On() && !t.exp.Train.EarlyStopping.On() {
		t.control.stopped = config.Message{}
	}
	t.orderOf, t.moved, t.opened = -1, false, max(t.opened, opened)
	t.gauge.forget()
	t.resumeChanges(changes)
	return nil
}
