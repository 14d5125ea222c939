package cli

import (
	"context"
	"time"

	"descent/ml/experiment"
	"descent/ml/train"
)

// loop trains to the end of the experiment, or until the context is done.
func loop(ctx context.Context, e *experiment.Experiment, t *train.Trainer, run *run, p *printer) error {
	for !t.Done() {
		if ctx.Err() != nil {
			p.bar.Finish()
			if err := run.save(t); err != nil {
				return err
			}
			p.profile(t)
			p.interrupted(t, run)
			return context.Canceled
		}
		start := time.Now()
		stats, err := t.Step()
		if err != nil {
			p.bar.Finish()
			p.failed(t, err)
			return err // what the last epoch left under --out is kept: it is sound
		}
		p.step(stats, time.Since(start))
		var measured *scores
		validated := t.ValidateNow(stats)
		if validated {
			measured = validate(t)
		}
		switch {
		case stats.EndOfEpoch:
			p.epoch(t, stats, measured)
		case validated:
			p.validation(t, stats, measured)
		}
		if stats.EndOfEpoch || t.Done() {
			if err := run.save(t); err != nil {
				return err
			}
		}
	}
	p.bar.Finish()
	if _, _, test := t.Samples(); test > 0 {
		t.OpenTest(0) // which is measured below
		if err := run.save(t); err != nil {
			return err
		}
	}
	p.profile(t)
	p.done(e, t)
	return nil
}

// validate measures the validation samples, and lets training go by it.
func validate(t *train.Trainer) *scores {
	e := t.Evaluate(train.Validation, 0)
	m := e.Run()
	t.Validated(e)
	return score(m)
}
