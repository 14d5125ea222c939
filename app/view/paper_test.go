package view

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"descent/app/language"
	"descent/app/state"
	"descent/ml/session"
	"descent/web/presets"
)

// A report says what was trained and how it went, in either language; it is well formed, has neither scripts nor
// addresses, and what people typed does not become markup.
func TestPaper(t *testing.T) {
	for l, want := range map[language.Language][]string{
		language.English: {"Outcome", "hidden1", "94.0 %", "Which class", "7 min", "opened this many times: 2", "&lt;b&gt;mine&lt;/b&gt;"},
		language.Chinese: {"结果", "hidden1", "94.0 %", "哪一类", "&lt;b&gt;mine&lt;/b&gt;"},
	} {
		text, _ := presets.Text("spiral-mlp")
		s := state.New("spiral-mlp", strings.Replace(string(text), `"name": "Spiral"`, `"name": "<b>mine</b>"`, 1))
		s.Apply(state.Speak{Language: l})
		for _, e := range []session.Event{
			{Hello: &session.Hello{Version: 1, Kernel: "imagined"}},
			{State: &session.State{Phase: session.Ready, Step: 400, Epoch: 20, Steps: 20, Epochs: 600}, Model: &session.Model{},
				Data: &session.Data{X: []int{2}, Classes: []string{"a", "b"}, Train: 200, Validation: 50, Test: 250}},
			{Points: []session.Point{{Curve: "train", Step: 1, Epoch: 0.05, Loss: 0.7, Accuracy: 0.5}, {Curve: "train", Step: 400, Epoch: 20, Loss: 0.2, Accuracy: 0.95},
				{Curve: "validation", Step: 400, Epoch: 20, Loss: 0.25, Accuracy: 0.94}}, Stats: &session.Stats{Loss: 0.2, Seconds: 400}},
		} {
			s.Reduce(e)
		}
		s.Report = &session.Report{Part: "validation", Count: 50, Step: 400, Metrics: []string{"accuracy"}, Values: []float64{0.94},
			Low: []float64{0.84}, High: []float64{0.98}, Classes: 2, Confusion: []int{24, 1, 2, 23}, Opened: 2}
		html := (&Core{Store: s}).paperOf(time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC))
		for _, w := range append(want, "<svg", "2026-01-02", "imagined", "&#34;units&#34;") {
			if !strings.Contains(html, w) {
				t.Errorf("%s: the report does not say %q", l, w)
			}
		}
		for _, never := range []string{"<script", "<b>mine", "src=", "href="} {
			if strings.Contains(html, never) {
				t.Errorf("%s: the report has %q", l, never)
			}
		}
		body := html[strings.Index(html, "<body>"):strings.Index(html, "</html>")]
		for d := xml.NewDecoder(strings.NewReader(body)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: the report is not well formed: %v", l, err)
			}
		}
	}
}
