package state

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// Keeping is what outlives the page: the runs, and what this tab is working on. The state says what is to be written,
// as errands; the page has them done where there is a database.
type Keeping struct {
	Place     string // where runs are kept: PlaceUnknown, PlaceHere or PlaceNone
	Why       string // there is none
	Runs      []Run  // that are known, the latest first
	Unread    []Unread
	Current   string // the run in training; "" before its first step
	Kept      session.Kept
	Trouble   *session.Kept // of the latest checkpoint; nil when it is safe
	Freed     []string      // runs whose weights went to make room
	Recovered *Recovery
	Deleted   []Run    // that can be had back
	Unkept    []string // files of the document that are too large to be kept

	Order    string // what the table is sorted by
	Rising   bool
	Query    string
	Starred  bool     // only those that are starred
	Marked   []string // runs that are compared
	Renaming string   // the run whose name is being typed
	Open     string   // the run whose details are open

	NewID func() string // replaced in tests

	restoring string // the run that Open goes on with
	awaited   string // the run that the trainer was told to go on with
	copying   bool   // under a name of its own, since another tab has it
	ending    *Run   // the run that began last, until its first weights are safe: perhaps after it has ended
	branchOf  string // the run that the document is a copy of
	waiting   bool   // for what the desk holds; nothing is opened before that
	desk      string // as it was written last
	errands   []Errand
	files     map[string]bool // that are kept
	stamps    map[string]int64
}

// Places of runs.
const (
	PlaceUnknown = ""
	PlaceHere    = "here"
	PlaceNone    = "none"
)

// A Recovery is what was brought back when the page was opened.
type Recovery struct {
	Step  int  // 0 where there was nothing but the document
	Copy  bool // another tab has the original
	Saved int64
}

// Unread is something kept that cannot be read.
type Unread struct{ Shelf, Key, Why string }

// An Errand is something to be written down.
type Errand struct {
	Do    string // Put, Delete, or what else there is
	Shelf string
	Key   string
	Text  string
}

// Errands that can be done.
const (
	Put         = "put"
	Delete      = "delete"
	DropWeights = "drop_weights"
	KeepFile    = "keep_file"
	Retry       = "retry" // the trainer may save again
)

// Shelves, as the database has them.
const (
	OfDesks = "desks"
	OfRuns  = "runs"
	OfFiles = "files"
	OfMade  = "made"
)

// Errands returns what is to be done, once.
func (s *Store) Errands() []Errand {
	e := s.errands
	s.errands = nil
	return e
}

func (s *Store) errand(e Errand) {
	if s.Place == PlaceHere {
		s.errands = append(s.errands, e)
	}
}

// byID returns a run that is known.
func (k *Keeping) byID(id string) *Run {
	if i := slices.IndexFunc(k.Runs, func(r Run) bool { return r.ID == id }); i >= 0 {
		return &k.Runs[i]
	}
	return nil
}

// Run returns a run that is known; nil for none.
func (k *Keeping) Run(id string) *Run { return k.byID(id) }

// begin names the run that is about to make its first step, and has the trainer keep it.
func (s *Store) begin() []session.Command {
	if s.Current != "" || s.Place != PlaceHere || s.NewID == nil || s.State.Step > 0 {
		return nil
	}
	s.touch(OnRuns)
	s.Current = s.NewID()
	s.Trouble = nil
	now := s.Clock().UnixMilli()
	s.ending = &Run{ID: s.Current, Name: s.numbered(), Document: s.Text, Began: now, Changed: now, Accuracy: -1, Files: s.needed(), From: s.branchOf}
	return []session.Command{{Keep: &session.Keep{Run: s.Current}}}
}

// numbered is a name for a run of the document: its own, and how many of it there are.
func (s *Store) numbered() string {
	name := "Run"
	if v := s.Value("name"); v != nil && v.Str != "" {
		name = v.Str
	}
	most := 0
	for _, r := range s.Runs {
		if rest, ok := strings.CutPrefix(r.Name, name+" "); ok {
			n := 0
			if _, err := fmt.Sscanf(rest, "%d", &n); err == nil {
				most = max(most, n)
			}
		}
	}
	return fmt.Sprintf("%s %d", name, most+1)
}

// record is where the run in training is written down: among those that are known once it was kept.
func (s *Store) record() *Run {
	if r := s.byID(s.Current); r != nil {
		return r
	}
	if s.ending != nil && s.ending.ID == s.Current {
		return s.ending
	}
	return nil
}

// note brings the record of the run in training up to date.
func (s *Store) note() {
	r := s.record()
	if r == nil || s.State.Step == 0 {
		return
	}
	r.Phase, r.Step, r.Steps, r.Epoch, r.Epochs = s.State.Phase, s.State.Step, s.State.Steps, s.Stats.Epoch, s.State.Epochs
	r.Seconds, r.Loss, r.Accuracy = s.Stats.Seconds, s.Stats.Loss, s.Stats.Accuracy
	r.Kernel, r.Workers = s.Hello.Kernel, max(r.Workers, s.Stats.Workers)
	if s.Model != nil {
		r.Parameters = s.Model.Parameters
	}
	r.Train, r.Valid, r.Test = thinned(s.Train, s.State.Step), thinned(s.Valid, s.State.Step), s.Test
}

// end ends the run in training: its record stays as it is.
func (s *Store) end() {
	if s.Current == "" {
		return
	}
	s.touch(OnRuns)
	s.note()
	if r := s.byID(s.Current); r != nil {
		s.errand(Errand{Put, OfRuns, r.ID, r.Text()})
	}
	s.Current, s.Trouble = "", nil
}

// kept takes in that a checkpoint is safe, or why it is not.
func (s *Store) kept(k session.Kept) (out []session.Command) {
	s.touch(OnRuns, OnRun)
	if k.Resumed || k.Step == 0 {
		s.awaited = ""
	}
	switch {
	case k.Resumed:
		return s.resumed(k)
	case k.Trouble == session.NoRoom:
		s.makeRoom(k)
		return nil
	case k.Trouble != "":
		if k.Step == 0 { // it did not come back
			s.Current, s.copying = "", false
			if s.byID(k.Run) == nil && k.Trouble == session.Missing {
				return nil // it had not come to its first checkpoint
			}
		}
		s.Trouble = &k
		return nil
	}
	s.Kept, s.Trouble = k, nil
	r := s.byID(k.Run)
	if r == nil {
		if s.ending == nil || s.ending.ID != k.Run {
			return nil
		}
		s.Runs = slices.Insert(s.Runs, 0, *s.ending)
		r = &s.Runs[0]
	}
	if k.Run == s.Current {
		s.note()
	}
	r.Bytes, r.Dropped, r.Changed = k.Bytes, false, s.Clock().UnixMilli()
	s.errand(Errand{Put, OfRuns, r.ID, r.Text()})
	return nil
}

// resumed takes in that a run was brought back.
func (s *Store) resumed(k session.Kept) []session.Command {
	s.Current = k.Run
	s.Kept, s.Trouble = k, nil
	if k.Trouble != "" {
		s.Trouble = &k // that before the latest
	}
	if s.Recovered != nil {
		s.Recovered.Step = k.Step
	}
	r := s.byID(k.Run)
	if !s.copying {
		if r == nil { // its record was lost, or never written
			now := s.Clock().UnixMilli()
			s.ending = &Run{ID: k.Run, Name: s.numbered(), Document: s.Text, Began: now, Changed: now, Accuracy: -1, Files: s.needed(), Bytes: k.Bytes}
			s.Runs = slices.Insert(s.Runs, 0, *s.ending)
			r = &s.Runs[0]
		}
		s.note()
		r.Bytes, r.Dropped = k.Bytes, false
		s.errand(Errand{Put, OfRuns, r.ID, r.Text()})
		return nil
	}
	s.copying = false
	was := k.Run
	s.Current = s.NewID()
	now := s.Clock().UnixMilli()
	s.ending = &Run{ID: s.Current, Name: s.numbered(), Document: s.Text, From: was, Began: now, Changed: now, Accuracy: -1, Files: s.needed()}
	return []session.Command{{Keep: &session.Keep{Run: s.Current}}}
}

// makeRoom lets the weights of the oldest runs go that are not starred, until what is to be written fits twice.
func (s *Store) makeRoom(k session.Kept) {
	spare := Spare(s.Runs, s.Current, 2*k.Bytes)
	if len(spare) == 0 {
		s.Trouble = &k
		return
	}
	for _, id := range spare {
		r := s.byID(id)
		s.Freed = append(s.Freed, r.Name)
		r.Bytes, r.Dropped = 0, true
		s.errand(Errand{Do: DropWeights, Key: id})
		s.errand(Errand{Put, OfRuns, id, r.Text()})
	}
	s.errand(Errand{Do: Retry})
}

// Spare returns the runs whose weights can go for so much room: the oldest first, none that is starred or in training.
func Spare(runs []Run, current string, bytes int) (ids []string) {
	old := slices.Clone(runs)
	slices.SortFunc(old, func(a, b Run) int { return cmp.Or(cmp.Compare(a.Changed, b.Changed), strings.Compare(a.ID, b.ID)) })
	for _, r := range old {
		if bytes <= 0 {
			break
		}
		if r.ID != current && !r.Starred && r.Bytes > 0 {
			ids = append(ids, r.ID)
			bytes -= 2 * r.Bytes // there are two checkpoints of each
		}
	}
	return ids
}

// needed is the files that were brought and that the document names.
func (s *Store) needed() (keys []string) {
	for _, f := range s.Brought {
		if s.names(f.Name) {
			keys = append(keys, s.key(f))
		}
	}
	return keys
}

// names reports whether the document names a file, or a folder that it is in.
func (s *Store) names(file string) bool {
	if s.Tree == nil {
		return false
	}
	found := false
	var walk func(v *config.Value)
	walk = func(v *config.Value) {
		if v == nil || found {
			return
		}
		found = v.Kind == config.String && v.Str != "" && (v.Str == file || strings.HasPrefix(file, v.Str+"/"))
		for _, item := range v.Items {
			walk(item)
		}
		for _, m := range v.Members {
			walk(m.Value)
		}
	}
	walk(s.Tree.Get("data"))
	walk(s.Tree.Get("model"))
	return found
}

// key is what a file is kept under: another version of it is another file.
func (s *Store) key(f File) string { return fmt.Sprintf("%s|%d|%d", f.Name, f.Size, s.stamps[f.Name]) }

// Limits of the files that are kept.
const (
	maxKeptBytes = 256 << 20
	maxKeptFiles = 2000
)

// keepFiles has the files kept that the document needs. All or none: half a folder is no data.
func (s *Store) keepFiles() {
	var all []File
	var size int64
	for _, f := range s.Brought {
		if s.names(f.Name) {
			all = append(all, f)
			size += f.Size
		}
	}
	s.Unkept = nil
	if size > maxKeptBytes || len(all) > maxKeptFiles {
		for _, f := range all {
			if top, _, _ := strings.Cut(f.Name, "/"); !slices.Contains(s.Unkept, top) {
				s.Unkept = append(s.Unkept, top)
			}
		}
		return
	}
	for _, f := range all {
		if key := s.key(f); !s.files[key] {
			if s.files == nil {
				s.files = map[string]bool{}
			}
			s.files[key] = true
			s.errand(Errand{Do: KeepFile, Shelf: OfFiles, Key: key, Text: f.Name})
		}
	}
}

// Used is the files that any run or desk needs; the others can go.
func Used(runs []Run, desks []Desk) map[string]bool {
	used := map[string]bool{}
	for _, r := range runs {
		for _, f := range r.Files {
			used[f] = true
		}
	}
	for _, d := range desks {
		for _, f := range d.Files {
			used[f] = true
		}
	}
	return used
}
