package cli

import (
	"fmt"
	"strings"

	"descent/ml/train"
)

// A baseline is what counting tokens comes to, beside which a model of text is
// to be seen.
type baseline struct {
	Name       string      `json:"name"`
	Validation *likelihood `json:"validation,omitempty"`
	Test       *likelihood `json:"test,omitempty"`
}

type likelihood struct {
	Loss             float64 `json:"loss"`
	Perplexity       float64 `json:"perplexity"`
	BitsPerCharacter float64 `json:"bits_per_character"`
}

func baselines(t *train.Trainer) []baseline {
	one := func(l *train.Likelihood) *likelihood {
		if l == nil {
			return nil
		}
		return &likelihood{l.Loss, l.Perplexity, l.BitsPerCharacter}
	}
	var out []baseline
	for _, b := range t.Baselines() {
		out = append(out, baseline{b.Name, one(b.Validation), one(b.Test)})
	}
	return out
}

// beside is a table of a model's figures and the baselines', a line each, for
// each part that was measured; "" where there are no baselines.
func beside(list []baseline, validation, test train.Report) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	for _, part := range []struct {
		name   string
		report train.Report
		of     func(baseline) *likelihood
	}{
		{"validation", validation, func(b baseline) *likelihood { return b.Validation }},
		{"test", test, func(b baseline) *likelihood { return b.Test }},
	} {
		if part.report.Count == 0 {
			continue
		}
		row := func(name string, l likelihood) {
			fmt.Fprintf(&b, "\n%-10s  %-7s  %8.4f  %10.4f  %9.4f", part.name, name, l.Loss, l.Perplexity, l.BitsPerCharacter)
		}
		fmt.Fprintf(&b, "\n%-10s  %-7s  %8s  %10s  %9s", "", "", "loss", "perplexity", "bits/char")
		v := part.report.Values
		row("model", likelihood{v["loss"], v["perplexity"], v["bits_per_character"]})
		for _, one := range list {
			if l := part.of(one); l != nil {
				row(one.Name, *l)
			}
		}
	}
	return b.String()
}
