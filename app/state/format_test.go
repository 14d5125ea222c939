package state

import (
	"strings"
	"testing"
	"time"

	"descent/app/language"
	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/session"
	"descent/web/presets"
)

// A screen reader is told of epochs at most every ten seconds, and at the end.
func TestSpoken(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Apply(Speak{language.Chinese})
	now := time.Unix(1000, 0)
	s.Clock = func() time.Time { return now }
	said := 0
	for epoch := 1; epoch <= 30; epoch++ {
		now = now.Add(time.Second)
		before := s.Spoken
		s.Reduce(session.Event{State: &session.State{Phase: session.Running, Epoch: epoch, Epochs: 31}})
		if s.Spoken != before {
			said++
		}
	}
	if said != 3 {
		t.Errorf("in 30 s it spoke %d times, want 3", said)
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Done, Epoch: 31, Epochs: 31}})
	if !strings.Contains(s.Spoken, "31 / 31") {
		t.Errorf("at the end it says %q", s.Spoken)
	}
	s.Language = language.Chinese
	why := session.Said{Text: "no better loss than 1 in 2 validations", Format: "no better %s than %.6g in %d validations",
		Args: []session.Said{{Text: "loss", Format: "metric.loss"}, {Text: "1"}, {Text: "2"}}}
	s.Reduce(session.Event{State: &session.State{Phase: session.Running, Epoch: 9, Epochs: 31}})
	s.Reduce(session.Event{State: &session.State{Phase: session.Done, Epoch: 9, Epochs: 31, Stopped: why.Text, Said: &why}})
	if !strings.Contains(s.Spoken, "连续 2 次验证，损失都没有好于 1") {
		t.Errorf("of an early end it says %q", s.Spoken)
	}
}

// format keeps what a document says, and what it wrote it writes again.
func TestFormat(t *testing.T) {
	for _, name := range presets.Names() {
		v, err := config.Parse([]byte(preset(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		text := format(v)
		again, err := config.Parse([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if string(again.Append(nil, "")) != string(v.Append(nil, "")) || format(again) != text {
			t.Errorf("%s changes when it is formatted:\n%s", name, text)
		}
		if _, err := experiment.Parse([]byte(text)); err != nil {
			t.Error(err)
		}
		for line := range strings.Lines(text) {
			if len(line) > lineWidth+60 && !strings.Contains(line, `"doc"`) {
				t.Errorf("a line of %d characters: %s", len(line), line)
			}
		}
	}
}

// A text of several lines is taken as it is, and one that is too long stays in the form.
func TestProse(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Apply(SetSource{"pasted_text"})
	s.Apply(SetText{"data.source.text", "prose 20", " two\nlines \n"})
	if got := text(s.Value("data.source.text")); got != " two\nlines \n" || len(s.Drafts) > 0 {
		t.Errorf("the document has %q, the form %v", got, s.Drafts)
	}
	long := "a text of more than twenty bytes"
	s.Apply(SetText{"data.source.text", "prose 20", long})
	if got := text(s.Value("data.source.text")); got != " two\nlines \n" || s.Drafts["data.source.text"] != (Draft{long, "form.long"}) {
		t.Errorf("the document has %q, the form %v", got, s.Drafts)
	}
}
