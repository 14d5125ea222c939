package export

import (
	"fmt"
	"strings"

	"descent/ml/experiment"
	"descent/ml/python"
)

// torch writes a program for PyTorch.
func (w *writer) torch() string {
	t := &w.e.Train
	w.remarks()
	if t.EarlyStopping.On() && !written(t.EarlyStopping.Metric) {
		w.parts.Note("Descent stops early by %s, which is not written here.", t.EarlyStopping.Metric)
	}
	if t.Stop.On() && !written(t.Stop.Metric) {
		w.parts.Note("Descent ends at a target of %s, which is not written here.", t.Stop.Metric)
	}
	var b strings.Builder
	for _, d := range w.parts.Defs {
		b.WriteString("\n\n" + d.Text)
	}
	b.WriteString("\n\n")
	w.torchModel(&b)
	b.WriteString("\n\n")
	w.loader(&b)
	b.WriteString("\n\n")
	w.torchLoss(&b)
	b.WriteString("\n\n")
	w.torchTrain(&b)
	if w.options.Weights {
		b.WriteString("\n\n")
		w.torchWeights(&b)
	}
	b.WriteString("\n\nif __name__ == \"__main__\":\n    main()\n")

	var head strings.Builder
	w.title(&head, "PyTorch")
	imports(&head, b.String(), "copy", "math")
	head.WriteString("import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n")
	fmt.Fprintf(&head, "torch.manual_seed(%d)\n", w.e.Seed)
	return head.String() + b.String()
}

// imports writes those modules of Python's own that the program uses.
func imports(b *strings.Builder, program string, modules ...string) {
	none := true
	for _, m := range modules {
		if strings.Contains(program, m+".") {
			b.WriteString("import " + m + "\n")
			none = false
		}
	}
	if !none {
		b.WriteString("\n")
	}
}

// title says what the program is, and what it leaves out.
func (w *writer) title(b *strings.Builder, library string) {
	name := w.e.Name
	if name == "" {
		name = "An experiment"
	}
	b.WriteString(python.Comment("", name+", written by Descent for "+library+"."))
	if w.e.Doc != "" {
		b.WriteString(python.Comment("", w.e.Doc))
	}
	for _, n := range w.parts.Notes {
		b.WriteString("#\n" + python.Comment("", n))
	}
	b.WriteString("\n")
}

func (w *writer) torchModel(b *strings.Builder) {
	b.WriteString("class Model(nn.Module):\n    def __init__(self):\n        super().__init__()\n")
	lines := func(indent string, text []string) {
		for _, l := range text {
			b.WriteString(indent + strings.ReplaceAll(l, "\n", "\n"+indent) + "\n")
		}
	}
	for _, c := range w.codes {
		lines("        ", c.Make)
	}
	for _, c := range w.codes {
		lines("        ", c.Start)
	}
	var still []string
	for _, c := range w.codes {
		if !c.Frozen {
			continue
		}
		for _, m := range c.Make {
			if name, _, ok := strings.Cut(m, " = "); ok {
				lines("        ", []string{name + ".requires_grad_(False)  # not trained"})
			}
		}
		still = append(still, c.Eval...)
	}
	if len(still) > 0 {
		b.WriteString("\n    def train(self, mode=True):\n        super().train(mode)\n")
		for _, m := range still {
			b.WriteString("        " + m + ".eval()  # not trained: it keeps its running statistics\n")
		}
		b.WriteString("        return self\n")
	}
	fmt.Fprintf(b, "\n    def forward(self, %s):\n", w.input())
	for _, c := range w.codes {
		for _, l := range c.Lines {
			if name, value, _ := strings.Cut(l, " = "); name != value {
				lines("        ", []string{l})
			}
		}
	}
	last := w.codes[len(w.codes)-1]
	result := last.Lines[len(last.Lines)-1]
	name, _, _ := strings.Cut(result, " = ")
	if len(last.Out) == 3 {
		name += ".permute(0, 2, 3, 1)  # the channels last"
	}
	b.WriteString("        return " + name + "\n")
}

// written reports whether programs can go by a metric.
func written(metric string) bool { return metric == "loss" || metric == "accuracy" }

func (w *writer) torchLoss(b *strings.Builder) {
	fmt.Fprintf(b, "def loss_of(out, y):\n    return %s\n\n\n", w.loss.Expr)
	b.WriteString(`def evaluate(model, x, y):
    """Returns the mean loss and the share of right answers."""
    model.eval()
    loss = right = count = 0
    with torch.no_grad():
        for part, target in zip(x.split(100), y.split(100)):
            out = model(part)
            loss += loss_of(out, target).item() * len(target)
`)
	switch {
	case w.loss.Classes == 0:
	case w.loss.Outputs == 1:
		half := "0.5"
		if w.loss.Ended {
			half = "0"
		}
		fmt.Fprintf(b, "            right += ((out.squeeze(-1) > %s) == (target > 0)).sum().item()\n            count += target.numel()\n", half)
	default:
		b.WriteString("            right += (out.argmax(-1) == target).sum().item()\n            count += (target >= 0).sum().item()\n")
	}
	b.WriteString("    return loss / max(1, len(x)), right / max(1, count)\n")
}

func (w *writer) torchTrain(b *strings.Builder) {
	t := &w.e.Train
	line := func(depth int, format string, args ...any) {
		b.WriteString(strings.Repeat("    ", depth) + fmt.Sprintf(format, args...) + "\n")
	}
	line(0, "def main():")
	line(1, "batch_size, epochs = %d, %d", t.Batch, w.epochs())
	line(1, "x_train, y_train, x_valid, y_valid = load_data()")
	step := "batch_size"
	if t.Accumulate > 1 {
		step = fmt.Sprintf("(batch_size * %d)", t.Accumulate)
	}
	for _, l := range w.counts(step) {
		line(1, "%s", l)
	}
	line(1, "model = Model()")
	if t.EMA > 0 {
		line(1, "# What is measured and kept is an average of the weights.")
		line(1, "average = torch.optim.swa_utils.AveragedModel(model, avg_fn=lambda a, p, n: %s * a + %s * p)", python.Float(t.EMA), python.Float(rounded(1-t.EMA)))
	}
	line(1, "optimizer = %s", w.optim.Expr)
	for _, s := range w.optim.Then {
		line(1, "%s", s)
	}
	if w.rates.Expr != "" {
		line(1, "scheduler = %s", w.rates.Expr)
	}
	shown := "model"
	if t.EMA > 0 {
		shown = "average"
	}
	stop := t.EarlyStopping.On() && written(t.EarlyStopping.Metric)
	if stop {
		line(1, "best, waited, best_weights = None, 0, None")
	}
	counted := t.Steps > 0 || t.ValidateEvery > 0 && w.plan.Validation > 0
	if counted {
		line(1, "step = 0")
	}
	line(1, "for epoch in range(epochs):")
	line(2, "model.train()")
	if t.Accumulate > 1 {
		line(2, "batches = torch.randperm(len(x_train)).split(batch_size)")
		line(2, "for first in range(0, len(batches), %d):", t.Accumulate)
		line(3, "optimizer.zero_grad()")
		line(3, "group = batches[first : first + %d]  # whose gradients make one step", t.Accumulate)
		line(3, "for batch in group:")
		line(4, "loss = loss_of(model(x_train[batch]), y_train[batch])%s", w.penalties())
		line(4, "(loss / len(group)).backward()")
	} else {
		line(2, "for batch in torch.randperm(len(x_train)).split(batch_size):")
		line(3, "loss = loss_of(model(x_train[batch]), y_train[batch])%s", w.penalties())
		line(3, "optimizer.zero_grad()")
		line(3, "loss.backward()")
	}
	if t.ClipNorm > 0 {
		line(3, "nn.utils.clip_grad_norm_(model.parameters(), %s)", python.Float(t.ClipNorm))
	}
	if t.ClipValue > 0 {
		line(3, "nn.utils.clip_grad_value_(model.parameters(), %s)", python.Float(t.ClipValue))
	}
	line(3, "optimizer.step()")
	if w.rates.Expr != "" && !w.rates.Validation {
		line(3, "scheduler.step()")
	}
	if t.EMA > 0 {
		line(3, "average.update_parameters(model)")
	}
	if counted {
		line(3, "step += 1")
	}
	if t.ValidateEvery > 0 && w.plan.Validation > 0 {
		line(3, "if step %% %d == 0:", t.ValidateEvery)
		line(4, "print(f\"step {step}: validation loss %%.4f, accuracy %%.4f\" %% evaluate(%s, x_valid, y_valid))", shown)
		line(4, "model.train()")
	}
	if t.Steps > 0 {
		line(3, "if step == steps:")
		line(4, "break")
	}
	if w.plan.Validation == 0 {
		line(2, "print(f\"epoch {epoch + 1}: loss {loss.item():.4f}\")")
	} else {
		line(2, "valid_loss, valid_accuracy = evaluate(%s, x_valid, y_valid)", shown)
		line(2, "print(f\"epoch {epoch + 1}: loss {loss.item():.4f}, validation loss {valid_loss:.4f}, accuracy {valid_accuracy:.4f}\")")
	}
	if w.rates.Validation {
		line(2, "scheduler.step(valid_loss)")
	}
	if t.Stop.On() && written(t.Stop.Metric) {
		line(2, "if %s:", reached("valid_"+t.Stop.Metric, t.Stop))
		line(3, "break  # the target was reached")
	}
	if stop {
		w.torchStop(line, shown)
	}
	if t.Steps > 0 {
		line(2, "if step == steps:")
		line(3, "break")
	}
	if stop && t.EarlyStopping.RestoreBest {
		line(1, "if best_weights is not None:")
		line(2, "%s.load_state_dict(best_weights)", shown)
	}
	line(1, "return %s", shown)
}

// torchStop ends training when validations have stopped getting better.
func (w *writer) torchStop(line func(int, string, ...any), shown string) {
	s := w.e.Train.EarlyStopping
	value, sign := "valid_loss", "<"
	margin := " - " + python.Float(s.MinDelta)
	if s.Metric == "accuracy" {
		value, sign, margin = "valid_accuracy", ">", " + "+python.Float(s.MinDelta)
	}
	if s.MinDelta == 0 {
		margin = ""
	}
	line(2, "if best is None or %s %s best%s:", value, sign, margin)
	line(3, "best, waited, best_weights = %s, 0, copy.deepcopy(%s.state_dict())", value, shown)
	line(2, "else:")
	line(3, "waited += 1")
	line(2, "if waited >= %d:", s.Patience)
	line(3, "break  # it has stopped getting better")
}

// reached is the condition that a target is good enough.
func reached(value string, s experiment.Stop) string {
	if s.Metric == "loss" {
		return value + " <= " + python.Float(s.Target)
	}
	return value + " >= " + python.Float(s.Target)
}

// penalties are added to the loss: of weights, not of biases.
func (w *writer) penalties() string {
	t, text := &w.e.Train, ""
	own := "for p in model.parameters() if p.ndim >= 2"
	if t.L1 > 0 {
		text += " + " + python.Float(t.L1) + " * sum(p.abs().sum() " + own + ")"
	}
	if t.L2 > 0 {
		text += " + " + python.Float(t.L2) + " * sum(p.square().sum() " + own + ")"
	}
	return text
}

// counts are the steps of an epoch and of the whole training, where a schedule
// or the end of training goes by them.
func (w *writer) counts(step string) (lines []string) {
	uses := w.rates.Expr + w.optim.Expr
	perEpoch, whole := strings.Contains(uses, "steps_per_epoch"), strings.Contains(strings.ReplaceAll(uses, "steps_per_epoch", ""), "steps")
	limited := w.e.Train.Steps > 0
	if perEpoch || whole && !limited {
		lines = append(lines, "steps_per_epoch = math.ceil(len(x_train) / "+step+")")
	}
	if limited {
		lines = append(lines, fmt.Sprintf("steps = %d", w.e.Train.Steps))
	} else if whole {
		lines = append(lines, "steps = epochs * steps_per_epoch")
	}
	return lines
}

// epochs is how many epochs training has at most.
func (w *writer) epochs() int {
	t := &w.e.Train
	if t.Steps > 0 {
		per := max(1, w.plan.Steps)
		return (t.Steps + per - 1) / per
	}
	return t.Epochs
}

// torchWeights writes a function that takes over trained weights.
func (w *writer) torchWeights(b *strings.Builder) {
	b.WriteString("def take_weights(model, weights):\n")
	b.WriteString("    \"\"\"Takes over trained weights: weights = safetensors.torch.load_file(\"checkpoint.safetensors\").\"\"\"\n")
	b.WriteString("    with torch.no_grad():\n        pass\n")
	for _, c := range w.codes {
		for _, t := range c.Takes {
			fmt.Fprintf(b, "        model.%s.copy_(weights[%s]%s)\n", t.Theirs, python.Quote(t.Ours), t.Change)
		}
	}
}
