package train

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"descent/ml/config"
)

// A Change is a setting of the optimizer that was changed while training went
// on. Steps up to Step had From, and those after it To.
//
// The same document with the same changes after the same steps gives the same
// bits; the document alone, which holds the latest values, does not. So the
// changes are told, and kept in checkpoints.
type Change struct {
	Step     int
	Field    string
	From, To float64
}

// Changes returns the changes of this run, in their order. They are gone after
// Reset: then the latest values hold from the first step on.
func (t *Trainer) Changes() []Change { return t.changes }

// Tune changes a setting of the optimizer, by its field name, from the next
// step on. Two changes without a step between them are one. A value that the
// optimizer does not take, or that would change what it remembers of each
// weight, is refused and changes nothing.
func (t *Trainer) Tune(field string, to float64) error {
	o := t.exp.Train.Settings
	for _, f := range o.Fields() {
		if f.Name != field {
			continue
		}
		was, slots := f.Value(), o.Slots()
		if problem := f.Put(config.Num(to)); problem.Text != "" {
			return &config.Error{Field: "train.optimizer." + field, Msg: problem.Text, Said: problem}
		}
		if o.Slots() != slots {
			f.Set(was)
			return config.Problem("this changes what the optimizer remembers of each weight; open the experiment anew")
		}
		t.changed(Change{Step: t.step, Field: field, From: was.Num, To: f.Value().Num})
		return nil
	}
	return config.Problem("the optimizer has no setting %s", field)
}

func (t *Trainer) changed(c Change) {
	if c.Step == 0 || c.From == c.To {
		return // nothing was computed with what was there before
	}
	for i := len(t.changes) - 1; i >= 0 && t.changes[i].Step == c.Step; i-- {
		if last := &t.changes[i]; last.Field == c.Field {
			if last.To = c.To; last.From == last.To {
				t.changes = append(t.changes[:i], t.changes[i+1:]...)
			}
			return
		}
	}
	t.changes = append(t.changes, c)
}

// changesKey is where a checkpoint's header has the changes, a line for each.
const changesKey = "changes"

func writeChanges(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%d %s %s %s\n", c.Step, c.Field, strconv.FormatFloat(c.From, 'g', -1, 64), strconv.FormatFloat(c.To, 'g', -1, 64))
	}
	return b.String()
}

func readChanges(text string) (changes []Change, err error) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		wrong := fmt.Errorf("train: the checkpoint says %q of %s", strings.TrimSpace(line), changesKey)
		if len(words) != 4 {
			return nil, wrong
		}
		c := Change{Field: words[1]}
		var errs [3]error
		c.Step, errs[0] = strconv.Atoi(words[0])
		c.From, errs[1] = strconv.ParseFloat(words[2], 64)
		c.To, errs[2] = strconv.ParseFloat(words[3], 64)
		if errors.Join(errs[:]...) != nil || c.Step < 1 {
			return nil, wrong
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// resumeChanges takes over the changes of a checkpoint. Where the document
// still has the value that the run began with, the run goes on with the one it
// had come to; a document that says anything else is obeyed, which is one more
// change.
func (t *Trainer) resumeChanges(changes []Change) {
	t.changes = changes
	first, last := map[string]float64{}, map[string]float64{}
	for _, c := range changes {
		if _, seen := first[c.Field]; !seen {
			first[c.Field] = c.From
		}
		last[c.Field] = c.To
	}
	for _, f := range t.exp.Train.Settings.Fields() {
		to, changed := last[f.Name]
		switch now := f.Value().Num; {
		case !changed || now == to:
		case now == first[f.Name]:
			f.Put(config.Num(to))
		default:
			t.changed(Change{Step: t.step, Field: f.Name, From: to, To: now})
		}
	}
}
