package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"descent/ml/experiment"
	"descent/ml/safetensors"
	"descent/ml/session"
	"descent/ml/train"

	"github.com/spf13/cobra"
)

func newEvaluate() *cobra.Command {
	var part, folder string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "evaluate RUN",
		Short: "Measure a trained model",
		Long: `Measure the model of a run, a folder that train --out wrote or a file that the page has saved, on a part of its data:
every metric with its 95 % interval and beside it what a baseline reaches that looks at no input, precision, recall
and F1 of each class, the confusion matrix, how well the model is calibrated, and the residuals of a regression.

The baseline "prior" answers the shares of the classes in the training samples, or the mean of the values. Intervals of
shares are Wilson's; those of means go by their standard deviation; those of precision, recall, F1 and R² come from
samples drawn anew, from the experiment's seed; that of the area under the ROC curve is Newcombe's,
of several classes the mean of their limits.

The test part is for the end: whatever you choose after you have seen its figures, you choose by them. So each time
that it is measured is counted in the run's checkpoint, and told. "descent train" measures it once, when it is done.

Exit codes: 0 done, 2 command line not understood, 3 file not found, 4 run or data not valid.`,
		Example: `  descent evaluate runs/keras
  descent evaluate runs/keras --part test
  descent evaluate page.safetensors --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("evaluate wants one RUN, a folder that train --out wrote or a file that the page has saved")
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
			return evaluate(cmd.OutOrStdout(), t, args[0], part, asJSON)
		},
	}
	cmd.Flags().StringVar(&part, "part", "validation", "samples of which `part`: training, validation or test")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&folder, "data", "", "`folder` with datasets (default: $DESCENT_DATA, or web/data here or beside the program)")
	return cmd
}

func evaluate(w io.Writer, t *train.Trainer, path, part string, asJSON bool) error {
	n, validation, test := t.Samples()
	if [...]int{n, validation, test}[partNames[part]] == 0 {
		return Invalid(fmt.Errorf("there are no %s samples: see data.split, or choose another --part", part))
	}
	if part == "test" {
		if err := countOpening(path, t.OpenTest(0)); err != nil {
			return err
		}
	}
	e := t.Evaluate(partNames[part], 0).Detail().Keep()
	e.Run()
	name := part
	if part == "training" {
		name = "train"
	}
	exp := t.Experiment()
	r := evaluated(part, exp, session.NewReport(t, e, name, exp.Seed, t.Prior(), session.CountTokens(t)))
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	return r.print(w)
}

// countOpening notes in the checkpoint how often the test part was measured.
func countOpening(path string, times int) error {
	run, err := readResumed(path)
	if err != nil {
		return err
	}
	f, err := safetensors.Read(run.checkpoint)
	if err != nil {
		return Invalid(fmt.Errorf("%s: %w", run.path, err))
	}
	f.Meta[train.OpenedKey] = strconv.Itoa(times)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return err
	}
	return replace(run.path, b.Bytes())
}

// An evaluation is what evaluate prints.
type evaluation struct {
	Name        string       `json:"name,omitempty"`
	Part        string       `json:"part"`
	Step        int          `json:"step"`
	Samples     int          `json:"samples"`
	Opened      int          `json:"test_opened"` // how often the test part was measured by now
	Metrics     []figure     `json:"metrics"`
	K           int          `json:"k,omitempty"` // of top_k
	Classes     []foundClass `json:"classes,omitempty"`
	Confusion   [][]int      `json:"confusion,omitempty"` // [right class][guessed class]
	Mistakes    *int         `json:"mistakes,omitempty"`
	Calibration *calibration `json:"calibration,omitempty"`
	Curve       *rocCurve    `json:"curve,omitempty"` // of the second of two classes
	Residuals   *residuals   `json:"residuals,omitempty"`
}

type figure struct {
	Name      string          `json:"name"`
	Value     real            `json:"value"`
	Low       *real           `json:"low,omitempty"` // of the 95 % interval
	High      *real           `json:"high,omitempty"`
	Method    string          `json:"method,omitempty"`
	Baselines map[string]real `json:"baselines,omitempty"`
}

type foundClass struct {
	Name string `json:"name"`
	class
}

type calibration struct {
	Error real  `json:"expected_error"`
	Bins  []bin `json:"bins"` // of equal width, from 0 to 1
}

type bin struct {
	Count    int  `json:"count"`
	Sure     real `json:"sure"` // the mean probability of the guesses
	Accuracy real `json:"accuracy"`
}

type rocCurve struct {
	Class            int   `json:"class"`
	Positive         int   `json:"positive"`
	Negative         int   `json:"negative"`
	Area             real  `json:"area"`
	AveragePrecision real  `json:"average_precision"`
	Hits             []int `json:"hits"` // from the highest probability on
	Alarms           []int `json:"false_alarms"`
}

type residuals struct {
	Mean      real   `json:"mean"`
	SD        real   `json:"sd"`
	Low       real   `json:"low"` // of the histogram
	High      real   `json:"high"`
	Histogram []int  `json:"histogram"`
	Answered  []real `json:"answered"` // of some samples, and what was to be told
	Told      []real `json:"told"`
}

func evaluated(part string, e *experiment.Experiment, r *session.Report) *evaluation {
	out := &evaluation{Name: e.Name, Part: part, Step: r.Step, Samples: r.Count, Opened: r.Opened, K: r.K}
	for i, name := range r.Metrics {
		f := figure{Name: name, Value: real(r.Values[i]), Method: r.Methods[i]}
		if !math.IsNaN(r.Low[i]) {
			low, high := real(r.Low[i]), real(r.High[i])
			f.Low, f.High = &low, &high
		}
		for _, b := range r.Beside {
			for k, metric := range b.Metrics {
				if metric == name {
					if f.Baselines == nil {
						f.Baselines = map[string]real{}
					}
					f.Baselines[b.Name] = real(b.Values[k])
				}
			}
		}
		out.Metrics = append(out.Metrics, f)
	}
	names := e.Data.Settings.Meta().Classes
	for i := range r.Precision {
		c := foundClass{Name: strconv.Itoa(i), class: class{Precision: r.Precision[i], Recall: r.Recall[i], F1: r.F1[i], Samples: r.Samples[i]}}
		if i < len(names) {
			c.Name = names[i]
		}
		if !math.IsNaN(r.AUC[i]) {
			c.AUC = &r.AUC[i]
		}
		out.Classes = append(out.Classes, c)
	}
	for n := len(r.Precision); n > 0 && len(r.Confusion) == n*n && len(out.Confusion) < n; {
		at := len(out.Confusion) * n
		out.Confusion = append(out.Confusion, r.Confusion[at:at+n])
	}
	if r.Classes > 0 {
		out.Mistakes = &r.Mistakes
	}
	if c := r.Calibration; c != nil {
		out.Calibration = &calibration{Error: real(c.Error)}
		for i := range c.Counts {
			out.Calibration.Bins = append(out.Calibration.Bins, bin{c.Counts[i], real(c.Sure[i]), real(c.Accuracy[i])})
		}
	}
	if c := r.Curve; c != nil {
		out.Curve = &rocCurve{c.Class, c.Positive, c.Negative, real(c.Area), real(c.Precision), c.Hits, c.Alarms}
	}
	if s := r.Residuals; s != nil {
		out.Residuals = &residuals{Mean: real(s.Mean), SD: real(s.SD), Low: real(s.Low), High: real(s.High), Histogram: s.Histogram}
		for i := range s.Told {
			out.Residuals.Answered = append(out.Residuals.Answered, real(s.Answered[i]))
			out.Residuals.Told = append(out.Residuals.Told, real(s.Told[i]))
		}
	}
	return out
}

// maxPrinted is how many classes a confusion matrix is printed for.
const maxPrinted = 20

func (r *evaluation) print(w io.Writer) error {
	fmt.Fprintf(w, "%s: %s %s samples, after step %s\n", r.Name, group(r.Samples), r.Part, group(r.Step))
	switch {
	case r.Part == "test" && r.Opened > 1:
		fmt.Fprintf(w, "The test part was opened %d times by now; choices made after the first are no longer blind.\n", r.Opened)
	case r.Part == "test":
		fmt.Fprintln(w, "The test part was opened for the first time.")
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "metric\tvalue\t95 % interval\tbaseline")
	for _, f := range r.Metrics {
		between := ""
		if f.Low != nil {
			between = fmt.Sprintf("%.4f to %.4f", float64(*f.Low), float64(*f.High))
		}
		var beside []string
		for _, name := range append([]string{"prior"}, train.BaselineNames...) {
			if v, ok := f.Baselines[name]; ok {
				beside = append(beside, fmt.Sprintf("%s %.4f", name, float64(v)))
			}
		}
		fmt.Fprintf(t, "%s\t%.4f\t%s\t%s\n", f.Name, float64(f.Value), between, strings.Join(beside, ", "))
	}
	if len(r.Classes) > 0 {
		fmt.Fprintln(t, "\nclass\tprecision\trecall\tF1\tsamples")
		for _, c := range r.Classes {
			fmt.Fprintf(t, "%s\t%.4f\t%.4f\t%.4f\t%s\n", c.Name, c.Precision, c.Recall, c.F1, group(c.Samples))
		}
	}
	if n := len(r.Confusion); n > 0 && n <= maxPrinted {
		fmt.Fprint(t, "\nright \\ guessed")
		for _, c := range r.Classes {
			fmt.Fprintf(t, "\t%s", c.Name)
		}
		for i, row := range r.Confusion {
			fmt.Fprintf(t, "\n%s", r.Classes[i].Name)
			for _, count := range row {
				fmt.Fprintf(t, "\t%s", group(count))
			}
		}
		fmt.Fprintln(t)
	}
	if c := r.Calibration; c != nil {
		fmt.Fprintf(t, "\nexpected calibration error\t%.4f\n", float64(c.Error))
	}
	if s := r.Residuals; s != nil {
		fmt.Fprintf(t, "\nresiduals\tmean %.4g\tsd %.4g\n", float64(s.Mean), float64(s.SD))
	}
	return t.Flush()
}
