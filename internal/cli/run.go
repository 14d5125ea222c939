package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"descent/ml/experiment"
	"descent/ml/safetensors"
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
	dir      string
	document []byte
	events   io.Writer
	file     *os.File
}

func newRun(dir string, e *experiment.Experiment, t *train.Trainer, resumed bool) (*run, error) {
	r := &run{dir: dir, document: e.Format(), events: io.Discard}
	if dir == "" {
		return r, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, checkpointFile)); err == nil && !resumed {
		return nil, fmt.Errorf("%s already holds a run: choose another folder, or go on with it: descent train --resume %s", dir, dir)
	}
	if err := replace(filepath.Join(dir, experimentFile), r.document); err != nil {
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
	if err := t.SaveWith(&b, map[string]string{train.DocumentKey: string(r.document)}); err != nil {
		return err
	}
	return replace(filepath.Join(r.dir, checkpointFile), b.Bytes())
}

// A resumed is a run to go on with: a folder that --out wrote, or one file, such
// as a run that the page has saved.
type resumed struct {
	path       string // of the checkpoint
	checkpoint []byte
	document   []byte
	dir        string // "" for one file
}

func readResumed(path string) (*resumed, error) {
	r := &resumed{path: path, dir: path}
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		r.dir = ""
		if r.checkpoint, err = os.ReadFile(path); err != nil {
			return nil, err
		}
		f, err := safetensors.Read(r.checkpoint)
		if err != nil {
			return nil, Invalid(fmt.Errorf("%s: %w", path, err))
		}
		text, ok := f.Meta[train.DocumentKey]
		if !ok {
			return nil, Invalid(fmt.Errorf("%s does not say which experiment it is of, so there is no run in it to go on with; a new run can begin with its weights, see --weights", path))
		}
		r.document = []byte(text)
		return r, nil
	}
	if r.document, err = os.ReadFile(filepath.Join(path, experimentFile)); err != nil {
		return nil, err
	}
	r.path = filepath.Join(path, checkpointFile)
	r.checkpoint, err = os.ReadFile(r.path)
	return r, err
}

// experiment reads the run's document, and applies --set.
func (r *resumed) experiment(set []string) (*experiment.Experiment, error) {
	file := r.path
	if r.dir != "" {
		file = filepath.Join(r.dir, experimentFile)
	}
	return parseExperiment(file, r.document, set)
}

func (r *resumed) restore(t *train.Trainer) error {
	if err := t.Restore(r.checkpoint); err != nil {
		return Invalid(fmt.Errorf("%s: %w", r.path, err))
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
