package diagnose

import (
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/optim"
)

// The fixes that have to do with steps.

// slower is a learning rate ten times smaller, or the usual one of the optimizer
// where the one that was set is far above that.
func (r *Run) slower(times float64) Fix {
	now := r.Experiment.Train.Settings.Rate()
	to := now / times
	if info, ok := optim.Lookup(r.Experiment.Train.Optimizer); ok {
		if usual := info.New().Rate(); to > 3*usual {
			return r.usual(usual)
		}
	}
	to = tidy(to)
	return Fix{Kind: "slower", Does: config.Say("Lower the learning rate from %s to %s and train again", number(now), number(to)),
		Set: []Setting{{"train.optimizer.lr", config.Num(to)}}}
}

func (r *Run) usual(rate float64) Fix {
	return Fix{Kind: "usual_rate", Does: config.Say("Set the learning rate to %s, which is usual for %s, and train again", number(rate), r.optimizer()),
		Set: []Setting{{"train.optimizer.lr", config.Num(rate)}}}
}

func (r *Run) faster(times float64) Fix {
	now := r.Experiment.Train.Settings.Rate()
	to := tidy(now * times)
	if info, ok := optim.Lookup(r.Experiment.Train.Optimizer); ok {
		if usual := info.New().Rate(); to < usual/3 {
			return r.usual(usual)
		}
	}
	return Fix{Kind: "faster", Does: config.Say("Raise the learning rate from %s to %s and train again", number(now), number(to)),
		Set: []Setting{{"train.optimizer.lr", config.Num(to)}}}
}

func (r *Run) optimizer() config.Message {
	info, _ := optim.Lookup(r.Experiment.Train.Optimizer)
	return config.Message{Text: info.Title, Format: "optimizer." + info.Type}
}

// clipped limits the gradient; false where it is limited already.
func (r *Run) clipped() (Fix, bool) {
	if r.Experiment.Train.ClipNorm > 0 {
		return Fix{}, false
	}
	return Fix{Kind: "clip", Does: config.Say("Limit the length of the gradient to %s and train again", number(1)),
		Set: []Setting{{"train.clip_norm", config.Num(1)}}}, true
}

// tidy rounds to two figures, so that a document has no 0.00030000000000000003.
func tidy(v float64) float64 {
	if v <= 0 {
		return v
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	v = math.Round(v/unit) * unit
	rounded := config.ParseSetting(number(v)).Num
	return rounded
}

// number writes a number with three figures.
func number(v float64) string { return figure(v) }

// brokenData is a failure that the data is to blame for.
func brokenData(r *Run) (f Finding, found bool) {
	if !r.Failed || r.Fault != "input" && r.Fault != "target" {
		return f, false
	}
	what := config.Word("the features")
	if r.Fault == "target" {
		what = config.Word("what is to be told")
	}
	return Finding{Kind: BrokenData,
		Seen:  config.Say("Step %d failed: there are values among %s that are no numbers.", r.Step+1, what),
		Why:   config.Word("Every sum with such a value is no number either, so not one weight could be learned. Empty cells and wrong columns are the usual reasons."),
		Fixes: []Fix{{Kind: "look_data", Does: config.Word("Look at the data"), Look: "data"}},
	}, true
}

// diverged is a loss that went up instead of down, or became no number.
func diverged(r *Run) (f Finding, found bool) {
	f.Kind = Diverged
	n := len(r.Train)
	switch {
	case r.Failed && n == 0:
		f.Seen = config.Say("Already the first step failed: the loss or the gradient became infinite.")
	case r.Failed:
		f.Seen = config.Say("The loss was %s at first; at step %d it or the gradient became infinite.", number(r.first()), r.Step+1)
	case n < 8:
		return f, false
	default:
		at := r.guessing()
		best := at
		for i := range r.Train[:n-5] {
			best = min(best, median(losses(r.Train[i:i+5])))
		}
		now := median(losses(last(r.Train, max(5, n/10))))
		if !(now > 2*at && now > 2*best && now-at > 0.1) {
			return f, false
		}
		f.Seen = config.Say("The loss went up instead of down: from %s at the first step to %s at step %d.", number(r.first()), number(now), r.Step)
	}
	f.Why = config.Say("Each step follows the slope of the loss. With the learning rate %s the steps are so long that they jump over the valley and land higher up on the other side, "+
		"where it is steeper still. It diverged.", number(r.Experiment.Train.Settings.Rate()))
	if r.Failed && r.Step == 0 {
		f.Why = config.Word("The numbers were too large before anything was learned: the inputs are not scaled, or the weights began too large.")
		if fix, ok := r.scaled(); ok {
			f.Fixes = append(f.Fixes, fix)
		}
	}
	f.Fixes = append(f.Fixes, r.slower(10))
	if fix, ok := r.clipped(); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	return f, true
}

// exploding is gradients that grew out of all proportion, all the time or now
// and then.
func exploding(r *Run) (f Finding, found bool) {
	fix, ok := r.clipped()
	if !ok {
		return f, false
	}
	norms := column(r.Train, func(p point) float64 { return p.GradNorm })
	if len(norms) < 30 {
		return f, false
	}
	usual, recent := median(norms), last(norms, 100)
	first, now := median(norms[:20]), median(last(norms, 10))
	spikes, top := 0, 0.0
	for _, v := range recent {
		if v > 30*usual && v > 10 {
			spikes++
			top = max(top, v)
		}
	}
	f.Kind = Exploding
	switch {
	case now > 100*first && now > 20:
		f.Seen = config.Say("The gradient has grown from a length of %s to %s.", number(first), number(now))
	case spikes >= 2:
		f.Seen = config.Say("The gradient is usually %s long, and %d times of late it was more than 30 times that, up to %s.", number(usual), spikes, number(top))
	default:
		return f, false
	}
	f.Why = config.Word("A gradient is a product over all layers or steps of time; where the factors are larger than one it explodes. A single such step can undo what many have learned.")
	f.Fixes = []Fix{fix, r.slower(10)}
	return f, true
}

// crawling is a learning rate that is too small.
func crawling(r *Run) (f Finding, found bool) {
	ratios := column(last(r.Train, 20), func(p point) float64 { return p.Ratio })
	if r.Step < 100 || len(r.Train) < 25 {
		return f, false
	}
	step := median(ratios)
	first, now := r.begin(), r.now()
	if step > 3e-5 || now < 0.9*first || r.scheduledDown() {
		return f, false
	}
	return Finding{Kind: Crawling,
		Seen: config.Say("After %d steps the loss is still %s; it began at %s. A step changes the weights by %s %% of their size.",
			r.Step, number(now), number(first), number(100*step)),
		Why:   config.Say("With the learning rate %s the steps are so short that it would take very long to get anywhere. About a thousandth of the weights' size in a step is usual.", number(r.Experiment.Train.Settings.Rate())),
		Fixes: []Fix{r.faster(10)},
	}, true
}

// scheduledDown reports whether the schedule has made the rate small.
func (r *Run) scheduledDown() bool {
	n := len(r.Train)
	return n > 0 && r.Train[n-1].Rate < 0.3*r.Experiment.Train.Settings.Rate()
}

// oscillating is a loss that jumps up and down and gets no better.
func oscillating(r *Run) (f Finding, found bool) {
	if !r.settled() || len(r.Valid) < 8 {
		return f, false
	}
	valid := losses(last(r.Valid, 8))
	turns, jump := 0, 0.0
	for i := 1; i < len(valid); i++ {
		jump += math.Abs(valid[i]-valid[i-1]) / float64(len(valid)-1)
		if i > 1 && (valid[i] > valid[i-1]) != (valid[i-1] > valid[i-2]) {
			turns++
		}
	}
	if turns < 3 || jump < 0.25*mean(valid) || mean(losses(since(r.Train, 0.8*float64(r.Step)))) < 0.4*r.guessing() {
		return f, false
	}
	f = Finding{Kind: Oscillating,
		Seen: config.Say("The validation loss jumps between %s and %s from one time to the next.", number(lowest(valid)), number(highest(valid))),
		Why: config.Say("Steps of the learning rate %s, each from %d samples, are too rough: what one step wins the next one loses. Shorter steps, or steps from more samples, settle down.",
			number(r.Experiment.Train.Settings.Rate()), r.Experiment.Train.Batch),
		Fixes: []Fix{r.slower(10)},
	}
	if b := r.Experiment.Train.Batch; b <= 16 && 4*b <= r.Samples {
		f.Fixes = append(f.Fixes, Fix{Kind: "batch", Does: config.Say("Learn from %d samples at each step instead of %d, and train again", 4*b, b),
			Set: []Setting{{"train.batch", config.Num(float64(4 * b))}}})
	}
	return f, true
}

// plateau is a loss that stays where it is, for no reason that is told by itself.
func plateau(r *Run) (f Finding, found bool) {
	if !r.settled() || !r.level(0.005) || r.Tokens || r.scheduledDown() {
		return f, false
	}
	first, now := r.begin(), mean(losses(since(r.Train, 0.8*float64(r.Step))))
	if now < 0.5*first {
		return f, false
	}
	return Finding{Kind: Plateau,
		Seen:  config.Say("The training loss has stayed at about %s since step %d; it began at %s.", number(now), int(0.6*float64(r.Step)), number(first)),
		Why:   config.Word("The loss has become flat where the weights are now, so the steps lead nowhere. Other steps may find the way on."),
		Fixes: []Fix{r.adam(), r.faster(3)},
	}, true
}

// adam is the optimizer that finds its way on plateaus; a faster rate where it
// is in use.
func (r *Run) adam() Fix {
	if strings.HasPrefix(r.Experiment.Train.Optimizer, "adam") {
		return r.slower(3)
	}
	return Fix{Kind: "adam", Does: config.Say("Use %s, which gives every weight a rate of its own, and train again", config.Message{Text: "Adam", Format: "optimizer.adam"}),
		Set: []Setting{{"train.optimizer", config.Text("adam")}}}
}
