package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"descent/ml/train"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A bar shows progress between two lines of results.
type bar interface {
	Step(s train.Stats, rate float64)
	Clear()
	Finish()
}

// noBar is for output that is not a terminal.
type noBar struct{}

func (noBar) Step(train.Stats, float64) {}
func (noBar) Clear()                    {}
func (noBar) Finish()                   {}

type terminalBar struct {
	*progressbar.ProgressBar
	t                   *train.Trainer
	epochs              int
	loss, right, weight float64 // smoothed over about 20 steps
}

func newBar(w io.Writer, t *train.Trainer) bar {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return noBar{}
	}
	b := progressbar.NewOptions(t.Steps(),
		progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(24), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetPredictTime(true), progressbar.OptionShowElapsedTimeOnFinish(), progressbar.OptionUseANSICodes(true),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░", BarStart: "", BarEnd: ""}))
	b.Set(t.StepNumber())
	return &terminalBar{ProgressBar: b, t: t, epochs: t.Epochs()}
}

func (b *terminalBar) Step(s train.Stats, rate float64) {
	const keep = 0.95
	b.weight = keep*b.weight + (1 - keep)
	b.loss = keep*b.loss + (1-keep)*s.Batch.Loss()
	text := fmt.Sprintf("loss %.4f", b.loss/b.weight)
	if a, ok := s.Batch.Accuracy(); ok {
		b.right = keep*b.right + (1-keep)*a
		text += fmt.Sprintf("  accuracy %.3f", b.right/b.weight)
	}
	done, _ := b.t.Epoch()
	b.Describe(fmt.Sprintf("epoch %d/%d  %s  %s samples/s", min(done+1, b.epochs), b.epochs, text, group(int(rate))))
	b.Add(1)
}

func (b *terminalBar) Clear()  { b.ProgressBar.Clear() }
func (b *terminalBar) Finish() { b.ProgressBar.Clear() }
