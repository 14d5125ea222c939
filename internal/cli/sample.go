package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/generate"
	"descent/ml/graph"
	"descent/ml/train"

	"github.com/spf13/cobra"
)

// sampleFlags is the command line of descent sample.
type sampleFlags struct {
	prompt  string
	json    bool
	noCache bool
	data    string
	chosen  []*choice
}

func newSample() *cobra.Command {
	var f sampleFlags
	cmd := &cobra.Command{
		Use:   "sample RUN",
		Short: "Let a trained model write",
		Long: `Let a model of text write on from a prompt, or answer it where the model was trained on questions and answers.

RUN is a folder that "descent train --out" wrote. Its checkpoint holds the tokenizer, so the text that the model was
trained on is not needed.

The text goes to stdout as it is written: the prompt and what follows it, or the answer alone. --candidates N prints a
line for each token instead, with the N likeliest tokens and their probabilities; --json prints one JSON object a line:
  {"event":"start", ...}   the settings, and whether the model goes step by step ("cached"), or why not ("reason")
  {"event":"token", ...}   "id", "token", "text" (what it adds; a character may come in several tokens), "p" (the model's
                           own probability), "chance" (that it was drawn with), "candidates"
  {"event":"done", ...}    the whole text, and why it ended ("ended"): the model ended it ("end") or "tokens" were written

How a token is chosen, in this order: tokens that the text has are held back (--repetition), the scores are divided by the
temperature, the likeliest --top-k stay, and of those the fewest that make up --top-p. Temperature 0 always takes the
likeliest. Without --temperature it is 0.8, and 0 for answers and with several beams.

--beams N follows N texts side by side and prints the one that is the likeliest as a whole; nothing is drawn then, and it
appears when it is found.

A text may grow longer than what the model sees at once: then the model goes on from the latest half of that.

The same RUN, prompt and settings give the same text on the same kind of processor.

Exit codes: 0 done, 1 failure (such as a model whose scores are not finite), 2 command line not understood,
3 file not found, 4 run or prompt not valid, 130 interrupted.`,
		Example: `  descent sample runs/gpt --prompt "ROMEO:" --tokens 500
  descent sample runs/gpt --temperature 1.2 --top-k 40 --seed 7
  descent sample runs/gpt --prompt "To be" --temperature 0 --candidates 5
  descent sample runs/addition --prompt "12+34"
  descent sample runs/addition --prompt "12+34" --beams 4 --json
  descent sample runs/gpt --prompt - < beginning.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("sample wants one RUN, a folder that train --out wrote or a file that the page has saved")
			}
			return flagged(f.settings(generate.Usual()).Check())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSample(cmd.Context(), f, args[0], cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&f.prompt, "prompt", "", "`text` to go on from, or question to answer; - reads standard input")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	cmd.Flags().BoolVar(&f.noCache, "no-cache", false, "compute each token from all that the model sees: slower, and the same text")
	cmd.Flags().StringVar(&f.data, "data", "", "`folder` with datasets, for a RUN that does not say what its data was (default: $DESCENT_DATA, or web/data here or beside the program)")
	usual := generate.Usual()
	for _, field := range usual.Fields() {
		c := &choice{field: field}
		f.chosen = append(f.chosen, c)
		flag := cmd.Flags().VarPF(c, strings.ReplaceAll(field.Name, "_", "-"), "", field.Doc)
		flag.DefValue = string(field.Value().Append(nil, ""))
		if field.Form() == "toggle" {
			flag.NoOptDefVal = "true"
		}
	}
	return cmd
}

// A choice is a flag for a setting of the core, checked as that says.
type choice struct {
	field config.Field
	value *config.Value // nil when it was not given
}

func (c *choice) String() string { return "" }

func (c *choice) Type() string {
	if c.field.Form() == "toggle" {
		return "bool"
	}
	return "number"
}

func (c *choice) Set(s string) error {
	v := config.ParseSetting(s)
	if problem := c.field.Set(v); problem != "" {
		return errors.New(problem)
	}
	c.value = v
	return nil
}

// settings returns what was asked for, and else the defaults.
func (f *sampleFlags) settings(s generate.Settings) generate.Settings {
	warm := false
	for i, field := range s.Fields() {
		if v := f.chosen[i].value; v != nil {
			field.Set(v)
			warm = warm || field.Name == "temperature"
		}
	}
	if s.Beams > 1 && !warm {
		s.Temperature = 0
	}
	return s
}

// flagged tells of problems with settings by the names of the flags.
func flagged(err error) error {
	all, ok := config.All(err)
	if !ok {
		return err
	}
	var lines []string
	for _, e := range all {
		lines = append(lines, "--"+strings.ReplaceAll(e.Field, "_", "-")+": "+e.Msg)
	}
	return errors.New(strings.Join(lines, "\n"))
}

func runSample(ctx context.Context, f sampleFlags, dir string, stdin io.Reader, stdout, stderr io.Writer) error {
	if f.prompt == "-" {
		b, err := io.ReadAll(stdin)
		if err != nil {
			return err
		}
		f.prompt = string(b)
	}
	e, params, err := recall(dir, f.data)
	if err != nil {
		return err
	}
	g, err := generate.New(e, params)
	if err != nil {
		return Invalid(fmt.Errorf("%s: %w", dir, err))
	}
	g.Memory = freeMemory()
	if f.noCache {
		g.Whole()
	}
	s := f.settings(g.Defaults())
	if n := f.candidates(); n < 0 && !f.json {
		s.Candidates = 0
	}
	if err := g.Start(f.prompt, s); err != nil {
		return Invalid(flagged(err))
	}
	if lacks := g.Missing(); len(lacks) > 0 {
		reads := "without"
		if unknown := e.Data.Settings.Meta().Text.Special().Unknown; unknown >= 0 {
			reads = "with " + g.Name(unknown) + " there"
		}
		fmt.Fprintf(stderr, "the model's vocabulary lacks %s: it reads the prompt %s\n", quoted(lacks), reads)
	}
	p := scribe{g: g, name: e.Name, prompt: f.prompt, settings: s, json: f.json, table: f.candidates() > 0, stdout: stdout}
	return p.write(ctx)
}

// candidates returns what --candidates says, and -1 when it was not given.
func (f *sampleFlags) candidates() int {
	for _, c := range f.chosen {
		if c.field.Name == "candidates" && c.value != nil {
			return int(c.value.Num)
		}
	}
	return -1
}

func quoted(parts []string) string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = fmt.Sprintf("%q", p)
	}
	return strings.Join(out, ", ")
}

// recall brings the model of a run back, without its data where the run says
// what that was.
func recall(dir, folder string) (*experiment.Experiment, *graph.Params, error) {
	run, err := readResumed(dir)
	if err != nil {
		return nil, nil, err
	}
	e, err := run.experiment(nil)
	if err != nil {
		return nil, nil, err
	}
	path, b := run.path, run.checkpoint
	params, err := train.Recall(e, b)
	if errors.Is(err, train.ErrUnknownData) {
		set, err := e.Data.Open(e.Seed, data.Local(findData(folder)), nil)
		if err != nil {
			return nil, nil, dataError(err)
		}
		if source, ok := e.Data.Settings.(data.Learner); ok {
			source.Learn(set.Meta)
		}
		params, err = train.Recall(e, b)
		if err != nil {
			return nil, nil, Invalid(fmt.Errorf("%s: %w", path, err))
		}
		return e, params, nil
	}
	if err != nil {
		return nil, nil, Invalid(fmt.Errorf("%s: %w", path, err))
	}
	return e, params, nil
}
