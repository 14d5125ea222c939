package view

import (
	"slices"
	"strings"

	"descent/app/runner"
	"descent/app/state"
	"descent/ml/data"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// ownFiles is where a person brings files: chosen in a dialogue here, or dropped anywhere on the page. What is drawn or
// filmed is a stage's tab away.
func (c *Core) ownFiles() goapp.UI {
	used := ""
	if v := c.Value("data.source.file"); v != nil {
		used = v.Str
	}
	var rows []goapp.UI
	for _, e := range c.Entries() {
		size := state.Memory(int(e.Size))
		if e.Count > 0 {
			size = c.t("files.folder", state.Count(e.Count), state.Memory(int(e.Size)))
		}
		label := c.t("files.drop", e.Name)
		class := "own-file"
		if e.Name == used {
			class = "own-file own-used"
		}
		rows = append(rows, goapp.Li().Class(class).Body(
			icon(map[bool]string{false: "database", true: "folder-open"}[e.Count > 0]),
			goapp.Span().Class("file-name").Title(e.Name).Text(e.Name),
			goapp.Span().Class("soft").Text(size),
			goapp.Button().Type("button").Class("tool").Title(label).Aria("label", label).
				OnClick(c.act(state.Drop{Name: e.Name}), e.Name).Body(icon("x")),
			c.readAs(e, e.Name == used),
		))
	}
	pick := func(id, key, face string, folder bool) goapp.UI {
		input := goapp.Input().Type("file").ID(id).Class("unseen").Multiple(true).
			OnChange(func(ctx goapp.Context, _ goapp.Event) { c.bring(picked(ctx.JSSrc())) })
		if folder {
			input = input.Attr("webkitdirectory", "")
		} else {
			input = input.Accept(strings.Join(append(state.Reads(), ".json", ".safetensors"), ","))
		}
		return goapp.Label().Class("button").Body(icon(face), goapp.Span().Text(c.t(key)), input)
	}
	return goapp.Div().Body(
		goapp.H2().ID("files-title").Text(c.t("files.title")),
		goapp.Div().Class("own-files").Body(
			goapp.P().Class("drop-here").Body(icon("upload"), goapp.Strong().Text(c.t("files.zone"))),
			goapp.Div().Class("own-buttons").Body(
				pick("own-files", "files.pick", "upload", false),
				pick("own-folder", "files.pickfolder", "folder-open", true),
			),
			goapp.P().Class("soft").Text(c.t("files.doc")),
			goapp.P().Class("private").Body(icon("lock"), goapp.Span().Text(c.t("files.private"))),
		),
		goapp.If(c.Looking() != "", goapp.P().Class("soft").Role("status").Text(c.t("files.looking", c.Looking()))),
		goapp.If(len(rows) > 0, goapp.Ul().Class("own-list").Body(rows...)),
		goapp.Button().Type("button").Class("make-own").DataSet("testid", "make-own").OnClick(c.act(state.ShowData{Tab: state.DataMake})).
			Body(icon("pencil"), goapp.Span().Text(c.t("files.make"))),
	)
}

// instead is a button that has a file of one's own stand in for the one that the document names.
func (c *Core) instead() goapp.UI {
	return goapp.Label().Class("button", "primary").Body(icon("upload"), goapp.Span().Text(c.t("error.file")),
		goapp.Input().Type("file").ID("file-instead").Class("unseen").Accept(strings.Join(c.Instead(), ",")).
			OnChange(func(ctx goapp.Context, _ goapp.Event) { c.bringAs(picked(ctx.JSSrc()), true) }))
}

// readAs chooses what a file is read as, where there is more than one way, and takes it where another is in use.
func (c *Core) readAs(e state.Entry, used bool) goapp.UI {
	ways := state.ReadersOf(e.Name, e.Count > 0)
	if len(ways) == 0 {
		return nil
	}
	now := ""
	if used {
		now = c.Source()
	}
	if len(ways) == 1 && used {
		return goapp.Span().Class("soft", "read-as").Text(c.t("files.used"))
	}
	var options []goapp.UI
	if !used {
		options = append(options, goapp.Option().Value("").Selected(true).Text(c.t("files.use")))
	}
	for _, typ := range ways {
		info, _ := data.Lookup(typ)
		options = append(options, goapp.Option().Value(typ).Selected(typ == now).Text(c.Language.Term("source."+typ, info.Title)))
	}
	return goapp.Select().Class("read-as").Aria("label", c.t("files.readas", e.Name)).OnChange(func(ctx goapp.Context, _ goapp.Event) {
		if typ := ctx.JSSrc().Get("value").String(); typ != "" {
			c.Do(state.Study{Type: typ, File: e.Name})
		}
	}, e.Name).Body(options...)
}

// picked is what was chosen in a dialogue.
func picked(input goapp.Value) (files []runner.File) {
	list := input.Get("files")
	for i := range list.Length() {
		file := list.Index(i)
		name := file.Get("webkitRelativePath").String()
		if name == "" {
			name = file.Get("name").String()
		}
		files = append(files, runner.File{Name: name, File: file})
	}
	input.Set("value", "") // the same files can be chosen again
	return files
}

// maxBrought bounds how many files are held: each costs the page some memory.
const maxBrought = 200_000

// bring gives files to the trainer and tells the state of them. One that is an experiment is opened.
func (c *Core) bring(files []runner.File) {
	if len(files) == 1 && strings.HasSuffix(strings.ToLower(files[0].Name), ".json") {
		c.openDocument(files[0].File)
		return
	}
	if len(files) == 1 && strings.HasSuffix(strings.ToLower(files[0].Name), ".safetensors") {
		c.openRunFile(files[0])
		return
	}
	c.bringAs(files, false)
}

// bringAs brings files as what they are; instead has one of them stand in for the file that the document names.
func (c *Core) bringAs(files []runner.File, instead bool) {
	if len(c.files)+len(files) > maxBrought {
		c.Do(state.Notify{Key: "notice.manyfiles"})
		return
	}
	var told []state.File
	stamps := map[string]int64{}
	for _, f := range files {
		stamps[f.Name] = int64(f.File.Get("lastModified").Float())
		if i := slices.IndexFunc(c.files, func(own runner.File) bool { return own.Name == f.Name }); i >= 0 && len(files) < 100 {
			c.files = slices.Delete(c.files, i, i+1)
		}
		c.files = append(c.files, f)
		told = append(told, state.File{Name: f.Name, Size: int64(f.File.Get("size").Float())})
	}
	c.runner.Bring(c.files)
	c.Apply(state.Stamp{Files: stamps})
	c.Do(state.Bring{Files: told, Instead: instead})
}

// letGo forgets a file, or a folder with all in it.
func (c *Core) letGo(name string) {
	c.forgetFile(name)
	c.runner.Bring(c.files)
}

func (c *Core) forgetFile(name string) {
	c.files = slices.DeleteFunc(c.files, func(f runner.File) bool { return f.Name == name || strings.HasPrefix(f.Name, name+"/") })
}

// dragged shows, while files are dragged over the page, that they can be dropped, and takes them.
func (c *Core) dragged(on func(target goapp.Value, event string, f func(e goapp.Value))) {
	document := goapp.Window().Get("document")
	root := document.Get("documentElement")
	files := func(e goapp.Value) bool {
		types := e.Get("dataTransfer").Get("types")
		return types.Truthy() && types.Call("includes", "Files").Bool()
	}
	on(document, "dragover", func(e goapp.Value) {
		if files(e) {
			e.Call("preventDefault") // or the browser would open them instead
			root.Get("dataset").Set("dropping", "true")
		}
	})
	done := func() { root.Get("dataset").Delete("dropping") }
	on(document, "dragleave", func(e goapp.Value) {
		if !e.Get("relatedTarget").Truthy() { // it left the window
			done()
		}
	})
	on(document, "drop", func(e goapp.Value) {
		if !files(e) {
			return
		}
		e.Call("preventDefault")
		done()
		items := e.Get("dataTransfer").Get("items")
		g := &gathering{done: c.bring}
		g.open++ // until all items were begun
		for i := range items.Length() {
			if entry := items.Index(i).Call("webkitGetAsEntry"); entry.Truthy() {
				g.add(entry)
			}
		}
		g.close()
	})
}

// A gathering collects the files of folders that were dropped; the browser tells of them piece by piece.
type gathering struct {
	open  int // answers that are still to come
	files []runner.File
	done  func([]runner.File)
}

func (g *gathering) close() {
	if g.open--; g.open == 0 && len(g.files) > 0 {
		slices.SortFunc(g.files, func(a, b runner.File) int { return strings.Compare(a.Name, b.Name) })
		g.done(g.files)
	}
}

// once is a function for the browser to call once, or another of the pair instead.
func (g *gathering) once(f func(goapp.Value)) (yes, no goapp.Func) {
	g.open++
	end := func() {
		yes.Release()
		no.Release()
		g.close()
	}
	yes = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		f(args[0])
		end()
		return nil
	})
	no = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
		end() // a file that cannot be read is left out
		return nil
	})
	return yes, no
}

func (g *gathering) add(entry goapp.Value) {
	name := strings.TrimPrefix(entry.Get("fullPath").String(), "/")
	if entry.Get("isFile").Bool() {
		yes, no := g.once(func(file goapp.Value) { g.files = append(g.files, runner.File{Name: name, File: file}) })
		entry.Call("file", yes, no)
		return
	}
	g.list(entry.Call("createReader"))
}

// list reads a folder: the browser gives some hundred entries at a time, and none at the end.
func (g *gathering) list(reader goapp.Value) {
	yes, no := g.once(func(entries goapp.Value) {
		n := entries.Length()
		for i := range n {
			g.add(entries.Index(i))
		}
		if n > 0 && len(g.files) < maxBrought {
			g.list(reader)
		}
	})
	reader.Call("readEntries", yes, no)
}
