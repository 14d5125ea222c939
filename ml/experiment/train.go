package experiment

import (
	"slices"

	"descent/ml/config"
	"descent/ml/nn"
	"descent/ml/optim"
)

// Train says how the model learns.
type Train struct {
	Loss      string
	Objective nn.Loss // the loss's settings
	Optimizer string
	Settings  optim.Optimizer
	Schedule  string
	Rates     optim.Schedule // the schedule's settings
	Batch     int
	Epochs    int
	Steps     int // when above 0, training ends after so many steps and Epochs does not count
	// Accumulate is the number of batches whose gradients make one step.
	Accumulate int
	// Recompute says that cheap values are made again rather than kept.
	Recompute bool
	L1, L2    float64 // penalties on the weights: l1·Σ|w| + l2·Σw²
	// ClipNorm and ClipValue limit the gradient, all of it together and each
	// number of it; 0 leaves it.
	ClipNorm, ClipValue float64
	// EMA is how slowly an average of the weights follows them. When it is not
	// 0, evaluation, prediction and saving use the average.
	EMA float64
	// ValidateEvery is the number of steps between two validations; 0 validates
	// at the end of each epoch only.
	ValidateEvery int
	Shards        int // parts a batch is cut into; 0 lets the batch decide
	Stop          Stop
	EarlyStopping EarlyStopping
}

// Stop ends training as soon as a validation is good enough.
type Stop struct {
	Metric string // "none" to train to the end
	Target float64
}

// EarlyStopping ends training when validations have stopped getting better.
type EarlyStopping struct {
	Patience    int // validations without improvement that are waited for; 0 turns it off
	Metric      string
	MinDelta    float64
	RestoreBest bool
}

const noMetric = "none"

// On reports whether there is a target.
func (s Stop) On() bool { return s.Metric != noMetric && s.Metric != "" }

// On reports whether training may end early.
func (s EarlyStopping) On() bool { return s.Patience > 0 }

// Fields binds the settings of "stop".
func (s *Stop) Fields() []config.Field {
	return []config.Field{
		config.Choice("metric", &s.Metric, append([]string{noMetric}, MetricTypes()...), "What is measured of the validation samples to end training when it is good enough"),
		config.Float("target", &s.Target, -1e9, 1e9, "How good is good enough"),
	}
}

// Fields binds the settings of "early_stopping".
func (s *EarlyStopping) Fields() []config.Field {
	return []config.Field{
		config.Int("patience", &s.Patience, 0, 1_000_000, "How many validations without improvement end training; 0 for never").With("validations"),
		config.Choice("metric", &s.Metric, MetricTypes(), "What has to improve"),
		config.Float("min_delta", &s.MinDelta, 0, 1e9, "What counts as an improvement"),
		config.Toggle("restore_best", &s.RestoreBest, "Go back to the weights of the best validation at the end"),
	}
}

// StepsPerEpoch is the number of optimizer steps that pass over so many samples.
func (t *Train) StepsPerEpoch(samples int) int {
	step := t.Batch * max(1, t.Accumulate)
	return (samples + step - 1) / step
}

func (t *Train) fields() []config.Field {
	return []config.Field{
		config.Int("batch", &t.Batch, 1, 1<<16, "How many samples one step learns from").With("samples"),
		config.Int("epochs", &t.Epochs, 1, 1_000_000, "How often training passes over all samples"),
		config.Int("steps", &t.Steps, 0, 1_000_000_000, "Train for so many steps instead of epochs; 0 goes by epochs").With("steps"),
		config.Int("accumulate", &t.Accumulate, 1, 4096, "How many batches make one step, for batches larger than memory").With("batches"),
		config.Float("l1", &t.L1, 0, 10, "Penalty on the size of each weight; drives small ones to zero"),
		config.Float("l2", &t.L2, 0, 10, "Penalty on the square of each weight; keeps all of them small"),
		config.Float("clip_norm", &t.ClipNorm, 0, 1e9, "The largest length of the whole gradient; 0 for no limit, 1 is usual"),
		config.Float("clip_value", &t.ClipValue, 0, 1e9, "The largest size of each number of the gradient; 0 for no limit"),
		config.Float("ema", &t.EMA, 0, 0.999999, "How slowly an average of the weights follows them, which is then what is measured, shown and saved; 0 for none, 0.999 is usual"),
		config.Int("validate_every", &t.ValidateEvery, 0, 1_000_000, "Validate every so many steps, besides the end of each epoch; 0 for only then").With("steps"),
		config.Toggle("recompute", &t.Recompute, "Make cheap values again on the way back, such as activations and normalised values, rather than keep them: less memory, a little slower, the same result"),
		config.Int("shards", &t.Shards, 0, 256, "Parts a batch is cut into for several cores; 0 goes by the work of a batch"),
	}
}

// TrainFields binds the training settings that every optimizer shares, with
// the kind of loss and of schedule, whose own settings are
// Train.Objective.Fields and Train.Rates.Fields.
func (e *Experiment) TrainFields() []config.Field {
	t := &e.Train
	return append([]config.Field{
		config.Choice("loss", &t.Loss, nn.LossTypes(), "What training makes small"),
		config.Choice("schedule", &t.Schedule, optim.ScheduleTypes(), "How the learning rate changes while training goes on"),
	}, t.fields()...)
}

func (t *Train) encode() *config.Value {
	fresh := defaults().Train
	var out []config.Member
	add := func(key string, v *config.Value) { out = append(out, config.Member{Key: key, Value: v}) }
	loss, _ := nn.LookupLoss(t.Loss)
	if v := typed(t.Loss, t.Objective.Fields(), loss.New().Fields()); v.Kind != config.String || v.Str != fresh.Loss {
		add("loss", v)
	}
	out = append(out, config.Encode(t.fields(), fresh.fields())...)
	info, _ := optim.Lookup(t.Optimizer)
	add("optimizer", typed(t.Optimizer, t.Settings.Fields(), info.New().Fields()))
	schedule, _ := optim.LookupSchedule(t.Schedule)
	if v := typed(t.Schedule, t.Rates.Fields(), schedule.New().Fields()); v.Kind != config.String || v.Str != fresh.Schedule {
		add("schedule", v)
	}
	if t.Stop.On() {
		add("stop", config.Obj(config.Encode(t.Stop.Fields(), nil)...))
	}
	if set := config.Encode(t.EarlyStopping.Fields(), fresh.EarlyStopping.Fields()); len(set) > 0 {
		add("early_stopping", config.Obj(set...))
	}
	return config.Obj(out...)
}

func (r *reader) train(v *config.Value) {
	if !r.object(v, "train", "loss, optimizer, batch and epochs") {
		return
	}
	t := &r.e.Train
	names := []string{"loss", "optimizer", "schedule", "stop", "early_stopping"}
	settings := config.Obj() // what is left is plain
	for _, m := range v.Members {
		switch m.Key {
		case "loss":
			r.chosen(m.Value, "loss", nn.LossTypes(), func(typ string) []config.Field {
				info, _ := nn.LookupLoss(typ)
				t.Loss, t.Objective = typ, info.New()
				return t.Objective.Fields()
			})
		case "optimizer":
			r.chosen(m.Value, "optimizer", optim.Types(), func(typ string) []config.Field {
				info, _ := optim.Lookup(typ)
				t.Optimizer, t.Settings = typ, info.New()
				return t.Settings.Fields()
			})
		case "schedule":
			r.chosen(m.Value, "schedule", optim.ScheduleTypes(), func(typ string) []config.Field {
				info, _ := optim.LookupSchedule(typ)
				t.Schedule, t.Rates = typ, info.New()
				return t.Rates.Fields()
			})
		case "stop":
			config.Decode(m.Value, t.Stop.Fields(), "", "train.stop.", r.errs)
		case "early_stopping":
			config.Decode(m.Value, t.EarlyStopping.Fields(), "", "train.early_stopping.", r.errs)
		default:
			settings.Members = append(settings.Members, m)
		}
	}
	r.plain(settings, names)
	if v.Get("optimizer") == nil {
		r.errs.Add(v, "", "train.optimizer", "is missing")
	}
	if s := t.Stop; s.Target != 0 && !s.On() {
		r.errs.Add(v.Get("stop"), "", "train.stop.metric", "is missing; a target is of something, such as accuracy")
	}
	if stop := v.Get("stop"); t.Stop.On() && stop.Get("target") == nil {
		r.errs.Add(stop, "", "train.stop.target", "is missing: say how good is good enough")
	}
	if r.e.Train.Accumulate > 1 && r.e.Train.Batch*r.e.Train.Accumulate > 1<<24 {
		r.errs.Add(v.Get("accumulate"), "", "train.accumulate", "makes a step of more than 16,777,216 samples")
	}
}

// chosen reads "name" or {"type": "name", ...settings} of a catalogue.
func (r *reader) chosen(v *config.Value, key string, types []string, fields func(typ string) []config.Field) {
	typ, settings, ok := r.typed(v, "train."+key)
	if !ok {
		return
	}
	for _, known := range types {
		if typ == known {
			own, skip := fields(typ), "type"
			if decay := settings.Get("weight_decay"); decay != nil && key == "optimizer" && !named(own, "weight_decay") {
				r.errs.Add(decay, "", "train.optimizer.weight_decay", "this optimizer decays no weights by itself: adamw, lion and muon do, "+
					"and train.l2 is the penalty that PyTorch calls weight_decay, at half of its value")
				skip = "weight_decay"
			}
			config.Decode(settings, own, "", "train."+key+".", r.errs, "type", skip)
			return
		}
	}
	r.errs.Add(v, "", "train."+key, "%s", config.Misnamed(key, typ, types, alsoCalled[key]))
}

// named reports whether one of the fields has that name.
func named(fields []config.Field, name string) bool {
	return slices.ContainsFunc(fields, func(f config.Field) bool { return f.Name == name })
}

// plain reads the settings that belong to no catalogue. A name that is unknown
// may be a misspelling of one that is kept apart.
func (r *reader) plain(v *config.Value, apart []string) {
	fields := r.e.Train.fields()
	known := append([]string{}, apart...)
	for _, f := range fields {
		known = append(known, f.Name)
	}
	var rest []config.Member
	for _, m := range v.Members {
		unknown := true
		for _, f := range fields {
			unknown = unknown && f.Name != m.Key
		}
		if unknown {
			r.errs.Add(&config.Value{Line: m.Line, Col: m.Col}, "", "train."+m.Key, "%s", config.Unknown("setting", m.Key, known))
			continue
		}
		rest = append(rest, m)
	}
	config.Decode(config.Obj(rest...), fields, "", "train.", r.errs)
}
