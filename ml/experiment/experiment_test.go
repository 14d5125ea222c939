package experiment

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/tensor"
	"descent/web/presets"
)

// Every preset has its row; the parameters are the published ones, or follow
// from the tutorial's text.
var published = map[string]struct{ parameters, steps int }{
	"tutorial-cnn":  {421642, 422},
	"keras-convnet": {34826, 422},
	"spiral-mlp":    {2*16 + 16 + 16*16 + 16 + 16*2 + 2, 20},
	"iris-mlp":      {4*16 + 16 + 4*16 + 16*3 + 3, 6},
	"keras-mlp":     {784*512 + 512 + 512*512 + 512 + 512*10 + 10, 469},
	"few-digits":    {784*256 + 256 + 256*256 + 256 + 256*10 + 10, 16},
	// Keras' mnist_transfer_cnn
	"digits-0-4":      {9*32 + 32 + 9*32*32 + 32 + 12*12*32*128 + 128 + 128*5 + 5, 216},
	"digits-5-9":      {9*32 + 32 + 9*32*32 + 32 + 12*12*32*128 + 128 + 128*5 + 5, 207},
	"fashion-convnet": {421642, 422},
	"vit-digits":      {16*64 + 64 + 64 + 50*64 + 3*(4*(64*64+64)+64*128+128+128*64+64+4*64) + 2*64 + 64*10 + 10, 844},
}

// files is what those of the presets turn out to hold.
var files = map[string]data.Meta{
	"iris-mlp": {X: tensor.Shape{4}, Y: tensor.Shape{1}, Classes: []string{"setosa", "versicolor", "virginica"}, Train: 105, Test: 45},
}

func TestPresets(t *testing.T) {
	names := presets.Names()
	if len(names) != len(published) {
		t.Errorf("presets %v, and figures for %d", names, len(published))
	}
	for _, name := range names {
		text, _ := presets.Text(name)
		e, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if source, ok := e.Data.Settings.(data.Learner); ok {
			if _, err := e.Plan(); e.Data.Known() || err == nil || !strings.Contains(err.Error(), "load the data first") {
				t.Errorf("%s: before its file was read: %v", name, err)
			}
			source.Learn(files[name])
		}
		p, err := e.Plan()
		if err != nil {
			t.Fatal(err)
		}
		want := published[name]
		if p.Parameters != want.parameters || p.Steps != want.steps {
			t.Errorf("%s has %d parameters and %d steps an epoch, want %d and %d", name, p.Parameters, p.Steps, want.parameters, want.steps)
		}
		if e.Name == "" || e.Doc == "" || p.FLOPs == 0 && name != "bigram" || len(p.Rows) != len(e.Model.Nodes) {
			t.Errorf("%s: name %q, doc %q, %d FLOPs, %d rows", name, e.Name, e.Doc, p.FLOPs, len(p.Rows))
		}
		steps := p.Steps * e.Train.Epochs
		if e.Train.Steps > 0 {
			steps = e.Train.Steps
		}
		for _, x := range presets.Exhibits() {
			if x.Name == name && (x.Steps != steps || x.Shards != p.Shards) {
				t.Errorf("the gallery says %d steps and %d shards of %s, which has %d and %d", x.Steps, x.Shards, name, steps, p.Shards)
			}
		}
		again, err := Parse(e.Format())
		if err != nil {
			t.Fatalf("%s: what was written cannot be read: %v\n%s", name, err, e.Format())
		}
		if a, b := string(e.Format()), string(again.Format()); a != b {
			t.Errorf("%s changes when it is written twice:\n%s\n%s", name, a, b)
		}
	}
}

func TestSummaryOfTutorial(t *testing.T) {
	text, _ := presets.Text("tutorial-cnn")
	e, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := e.Plan()
	var got []string
	for _, r := range p.Rows {
		got = append(got, fmt.Sprintf("%s %v %d", r.ID, r.Output, r.Params))
	}
	want := "conv1 28×28×32 320|pool1 14×14×32 0|conv2 14×14×64 18496|pool2 7×7×64 0|flatten 3136 0|dense1 128 401536|dense2 10 1290"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("rows\n%s\nwant\n%s", s, want)
	}
}

// edit changes a preset's text and says which problems it then has.
func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, preset string
		replace      []string
		want         []string // one a problem, in any order
		fix          string
	}{
		{"unknown layer", "tutorial-cnn", []string{`"type": "max_pool2d", "config": {"size": [2, 2]}},
      {"id": "conv2"`, `"type": "maxpool", "config": {"size": [2, 2]}},
      {"id": "conv2"`},
			[]string{`line 14, column 31: node "pool1": type: there is no layer "maxpool"; did you mean "max_pool`}, ""},
		{"misspelt key in a layer", "tutorial-cnn", []string{`"units": 128`, `"unit": 128`},
			[]string{`node "dense1": unit: there is no setting "unit"; did you mean "units"?`}, ""},
		{"misspelt key in train", "spiral-mlp", []string{`"batch"`, `"bacth"`}, []string{`train.bacth: there is no setting "bacth"; did you mean "batch"?`}, ""},
		{"misspelt key at the top", "spiral-mlp", []string{`"train": {`, `"trian": {`}, []string{`trian: there is no setting "trian"; did you mean "train"?`, "train: is missing"}, ""},
		{"negative size", "tutorial-cnn", []string{`"filters": 32`, `"filters": -32`}, []string{`node "conv1": filters: -32 is below 1, the smallest allowed`}, ""},
		{"dense after conv", "tutorial-cnn", []string{`{"id": "flatten", "type": "flatten"},`, ""},
			[]string{`node "dense1": dense wants a flat row of values, and what arrives has the shape 7×7×64; put a flatten before it, which makes one row of 3136`}, "insert_flatten"},
		{"kernel larger than its input", "keras-convnet", []string{`"filters": 64, "kernel": [3, 3]`, `"filters": 64, "kernel": [15, 3]`},
			[]string{`node "conv2": kernel: the kernel is 15×3, and the image it slides over is only 13 high`}, "padding_same"},
		{"wrong number of outputs", "keras-convnet", []string{`"units": 10`, `"units": 9`}, []string{`node "dense": the last layer has 9 outputs, and the data has 10 classes`}, "answer_classes"},
		{"conv on points", "spiral-mlp", []string{`"type": "dense", "config": {"units": 16, "activation": "tanh"}},
      {"id": "hidden2"`, `"type": "conv2d"},
      {"id": "hidden2"`}, []string{`node "hidden1": conv2d wants an image, height×width×channels, and what arrives has the shape 2`}, "use_dense"},
		{"cross entropy of values", "spiral-mlp", []string{`"spiral", "split"`, `"reg_plane", "split"`}, []string{"cross_entropy is for classes"}, "loss_mse"},
		{"unknown source", "spiral-mlp", []string{`"source": "spiral"`, `"source": "spirla"`}, []string{`data.source: there is no data source "spirla"; did you mean "spiral"?`}, ""},
		{"split too large", "keras-convnet", []string{"54000", "54001"}, []string{"data.split: train 54,001 + validation 6,000 is more than the 60,000 samples there are"}, ""},
		{"path of no file", "spiral-mlp", []string{`"source": "spiral"`, `"path": "a.txt", "source": "spiral"`}, []string{`data.path: the data source "spiral" reads no file of yours`}, ""},
		{"path of no text", "iris-mlp", []string{`"split"`, `"path": 3, "split"`}, []string{`data.path: wants a text in quotes, not 3`}, ""},
		{"unknown optimizer", "spiral-mlp", []string{`"adam"`, `"adma"`}, []string{`train.optimizer: there is no optimizer "adma"; did you mean "adam"?`}, ""},
		{"wrong type", "spiral-mlp", []string{`"epochs": 600`, `"epochs": "600"`}, []string{`train.epochs: wants a whole number, not "600"`}, ""},
		{"id used twice", "spiral-mlp", []string{`"hidden2"`, `"hidden1"`}, []string{`node "hidden1": id: the name is used twice`}, ""},
		{"id of the loss", "spiral-mlp", []string{`"hidden2"`, `"loss"`}, []string{`node "loss": id: every model has something called "loss" already`}, ""},
		{"id of the input", "spiral-mlp", []string{`"hidden2"`, `"input"`}, []string{`node "input": id: every model has something called "input" already`}, ""},
		{"from nowhere", "spiral-mlp", []string{`"id": "hidden2",`, `"id": "hidden2", "from": ["h"],`}, []string{`node "hidden2": from: there is no node "h" before this one`}, ""},
		{"newer version", "spiral-mlp", []string{`"version": 1`, `"version": 2`}, []string{"version: this program reads version 1"}, ""},
		{"augmentation", "spiral-mlp", []string{`"source": "spiral"`, `"augment": ["flip"], "source": "spiral"`}, []string{"data.augment[0]: this changes images, height×width×channels, and the samples have the shape 2"}, ""},
		{"label noise of values", "spiral-mlp", []string{`"source": "spiral"`, `"label_noise": 30, "source": "reg_plane"`},
			[]string{"data.label_noise: gives samples a wrong class, and those of this source have no single class", "cross_entropy is for classes"}, ""},
		{"too much label noise", "spiral-mlp", []string{`"source": "spiral"`, `"label_noise": 91, "source": "spiral"`}, []string{"data.label_noise: 91 is above 90"}, ""},
		{"metric that is not measured", "spiral-mlp", []string{`"epochs": 600`, `"epochs": 600, "early_stopping": {"patience": 3, "metric": "r2"}`},
			[]string{"train.early_stopping.metric: this model and its loss have no r2"}, ""},
		{"several at once", "tutorial-cnn", []string{`"seed": 1`, `"seed": -1`, `"units": 128, "activation": "relu"`, `"units": -1, "activation": "rule"`, `"scale", "factor"`, `"scale", "fctor"`},
			[]string{"seed: wants a whole number", `units: -1 is below 0`, `there is no activation "rule"; did you mean "relu"?`, `data.preprocess[0].fctor: there is no setting "fctor"`}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, _ := presets.Text(c.preset)
			broken := strings.NewReplacer(c.replace...).Replace(string(text))
			if broken == string(text) {
				t.Fatal("the text was not changed")
			}
			_, err := Parse([]byte(broken))
			all, ok := config.All(err)
			if !ok || len(all) != len(c.want) {
				t.Fatalf("%d problems, want %d:\n%v", len(all), len(c.want), err)
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("problems\n%v\nwant\n%s", err, w)
				}
			}
			if all[0].Fix != c.fix {
				t.Errorf("fix %q, want %q", all[0].Fix, c.fix)
			}
			for _, e := range all {
				if e.Line == 0 {
					t.Errorf("no line: %v", e)
				}
			}
		})
	}
}

// "path" is short for the file of the source, wherever it stands and whatever
// the source says.
func TestDataPath(t *testing.T) {
	for _, members := range []string{
		`"path": "b.txt", "source": "text"`,
		`"source": "text", "path": "b.txt"`,
		`"source": {"type": "text", "file": "b.txt"}`,
		`"source": {"type": "text", "file": "a.txt"}, "path": "b.txt"`,
	} {
		e, err := Parse([]byte(`{"version": 1, "data": {` + members + `}, "model": {"nodes": [{"id": "out", "type": "dense"}]}, "train": {"optimizer": "sgd"}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(e.Value().Get("data").Get("source").Append(nil, "")); got != `{"type":"text","file":"b.txt"}` || e.Value().Get("data").Get("path") != nil {
			t.Errorf("%s is written as %s", members, e.Value().Get("data").Append(nil, ""))
		}
	}
}

func TestBrokenText(t *testing.T) {
	text, _ := presets.Text("keras-convnet")
	for cut := 0; cut < len(text)-3; cut += 97 {
		_, err := Parse(text[:cut])
		if all, ok := config.All(err); !ok || len(all) != 1 || all[0].Line == 0 {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	for _, bad := range []string{`[]`, `3`, `{"model": 3}`, `{"model": {"nodes": 3}}`, `{"model": {"nodes": [3, {}]}}`, `{"data": []}`, `{"data": {"source": 3, "preprocess": {}}}`, `{"train": {"optimizer": []}}`} {
		if _, err := Parse([]byte(bad)); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

// What is in the folder is what is embedded: a preset needs no second place.
func TestPresetFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "web", "presets", "*.json"))
	if err != nil || len(files) != len(presets.Names()) {
		t.Errorf("files %v, presets %v", files, presets.Names())
	}
	for _, f := range files {
		onDisk, _ := os.ReadFile(f)
		text, ok := presets.Text(strings.TrimSuffix(filepath.Base(f), ".json"))
		if !ok || string(text) != string(onDisk) {
			t.Errorf("%s differs from what is embedded", f)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range presets.Names() {
		text, _ := presets.Text(name)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := Parse(text)
		if err != nil {
			if _, ok := config.All(err); !ok {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		again, err := Parse(e.Format())
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, e.Format())
		}
		if a, b := string(e.Format()), string(again.Format()); a != b {
			t.Fatalf("%s became %s", a, b)
		}
	})
}
