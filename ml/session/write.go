package session

import (
	"strings"
	"time"

	"descent/ml/generate"
	"descent/ml/graph"
)

// A hand is a generator with weights of its own: those of the moment when it
// began to write, so that training can go on meanwhile.
type hand struct {
	gen    *generate.Generator
	params *graph.Params
}

// begin makes the hand ready to write with the weights of the moment.
func (h *hand) begin(s *Session, g Generate) error {
	now := s.train.Shown()
	if h.gen == nil {
		params := now.Clone()
		gen, err := generate.New(s.exp, params)
		if err != nil {
			return err
		}
		gen.Memory = s.Memory
		h.gen, h.params = gen, params
	}
	copy(h.params.Value, now.Value)
	return h.gen.Start(g.Prompt, g.settings())
}

func (g Generate) settings() generate.Settings {
	return generate.Settings{Tokens: g.Tokens, Temperature: g.Temperature, TopK: g.TopK, TopP: g.TopP, Repetition: g.Repetition,
		Seed: g.Seed, Stop: true, Beams: g.Beams, LengthPenalty: 0.6, Candidates: g.Guesses}
}

// A writer writes what somebody asked for.
type writer struct {
	hand
	active  bool
	turn    bool // it is this one's, and not a step's
	run     int
	step    int // whose weights write
	prompt  string
	given   strings.Builder // what was written so far
	pending []Written       // not yet sent
	sent    time.Time
}

// writerPause is the time between two events with what was written.
const writerPause = 50 * time.Millisecond

func (s *Session) generate(g *Generate) {
	w := &s.writer
	w.run++
	w.active, w.step, w.pending, w.prompt = false, s.train.StepNumber(), nil, g.Prompt
	w.given.Reset()
	if err := w.begin(s, *g); err != nil {
		w.say(Written{Token: -1, Done: true, Wrong: problems(err)})
		return
	}
	w.active, w.turn = true, true
	w.say(Written{Token: -1, Missing: w.gen.Missing()})
}

// say notes what is to be sent.
func (w *writer) say(t Written) {
	t.Run, t.Step = w.run, w.step
	w.pending = append(w.pending, t)
}

// work writes a token, or does the smallest piece of what comes before it.
func (w *writer) work(s *Session) {
	w.turn = false
	if !w.gen.Work() {
		return
	}
	t, ok := w.gen.Next()
	if ok {
		w.given.WriteString(t.Text)
		said := Written{Token: t.ID, Text: shown(t.Text), Chance: round(float32(t.P))}
		for _, c := range t.Candidates {
			said.Guesses, said.Weights = append(said.Guesses, c.ID), append(said.Weights, round(float32(c.P)))
		}
		w.say(said)
	}
	if !ok || t.Last {
		last := Written{Token: -1, Done: true}
		if err := w.gen.Err(); err != nil {
			last.Wrong = problems(err)
		}
		s.judge(w.prompt, w.given.String(), &last)
		w.say(last)
		w.active = false
	}
}

func (w *writer) stop(s *Session) {
	if w.active {
		w.active = false
		w.say(Written{Token: -1, Done: true})
	}
}

// tell sends what was written, a few tokens at a time.
func (s *Session) tell() {
	w, p := &s.writer, &s.sampler
	if len(w.pending) > 0 && (!w.active || time.Since(w.sent) >= writerPause) {
		w.sent = time.Now()
		s.emit(Event{Written: w.pending})
		w.pending = nil
	}
	if len(p.pending) > 0 {
		s.emit(Event{Sampled: p.pending})
		p.pending = nil
	}
}

// A sampler has the model write a little every so many steps.
type sampler struct {
	hand
	want    Sample
	active  bool
	now     Sampled
	text    []string
	asks    []string // questions still to be answered, and what is right
	rights  []string
	done    int // the step after which the last was taken, and one more
	pending []Sampled
}

// begin takes the sample before the first step.
func (p *sampler) begin(s *Session) {
	if s.train.StepNumber() == 0 {
		p.done = 0
		p.take(s)
	}
}

// after takes a sample where one is due after the step that was made.
func (p *sampler) after(s *Session) {
	n := s.train.StepNumber()
	if p.want.Every > 0 && (n%p.want.Every == 0 || s.train.Done()) && n >= p.done {
		p.take(s)
	}
}

func (p *sampler) take(s *Session) {
	if p.want.Every <= 0 {
		return
	}
	p.done = s.train.StepNumber() + 1
	write := p.want.Write
	if p.asks, p.rights = s.asks(sampledQuestions); len(p.asks) > 0 {
		write.Prompt = p.asks[0]
	}
	if p.hand.begin(s, write) != nil {
		p.want.Every = 0 // the model does not write
		return
	}
	p.now = Sampled{Step: s.train.StepNumber(), Loss: s.meter.stats(s).Loss}
	p.active, p.text = true, p.text[:0]
}

// sampledQuestions is how many questions a sample answers.
const sampledQuestions = 4

func (p *sampler) work(s *Session) {
	if !p.gen.Work() {
		return
	}
	t, ok := p.gen.Next()
	if ok {
		p.text = append(p.text, t.Text)
	}
	if ok && !t.Last {
		return
	}
	p.now.Text += p.line(shown(strings.Join(p.text, "")))
	p.text = p.text[:0]
	if len(p.asks) > 0 {
		write := p.want.Write
		write.Prompt = p.asks[0]
		if p.gen.Start(write.Prompt, write.settings()) == nil {
			p.now.Text += "\n"
			return
		}
	}
	p.active = false
	p.pending = append(p.pending, p.now)
}

// line is what was written; of an answer with its question, and a mark for a
// right one, or what were right. It goes on to the next question.
func (p *sampler) line(text string) string {
	if len(p.asks) == 0 {
		return text
	}
	question, right := p.asks[0], p.rights[0]
	p.asks, p.rights = p.asks[1:], p.rights[1:]
	mark := " ✓"
	if strings.TrimSpace(text) != strings.TrimSpace(right) {
		mark = " ✗ " + right
	}
	return question + " → " + text + mark
}
