package state

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"descent/ml/config"
	"descent/ml/session"
)

// A Desk is what a tab was working on when it was last written down.
type Desk struct {
	Tab      string
	Document string
	Run      string // "" where nothing was trained
	Pane     string
	Files    []string
	Classes  []string // of the samples that are made here
	Used     bool     // the trainer has these samples as they are
	Saved    int64    // in milliseconds since 1970
}

// Text is the desk as it is kept.
func (d *Desk) Text() string {
	list := func(texts []string) *config.Value {
		v := config.List()
		for _, t := range texts {
			v.Items = append(v.Items, config.Text(t))
		}
		return v
	}
	return string(config.Obj(
		config.Member{Key: "format", Value: config.Num(runFormat)},
		config.Member{Key: "tab", Value: config.Text(d.Tab)},
		config.Member{Key: "document", Value: config.Text(d.Document)},
		config.Member{Key: "run", Value: config.Text(d.Run)},
		config.Member{Key: "pane", Value: config.Text(d.Pane)},
		config.Member{Key: "files", Value: list(d.Files)},
		config.Member{Key: "made", Value: config.Obj(
			config.Member{Key: "classes", Value: list(d.Classes)},
			config.Member{Key: "used", Value: config.Flag(d.Used)})},
		config.Member{Key: "saved", Value: config.Num(float64(d.Saved))},
	).Append(nil, ""))
}

// ReadDesk reads what Text wrote.
func ReadDesk(s string) (d Desk, err error) {
	v, err := config.Parse([]byte(s))
	if err != nil {
		return d, err
	}
	if f := v.Get("format"); f == nil || f.Num != runFormat {
		return d, fmt.Errorf("state: the desk is of a format that this program does not know")
	}
	d = Desk{Tab: text(v.Get("tab")), Document: text(v.Get("document")), Run: text(v.Get("run")), Pane: text(v.Get("pane")), Saved: int64(float(v.Get("saved")))}
	texts := func(v *config.Value) (out []string) {
		if v != nil {
			for _, t := range v.Items {
				out = append(out, text(t))
			}
		}
		return out
	}
	d.Files = texts(v.Get("files"))
	if made := v.Get("made"); made != nil { // a desk of an earlier version has none
		for _, name := range texts(made.Get("classes")) {
			if name != "" && className(name) == name && !slices.Contains(d.Classes, name) && len(d.Classes) < maxMadeClasses {
				d.Classes = append(d.Classes, name)
			}
		}
		used := made.Get("used")
		d.Used = used != nil && used.Kind == config.Bool && used.Bool
	}
	return d, nil
}

// FindDesk returns what a tab that is being opened goes on with: its own desk where it has one, as after a reload or a
// crash of the browser; else the latest of a tab that is gone; else a copy of the latest. Nil where there is none.
func FindDesk(desks []Desk, tab string, open func(tab string) bool) (desk *Desk, copied bool) {
	latest := slices.Clone(desks)
	slices.SortFunc(latest, func(a, b Desk) int { return cmp.Compare(b.Saved, a.Saved) })
	for i := range latest {
		if latest[i].Tab == tab {
			return &latest[i], false
		}
	}
	for i := range latest {
		if !open(latest[i].Tab) {
			return &latest[i], false
		}
	}
	if len(latest) > 0 {
		return &latest[0], true
	}
	return nil, false
}

// maxDesks is how many desks of tabs that are gone are kept.
const maxDesks = 8

// OldDesks returns those that can go: all but the latest of the tabs that are not open.
func OldDesks(desks []Desk, open func(tab string) bool) (tabs []string) {
	latest := slices.DeleteFunc(slices.Clone(desks), func(d Desk) bool { return open(d.Tab) })
	slices.SortFunc(latest, func(a, b Desk) int { return cmp.Compare(b.Saved, a.Saved) })
	for _, d := range latest[min(len(latest), maxDesks):] {
		tabs = append(tabs, d.Tab)
	}
	return tabs
}

// Await says that the desk is being looked for, and that nothing is to be opened before.
type Await struct{}

// Found ends the wait. Desk is what there was, nil for nothing.
type Found struct {
	Place, Why string
	Desk       *Desk
	Copy       bool   // another tab is at work on it
	Files      []File // those of the desk that are kept
	Stamps     map[string]int64
	Runs       []Run
	Made       []KeptMade // samples that were made in this tab, or in that of the desk
	Classes    []string   // of these
	Unread     []Unread
}

func (Await) action() {}
func (Found) action() {}

// Stamp says when files that are about to be brought were changed last, in milliseconds since 1970.
type Stamp struct{ Files map[string]int64 }

func (Stamp) action() {}

func (s *Store) stamp(files map[string]int64) {
	if s.stamps == nil {
		s.stamps = map[string]int64{}
	}
	maps.Copy(s.stamps, files)
}

// have takes files in that were brought before, and were kept.
func (s *Store) have(files []File, stamps map[string]int64) {
	s.stamp(stamps)
	for _, f := range files {
		s.Brought = slices.DeleteFunc(s.Brought, func(b File) bool { return b.Name == f.Name })
		s.Brought = append(s.Brought, f)
		if s.files == nil {
			s.files = map[string]bool{}
		}
		s.files[s.key(f)] = true
	}
}

// Awaiting reports whether the desk is being looked for.
func (k *Keeping) Awaiting() bool { return k.waiting }

// found takes up what the desk holds.
func (s *Store) found(a Found) []session.Command {
	if !s.waiting {
		return nil // it came too late: the page goes on without
	}
	s.touch(OnRuns, OnRun, OnShell)
	s.waiting = false
	s.Place, s.Why, s.Unread = a.Place, a.Why, append(s.Unread, a.Unread...)
	known := s.Runs // a run may have begun meanwhile
	s.Runs = a.Runs
	for _, r := range known {
		if s.byID(r.ID) == nil {
			s.Runs = append(s.Runs, r)
		}
	}
	sortByDate(s.Runs)
	s.have(a.Files, a.Stamps)
	if len(a.Made) > 0 || len(a.Classes) > 0 || len(a.Unread) > 0 {
		s.touch(OnMaking)
		for _, u := range a.Unread { // a page that cannot be read is not written over
			if _, page := MadePage(u.Key); u.Shelf == OfMade && page < 1<<20 {
				s.Making.next = max(s.Making.next, (page+1)*madePerPage-1)
			}
		}
		s.Making.have(a.Classes, a.Made, a.Copy)
		if a.Desk != nil && a.Desk.Used && slices.ContainsFunc(a.Files, func(f File) bool { return f.Name == MadeFile }) {
			s.Making.Used = s.Making.Changes
		}
	}
	if d := a.Desk; d != nil {
		s.Recovered = &Recovery{Copy: a.Copy, Saved: d.Saved}
		if d.Document != s.Text {
			s.touch(OnDocument)
			s.came(Load{Text: d.Document})
			s.replace(d.Document)
			s.Node = s.opening()
		}
		if slices.Contains([]string{PaneData, PaneModel, PaneTrain, PaneEvaluate, PaneRuns}, d.Pane) {
			s.Pane = d.Pane
		}
		if a.Place == PlaceHere {
			s.restoring, s.copying = d.Run, a.Copy
		}
		if d.Run == "" && !a.Copy {
			s.Recovered = nil // it is as it was left, and there is nothing to tell
		}
	}
	if s.Worker != Alive || len(s.Problems) > 0 {
		return nil // Hello opens it
	}
	return s.open(true)
}

// Desk is what is to be written of this tab; false when it is written already.
func (s *Store) Desk(tab string) (Desk, bool) {
	d := Desk{Tab: tab, Document: s.Text, Run: s.Current, Pane: s.Pane, Files: s.needed(), Classes: s.Making.Classes, Used: s.Making.Fresh()}
	if !s.waiting && s.Place == PlaceHere {
		s.keepMade(tab)
	}
	if s.restoring != "" {
		d.Run = s.restoring
	}
	if r := s.record(); r != nil && r == s.ending && s.byID(r.ID) == nil {
		d.Run = s.Current // its first checkpoint may be on its way
	}
	as := d.Text()
	if as == s.desk || s.waiting || s.Place != PlaceHere {
		return d, false
	}
	s.desk = as
	d.Saved = s.Clock().UnixMilli()
	s.keepFiles()
	return d, true
}
