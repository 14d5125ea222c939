package state

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// What can be done with runs.
type (
	RenameRun struct{ ID, Name string }
	TypeName  struct{ ID string } // its name is about to be typed; "" for none
	StarRun   struct {
		ID string
		On bool
	}
	DeleteRun     struct{ ID string }
	UndoDelete    struct{}
	ForgetDeleted struct{} // they cannot be had back any longer
	SortRuns      struct{ By string }
	FilterRuns    struct{ Query string }
	OnlyStarred   struct{ On bool }
	MarkRun       struct { // for comparing
		ID string
		On bool
	}
	OpenRun   struct{ ID string } // its details; once more closes them
	ResumeRun struct {            // the document and the weights, to go on
		ID     string
		Copy   bool   // another tab is at work on it
		Files  []File // of a person's own that were kept with it, and when they were changed
		Stamps map[string]int64
	}
	BranchRun struct { // a copy of the document
		ID      string
		Weights string // the file that it begins with; "" for weights drawn anew
		Files   []File
		Stamps  map[string]int64
	}
	NotKept struct { // something could not be written down
		Full bool
		Why  string
	}
	AddRun     struct{ Run Run } // it was brought as a file
	DropUnread struct{ Shelf, Key string }
	Dismiss    struct{} // what was said of recovery, room and troubles has been read
	LeavePage  struct{} // the page is hidden, and may be about to go
)

func (RenameRun) action()     {}
func (TypeName) action()      {}
func (StarRun) action()       {}
func (DeleteRun) action()     {}
func (UndoDelete) action()    {}
func (ForgetDeleted) action() {}
func (SortRuns) action()      {}
func (FilterRuns) action()    {}
func (OnlyStarred) action()   {}
func (MarkRun) action()       {}
func (OpenRun) action()       {}
func (ResumeRun) action()     {}
func (BranchRun) action()     {}
func (AddRun) action()        {}
func (DropUnread) action()    {}
func (Dismiss) action()       {}
func (NotKept) action()       {}
func (LeavePage) action()     {}

// What runs can be sorted by.
const (
	ByDate     = "began"
	ByName     = "name"
	ByProgress = "step"
	ByLoss     = "loss"
	ByAccuracy = "accuracy"
	ByDuration = "seconds"
	BySize     = "bytes"
)

// RunColumns is the columns of the table that it can be sorted by.
var RunColumns = []string{ByName, ByDate, ByProgress, ByLoss, ByAccuracy, ByDuration, BySize}

// maxMarked is how many runs are compared at most: more lines cannot be told apart.
const maxMarked = 6

// runs does what is about runs.
func (s *Store) runsDo(a Action) []session.Command {
	s.touch(OnRuns)
	k := &s.Keeping
	change := func(id string, f func(r *Run)) {
		if r := k.byID(id); r != nil {
			f(r)
			s.errand(Errand{Put, OfRuns, id, r.Text()})
		}
	}
	switch a := a.(type) {
	case Await:
		k.waiting = true
	case Stamp:
		s.stamp(a.Files)
	case Found:
		return s.found(a)
	case RenameRun:
		k.Renaming = ""
		if name := strings.TrimSpace(a.Name); name != "" {
			change(a.ID, func(r *Run) { r.Name = name })
			s.overlay()
		}
	case TypeName:
		k.Renaming = a.ID
	case StarRun:
		change(a.ID, func(r *Run) { r.Starred = a.On })
	case DeleteRun:
		s.remove(a.ID)
	case UndoDelete:
		k.Runs = append(k.Runs, k.Deleted...)
		sortByDate(k.Runs)
		k.Deleted = nil
	case ForgetDeleted:
		s.forgetDeleted()
	case SortRuns:
		if k.Order == a.By {
			k.Rising = !k.Rising
		} else {
			k.Order, k.Rising = a.By, a.By == ByName || a.By == ByLoss
		}
	case FilterRuns:
		k.Query = a.Query
	case OnlyStarred:
		k.Starred = a.On
	case MarkRun:
		k.Marked = slices.DeleteFunc(k.Marked, func(id string) bool { return id == a.ID })
		if a.On && k.byID(a.ID) != nil && len(k.Marked) < maxMarked {
			k.Marked = append(k.Marked, a.ID)
		}
		s.overlay()
	case OpenRun:
		if k.Open == a.ID {
			a.ID = ""
		}
		k.Open = a.ID
	case ResumeRun:
		return s.resumeRun(a)
	case BranchRun:
		return s.branch(a)
	case AddRun:
		if k.byID(a.Run.ID) == nil {
			k.Runs = append(k.Runs, a.Run)
			sortByDate(k.Runs)
			s.errand(Errand{Put, OfRuns, a.Run.ID, a.Run.Text()})
		}
	case DropUnread:
		k.Unread = slices.DeleteFunc(k.Unread, func(u Unread) bool { return u.Shelf == a.Shelf && u.Key == a.Key })
		s.errand(Errand{Do: Delete, Shelf: a.Shelf, Key: a.Key})
	case Dismiss:
		s.touch(OnRun)
		k.Recovered, k.Freed, k.Trouble, k.Unkept = nil, nil, nil, nil
	case NotKept:
		s.touch(OnRun)
		k.Trouble = &session.Kept{Run: k.Current, Trouble: session.NoKeeper, Said: &session.Said{Text: a.Why}}
		if a.Full {
			k.Trouble.Trouble = session.NoRoom
		}
	case LeavePage:
		if s.Worker == Alive && s.Current != "" {
			return []session.Command{{Save: &session.Save{}}}
		}
	}
	return nil
}

func sortByDate(runs []Run) {
	slices.SortStableFunc(runs, func(a, b Run) int { return cmp.Or(cmp.Compare(b.Began, a.Began), strings.Compare(a.ID, b.ID)) })
}

// remove takes a run from the table. It is deleted when the next is, or when it can no longer be had back.
func (s *Store) remove(id string) {
	k := &s.Keeping
	r := k.byID(id)
	if r == nil || id == k.Current {
		return
	}
	gone := *r
	s.forgetDeleted()
	k.Deleted = []Run{gone}
	k.Runs = slices.DeleteFunc(k.Runs, func(r Run) bool { return r.ID == id })
	k.Marked = slices.DeleteFunc(k.Marked, func(m string) bool { return m == id })
	if k.Open == id {
		k.Open = ""
	}
	s.overlay()
}

func (s *Store) forgetDeleted() {
	for _, r := range s.Keeping.Deleted {
		s.errand(Errand{Do: DropWeights, Key: r.ID})
		s.errand(Errand{Do: Delete, Shelf: OfRuns, Key: r.ID})
	}
	s.Keeping.Deleted = nil
}

// overlay draws the runs that are compared behind the one in training.
func (s *Store) overlay() {
	var lines []Overlay
	for i, id := range s.Marked {
		if r := s.byID(id); r != nil && id != s.Current {
			lines = append(lines, Overlay{ID: id, Name: r.Name, Colour: "class-" + strconv.Itoa(2+i%8), Train: r.Train, Valid: r.Valid})
		}
	}
	s.chart(Compare{Runs: lines})
}

// resumeRun opens a run as it was left.
func (s *Store) resumeRun(a ResumeRun) []session.Command {
	r := s.byID(a.ID)
	if r == nil || r.Bytes == 0 || a.ID == s.Current && s.State.Phase != session.Empty {
		return nil
	}
	document := r.Document
	s.end()
	s.have(a.Files, a.Stamps)
	s.touch(OnDocument, OnShell)
	s.remember()
	s.came(Load{Text: document})
	s.replace(document)
	s.Node, s.Pane = s.opening(), PaneTrain
	if len(s.Problems) > 0 {
		s.Editor = true
		return nil
	}
	s.restoring, s.copying = a.ID, a.Copy
	return s.open(false)
}

// branch opens a copy of a run's document.
func (s *Store) branch(a BranchRun) []session.Command {
	r := s.byID(a.ID)
	if r == nil {
		return nil
	}
	document := r.Document
	if tree, err := config.Parse([]byte(document)); err == nil && a.Weights != "" {
		if tree.Set("model.weights", config.Text(a.Weights)) == nil {
			document = format(tree)
		}
	}
	s.end()
	s.have(a.Files, a.Stamps)
	for _, f := range a.Files {
		if f.Name == a.Weights {
			delete(s.files, s.key(f)) // it was made just now
		}
	}
	s.touch(OnDocument, OnShell)
	s.Pane = PaneTrain
	out := s.load(Load{Text: document})
	s.branchOf = a.ID
	return out
}

// Listed is the runs of the table: those that the filter lets through, in the order that was chosen.
func (s *Store) Listed() []Run {
	k := &s.Keeping
	query := strings.ToLower(strings.TrimSpace(k.Query))
	var out []Run
	for _, r := range k.Runs {
		if k.Starred && !r.Starred || query != "" && !strings.Contains(strings.ToLower(r.Name+"\n"+r.Document), query) {
			continue
		}
		out = append(out, r)
	}
	by := func(a, b *Run) int {
		switch k.Order {
		case ByName:
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		case ByProgress:
			return cmp.Compare(a.Step, b.Step)
		case ByLoss:
			x, _ := a.Best()
			y, _ := b.Best()
			return cmp.Compare(x, y)
		case ByAccuracy:
			x, _ := a.Top()
			y, _ := b.Top()
			return cmp.Compare(x, y)
		case ByDuration:
			return cmp.Compare(a.Seconds, b.Seconds)
		case BySize:
			return cmp.Compare(a.Bytes, b.Bytes)
		}
		return cmp.Compare(a.Began, b.Began)
	}
	slices.SortStableFunc(out, func(a, b Run) int {
		if c := by(&a, &b); k.Rising {
			return c
		} else {
			return -c
		}
	})
	return out
}

// A Difference is a setting of the runs that are compared.
type Difference struct {
	Path   string
	Values []string // of each run; "" where its document does not say
	Differ bool
}

// Differences sets the documents of runs beside each other, what differs first.
func Differences(runs []Run) []Difference {
	var order []string
	values := map[string][]string{}
	for i, r := range runs {
		tree, err := config.Parse([]byte(r.Document))
		if err != nil {
			continue
		}
		settings("", tree, func(path, value string) {
			if values[path] == nil {
				values[path] = make([]string, len(runs))
				order = append(order, path)
			}
			values[path][i] = value
		})
	}
	var out []Difference
	for _, path := range order {
		v := values[path]
		out = append(out, Difference{path, v, slices.ContainsFunc(v, func(x string) bool { return x != v[0] })})
	}
	slices.SortStableFunc(out, func(a, b Difference) int {
		if a.Differ == b.Differ {
			return 0
		}
		if a.Differ {
			return -1
		}
		return 1
	})
	return out
}

// settings tells each setting of a document by its path, layers by their names.
func settings(path string, v *config.Value, tell func(path, value string)) {
	under := func(key string) string {
		if path == "" {
			return key
		}
		return path + "." + key
	}
	switch {
	case path == "version" || path == "doc" || path == "name":
	case v.Kind == config.Object && len(v.Members) > 0:
		for _, m := range v.Members {
			if id := v.Get("id"); m.Key == "id" && id != nil && strings.HasPrefix(path, "model.nodes.") {
				continue
			}
			settings(under(m.Key), m.Value, tell)
		}
	case v.Kind == config.Array && slices.ContainsFunc(v.Items, func(i *config.Value) bool { return i.Kind == config.Object }):
		for i, item := range v.Items {
			name := strconv.Itoa(i + 1)
			if id := item.Get("id"); id != nil && id.Str != "" {
				name = id.Str
			}
			settings(under(name), item, tell)
		}
	default:
		text := string(v.Append(nil, ""))
		if v.Kind == config.String {
			text = v.Str
		}
		if len(text) > 80 {
			text = text[:80] + "…"
		}
		tell(path, strings.ToValidUTF8(text, ""))
	}
}
