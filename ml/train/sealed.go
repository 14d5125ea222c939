package train

import (
	"fmt"
	"strconv"

	"descent/ml/experiment"
	"descent/ml/safetensors"
)

// OpenedKey is where the header of a checkpoint keeps how often the test was
// opened.
const OpenedKey = "test_opened"

// OpenTest counts that the test part is about to be measured, and returns how
// often it was by now. A figure of the test means what it says only the first
// time: whatever was chosen after that was chosen with it in view. Before is
// how often others know that it was.
func (t *Trainer) OpenTest(before int) int {
	t.opened = max(t.opened, before) + 1
	return t.opened
}

// Opened returns how often the test part was measured. Reset does not take it back.
func (t *Trainer) Opened() int { return t.opened }

// keptOpened reads it from a checkpoint. One that says nothing of it was saved
// before it was counted.
func keptOpened(f *safetensors.File) (int, error) {
	kept, ok := f.Meta[OpenedKey]
	if !ok {
		return 0, nil
	}
	n, err := strconv.Atoi(kept)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("train: the checkpoint says %q of %s", kept, OpenedKey)
	}
	return n, nil
}

// Experiment returns the document that is trained.
func (t *Trainer) Experiment() *experiment.Experiment { return t.exp }
