package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"descent/ml/experiment"
	"descent/ml/train"
)

// Files of a run.
const (
	experimentFile = "experiment.json"
	checkpointFile = "checkpoint.safetensors"
	eventsFile     = "events.jsonl"
)

// A run is what --out keeps. Without a folder it keeps nothing.
type run struct {
	dir    string
	events io.Writer
	file   *os.File
}

func newRun(dir string, e *experiment.Experiment, t *train.Trainer, resumed bool) (*run, error) {
	r := &run{dir: dir, events: io.Discard}
	if dir == "" {
		return r, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, checkpointFile)); err == nil && !resumed {
		return nil, fmt.Errorf("%s already holds a run: choose another folder, or go on with it: descent train --resume %s", dir, dir)
	}
	if err := replace(filepath.Join(dir, experimentFile), e.Format()); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, eventsFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	r.events, r.file = file, file
	return r, nil
}

func (r *run) close() {
	if r.file != nil {
		r.file.Close()
	}
}

// save keeps the trainer's state.
func (r *run) save(t *train.Trainer) error {
	if r.dir == "" {
		return nil
	}
	var b bytes.Buffer
	if err := t.Save(&b); err != nil {
		return err
	}
	return replace(filepath.Join(r.dir, checkpointFile), b.Bytes())
}

func restore(t *train.Trainer, dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, checkpointFile))
	if err != nil {
		return err
	}
	if err := t.Restore(b); err != nil {
		return Invalid(fmt.Errorf("%s: %w", filepath.Join(dir, checkpointFile), err))
	}
	return nil
}

// replace writes a file such that whoever reads it finds the old or the new
// one whole, even when the machine stops in between.
func replace(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
