package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"descent/app/archive"
	"descent/app/runner"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A keeper has what the state wants kept written down, one after the other and beside the page's own work.
type keeper struct {
	archive archive.Archive // nil where nothing is kept
	jobs    chan func()
	tab     string // what this tab's desk is kept under
	held    string // the run that this tab alone is at work on
	written bool   // the desk is about to be written
	seen    uint64 // the revision that was looked at last
}

// What tabs lock: their desk, and the run they are at work on.
const (
	deskLock = "descent.desk."
	runLock  = "descent.run."
	keptTab  = "descent.tab" // in the tab's own storage, where it outlives a reload
)

// autosave is how long after a change the desk is written.
const autosave = time.Second

// recover looks for what this tab, or another that is gone, was working on. Nothing is opened before it is known.
func (c *Core) recover(link bool) {
	k := &c.kept
	if k.archive == nil {
		return
	}
	c.NewID = newID
	c.Apply(state.Await{})
	k.jobs = make(chan func(), 1000)
	go func() {
		for job := range k.jobs {
			job()
		}
	}()
	k.jobs <- func() { c.lookUp(link) }
	time.AfterFunc(patience, func() {
		c.dispatch(func() {
			if c.Awaiting() {
				c.Do(state.Found{Place: state.PlaceNone, Why: c.t("runs.silent")})
			}
		})
	})
}

// patience is how long the page waits for its database before it goes on without.
const patience = 15 * time.Second

// dispatch does something on the page's own goroutine, without drawing the page for it.
func (c *Core) dispatch(f func()) {
	c.ctx.Dispatcher().Dispatch(goapp.Dispatch{Mode: goapp.Next, Source: c.page, Function: func(goapp.Context) { f() }})
}

// newID is a name that no other tab makes.
func newID() string {
	random := goapp.Window().Get("Math").Call("random").Float()
	return strconv.FormatInt(time.Now().UnixMilli(), 36) + strconv.FormatInt(int64(random*(1<<30)), 36)
}

// lookUp reads what is kept. It runs among the jobs.
func (c *Core) lookUp(link bool) {
	k := &c.kept
	a := k.archive
	if err := a.Open(); err != nil {
		c.dispatch(func() { c.Do(state.Found{Place: state.PlaceNone, Why: err.Error()}) })
		return
	}
	found := state.Found{Place: state.PlaceHere}
	desks := readAll(a, archive.Desks, state.ReadDesk, &found.Unread)
	found.Runs = readAll(a, archive.Runs, state.ReadRun, &found.Unread)

	tab := sessionText(keptTab)
	if tab == "" || !a.Lock(deskLock+tab) { // a tab that was duplicated brings the name of the other
		tab = newID()
		a.Lock(deskLock + tab)
	}
	locked := a.Locked()
	open := func(other string) bool { return other == tab || locked[deskLock+other] }
	held := ""
	if !link {
		desk, copied := state.FindDesk(desks, tab, open)
		if desk != nil && !copied && desk.Tab != tab {
			if a.Lock(deskLock + desk.Tab) {
				a.Unlock(deskLock + tab)
				tab = desk.Tab
			} else {
				copied = true
			}
		}
		if desk != nil && desk.Run != "" && !copied {
			if copied = !a.Lock(runLock + desk.Run); !copied {
				held = desk.Run
			}
		}
		found.Desk, found.Copy = desk, copied
	}
	setSessionText(keptTab, tab)
	pages, _ := a.Keys(archive.Made)
	found.Made, found.Classes = c.lookUpMade(pages, desks, found.Desk, tab, &found.Unread)
	var files []runner.File
	if found.Desk != nil {
		files, found.Files, found.Stamps = fetch(a, found.Desk.Files)
	}
	c.dispatch(func() {
		k.tab, k.held = tab, held
		c.files = append(c.files, files...)
		c.runner.Bring(c.files)
		c.Do(found)
	})
	old := state.OldDesks(desks, open)
	a.Delete(archive.Desks, old...)
	if len(found.Unread) > 0 {
		return // what cannot be read may need some of the rest
	}
	a.Delete(archive.Made, state.OldMade(pages, desks, old, open)...)
	if keys, err := a.Keys(archive.Files); err == nil {
		used := state.Used(found.Runs, desks)
		for _, key := range keys {
			if !used[key] {
				a.Delete(archive.Files, key)
			}
		}
	}
}

// readAll reads the records of a shelf; those that cannot be read are listed apart.
func readAll[T any](a archive.Archive, shelf string, read func(string) (T, error), unread *[]state.Unread) (all []T) {
	records, err := a.All(shelf)
	if err != nil {
		return nil
	}
	for _, r := range records {
		one, err := read(r.Text)
		if r.Damaged || err != nil {
			*unread = append(*unread, state.Unread{Shelf: shelf, Key: r.Key})
			continue
		}
		all = append(all, one)
	}
	return all
}

// lookUpMade reads the samples that were made in the tab of the desk; without a desk, as when a link is opened, those of
// this tab.
func (c *Core) lookUpMade(pages []string, desks []state.Desk, desk *state.Desk, tab string, unread *[]state.Unread) (made []state.KeptMade, classes []string) {
	if desk == nil {
		if at := slices.IndexFunc(desks, func(d state.Desk) bool { return d.Tab == tab }); at >= 0 {
			desk = &desks[at]
		}
	}
	if desk != nil {
		tab, classes = desk.Tab, desk.Classes
	}
	for _, key := range pages {
		if owner, _ := state.MadePage(key); owner != tab {
			continue
		}
		r, err := c.kept.archive.Get(archive.Made, key)
		if err != nil {
			continue
		}
		samples, err := state.ReadMadePage(r.Text)
		if r.Damaged || err != nil {
			*unread = append(*unread, state.Unread{Shelf: archive.Made, Key: key})
			continue
		}
		made = append(made, samples...)
	}
	return made, classes
}

// fetch brings files back that are kept; those that are gone are left out.
func fetch(a archive.Archive, keys []string) (files []runner.File, told []state.File, stamps map[string]int64) {
	stamps = map[string]int64{}
	for _, key := range keys {
		file, err := a.File(key)
		if err != nil {
			continue
		}
		name, _, _ := strings.Cut(key, "|")
		files = append(files, runner.File{Name: name, File: file})
		told = append(told, state.File{Name: name, Size: int64(file.Get("size").Float())})
		stamps[name] = int64(file.Get("lastModified").Float())
	}
	return files, told, stamps
}

func sessionText(key string) string {
	v := goapp.Window().Get("sessionStorage")
	if !v.Truthy() {
		return ""
	}
	if v = v.Call("getItem", key); !v.Truthy() {
		return ""
	}
	return v.String()
}

func setSessionText(key, text string) {
	if v := goapp.Window().Get("sessionStorage"); v.Truthy() {
		v.Call("setItem", key, text)
	}
}

// settle has done what the state has found to do, and the desk written a while after it has changed.
func (c *Core) settle() {
	k := &c.kept
	if k.archive == nil {
		return
	}
	for _, e := range c.Errands() {
		k.jobs <- func() { c.carryOut(e) }
	}
	if run := c.Current; run != "" && run != k.held && c.Place == state.PlaceHere {
		was := k.held
		k.held = run
		k.jobs <- func() {
			k.archive.Unlock(runLock + was)
			k.archive.Lock(runLock + run)
		}
	}
	if now := c.Rev(state.OnDocument, state.OnRuns, state.OnShell, state.OnMaking); now != k.seen && !k.written && k.tab != "" {
		k.seen, k.written = now, true
		time.AfterFunc(autosave, func() { c.dispatch(c.writeDesk) })
	}
}

// writeDesk writes down what this tab is working on, where that has changed.
func (c *Core) writeDesk() {
	k := &c.kept
	k.written = false
	if k.tab == "" {
		return
	}
	if desk, changed := c.Desk(k.tab); changed {
		k.jobs <- func() { c.failing(k.archive.Put(archive.Desks, desk.Tab, desk.Text())) }
	}
	c.settle() // files that are to be kept with it
}

// carryOut does an errand. It runs among the jobs.
func (c *Core) carryOut(e state.Errand) {
	a := c.kept.archive
	switch e.Do {
	case state.Put:
		c.failing(a.Put(e.Shelf, e.Key, e.Text))
	case state.Delete:
		c.failing(a.Delete(e.Shelf, e.Key))
	case state.DropWeights:
		c.failing(a.DropWeights(e.Key))
	case state.KeepFile:
		for _, f := range c.files {
			if f.Name == e.Text {
				c.failing(a.PutFile(e.Key, f.File))
			}
		}
	case state.Retry:
		c.dispatch(func() { c.send([]session.Command{{Save: &session.Save{}}}) })
	}
}

// failing tells that something could not be written.
func (c *Core) failing(err error) {
	if err == nil {
		return
	}
	full := archive.Full(err)
	c.dispatch(func() { c.Do(state.NotKept{Full: full, Why: err.Error()}) })
}

// leaving writes down what there is, since a hidden page may be gone without another word.
func (c *Core) leaving() {
	if c.kept.archive == nil {
		return
	}
	c.writeDesk()
	c.Do(state.LeavePage{})
}

// resumeRun goes on with a run; with a copy of it where another tab is at work on it.
func (c *Core) resumeRun(id string) {
	k := &c.kept
	held := k.held
	c.withRun(id, func(files []state.File, stamps map[string]int64) {
		own := id == held || k.archive.Lock(runLock+id)
		c.dispatch(func() {
			if own && id != k.held {
				was := k.held
				k.held = id
				k.jobs <- func() { k.archive.Unlock(runLock + was) }
			}
			c.Do(state.ResumeRun{ID: id, Copy: !own, Files: files, Stamps: stamps})
			if !own {
				c.notify("notice.copied_run")
			}
		})
	})
}

// withRun brings the files of a run back, and then does something among the jobs.
func (c *Core) withRun(id string, do func([]state.File, map[string]int64)) {
	r := c.Run(id)
	if r == nil || c.kept.archive == nil {
		return
	}
	keys := r.Files
	c.kept.jobs <- func() {
		files, told, stamps := fetch(c.kept.archive, keys)
		c.dispatch(func() {
			c.take(files)
			c.kept.jobs <- func() { do(told, stamps) }
		})
	}
}

// branchRun opens a copy of a run's document, with its weights to begin with or with none.
func (c *Core) branchRun(id string, weights bool) {
	c.withRun(id, func(files []state.File, stamps map[string]int64) {
		branch := state.BranchRun{ID: id, Files: files, Stamps: stamps}
		if !weights {
			c.dispatch(func() { c.Do(branch) })
			return
		}
		blob, _, err := c.weightsOf(id)
		c.dispatch(func() {
			if err != nil {
				c.notify("notice.noweights")
				return
			}
			branch.Weights = c.fileName(id) + ".safetensors"
			parts := goapp.Window().Get("Array").New()
			parts.Call("push", blob)
			file := goapp.Window().Get("File").New(parts, branch.Weights)
			c.take([]runner.File{{Name: branch.Weights, File: file}})
			branch.Files = append(branch.Files, state.File{Name: branch.Weights, Size: int64(file.Get("size").Float())})
			branch.Stamps[branch.Weights] = int64(file.Get("lastModified").Float())
			c.Do(branch)
		})
	})
}

// take adds files to those that the trainer has, in place of others of their names.
func (c *Core) take(files []runner.File) {
	for _, f := range files {
		c.forgetFile(f.Name)
		c.files = append(c.files, f)
	}
	c.runner.Bring(c.files)
}
