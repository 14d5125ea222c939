package cli

import (
	"fmt"
	"io"
	"slices"

	"descent/ml/data"
	"descent/ml/export"

	"github.com/spf13/cobra"
)

func newCode() *cobra.Command {
	var set []string
	var to, folder string
	var weights bool
	cmd := &cobra.Command{
		Use:   "code FILE --to keras|pytorch",
		Short: "Write an experiment as a program for Keras or PyTorch",
		Long: `Write an experiment as a program in Python: the model with its initial weights, the loss, the optimizer with its
schedule, and the training. What the library has no equivalent for stands as a comment in it. Data that the
library does not bring along is drawn at random in the right shape, where the program says so.

FILE is a path, - for standard input, or the name of a preset. Data is read only where nothing is known of it
otherwise, as of a table.

Exit codes: 0 done, 2 command line not understood, 3 file not found, 4 experiment or data not valid.`,
		Example: `  descent code keras-convnet --to keras > convnet.py
  descent code gpt-names --to pytorch --weights`,
		Args: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(export.Libraries, export.Library(to)) {
				return fmt.Errorf("--to wants keras or pytorch, not %q", to)
			}
			return cobra.ExactArgs(1)(cmd, args)
		},
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
			text, err := export.Write(e, export.Library(to), export.Options{Weights: weights})
			if err != nil {
				return misread(args[0], err)
			}
			_, err = io.WriteString(cmd.OutOrStdout(), text)
			return err
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the `library`: keras (version 3) or pytorch")
	cmd.Flags().StringArrayVar(&set, "set", nil, "change a setting: `path=value`, as train.batch=64; may be given several times")
	cmd.Flags().StringVar(&folder, "data", "", "`folder` with datasets (default: $DESCENT_DATA, or web/data here or beside the program)")
	cmd.Flags().BoolVar(&weights, "weights", false, "for PyTorch: also write a function that takes over the weights of a checkpoint")
	return cmd
}
