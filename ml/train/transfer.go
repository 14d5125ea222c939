package train

import (
	"fmt"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/safetensors"
	"descent/ml/tensor"
)

// A Transfer tells what became of a file of pretrained weights.
type Transfer struct {
	Loaded     []string // parameters that were taken from the file
	Fresh      []string // parameters that keep their initial weights
	Mismatched []Mismatch
	Skipped    []string // what else the file holds
}

// A Mismatch is a parameter that the file has in another shape.
type Mismatch struct {
	Name       string
	File, Want tensor.Shape
}

// A TransferError says that a file's weights are not the model's: nothing in
// it fits, or something that was named does not. Nothing was loaded.
type TransferError struct {
	Transfer Transfer
	Msg      config.Message
}

func (e *TransferError) Error() string { return "train: " + e.Message().Text }

// Message is what Error says behind the name of the package.
func (e *TransferError) Message() config.Message {
	return config.Say("the weights do not fit: %s", e.Msg)
}

// Load takes pretrained weights from a safetensors file, as the model's Start
// says: parameters by name, all that the file has or those of the nodes that
// are named. Other parameters keep their initial weights, and the optimizer
// starts anew. Reset goes back to the loaded weights. A checkpoint of another
// tokenizer is refused: its weights are about other tokens.
func (t *Trainer) Load(b []byte) (Transfer, error) {
	f, err := safetensors.Read(b)
	if err != nil {
		return Transfer{}, fmt.Errorf("train: %w", err)
	}
	if err := t.sameText(f); err != nil {
		return Transfer{}, err
	}
	start := t.exp.Model.Start
	file := map[string]tensor.Tensor{}
	for _, one := range f.Tensors {
		file[one.Name] = one.Tensor
	}
	var out Transfer
	used := map[string]bool{}
	value := slices.Clone(t.loaded)
	if value == nil {
		value = make([]float32, len(t.params.Value))
		t.params.Draw(value, t.exp.Seed)
	}
	for i, info := range t.params.Index {
		from, ok := file[start.Prefix+info.Name]
		switch {
		case !ok || !start.Takes(info.Name):
			out.Fresh = append(out.Fresh, info.Name)
		case !from.Shape.Equal(info.Shape):
			used[start.Prefix+info.Name] = true
			out.Mismatched = append(out.Mismatched, Mismatch{info.Name, from.Shape, info.Shape})
		default:
			used[start.Prefix+info.Name] = true
			copy(t.params.Of(value, i), from.Data)
			out.Loaded = append(out.Loaded, info.Name)
		}
	}
	for _, one := range f.Tensors {
		if !used[one.Name] && !OwnState(one.Name) {
			out.Skipped = append(out.Skipped, one.Name)
		}
	}
	if msg := t.misfit(out); msg.Text != "" {
		return out, &TransferError{out, msg}
	}
	t.loaded = value
	t.Reset()
	return out, nil
}

// OwnState reports whether a name is that of what a checkpoint keeps besides
// the weights.
func OwnState(name string) bool {
	return strings.HasPrefix(name, slotPrefix) || strings.HasPrefix(name, trainingPrefix) || strings.HasPrefix(name, bestPrefix) || strings.HasPrefix(name, pipePrefix)
}

// misfit says what is wrong with a transfer. A shape that differs is no mistake
// unless it was asked for by name: a model for other classes ends differently.
func (t *Trainer) misfit(out Transfer) config.Message {
	start := t.exp.Model.Start
	if start.Only != nil && len(out.Mismatched) > 0 {
		m := out.Mismatched[0]
		return config.Say("%s is %v in the file, and the model wants %v", m.Name, m.File, m.Want)
	}
	for _, name := range start.Only {
		found := false
		for _, loaded := range out.Loaded {
			found = found || loaded == name || strings.HasPrefix(loaded, name+".")
		}
		if !found {
			return config.Say("the file has nothing for %q, which model.only names", name)
		}
	}
	if len(out.Loaded) > 0 {
		return config.Message{}
	}
	if len(out.Mismatched) > 0 {
		m := out.Mismatched[0]
		return config.Say("nothing has the right shape; %s is %v in the file, and the model wants %v", m.Name, m.File, m.Want)
	}
	if len(out.Skipped) > 0 && len(out.Fresh) > 0 {
		return config.Say("it has none of the model's names; it has %s and the model %s, so a prefix may be missing", out.Skipped[0], out.Fresh[0])
	}
	return config.Word("it has none of the model's names")
}

func (t Transfer) String() string {
	s := fmt.Sprintf("%d parameters loaded, %d fresh", len(t.Loaded), len(t.Fresh))
	for _, m := range t.Mismatched {
		s += fmt.Sprintf("; %s is %v in the file and %v in the model, and stays fresh", m.Name, m.File, m.Want)
	}
	if len(t.Skipped) > 0 {
		s += fmt.Sprintf("; %d in the file not used", len(t.Skipped))
	}
	return s
}
