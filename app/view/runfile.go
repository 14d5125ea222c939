package view

import (
	"errors"
	"strings"
	"time"

	"descent/app/draw"
	"descent/app/runner"
	"descent/app/state"
	"descent/ml/safetensors"
	"descent/ml/train"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Forms that a run is saved in.
const (
	formWhole   = "whole"
	formWeights = "weights"
	formMetrics = "metrics"
)

// fileName is a run's name as a file can have it.
func (c *Core) fileName(id string) string {
	name := "run"
	if r := c.Run(id); r != nil {
		name = r.Name
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
}

// headOf reads the head of a safetensors file. It runs among the jobs.
func headOf(blob goapp.Value) ([]byte, error) {
	first, err := sliceOf(blob, 0, 8)
	if err != nil {
		return nil, err
	}
	n, err := safetensors.HeadSize(first)
	if err != nil {
		return nil, err
	}
	return sliceOf(blob, 0, n)
}

// sliceOf reads a part of a Blob.
func sliceOf(blob goapp.Value, from, to int) (b []byte, err error) {
	type answer struct {
		b   []byte
		err error
	}
	done := make(chan answer, 1)
	yes := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		done <- answer{b: draw.Bytes(args[0])}
		return nil
	})
	no := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		done <- answer{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	blob.Call("slice", from, to).Call("arrayBuffer").Call("then", yes, no)
	a := <-done
	yes.Release()
	no.Release()
	return a.b, a.err
}

// weightsOf is a run's weights alone, as other programs read them, and the texts of its checkpoint.
func (c *Core) weightsOf(id string) (goapp.Value, map[string]string, error) {
	blob, err := c.kept.archive.Weights(id)
	if err != nil {
		return nil, nil, err
	}
	head, err := headOf(blob)
	if err != nil {
		return nil, nil, err
	}
	meta, err := safetensors.Meta(head)
	if err != nil {
		return nil, nil, err
	}
	only, from, to, err := safetensors.Part(head, func(name string) bool { return !train.OwnState(name) }, aboutWeights)
	if err != nil {
		return nil, nil, err
	}
	bytes := goapp.Window().Get("Uint8Array").New(len(only))
	goapp.CopyBytesToJS(bytes, only)
	parts := goapp.Window().Get("Array").New()
	parts.Call("push", bytes, blob.Call("slice", len(head)+from, len(head)+to))
	return goapp.Window().Get("Blob").New(parts), meta, nil
}

// aboutWeights reports whether a text of a checkpoint is about the weights, and not about how far training has come.
func aboutWeights(text string) bool {
	return text == train.DocumentKey || text == "tokenizer" || text == "tokens"
}

// saveRun downloads a run: all of it, its weights, or its metrics.
func (c *Core) saveRun(id, form string) {
	r := c.Run(id)
	if r == nil {
		return
	}
	run, name := *r, c.fileName(id)
	c.kept.jobs <- func() {
		a := c.kept.archive
		var blob goapp.Value
		var err error
		switch form {
		case formWhole:
			blob, err = a.Weights(id)
			name += ".run.safetensors"
		case formWeights:
			blob, _, err = c.weightsOf(id)
			name += ".safetensors"
		case formMetrics:
			if _, meta, none := c.weightsOf(id); none == nil {
				run = run.Curves(meta)
			}
			blob = textBlob(run.CSV(), "text/csv")
			name += ".csv"
		}
		c.dispatch(func() {
			if err != nil {
				c.notify("notice.noweights")
				return
			}
			download(blob, name)
		})
	}
}

// saveUnread downloads something that is kept and cannot be read, as it is.
func (c *Core) saveUnread(u state.Unread) {
	c.kept.jobs <- func() {
		all, _ := c.kept.archive.All(u.Shelf)
		for _, r := range all {
			if r.Key == u.Key {
				c.dispatch(func() { download(textBlob(r.Text, "application/json"), u.Shelf+"-"+u.Key+".json") })
			}
		}
	}
}

func textBlob(text, typ string) goapp.Value {
	parts := goapp.Window().Get("Array").New()
	parts.Call("push", text)
	return goapp.Window().Get("Blob").New(parts, map[string]any{"type": typ})
}

func download(blob goapp.Value, name string) {
	window := goapp.Window()
	url := window.Get("URL").Call("createObjectURL", blob)
	a := window.Get("document").Call("createElement", "a")
	a.Set("href", url)
	a.Set("download", name)
	a.Call("click")
	time.AfterFunc(time.Minute, func() { window.Get("URL").Call("revokeObjectURL", url) }) // the browser may be asking where to
}

// openRunFile takes a run in that was brought as a file, and goes on with it. Other weights are files like others.
func (c *Core) openRunFile(file runner.File) {
	k := &c.kept
	if k.archive == nil || c.Place != state.PlaceHere {
		c.bringAs([]runner.File{file}, false)
		return
	}
	k.jobs <- func() {
		head, err := headOf(file.File)
		var meta map[string]string
		if err == nil {
			meta, err = safetensors.Meta(head)
		}
		if err != nil {
			c.dispatch(func() { c.notify("notice.badrun") })
			return
		}
		run, err := state.RunOf(meta, strings.TrimSuffix(strings.TrimSuffix(file.Name, ".safetensors"), ".run"), newID(), time.Now().UnixMilli())
		if err != nil {
			c.dispatch(func() { c.bringAs([]runner.File{file}, false) })
			return
		}
		if err := k.archive.PutWeights(run.ID, file.File); err != nil {
			c.failing(err)
			return
		}
		run.Bytes = int(file.File.Get("size").Float())
		c.dispatch(func() {
			c.Do(state.AddRun{Run: run})
			c.resumeRun(run.ID)
		})
	}
}
