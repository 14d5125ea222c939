package experiment

import (
	"descent/ml/config"
	"descent/ml/nn"
	"descent/ml/optim"
)

// A Metric is something that can be measured of a part of the data.
type Metric struct {
	Type  string
	Title string
	Lower bool // lower is better
	Doc   string
}

// Metrics lists what training can be steered by. Which of them a model has
// depends on its answers: classes, yes or no, or values.
var Metrics = []Metric{
	{"loss", "Loss", true, "What training makes small, without penalties"},
	{"accuracy", "Accuracy", false, "The share of samples whose class was found"},
	{"top_k", "Top k", false, "The share of samples whose class is among the k likeliest"},
	{"exact_match", "Exact match", false, "The share of sequences of which every step that counts is right; of answers, the share that comes out right when the likeliest token is written each time"},
	{"precision", "Precision", false, "How much of what was called a class is of it; the mean over the classes"},
	{"recall", "Recall", false, "How much of a class was found; the mean over the classes"},
	{"f1", "F1", false, "The harmonic mean of precision and recall; the mean over the classes"},
	{"roc_auc", "ROC AUC", false, "How likely a sample of a class gets a higher score for it than another; the mean over the classes"},
	{"perplexity", "Perplexity", true, "Between how many equally likely classes the model hesitates"},
	{"bits_per_character", "Bits per character", true, "How many bits the right class costs, for each character of the text that it stands for"},
	{"mae", "Mean absolute error", true, "The mean distance between prediction and value"},
	{"rmse", "Root mean square error", true, "The root of the mean squared distance"},
	{"r2", "R²", false, "The share of the values' variance that the model explains"},
}

// Measured returns the names of the metrics that validations of the experiment
// can measure; nil while nothing is known of its data.
func (e *Experiment) Measured() (metrics []string) {
	if !e.Data.Known() {
		return nil
	}
	_, heads, _, err := e.Graph(1)
	if err != nil {
		return nil
	}
	for _, m := range Metrics {
		if e.measured(m.Type, heads) {
			metrics = append(metrics, m.Type)
		}
	}
	return metrics
}

// measured reports whether the model has the metric, given its heads.
func (e *Experiment) measured(metric string, h nn.Heads) bool {
	switch metric {
	case "loss":
		return true
	case "accuracy", "precision", "recall", "f1", "roc_auc":
		return h.Answer != nn.SomeValue
	case "top_k":
		return h.Answer == nn.OneClass
	case "exact_match":
		return h.Answer == nn.OneClass && h.Labels > 1 && e.Data.Settings.Meta().Layout.Whole()
	case "perplexity", "bits_per_character":
		return h.Logits
	}
	return h.Answer == nn.SomeValue
}

// steered checks that what training is steered by will be measured.
func (e *Experiment) steered(h nn.Heads, validation int) config.Errors {
	var errs config.Errors
	check := func(on bool, setting, metric string) {
		switch {
		case !on:
		case validation == 0:
			errs.Add(nil, "", "train."+setting, "goes by the validation samples, and there are none; see data.split")
		case !e.measured(metric, h):
			errs.Add(nil, "", "train."+setting+".metric", "this model and its loss have no %s", metric)
		}
	}
	t := e.Train
	check(t.Stop.On(), "stop", t.Stop.Metric)
	check(t.EarlyStopping.On(), "early_stopping", t.EarlyStopping.Metric)
	if _, watches := t.Rates.(optim.Watcher); watches {
		check(true, "schedule", "loss")
	}
	return errs
}

// MetricTypes returns the names of all metrics.
func MetricTypes() []string {
	out := make([]string, len(Metrics))
	for i, m := range Metrics {
		out[i] = m.Type
	}
	return out
}

// Better reports whether a measurement is better than another by more than a
// margin.
func Better(metric string, now, before, margin float64) bool {
	for _, m := range Metrics {
		if m.Type == metric && m.Lower {
			return now < before-margin
		}
	}
	return now > before+margin
}
