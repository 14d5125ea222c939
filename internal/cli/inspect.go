package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"descent/ml/data"
	"descent/ml/tensor"
	"descent/ml/train"

	"github.com/spf13/cobra"
)

func newInspect() *cobra.Command {
	var samples []int
	var part, folder string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "inspect RUN [PATH]",
		Short: "Look at a trained model's weights, activations and gradients",
		Long: `Look into a run, a folder that train --out wrote or a file that the page has saved: without PATH at the values there
are, with one at how its numbers and their gradients are distributed. PATH is a node (conv1), a step on the way to it (conv1.pre, before its
activation), or a parameter (conv1.weight).

Values are those of a prediction for the chosen samples; gradients are those that a step of training on them would
compute, dropout included. --json also has the numbers themselves.

Exit codes: 0 done, 2 command line not understood, 3 file not found, 4 run, data or PATH not valid.`,
		Example: `  descent inspect runs/keras
  descent inspect runs/keras conv1.weight
  descent inspect runs/keras conv2 --sample 7 --sample 8 --part test --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return errors.New("inspect wants a RUN and, to look at one value, its PATH")
			}
			if _, ok := partNames[part]; !ok {
				return fmt.Errorf("--part %s: wants training, validation or test", part)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := openRun(args[0], folder)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				for _, path := range t.Paths() {
					fmt.Fprintln(cmd.OutOrStdout(), path)
				}
				return nil
			}
			looks, err := t.Inspect(partNames[part], samples, args[1])
			if err != nil {
				return Invalid(err)
			}
			return printLook(cmd.OutOrStdout(), looks[0], asJSON)
		},
	}
	cmd.Flags().IntSliceVar(&samples, "sample", []int{0}, "`number` of a sample, from 0; may be given several times")
	cmd.Flags().StringVar(&part, "part", "validation", "samples of which `part`: training, validation or test")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, with all numbers")
	cmd.Flags().StringVar(&folder, "data", "", "`folder` with datasets (default: $DESCENT_DATA, or web/data here or beside the program)")
	return cmd
}

var partNames = map[string]train.Part{"training": train.Training, "validation": train.Validation, "test": train.Test}

// openRun brings back what train --out or the page kept.
func openRun(dir, folder string) (*train.Trainer, error) {
	run, err := readResumed(dir)
	if err != nil {
		return nil, err
	}
	e, err := run.experiment(nil)
	if err != nil {
		return nil, err
	}
	set, err := e.Data.Open(e.Seed, data.Local(findData(folder)), nil)
	if err != nil {
		return nil, dataError(err)
	}
	t, err := train.New(e, set, train.Options{})
	if err != nil {
		return nil, Invalid(err)
	}
	return t, run.restore(t)
}

// A view is what is printed of one kind of numbers.
type view struct {
	Shape     []int     `json:"shape"`
	Count     int       `json:"count"`
	NotFinite int       `json:"not_finite,omitempty"`
	Min       float64   `json:"min"`
	Max       float64   `json:"max"`
	Mean      float64   `json:"mean"`
	SD        float64   `json:"sd"`
	Bins      []int     `json:"bins"`   // of equal width, from min to max
	Values    []float32 `json:"values"` // null where one is not finite, which JSON cannot say
}

func viewOf(t tensor.Tensor) *view {
	if t.Data == nil {
		return nil
	}
	h := train.NewHistogram(t.Data)
	v := &view{t.Shape, h.Count, h.NotFinite, h.Min, h.Max, h.Mean, h.SD, h.Bins[:], t.Data}
	if h.NotFinite > 0 {
		v.Values = nil
	}
	return v
}

func printLook(w io.Writer, l train.Look, asJSON bool) error {
	value, grad := viewOf(l.Value), viewOf(l.Grad)
	if asJSON {
		return json.NewEncoder(w).Encode(struct {
			Path  string `json:"path"`
			Value *view  `json:"value"`
			Grad  *view  `json:"grad"` // null where the loss does not depend on it
		}{l.Path, value, grad})
	}
	fmt.Fprintf(w, "%s  %v\n\n", l.Path, l.Value.Shape)
	value.print(w, "values")
	if grad == nil {
		_, err := fmt.Fprintln(w, "\nno gradient: it is the input, frozen, or the loss does not read it")
		return err
	}
	fmt.Fprintln(w)
	return grad.print(w, "gradients")
}

// print draws a histogram of a quarter as many rows as there are bins.
func (v *view) print(w io.Writer, name string) error {
	fmt.Fprintf(w, "%s  %s  min %.4g  max %.4g  mean %.4g  sd %.4g", name, group(v.Count), v.Min, v.Max, v.Mean, v.SD)
	if v.NotFinite > 0 {
		fmt.Fprintf(w, "  not finite %s", group(v.NotFinite))
	}
	fmt.Fprintln(w)
	const rows, width = 10, 50
	var counts [rows]int
	most := 1
	for i, n := range v.Bins {
		counts[i*rows/len(v.Bins)] += n
	}
	for _, n := range counts {
		most = max(most, n)
	}
	for i, n := range counts {
		from := v.Min + (v.Max-v.Min)*float64(i)/rows
		bar := strings.Repeat("#", (n*width+most-1)/most)
		if _, err := fmt.Fprintf(w, "%11.4g  %-*s %s\n", from, width, bar, group(n)); err != nil {
			return err
		}
	}
	return nil
}
