package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/nn"

	"github.com/spf13/cobra"
)

func newSummary() *cobra.Command {
	var set []string
	var asJSON bool
	var folder string
	cmd := &cobra.Command{
		Use:   "summary FILE",
		Short: "Show what an experiment's model is made of and what training it takes",
		Long: `Show the layers of an experiment with their shapes, parameters and arithmetic, and the memory that training
takes, before anything runs. Data is read only where nothing is known of it otherwise, as of a table.

FILE is a path, - for standard input, or the name of a preset. FLOPs are those of one sample; a multiply-add
counts as two, and a backward pass as two forward passes, less what is frozen.

Exit codes: 0 done, 2 command line not understood, 3 file not found, 4 experiment or data not valid.`,
		Example: `  descent summary keras-convnet
  descent summary web/presets/keras-mlp.json --set model.nodes.dense1.config.units=256 --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := readExperiment(args[0], cmd.InOrStdin(), set)
			if err != nil {
				return err
			}
			if !e.Data.Known() {
				if _, err := e.Data.Open(e.Seed, data.Local(findData(folder)), nil); err != nil {
					return dataError(err)
				}
			}
			p, err := e.Plan()
			if err != nil {
				return misread(args[0], err)
			}
			s, err := summarise(e, p)
			if err != nil {
				return misread(args[0], err)
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(s)
			}
			return s.print(cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "change a setting: `path=value`, as train.batch=64; may be given several times")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&folder, "data", "", "`folder` with datasets (default: $DESCENT_DATA, or web/data here or beside the program)")
	return cmd
}

// A summary is what is known of an experiment before anything runs.
type summary struct {
	Name       string  `json:"name,omitempty"`
	Input      []int   `json:"input"`
	Layers     []layer `json:"layers"`
	Parameters int     `json:"parameters"`
	Trained    int     `json:"trained"` // parameters that are neither frozen nor statistics
	Forward    int64   `json:"flops_forward"`
	Backward   int64   `json:"flops_backward"`
	Samples    []int   `json:"samples"` // train, validation, test
	Batch      int     `json:"batch"`
	Steps      int     `json:"steps_per_epoch"`
	Memory     memory  `json:"bytes"`

	Columns []column `json:"columns,omitempty"` // of a table

	input     string
	recompute bool
}

type layer struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Output     []int  `json:"output"`
	Parameters int    `json:"parameters"`
	Frozen     bool   `json:"frozen,omitempty"`
	Forward    int64  `json:"flops_forward"`

	output string
}

type memory struct {
	Data        int64 `json:"data"` // 0 where the source does not know
	Parameters  int64 `json:"parameters"`
	Optimizer   int64 `json:"optimizer"`
	Gradients   int64 `json:"gradients"`
	Activations int64 `json:"activations"`
	Evaluation  int64 `json:"evaluation"`
	Total       int64 `json:"total"`
	Spared      int64 `json:"recompute_spares"` // of the activations; counted off where train.recompute is set
}

func summarise(e *experiment.Experiment, p experiment.Plan) (*summary, error) {
	cost, err := e.Cost()
	if err != nil {
		return nil, err
	}
	m := p.Memory
	s := &summary{Name: e.Name, Input: p.Input, input: p.Input.String(), recompute: e.Train.Recompute, Parameters: p.Parameters, Trained: cost.Trained,
		Forward: cost.Forward, Backward: cost.Backward, Samples: []int{p.Train, p.Validation, p.Meta.Test}, Batch: e.Train.Batch, Steps: p.Steps,
		Memory: memory{m.Data, m.Parameters, m.Optimizer, m.Gradients, m.Activations, m.Evaluation, m.Total(), m.Spared}}
	s.Columns = columns(p.Meta.Columns)
	frozen := map[string]bool{}
	for _, n := range e.Model.Nodes {
		frozen[n.ID] = n.Frozen
	}
	for _, r := range p.Rows {
		s.Layers = append(s.Layers, layer{ID: r.ID, Type: r.Type, Output: r.Output, output: r.Output.String(),
			Parameters: r.Params, Frozen: frozen[r.ID] && r.Params > 0, Forward: r.FLOPs})
	}
	return s, nil
}

// held says what the samples take.
func held(bytes int64) string {
	if bytes == 0 {
		return "data not counted"
	}
	return "data " + experiment.Bytes(bytes)
}

func (s *summary) print(w io.Writer) error {
	if s.Name != "" {
		fmt.Fprintf(w, "%s\n\n", s.Name)
	}
	// Numbers stand to the right, so the columns are aligned there and the names padded.
	wide := [2]int{len(nn.InputName), 0}
	for _, l := range s.Layers {
		wide = [2]int{max(wide[0], len(l.ID)), max(wide[1], len(l.Type))}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(id, kind, output, parameters, flops string) {
		fmt.Fprintf(t, "%-*s  %-*s\t%s\t%s\t%s\t\n", wide[0], id, wide[1], kind, output, parameters, flops)
	}
	row("layer", "type", "output", "parameters", "FLOPs")
	row(nn.InputName, "", s.input, "", "")
	for _, l := range s.Layers {
		parameters := group(l.Parameters)
		if l.Frozen {
			parameters = "frozen " + parameters
		}
		row(l.ID, l.Type, l.output, parameters, group(int(l.Forward)))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nParameters  %s", group(s.Parameters))
	if s.Trained != s.Parameters {
		fmt.Fprintf(w, ", of which %s are trained", group(s.Trained))
	}
	fmt.Fprintf(w, "\nA sample    %s FLOPs forward, %s backward\n", group(int(s.Forward)), group(int(s.Backward)))
	fmt.Fprintf(w, "Samples     %s training, %s validation, %s test; %s steps of %s an epoch\n",
		group(s.Samples[0]), group(s.Samples[1]), group(s.Samples[2]), group(s.Steps), group(s.Batch))
	b, m := experiment.Bytes, s.Memory
	fmt.Fprintf(w, "Memory      %s: %s, parameters %s, optimizer %s, gradients %s, activations %s, evaluation %s\n",
		b(m.Total), held(m.Data), b(m.Parameters), b(m.Optimizer), b(m.Gradients), b(m.Activations), b(m.Evaluation))
	switch {
	case s.recompute:
		fmt.Fprintf(w, "            train.recompute spares %s of activations\n", b(m.Spared))
	case m.Spared > 0:
		fmt.Fprintf(w, "            train.recompute would spare %s of activations\n", b(m.Spared))
	}
	return printColumns(w, s.Columns)
}
