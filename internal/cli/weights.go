package cli

import (
	"fmt"
	"io"
	"os"

	"descent/ml/experiment"
	"descent/ml/train"
)

// pretrained loads the file of weights that the document or the command line
// names, and says what became of it.
func pretrained(t *train.Trainer, e *experiment.Experiment, stderr io.Writer) error {
	file := e.Model.Start.Weights
	if file == "" {
		return nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	what, err := t.Load(b)
	if err != nil {
		return Invalid(fmt.Errorf("%s: %w", file, err))
	}
	fmt.Fprintf(stderr, "%s: %v\n", file, what)
	return nil
}
