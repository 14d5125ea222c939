package cli

import (
	"context"
	"time"

	"descent/ml/experiment"
	"descent/ml/train"
)

// loop trains to the end of the experiment, or until the context is done.
func loop(ctx context.Context, e *experiment.Experiment, t *train.Trainer, run *run, p *printer) error {
	validate := func() *scores {
		if _, n, _ := t.Samples(); n == 0 {
			return nil
		}
		return score(t.Evaluate(train.Validation, 0).Run())
	}
	for !t.Done() {
		if ctx.Err() != nil {
			p.bar.Finish()
			if err := run.save(t); err != nil {
				return err
			}
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
		switch every := e.Train.ValidateEvery; {
		case stats.EndOfEpoch:
			p.epoch(t, stats, validate())
			if err := run.save(t); err != nil {
				return err
			}
		case every > 0 && stats.Step%every == 0:
			p.validation(t, stats, validate())
		}
	}
	p.bar.Finish()
	p.done(e, t, validate(), score(t.Evaluate(train.Test, 0).Run()))
	return nil
}
