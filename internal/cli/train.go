package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/data/picture"
	"descent/ml/experiment"
	"descent/ml/kernel"
	"descent/ml/train"
	"descent/web/presets"

	"github.com/spf13/cobra"
)

func init() { data.ReadPicture = picture.Read } // for the source "images"

// trainFlags is the command line of descent train.
type trainFlags struct {
	set     []string
	json    bool
	out     string
	resume  string
	data    string
	workers int
	weights string
	folds   int
	memory  string
	profile bool
}

func newTrain() *cobra.Command {
	var f trainFlags
	cmd := &cobra.Command{
		Use:   "train FILE",
		Short: "Train an experiment on this machine",
		Long: `Train an experiment, the same JSON document that the playground edits, on this machine.

FILE is a path, - for standard input, or the name of a preset: ` + strings.Join(presets.Names(), ", ") + `.

Results go to stdout: a line an epoch, and the test set's figures at the end. With --json each is one JSON
object a line, the last {"event":"done", ...}; a number that is not finite is null. Progress goes to stderr, as a
bar when that is a terminal.
The figures under "train" are the mean over the batches of the last epoch as they were trained on, with
dropout, as Keras prints them; "validation" and "test" are measured with the final model.

With --out the folder holds, after every epoch and at the end or when you press Ctrl+C:
  experiment.json          the document as it ran, with every --set
  checkpoint.safetensors   weights, optimizer state and position
  events.jsonl             what --json prints
A second Ctrl+C stops at once. The checkpoint has the document in it, so it is the whole run in one file: the page
opens it, and --resume goes on with it, as with a run that the page has saved; that keeps nothing without --out.

The last object has "metrics": everything measured of the test samples, and of the validation samples where
there are no test samples, such as precision, recall and F1 for each class and the confusion matrix.
For a model that tells the next token of a text it has "baselines" too: what is reached by chance, and by counting
tokens and pairs of tokens in the training samples, in nats, perplexity and bits per character.

--weights FILE begins with the weights of a safetensors file, such as another run's checkpoint, instead of what
"model": {"weights": ...} names; "prefix" and "only" there say what is taken. What was loaded, and what does
not fit, goes to stderr.

--folds K validates across K parts of the training and validation samples, each with the same share of every
class, training on the others K times, and prints mean and standard deviation; it keeps nothing.

--profile tells at the end where the time of the training steps went, in per cent: by phase, and by layer forward
and backward. With --json that is an object {"event":"profile", ...} with shares of 1, before the last. It changes
no result. What shards compute at the same time on several cores counts by its part of all that they compute.

The same document gives the same numbers on the same kind of processor, however many cores there are.

Exit codes: 0 done, 1 failure (such as a loss that is not finite), 2 command line not understood,
3 file not found, 4 experiment or data not valid, 130 interrupted.`,
		Example: `  descent train spiral-mlp
  descent train web/presets/keras-convnet.json --json
  descent train keras-convnet --set train.epochs=3 --set model.nodes.dropout.config.rate=0.3 --out runs/a
  descent train tutorial-cnn --set train.epochs=1 --profile
  descent train --resume runs/a --set train.epochs=6
  descent train --resume spiral.safetensors --out runs/b`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.resume == "" && len(args) != 1:
				return errors.New("train wants one FILE, or --resume DIR")
			case f.resume != "" && len(args) > 0:
				return errors.New("--resume takes the experiment from the run; leave FILE out")
			case f.workers < 0:
				return errors.New("--workers must not be negative")
			case f.folds != 0 && f.folds < 2:
				return errors.New("--folds wants at least 2")
			case f.folds > 0 && (f.out != "" || f.resume != ""):
				return errors.New("--folds keeps nothing, so it goes with neither --out nor --resume")
			case f.folds > 0 && f.profile:
				return errors.New("--folds trains several models; leave --profile out")
			case f.resume != "" && f.weights != "":
				return errors.New("--resume goes on with the weights of the run; leave --weights out")
			}
			if _, err := parseBytes(f.memory); err != nil {
				return err
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			file := ""
			if len(args) == 1 {
				file = args[0]
			}
			return runTrain(cmd.Context(), f, file, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringArrayVar(&f.set, "set", nil, "change a setting: `path=value`, as train.epochs=3; may be given several times")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	cmd.Flags().StringVar(&f.out, "out", "", "keep what is learned in this `folder`")
	cmd.Flags().StringVar(&f.resume, "resume", "", "go on with the run kept in this `folder`, or in one file that the page has saved")
	cmd.Flags().StringVar(&f.data, "data", "", "`folder` with datasets (default: $DESCENT_DATA, or web/data here or beside the program)")
	cmd.Flags().IntVar(&f.workers, "workers", 0, "`number` of cores to use; 0 takes all")
	cmd.Flags().StringVar(&f.weights, "weights", "", "begin with the weights of this safetensors `file`")
	cmd.Flags().IntVar(&f.folds, "folds", 0, "cross-validate over this `number` of parts")
	cmd.Flags().BoolVar(&f.profile, "profile", false, "show at the end where the time went, by phase and layer")
	cmd.Flags().StringVar(&f.memory, "memory", "", "the most memory training may take, as `size` like 4GB (default: what the machine has free)")
	return cmd
}

func runTrain(ctx context.Context, f trainFlags, file string, stdin io.Reader, stdout, stderr io.Writer) error {
	var before *resumed
	if f.resume != "" {
		var err error
		if before, err = readResumed(f.resume); err != nil {
			return err
		}
		file = before.path
		if f.out == "" {
			f.out = before.dir
		}
	}
	if f.weights != "" {
		f.set = append(f.set, "model.weights="+string(config.Text(f.weights).Append(nil, "")))
	}
	var e *experiment.Experiment
	var err error
	if before != nil {
		e, err = before.experiment(f.set)
	} else {
		e, err = readExperiment(file, stdin, f.set)
	}
	if err != nil {
		return err
	}
	limit, err := parseBytes(f.memory)
	if err != nil {
		return err
	}
	if f.workers == 0 {
		f.workers = runtime.GOMAXPROCS(0)
	}
	if err := e.CheckMemory(limit, f.workers); err != nil {
		return misread(file, err)
	}
	set, err := e.Data.Open(e.Seed, data.Local(findData(f.data)), nil)
	if err != nil {
		return dataError(err)
	}
	if f.folds > 0 {
		return crossValidate(ctx, e, set, f, limit, stdout, stderr)
	}
	t, err := train.New(e, set, train.Options{Workers: f.workers, Memory: limit})
	if err != nil {
		return misread(file, err)
	}
	if before != nil {
		if err := before.restore(t); err != nil {
			return err
		}
	} else if err := pretrained(t, e, stderr); err != nil {
		return err
	}
	t.Profiling(f.profile)
	run, err := newRun(f.out, e, t, before != nil && f.out == before.dir)
	if err != nil {
		return err
	}
	defer run.close()
	p := printer{json: f.json, stdout: stdout, log: run.events, timed: f.profile}
	if f.json {
		p.bar = noBar{}
	} else {
		p.bar = newBar(stderr, t)
	}
	p.start(e, t, kernel.Name(), f.workers)
	return loop(ctx, e, t, run, &p)
}

// readExperiment reads a path, standard input or a preset, and applies --set.
func readExperiment(file string, stdin io.Reader, set []string) (*experiment.Experiment, error) {
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(stdin)
	} else if text, err = os.ReadFile(file); errors.Is(err, fs.ErrNotExist) {
		preset, ok := presets.Text(file)
		if !ok {
			return nil, fmt.Errorf("%w; there is no preset of that name either (there are %s)", err, strings.Join(presets.Names(), ", "))
		}
		text, err = preset, nil
	}
	if err != nil {
		return nil, err
	}
	return parseExperiment(file, text, set)
}

func parseExperiment(file string, text []byte, set []string) (*experiment.Experiment, error) {
	v, err := config.Parse(text)
	if err != nil {
		return nil, misread(file, err)
	}
	for _, s := range set {
		path, value, ok := strings.Cut(s, "=")
		if !ok {
			return nil, Invalid(fmt.Errorf("--set %s: wants path=value", s))
		}
		if err := v.Set(path, config.ParseSetting(value)); err != nil {
			return nil, Invalid(fmt.Errorf("--set %s: %w", s, err))
		}
	}
	e, err := experiment.Read(v)
	if err != nil {
		return nil, misread(file, err)
	}
	return e, nil
}

// misread says which document the problems are of.
func misread(file string, err error) error {
	if file == "-" {
		file = "standard input"
	}
	if all, _ := config.All(err); len(all) > 1 {
		return Invalid(fmt.Errorf("%s has %d problems:\n%w", file, len(all), err))
	}
	return Invalid(fmt.Errorf("%s: %w", file, err))
}

// dataError tells apart a file that is not there from one that is broken.
func dataError(err error) error {
	var broken *data.FileError
	_, misused := config.All(err)
	if misused || errors.As(err, &broken) && !errors.Is(err, fs.ErrNotExist) {
		return Invalid(err)
	}
	return err
}

// findData returns the folder of the datasets.
func findData(flag string) string {
	if flag != "" {
		return flag
	}
	if dir := os.Getenv("DESCENT_DATA"); dir != "" {
		return dir
	}
	return filepath.Join(findWeb(), "data")
}
