package cli

import (
	"context"
	"io"
	"math"
	"time"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/train"
)

// crossValidate trains on each of several folds, and tells what the validation
// samples of all of them say.
func crossValidate(ctx context.Context, e *experiment.Experiment, set *data.Set, f trainFlags, limit int64, stdout, stderr io.Writer) error {
	p := printer{json: f.json, stdout: stdout, log: io.Discard, bar: noBar{}}
	p.began = time.Now()
	var all []map[string]float64
	for fold := range f.folds {
		own, part, err := train.Fold(e, set, fold, f.folds)
		if err != nil {
			return Invalid(err)
		}
		t, err := train.New(own, part, train.Options{Workers: f.workers, Memory: limit})
		if err != nil {
			return Invalid(err)
		}
		if err := pretrained(t, own, stderr); err != nil {
			return err
		}
		for !t.Done() {
			if ctx.Err() != nil {
				return context.Canceled
			}
			start := time.Now()
			stats, err := t.Step()
			if err != nil {
				p.failed(t, err)
				return err
			}
			p.step(stats, time.Since(start))
			if t.ValidateNow(stats) {
				validate(t)
			}
		}
		of := t.Evaluate(train.Validation, 0).Detail()
		of.Run()
		report := of.Report()
		all = append(all, report.Values)
		ev := p.moment("fold", t)
		ev.Fold, ev.Folds, ev.Train, ev.Validation = fold+1, f.folds, score(t.Trained()), score(report.Metrics)
		ev.Metrics = measured("validation", report)
		p.emit(ev, "fold %d of %d  validation %s", fold+1, f.folds, ev.Validation)
	}
	ev := event{Event: "done", Name: e.Name, Folds: f.folds, Seconds: round(time.Since(p.began).Seconds(), 3), SamplesPerS: round(p.rate(), 1)}
	mean, sd := spread(all)
	ev.Mean, ev.SD = reals(mean), reals(sd)
	name := "loss"
	if _, ok := mean["accuracy"]; ok {
		name = "accuracy"
	}
	p.emit(ev, "%d folds  loss %.4f ± %.4f  %s %.4f ± %.4f  (mean ± standard deviation, %.1f s)", f.folds,
		mean["loss"], sd["loss"], name, mean[name], sd[name], ev.Seconds)
	return nil
}

// spread returns mean and standard deviation, that of a sample, of what every
// fold has.
func spread(all []map[string]float64) (mean, sd map[string]float64) {
	mean, sd = map[string]float64{}, map[string]float64{}
	for name := range all[0] {
		var xs []float64
		for _, one := range all {
			if x, ok := one[name]; ok {
				xs = append(xs, x)
			}
		}
		if len(xs) < len(all) {
			continue
		}
		sum, squares := 0.0, 0.0
		for _, x := range xs {
			sum += x
		}
		mean[name] = sum / float64(len(xs))
		for _, x := range xs {
			squares += (x - mean[name]) * (x - mean[name])
		}
		sd[name] = math.Sqrt(squares / float64(len(xs)-1))
	}
	return mean, sd
}
