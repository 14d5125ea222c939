package diagnose

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/kernel"
	"descent/web/presets"
)

// site is the files that the site serves, where they were fetched.
type site struct{}

func (site) Open(name string, _ func(done, total int64)) ([]byte, error) {
	f, err := os.Open(filepath.Join("..", "..", "web", "data", filepath.FromSlash(name)))
	if err != nil {
		return nil, &data.FileError{File: name, Msg: config.Word("there is no such file")}
	}
	defer f.Close()
	return io.ReadAll(f)
}

// What is known of presets that are not healthy, and are not meant to be: few-digits learns its few samples by heart,
// and grokking does so for long before it understands.
var known = map[string]string{"few-digits": Overfit, "grokking": Overfit}

// Presets raise no alarm at any time of their training. The large ones are followed for some steps only, and that where
// there is fast arithmetic: what is noticed does not go by how the numbers were reached.
func TestHealthyPresets(t *testing.T) {
	steps := map[string]int{"spiral-mlp": 0, "iris-mlp": 0, "parity-lstm": 400, "addition-lstm": 60, "bigram": 400, "char-rnn": 60,
		"digits-0-4": 300, "keras-mlp": 120, "few-digits": 300, "grokking": 400, "mlp-lm": 300, "reverse-transformer": 60}
	for _, name := range presets.Names() {
		n, followed := steps[name]
		if !followed || n != 0 && (testing.Short() || runtime.GOARCH == "wasm" || kernel.Name() == "scalar") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			text, _ := presets.Text(name)
			doc, err := config.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			r, ok := follow(t, doc, n)
			if !ok {
				t.Skip("its data was not fetched")
			}
			for at := 8; at <= len(r.Train); at += max(1, len(r.Train)/40) {
				early := *r
				early.Train, early.Step = r.Train[:at], r.Train[at-1].Step
				early.Valid = nil
				for _, v := range r.Valid {
					if v.Step <= early.Step {
						early.Valid = append(early.Valid, v)
					}
				}
				for _, f := range Findings(&early) {
					if f.Kind != known[name] {
						t.Fatalf("at step %d of %d: %s: %s", early.Step, r.Steps, f.Kind, f.Seen)
					}
				}
			}
		})
	}
}
