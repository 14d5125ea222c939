// Package experiment is the one document that holds everything a person sets
// up: data, preprocessing, model, training. The page edits it, a link carries
// it, a file stores it, and it runs unchanged in the browser's worker and on
// the command line.
//
// Reading one reports every problem at once, each with its line and the node
// and field it is about. A document that was read without an error can be run.
package experiment

import (
	"math"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/nn"
	"descent/ml/optim"
)

// Version is the version of the document that this program writes and reads.
const Version = 1

// An Experiment is a document that was read.
type Experiment struct {
	Name  string
	Doc   string // what it is for, in a sentence or two
	Seed  uint64
	Data  Data
	Model nn.Model
	Train Train
}

func defaults() *Experiment {
	e := &Experiment{Seed: 1, Data: Data{Split: data.Split{Validation: 0.1}}}
	loss, _ := nn.LookupLoss("cross_entropy")
	schedule, _ := optim.LookupSchedule("constant")
	e.Train = Train{Loss: loss.Type, Objective: loss.New(), Schedule: schedule.Type, Rates: schedule.New(), Batch: 32, Epochs: 10, Accumulate: 1}
	e.Train.EarlyStopping = EarlyStopping{Metric: "loss", RestoreBest: true}
	e.Train.Stop = Stop{Metric: noMetric}
	return e
}

// Parse reads a document. The error is a *config.Error for text that is not
// JSON, and config.Errors for everything else.
func Parse(text []byte) (*Experiment, error) {
	v, err := config.Parse(text)
	if err != nil {
		return nil, err
	}
	return Read(v)
}

// Read reads a document that was parsed, and checks that its parts fit, as far as
// the samples are known before their file was read; Plan checks the rest.
func Read(v *config.Value) (*Experiment, error) {
	var errs config.Errors
	e := defaults()
	if v.Kind != config.Object {
		errs.Add(v, "", "", "an experiment is an object with version, data, model and train")
		return nil, errs
	}
	r := reader{e: e, errs: &errs}
	known := []string{"version", "name", "doc", "seed", "data", "model", "train"}
	for _, m := range v.Members {
		switch m.Key {
		case "version":
			if m.Value.Kind != config.Number || m.Value.Num != Version {
				errs.Add(m.Value, "", "version", "this program reads version %d", Version)
			}
		case "name":
			r.text(m, &e.Name)
		case "doc":
			r.text(m, &e.Doc)
		case "seed":
			if n := m.Value.Num; m.Value.Kind != config.Number || n < 0 || n > 1<<53 || n != math.Trunc(n) {
				errs.Add(m.Value, "", "seed", "wants a whole number from 0 to 2^53")
			} else {
				e.Seed = uint64(n)
			}
		case "data":
			r.data(m.Value)
		case "model":
			if r.object(m.Value, "model", "nodes") {
				e.Model = nn.Decode(m.Value, &errs)
			}
		case "train":
			r.train(m.Value)
		default:
			errs.Add(&config.Value{Line: m.Line, Col: m.Col}, "", m.Key, "%s", config.Unknown("setting", m.Key, known))
		}
	}
	for _, key := range []string{"version", "data", "model", "train"} {
		if v.Get(key) == nil {
			errs.Add(v, "", key, "is missing")
		}
	}
	if e.Data.Known() && len(e.Model.Nodes) > 0 {
		if _, err := e.Plan(); err != nil {
			all, _ := config.All(err)
			place(v, all)
			errs = append(errs, all...)
		}
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return e, nil
}

type reader struct {
	e    *Experiment
	errs *config.Errors
}

func (r *reader) object(v *config.Value, path, members string) bool {
	if v.Kind != config.Object {
		r.errs.Add(v, "", path, "wants an object with %s", members)
		return false
	}
	return true
}

func (r *reader) text(m config.Member, p *string) {
	if m.Value.Kind != config.String {
		r.errs.Add(m.Value, "", m.Key, "wants a text in quotes")
		return
	}
	*p = m.Value.Str
}

// typed reads "name" or {"type": "name", ...settings}.
func (r *reader) typed(v *config.Value, path string) (typ string, settings *config.Value, ok bool) {
	if v.Kind == config.String {
		return v.Str, config.Obj(), true
	}
	t := v.Get("type")
	if t == nil || t.Kind != config.String {
		r.errs.Add(v, "", path, "wants a name in quotes, or an object with a type and its settings")
		return "", nil, false
	}
	return t.Str, v, true
}
