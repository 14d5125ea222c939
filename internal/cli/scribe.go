package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"descent/ml/config"
	"descent/ml/generate"
)

// A scribe prints what a model writes, as it is written.
type scribe struct {
	g        *generate.Generator
	name     string
	prompt   string
	settings generate.Settings
	json     bool
	table    bool // a line for each token
	stdout   io.Writer

	text  strings.Builder
	count int
}

// A writing is one line of sample --json.
type writing struct {
	Event string `json:"event"`

	Name       string          `json:"name,omitempty"` // of start
	Prompt     *string         `json:"prompt,omitempty"`
	Missing    []string        `json:"missing,omitempty"` // what the vocabulary lacks of the prompt
	Context    int             `json:"context,omitempty"`
	Cached     *bool           `json:"cached,omitempty"`
	Reason     string          `json:"reason,omitempty"`
	Settings   json.RawMessage `json:"settings,omitempty"`
	Index      *int            `json:"index,omitempty"` // of token
	ID         *int            `json:"id,omitempty"`
	Token      string          `json:"token,omitempty"`
	Text       *string         `json:"text,omitempty"` // also of done
	P          *float64        `json:"p,omitempty"`
	Chance     *float64        `json:"chance,omitempty"`
	Candidates []candidate     `json:"candidates,omitempty"`
	Tokens     int             `json:"tokens,omitempty"` // of done
	Ended      string          `json:"ended,omitempty"`
	Passes     int             `json:"passes,omitempty"`
	Seconds    float64         `json:"seconds,omitempty"`
	TokensPerS float64         `json:"tokens_per_s,omitempty"`
	Beams      []beam          `json:"beams,omitempty"`
}

type candidate struct {
	ID     int     `json:"id"`
	Token  string  `json:"token"`
	P      float64 `json:"p"`
	Chance float64 `json:"chance"`
}

type beam struct {
	Text  string  `json:"text"`
	LogP  float64 `json:"log_p"`
	Score float64 `json:"score"`
}

// write writes the text to its end, or until the context is done.
func (s *scribe) write(ctx context.Context) error {
	began := time.Now()
	if err := s.start(); err != nil {
		return err
	}
	ended := "tokens"
	for {
		for !s.g.Work() {
			if ctx.Err() != nil {
				return s.interrupted()
			}
		}
		if ctx.Err() != nil {
			return s.interrupted()
		}
		t, ok := s.g.Next()
		if !ok {
			break
		}
		if err := s.token(t); err != nil {
			return err
		}
		if t.Last && s.g.Ends(t.ID) {
			ended = "end"
		}
	}
	if err := s.g.Err(); err != nil {
		s.newline()
		return err
	}
	return s.done(ended, time.Since(began).Seconds())
}

func (s *scribe) emit(w writing) error {
	line, err := json.Marshal(w)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.stdout, "%s\n", line)
	return err
}

func (s *scribe) start() error {
	if !s.json {
		if s.g.Question() == 0 && !s.table {
			_, err := io.WriteString(s.stdout, s.prompt)
			return err
		}
		return nil
	}
	cached, why := s.g.Cached()
	w := writing{Event: "start", Name: s.name, Prompt: &s.prompt, Missing: s.g.Missing(), Context: s.g.Context(), Cached: &cached,
		Settings: config.Obj(config.Encode(s.settings.Fields(), nil)...).Append(nil, "")}
	if why != nil {
		w.Reason = why.Error()
	}
	return s.emit(w)
}

func (s *scribe) token(t generate.Token) error {
	at := s.count
	s.count++
	s.text.WriteString(t.Text)
	if s.json {
		w := writing{Event: "token", Index: &at, ID: &t.ID, Token: s.g.Name(t.ID), Text: &t.Text, P: &t.P, Chance: &t.Chance}
		for _, c := range t.Candidates {
			w.Candidates = append(w.Candidates, candidate{c.ID, s.g.Name(c.ID), c.P, c.Chance})
		}
		return s.emit(w)
	}
	if s.table {
		line := fmt.Sprintf("%-12q %.4f ", s.g.Name(t.ID), t.P)
		for _, c := range t.Candidates {
			line += fmt.Sprintf("  %q %.4f", s.g.Name(c.ID), c.P)
		}
		_, err := fmt.Fprintln(s.stdout, line)
		return err
	}
	_, err := io.WriteString(s.stdout, t.Text)
	return err
}

func (s *scribe) done(ended string, seconds float64) error {
	if !s.json {
		s.newline()
		return nil
	}
	text := s.text.String()
	passes, _ := s.g.Passes()
	w := writing{Event: "done", Text: &text, Tokens: s.count, Ended: ended, Passes: passes, Seconds: round(seconds, 3), TokensPerS: round(float64(s.count)/max(seconds, 1e-9), 1)}
	for _, b := range s.g.Beams() {
		w.Beams = append(w.Beams, beam{b.Text, b.Log, b.Score})
	}
	return s.emit(w)
}

// newline ends the line that a text leaves open.
func (s *scribe) newline() {
	if !s.json && !s.table && !strings.HasSuffix(s.prompt+s.text.String(), "\n") {
		fmt.Fprintln(s.stdout)
	}
}

func (s *scribe) interrupted() error {
	if s.json {
		text := s.text.String()
		if err := s.emit(writing{Event: "interrupted", Text: &text, Tokens: s.count}); err != nil {
			return err
		}
	}
	s.newline()
	return context.Canceled
}
