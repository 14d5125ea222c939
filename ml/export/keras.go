package export

import (
	"fmt"
	"math"
	"strings"

	"descent/ml/python"
)

// clipping is the arguments that every optimizer of Keras takes.
func (w *writer) clipping() (args []any) {
	t := &w.e.Train
	switch {
	case t.ClipNorm > 0 && t.ClipValue > 0:
		w.parts.Note("Descent also limits each number of the gradient to %s; Keras takes only one limit.", python.Float(t.ClipValue))
		fallthrough
	case t.ClipNorm > 0:
		args = append(args, python.Arg("global_clipnorm", t.ClipNorm))
	case t.ClipValue > 0:
		args = append(args, python.Arg("clipvalue", t.ClipValue))
	}
	if t.EMA > 0 {
		w.parts.Note("Keras puts the average of the weights in their place when training ends; Descent also measures by it on the way.")
		args = append(args, python.Arg("use_ema", true), python.Arg("ema_momentum", t.EMA))
	}
	if t.Accumulate > 1 {
		args = append(args, python.Arg("gradient_accumulation_steps", t.Accumulate))
	}
	return args
}

func rounded(v float64) float64 { return math.Round(v*1e12) / 1e12 }

// keras writes a program for Keras.
func (w *writer) keras() string {
	t := &w.e.Train
	w.remarks()
	if t.Steps > 0 {
		w.parts.Note("Keras trains for whole epochs; Descent ends after %d steps.", t.Steps)
	}
	if t.ValidateEvery > 0 {
		w.parts.Note("Descent also validates every %d steps; Keras does at the end of each epoch.", t.ValidateEvery)
	}
	callbacks := w.callbacks()
	var b strings.Builder
	for _, d := range w.parts.Defs {
		b.WriteString("\n\n" + d.Text)
	}
	b.WriteString("\n\n")
	w.kerasModel(&b)
	b.WriteString("\n\n")
	w.loader(&b)
	b.WriteString("\n\ndef main():\n")
	line := func(format string, args ...any) { b.WriteString("    " + fmt.Sprintf(format, args...) + "\n") }
	line("batch_size, epochs = %d, %d", t.Batch, w.epochs())
	line("x_train, y_train, x_valid, y_valid = load_data()")
	if w.loss.Target != "" {
		for _, part := range []string{"y_train", "y_valid"} {
			line("%s = %s", part, strings.Replace(w.loss.Target, "%s", part, 1))
		}
	}
	for _, l := range w.counts("batch_size") {
		line("%s", l)
	}
	line("model = make_model()")
	line("optimizer = %s", w.optim.Expr)
	for _, s := range w.optim.Then {
		line("%s", s)
	}
	metrics := ""
	if w.loss.Classes > 0 {
		metrics = `, metrics=["accuracy"]`
	}
	line("model.compile(optimizer=optimizer, loss=%s%s)", w.loss.Expr, metrics)
	valid := ""
	if w.plan.Validation > 0 {
		valid = ", validation_data=(x_valid, y_valid)"
	}
	if len(callbacks) > 0 {
		line("callbacks = [")
		for _, c := range callbacks {
			line("    %s,", c)
		}
		line("]")
		valid += ", callbacks=callbacks"
	}
	line("model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs%s)", valid)
	line("return model")
	b.WriteString("\n\nif __name__ == \"__main__\":\n    main()\n")

	var head strings.Builder
	w.title(&head, "Keras 3")
	imports(&head, b.String(), "math")
	head.WriteString("import keras\n")
	if strings.Contains(b.String(), "np.") {
		head.WriteString("import numpy as np\n")
	}
	head.WriteString("from keras import layers")
	if strings.Contains(b.String(), "ops.") {
		head.WriteString(", ops")
	}
	fmt.Fprintf(&head, "\n\nkeras.utils.set_random_seed(%d)\n", w.e.Seed)
	return head.String() + b.String()
}

func (w *writer) kerasModel(b *strings.Builder) {
	b.WriteString("def make_model():\n")
	kind := ""
	if w.plan.Meta.Tokens > 0 {
		kind = `, dtype="int32"`
	}
	fmt.Fprintf(b, "    inputs = keras.Input(%s%s)\n", python.Tuple(w.plan.Input...), kind)
	for _, c := range w.codes {
		for _, l := range c.Lines {
			b.WriteString("    " + l + "\n")
		}
	}
	last := w.codes[len(w.codes)-1]
	name, _, _ := strings.Cut(last.Lines[len(last.Lines)-1], " = ")
	fmt.Fprintf(b, "    return keras.Model(inputs, %s)\n", name)
}

// callbacks steer training by the validation samples.
func (w *writer) callbacks() (out []string) {
	t := &w.e.Train
	monitor := func(metric string) (string, bool) {
		return "val_" + metric, written(metric)
	}
	if w.rates.Callback != "" {
		out = append(out, w.rates.Callback)
	}
	if s := t.EarlyStopping; s.On() {
		if name, ok := monitor(s.Metric); ok {
			out = append(out, python.Call("keras.callbacks.EarlyStopping", name, python.Unless("min_delta", s.MinDelta, 0), python.Arg("patience", s.Patience),
				python.Unless("restore_best_weights", s.RestoreBest, false)))
		} else {
			w.parts.Note("Descent stops early by %s, which is not written here.", s.Metric)
		}
	}
	if s := t.Stop; s.On() {
		if name, ok := monitor(s.Metric); ok {
			w.parts.Need(python.Def{Name: "Target", Text: `class Target(keras.callbacks.Callback):
    """Ends training as soon as a validation is good enough."""

    def __init__(self, reached):
        super().__init__()
        self.reached = reached

    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = self.model.stop_training or self.reached(logs)
`})
			out = append(out, "Target(lambda logs: "+reached("logs["+python.Quote(name)+"]", s)+")")
		} else {
			w.parts.Note("Descent ends at a target of %s, which is not written here.", s.Metric)
		}
	}
	return out
}
