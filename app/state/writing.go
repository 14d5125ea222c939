package state

import (
	"math"
	"strings"

	"descent/ml/data"
	"descent/ml/session"
)

// Writing is how the model is to write.
type Writing struct {
	Ask      session.Generate
	warm     bool // its temperature was chosen
	Sampling int  // steps between two samples; 0 for none, -1 for what suits the length of training
}

// Written is what it wrote.
type Written struct {
	Busy    bool
	Tokens  []session.Written
	End     *session.Written // of what is done
	Missing []string         // what the vocabulary lacks of the prompt
	Step    int              // of training, whose weights wrote it
	Asked   string           // the prompt that it goes on from
	Samples []session.Sampled
	Run     int // counts what was asked for
}

// What can be done with writing.
type (
	Write       struct{}
	StopWriting struct{}
	SetWriting  struct { // one setting, by its name
		Name   string
		Text   string // of the prompt
		Number float64
	}
	SetSampling struct{ Every int }
)

func (Write) action()       {}
func (StopWriting) action() {}
func (SetWriting) action()  {}
func (SetSampling) action() {}

func startingWriting() Writing {
	return Writing{Ask: session.Generate{Tokens: 200, Temperature: 0.8, TopP: 1, Repetition: 1, Seed: 1, Beams: 1, Guesses: candidates}, Sampling: -1}
}

// Writes reports whether the model tells the next token, so that it can write.
func (s *Store) Writes() bool {
	if !s.Sequential() || s.Data.Vocabulary == nil || s.Data.Vocabulary.Kind == "" {
		return false
	}
	switch s.Data.Layout {
	case data.NextToken, data.NextOne, data.Teacher, data.Answer:
		return true
	}
	return false
}

// Answers reports whether what it writes is answers to questions.
func (s *Store) Answers() bool { return s.Writes() && s.Data.Question > 0 }

// write does what concerns writing.
func (s *Store) write(a Action) []session.Command {
	s.touch(OnViews)
	w := &s.Written
	switch a := a.(type) {
	case SetWriting:
		s.setWriting(a)
	case Write:
		if !s.Writes() || s.Worker != Alive || s.stale {
			return nil
		}
		ask := s.Ask
		ask.Temperature = s.Temperature()
		if s.Answers() && strings.TrimSpace(ask.Prompt) == "" {
			return nil
		}
		if ask.Beams > 1 { // nothing is drawn then
			ask.Temperature, ask.TopK, ask.TopP = 0, 0, 1
		}
		w.Run++
		w.Busy, w.Tokens, w.End, w.Missing, w.Asked, w.Step = true, nil, nil, nil, ask.Prompt, s.State.Step
		return []session.Command{{Generate: &ask}}
	case StopWriting:
		if w.Busy {
			return []session.Command{{Stop: &session.Stop{}}}
		}
	case SetSampling:
		s.Sampling = a.Every
		return s.sampling()
	}
	return nil
}

// Temperature is how daring the choice is: of an answer the likeliest is wanted, unless somebody says otherwise.
func (s *Store) Temperature() float64 {
	if s.Answers() && !s.warm {
		return 0
	}
	return s.Ask.Temperature
}

func (s *Store) setWriting(a SetWriting) {
	ask := &s.Ask
	whole := int(math.Round(a.Number))
	switch a.Name {
	case "prompt":
		ask.Prompt = a.Text
	case "tokens":
		ask.Tokens = min(max(whole, 1), 10000)
	case "temperature":
		ask.Temperature, s.warm = min(max(a.Number, 0), 5), true
	case "top_k":
		ask.TopK = max(whole, 0)
	case "top_p":
		ask.TopP = min(max(a.Number, 0), 1)
	case "repetition":
		ask.Repetition = min(max(a.Number, 0.5), 3)
	case "seed":
		ask.Seed = max(whole, 0)
	case "beams":
		ask.Beams = min(max(whole, 1), 16)
	}
}

// sampled is the settings of the samples that are taken while training: a short text, the same draw each time.
var sampled = session.Generate{Tokens: 100, Temperature: 0.8, TopP: 1, Repetition: 1, Seed: 1, Beams: 1}

// sampling tells the trainer how often to write a sample.
func (s *Store) sampling() []session.Command {
	if !s.Writes() || s.stale {
		return nil
	}
	ask := sampled
	if s.Answers() {
		ask.Temperature = 0
	}
	return []session.Command{{Sample: &session.Sample{Every: s.SampleEvery(), Write: ask}}}
}

// SampleEvery is how many steps there are between two samples: as chosen, or such that there are some twenty.
func (s *Store) SampleEvery() int {
	if s.Sampling >= 0 {
		return s.Sampling
	}
	steps := s.State.Steps * s.State.Epochs
	best := Samplings[0]
	for _, n := range Samplings {
		if steps >= 20*n {
			best = n
		}
	}
	return best
}

// Samplings are the numbers of steps that can be chosen.
var Samplings = []int{25, 50, 100, 250, 500, 1000, 2500, 5000}

// mostSamples bounds how many samples are kept; when there are more, every other goes, but for the first.
const mostSamples = 60

// read takes in what the model wrote.
func (s *Store) read(e session.Event) {
	w := &s.Written
	for _, t := range e.Written {
		s.touch(OnViews)
		switch {
		case t.Run != w.Run: // of one that was replaced
		case t.Done:
			w.Busy, w.End = false, &t
		case t.Token < 0:
			w.Missing, w.Step = t.Missing, t.Step
		default:
			w.Tokens = append(w.Tokens, t)
		}
	}
	for _, t := range e.Sampled {
		s.touch(OnViews)
		if n := len(w.Samples); n > 0 && w.Samples[n-1].Step >= t.Step {
			continue // from before a reset, or again
		}
		w.Samples = append(w.Samples, t)
		if len(w.Samples) > mostSamples {
			kept := w.Samples[:0]
			for i, t := range w.Samples {
				if i%2 == 0 {
					kept = append(kept, t)
				}
			}
			w.Samples = kept
		}
	}
	if e.Error != nil && w.Busy && e.Error.Code == session.Refused {
		w.Busy = false
	}
}

// Text is what was written so far.
func (w *Written) Text() string {
	var b strings.Builder
	for _, t := range w.Tokens {
		b.WriteString(t.Text)
	}
	return b.String()
}
