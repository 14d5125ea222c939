package train

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/tensor"
	"descent/web/presets"
)

// drawn stands in for the samples of any preset: as many and of the shape that
// its source says, each drawn when it is read.
type drawn struct {
	n, width, classes int
	high              float32
}

func (d drawn) Len() int        { return d.n }
func (d drawn) Label(i int) int { return i * 7 % d.classes }
func (d drawn) Read(i int, x, y []float32) {
	s := tensor.NewStream(uint64(i), "drawn")
	s.FillUniform(x[:d.width], 0, 0, d.high)
	y[0] = float32(d.Label(i))
}

// madeUp is files that the presets name, with something in them that their
// sources can read.
type madeUp struct{}

func (madeUp) Open(name string, _ func(done, total int64)) ([]byte, error) {
	if name == "iris/iris.csv" {
		var table bytes.Buffer
		table.WriteString("a,b,c,d,species\n")
		for i := range 150 {
			fmt.Fprintf(&table, "%d,%d,%d,%d,%c\n", i%7, i%5, i%11, i%13, 'x'+i%3)
		}
		return table.Bytes(), nil
	}
	words := strings.Fields(babble(600))
	switch name {
	case "text/names.txt":
		return []byte(strings.Join(words, "\n")), nil
	case "text/languages.csv":
		var table bytes.Buffer
		table.WriteString("text,label\n")
		var made []string // words enough for the pieces of byte-pair encoding
		s := tensor.NewStream(3, "syllables")
		for i := range uint64(900) {
			word := ""
			for j := i * 6; j < i*6+6; j += 2 {
				word += string("bcdfghklmnprstvz"[s.Intn(j, 16)]) + string("aeiouy"[s.Intn(j+1, 6)])
			}
			made = append(made, word)
		}
		for i := range 2700 {
			fmt.Fprintf(&table, "%s %s,%d\n", made[i%900], made[i*7%900], i%3)
		}
		return table.Bytes(), nil
	}
	return []byte(babble(4000)), nil
}

// standIn opens a preset on drawn samples or made up files, so that none is
// needed.
func standIn(t *testing.T, name string, settings ...string) *Trainer {
	t.Helper()
	text, _ := presets.Text(name)
	v, err := config.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(settings); i += 2 {
		if err := v.Set(settings[i], config.ParseSetting(settings[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	e, err := experiment.Read(v)
	if err != nil {
		t.Fatal(err)
	}
	meta := e.Data.Settings.Meta()
	samples := drawn{n: meta.Train, width: meta.X.Len(), classes: max(2, len(meta.Classes)), high: float32(meta.Range[1])}
	tests := samples
	tests.n = meta.Test
	set := &data.Set{Meta: meta, Train: samples, Test: tests}
	if !meta.Known() || meta.Tokens > 0 {
		if set, err = e.Data.Open(e.Seed, madeUp{}, nil); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	tr, err := New(e, set, Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// A step allocates nothing, whatever the preset.
func TestPresetsAllocateNothing(t *testing.T) {
	for _, name := range presets.Names() {
		tr := standIn(t, name)
		if tr.meta.Tokens > 0 { // these take long
			tr = standIn(t, name, "train.batch", "4")
		}
		step := func() {
			if _, err := tr.Step(); err != nil {
				t.Fatal(err)
			}
		}
		steps := 3
		if tr.StepsPerEpoch() < 50 { // whole epochs, with their short batches and new orders
			steps = 2*tr.StepsPerEpoch() + 1
		}
		for range steps {
			step() // the first of a kind compiles its program
		}
		if n := testing.AllocsPerRun(steps, step); n != 0 {
			t.Errorf("%s allocates %v times a step", name, n)
		}
	}
}

// Every preset goes on from a checkpoint bit for bit, as it is and with
// augmented samples and more dropout; and looking at values changes nothing.
func TestPresetsResume(t *testing.T) {
	const stop, end = 3, 6
	for _, name := range presets.Names() {
		plain := []string{"train.batch", "16"}
		variants := [][]string{plain}
		e := standIn(t, name).exp
		noise := append([]string{"data.augment", `["noise"]`}, plain...)
		switch meta := e.Data.Settings.Meta(); {
		case meta.Tokens > 0: // their numbers must stay as they are
			plain[1], noise = "4", []string{"train.batch", "4"}
		case len(meta.X) == 3:
			noise[1] = `["noise","shift","rotate"]`
		}
		for _, n := range e.Model.Nodes {
			switch n.Type {
			case "dropout":
				noise = append(noise, "model.nodes."+n.ID+".config.rate", "0.3")
			case "transformer_encoder", "transformer_decoder":
				noise = append(noise, "model.nodes."+n.ID+".config.dropout", "0.2", "model.nodes."+n.ID+".config.attention_dropout", "0.2")
			}
		}
		variants = append(variants, noise)
		for _, set := range variants {
			whole := standIn(t, name, set...)
			losses(t, whole, end)
			first := standIn(t, name, set...)
			losses(t, first, stop)
			var kept bytes.Buffer
			if err := first.Save(&kept); err != nil {
				t.Fatal(err)
			}
			second := standIn(t, name, set...)
			if err := second.Restore(kept.Bytes()); err != nil {
				t.Fatal(err)
			}
			for range end - stop {
				if _, err := second.Inspect(Training, []int{2, 0, 1}, second.Paths()...); err != nil {
					t.Fatal(err)
				}
				second.Spreads()
				losses(t, second, 1)
			}
			for i, v := range whole.params.Value {
				if second.params.Value[i] != v {
					t.Fatalf("%s with %v: weight %d is %v and was %v when nobody stopped it", name, set, i, second.params.Value[i], v)
				}
			}
		}
	}
}
