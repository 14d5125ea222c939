package session

import (
	"errors"
	"io"
	"time"

	"descent/ml/config"
	"descent/ml/safetensors"
	"descent/ml/train"
)

// A Keeper keeps runs where they outlive the session, such as a browser's
// database.
type Keeper interface {
	// Keep writes the latest checkpoint of a run down in its own time, and never
	// over the one before it, so that whatever ends it leaves one that is whole.
	// What write writes is taken in before Keep returns. When it is safe, or
	// could not be kept, done is called on the session's own goroutine.
	Keep(run string, step int, write func(io.Writer) error, done func(bytes int, err error))

	// Kept returns the latest checkpoint of a run that is as it was written, and
	// whether that is the latest that was written at all.
	Kept(run string) (checkpoint []byte, latest bool, err error)
}

// A KeepError says why a run is not kept, or does not come back.
type KeepError struct {
	Trouble string // NoRoom and its like
	Msg     config.Message
}

func (e *KeepError) Error() string { return e.Msg.Text }

// Message is what Error says.
func (e *KeepError) Message() config.Message { return e.Msg }

// keepEvery is the time between two checkpoints, so that with the time that
// writing takes a trainer that is killed loses five seconds at most. Where
// taking one takes long, they are further apart: it may cost training a
// hundredth of its time.
const (
	keepEvery = 4 * time.Second
	keepShare = 100
)

// keeping is how the run of the moment is kept.
type keeping struct {
	run     string // "" for none
	changed bool   // since the last checkpoint was taken
	writing bool   // that one is not safe yet
	failed  bool   // the latest could not be kept
	now     bool   // the next is wanted at once
	before  bool   // one was kept already
	at      time.Time
	took    time.Duration
	turn    int // grows with each run, so that late answers are told apart
}

func (k *keeping) begin(run string) {
	*k = keeping{run: run, changed: k.changed && run != "", at: time.Now(), turn: k.turn + 1}
}

// keepUp takes a checkpoint where one is due: between two steps, and never
// between a step and the validation that belongs to it.
func (s *Session) keepUp() {
	k := &s.keep
	if s.Keeper == nil || k.run == "" || !k.changed || k.writing || s.eval != nil || s.train == nil {
		return
	}
	if (s.phase == Running || k.failed) && !k.now && time.Since(k.at) < max(keepEvery, keepShare*k.took) {
		return
	}
	s.take()
}

// take takes a checkpoint and hands it to the keeper.
func (s *Session) take() {
	k := &s.keep
	start := time.Now()
	step, run, seconds, turn := s.train.StepNumber(), k.run, s.meter.seconds, k.turn
	notes := map[string]string{
		train.DocumentKey: string(s.exp.Format()),
		recollectionKey:   string(encode(s.recollection()).Append(nil, "")),
	}
	k.changed, k.now, k.writing, k.at = false, false, true, start
	done := func(bytes int, err error) {
		if k.turn == turn {
			k.writing, k.failed = false, err != nil
			k.changed = k.changed || k.failed // the next may go better
			k.before = k.before || err == nil
		}
		s.emit(Event{Kept: s.kept(run, step, seconds, bytes, err)})
	}
	s.Keeper.Keep(run, step, func(w io.Writer) error { return s.train.SaveWith(w, notes) }, done)
	k.took = time.Since(start)
}

func (s *Session) kept(run string, step int, seconds float64, bytes int, err error) *Kept {
	e := &Kept{Run: run, Step: step, Seconds: seconds, Bytes: bytes, Cost: s.keep.took.Seconds()}
	if err != nil {
		e.Trouble = NoKeeper
		var known *KeepError
		if errors.As(err, &known) {
			e.Trouble = known.Trouble
		}
		m := config.Told(err)
		e.Said = &Said{Text: m.Text}
		if told := said(m); told != nil {
			e.Said = told
		}
	}
	return e
}

// passing is how long a run must have trained to be kept when it ends before
// its first checkpoint was due: somebody who turns a setting to and fro begins
// one at each turn.
const passing = 2 // seconds

// leave takes a last checkpoint of a run that is about to end.
func (s *Session) leave() {
	k := &s.keep
	if s.Keeper != nil && s.train != nil && k.run != "" && k.changed && s.eval == nil && (k.before || s.meter.seconds >= passing) {
		s.take()
	}
	k.begin("")
}

// resume brings a run back into a trainer that is at its beginning. Where that
// cannot be done, nothing has changed.
func (s *Session) resume(run string) *Kept {
	if run == "" {
		return nil
	}
	trouble := func(t string, err error) *Kept {
		return s.kept(run, 0, 0, 0, &KeepError{t, config.Told(err)})
	}
	if s.Keeper == nil {
		return trouble(NoKeeper, &KeepError{Msg: config.Word("there is no place here where runs are kept")})
	}
	b, latest, err := s.Keeper.Kept(run)
	if err != nil {
		return s.kept(run, 0, 0, 0, err)
	}
	f, err := safetensors.Read(b)
	if err != nil {
		return trouble(Damaged, err)
	}
	var r recollection
	if err := parse([]byte(f.Meta[recollectionKey]), &r); err != nil && f.Meta[recollectionKey] != "" {
		return trouble(Damaged, err)
	}
	if err := s.train.Restore(b); err != nil {
		return trouble(Misfit, err)
	}
	s.remember(r)
	if s.train.Done() {
		s.phase = Done
	}
	s.keep.begin(run)
	s.keep.before = true
	e := s.kept(run, s.train.StepNumber(), s.meter.seconds, len(b), nil)
	e.Resumed = true
	if !latest {
		e.Trouble = Older
	}
	return e
}
