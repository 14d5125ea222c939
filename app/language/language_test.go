package language

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/generate"
	"descent/ml/nn"
	"descent/ml/optim"
	"descent/web/presets"
)

// Both languages have every key, with the same verbs in the same order.
func TestParity(t *testing.T) {
	for key, text := range english {
		other, ok := chinese[key]
		if !ok {
			t.Errorf("%q is missing in Chinese", key)
			continue
		}
		if a, b := verbs(text), verbs(other); a != b {
			t.Errorf("%q has the verbs %q in English and %q in Chinese", key, a, b)
		}
	}
	for key := range chinese {
		if _, ok := english[key]; !ok {
			t.Errorf("%q is missing in English", key)
		}
	}
}

func verbs(text string) string {
	var out strings.Builder
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '%' && strings.ContainsRune("sdqv", rune(text[i+1])) {
			out.WriteByte(text[i+1])
		}
	}
	return out.String()
}

// Every key is used by the page, and every key that the page uses is there. Keys put together at run time count by
// their beginning.
func TestKeysAreUsed(t *testing.T) {
	literals := map[string]bool{}
	files, _ := filepath.Glob(filepath.Join("..", "*", "*.go"))
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "language") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				literals[text] = true
			}
			// What is looked up by a plain key must be there.
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "t" || sel.Sel.Name == "Text" && name != "") {
					if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING && sel.Sel.Name == "t" {
						key, _ := strconv.Unquote(lit.Value)
						if _, known := english[key]; !known {
							t.Errorf("%s uses the key %q, which no language has", name, key)
						}
					}
				}
			}
			return true
		})
	}
	for key := range english {
		used := literals[key]
		for i := len(key); i > 0 && !used; i-- {
			used = (key[i-1] == '.') && literals[key[:i]]
		}
		if !used {
			t.Errorf("nothing uses the key %q", key)
		}
	}
}

// The core's catalogues are in Chinese too: whatever a catalogue shows has its entry in terms.
func TestTerms(t *testing.T) {
	has := func(key string) {
		t.Helper()
		if terms[key] == "" {
			t.Errorf("the Chinese for %q is missing in terms.go", key)
		}
	}
	explained := map[string]bool{}
	fields := func(owner string, fields []config.Field) {
		t.Helper()
		for _, f := range fields {
			if terms[owner+"."+f.Name] == "" && terms["field."+f.Name] == "" {
				t.Errorf("the Chinese for field.%s is missing in terms_labels.go (of %s)", f.Name, owner)
			}
			if explained[f.Doc] = true; explanations[f.Doc] == "" {
				t.Errorf("the Chinese for %q is missing in explain_*.go (%s of %s)", f.Doc, f.Name, owner)
			}
			if f.Unit != "" && f.Unit != "%" && f.Unit != "°" && english["unit."+f.Unit] == "" {
				t.Errorf("the unit %q of %s is missing in english.go", f.Unit, f.Name)
			}
			for _, choice := range f.Choices {
				if key := f.Name + "." + choice; terms[key] == "" && Chinese.Choice(f.Name, choice) == choice && !international[choice] {
					t.Errorf("the Chinese for choice.%s is missing in terms_labels.go (%s of %s)", choice, f.Name, owner)
				}
			}
		}
	}
	for _, l := range nn.Layers() {
		has("group." + l.Group)
		has("layer." + l.Type)
		has("layer." + l.Type + ".doc")
		fields("layer."+l.Type, l.New().Fields())
	}
	for _, s := range data.Sources() {
		has("source." + s.Type)
		has("source." + s.Type + ".doc")
		fields("source."+s.Type, s.New().Fields())
	}
	for _, o := range optim.Optimizers() {
		has("optimizer." + o.Type)
		has("optimizer." + o.Type + ".doc")
		fields("optimizer."+o.Type, o.New().Fields())
	}
	for _, s := range optim.Schedules() {
		has("schedule." + s.Type)
		has("schedule." + s.Type + ".doc")
		fields("schedule."+s.Type, s.New().Fields())
	}
	for _, l := range nn.Losses() {
		has("loss." + l.Type)
		has("loss." + l.Type + ".doc")
		fields("loss."+l.Type, l.New().Fields())
	}
	for _, s := range data.Steps() {
		has("step." + s.Type)
		has("step." + s.Type + ".doc")
		fields("step."+s.Type, s.New().Fields())
	}
	for _, a := range data.Augmentations() {
		has("augment." + a.Type)
		has("augment." + a.Type + ".doc")
		fields("augment."+a.Type, a.New().Fields())
	}
	for _, m := range experiment.Metrics {
		has("metric." + m.Type)
		has("metric." + m.Type + ".doc")
	}
	fields("train", new(experiment.Experiment).TrainFields())
	fields("data", new(experiment.Data).Fields())
	fields("split", new(data.Split).Fields())
	fields("generate", new(generate.Settings).Fields())
	fields("stop", new(experiment.Stop).Fields())
	fields("early_stopping", new(experiment.EarlyStopping).Fields())
	for _, name := range presets.Names() {
		has("preset." + name)
		if key := "preset." + name + ".teaches"; english[key] == "" {
			t.Errorf("what the preset teaches is missing: %q", key)
		}
	}
	for doc := range explanations {
		if !explained[doc] {
			t.Errorf("nothing is explained by %q", doc)
		}
	}
}

// international are choices that are called the same in every language.
var international = map[string]bool{
	"relu": true, "leaky_relu": true, "elu": true, "selu": true, "gelu": true, "gelu_tanh": true, "silu": true, "hard_swish": true,
	"softplus": true, "tanh": true, "sigmoid": true, "softmax": true,
}

func TestMatch(t *testing.T) {
	for tag, want := range map[string]Language{
		"zh-CN": Chinese, "zh": Chinese, "ZH-Hans-CN": Chinese, "en-US": English, "de": English, "": English,
	} {
		if got := Match(tag); got != want {
			t.Errorf("Match(%q) = %q, want %q", tag, got, want)
		}
	}
}
