// Package cli holds the descent command: one file per subcommand. Results go to stdout, everything else to stderr.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"
)

// Exit codes, the same for every subcommand. Scripts rely on them.
const (
	ExitOK          = 0
	ExitFailure     = 1   // something went wrong while running
	ExitUsage       = 2   // the command line is not understood
	ExitNotFound    = 3   // a file or folder that was named does not exist
	ExitInvalid     = 4   // a file that was read is not valid, such as an experiment with a wrong shape
	ExitInterrupted = 130 // stopped by a signal before the work was done
)

// Invalid marks an error as the fault of the input, for ExitInvalid.
func Invalid(err error) error { return &invalidError{err} }

type invalidError struct{ err error }

func (e *invalidError) Error() string { return e.err.Error() }
func (e *invalidError) Unwrap() error { return e.err }

// Run carries out one command line, without the program's name, and returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)

	// Errors found before any command starts are about the command line.
	started := false
	root.PersistentPreRun = func(*cobra.Command, []string) { started = true }

	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return ExitOK
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "descent: interrupted")
		return ExitInterrupted
	}
	fmt.Fprintf(stderr, "descent: %v\n", err)
	if !started {
		fmt.Fprintf(stderr, "Run '%s --help' to see what it understands.\n", cmd.CommandPath())
		return ExitUsage
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var invalid *invalidError
	switch {
	case errors.Is(err, context.Canceled):
		return ExitInterrupted
	case errors.As(err, &invalid):
		return ExitInvalid
	case errors.Is(err, fs.ErrNotExist):
		return ExitNotFound
	}
	return ExitFailure
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "descent",
		Short: "Train neural networks in a browser tab or on this machine",
		Long: `Descent trains neural networks in pure Go: in a browser tab, where you build a network and watch
every part of it learn, and on this machine, for what outgrows the tab.

Exit codes: 0 done, 1 failure, 2 command line not understood, 3 file not found, 4 file not valid,
130 interrupted.`,
		Example: "  descent serve                    # then open http://127.0.0.1:8080",

		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddCommand(newServe(), newTrain(), newSummary(), newCode(), newInspect(), newEvaluate(), newSample(), newBench())
	return root
}
