package state

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// A File is one that a person has brought: the page holds it, and the trainer reads it from there. It is sent nowhere.
type File struct {
	Name string // with the folders it lay in: "flowers/rose/1.jpg"
	Size int64
}

// Files is what was brought, and what is being found out about it.
type Files struct {
	Brought []File
	looking string // the source that the trainer was asked about
	about   string // the file that it is of
}

// Bring is files chosen or dropped, or one that was asked for instead of the file that the document names; Drop lets one
// of them go, with all in it if it is a folder.
type (
	Bring struct {
		Files   []File
		Instead bool
	}
	Drop struct{ Name string }
)

// Study reads a file by a source of that type, and makes a model for what it holds.
type Study struct{ Type, File string }

func (Study) action() {}
func (Bring) action() {}
func (Drop) action()  {}

// endings says which source reads which files.
var endings = map[string]string{
	".csv": "csv", ".tsv": "csv", ".tab": "csv",
	".txt": "text", ".md": "text",
	".npz": "npz", ".zip": "images",
	".idx": "idx", ".idx1-ubyte": "idx", ".idx3-ubyte": "idx", ".gz": "idx",
	".png": "images", ".jpg": "images", ".jpeg": "images", ".gif": "images", ".webp": "images",
}

// otherReaders says which sources can read a file besides the one that does unless told otherwise.
var otherReaders = map[string][]string{"csv": {"text_table"}, "text": {"lines"}}

// ReadersOf returns the types of the sources that can read a file, or a folder, the usual one first.
func ReadersOf(name string, folder bool) []string {
	typ := endings[strings.ToLower(path.Ext(name))]
	switch {
	case folder:
		return []string{"images"}
	case typ == "" || typ == "idx" || typ == "images" && strings.ToLower(path.Ext(name)) != ".zip":
		return nil
	}
	return append([]string{typ}, otherReaders[typ]...)
}

// Reads returns the endings of the files that can be brought, for the dialogue that chooses them.
func Reads() []string {
	var out []string
	for ending := range endings {
		out = append(out, ending)
	}
	slices.Sort(out)
	return out
}

// Instead returns the endings of the files that can stand in for the one that the document names, which its source reads
// alone; none where it reads a folder, several files, or no file.
func (s *Store) Instead() []string {
	if text(s.Value("data.source.file")) == "" {
		return nil
	}
	return slices.DeleteFunc(Reads(), func(ending string) bool { return !slices.Contains(ReadersOf("a"+ending, false), s.Source()) })
}

// Entries are what was brought as a person sees it: single files, and folders with what is in them.
type Entry struct {
	Name  string
	Size  int64
	Count int // files in a folder; 0 for a file
}

// Entries lists what was brought, folders first brought together.
func (f *Files) Entries() []Entry {
	var out []Entry
	for _, file := range f.Brought {
		top, _, within := strings.Cut(file.Name, "/")
		i := slices.IndexFunc(out, func(e Entry) bool { return within && e.Count > 0 && e.Name == top })
		switch {
		case !within:
			out = append(out, Entry{Name: file.Name, Size: file.Size})
		case i < 0:
			out = append(out, Entry{Name: top, Size: file.Size, Count: 1})
		default:
			out[i].Size += file.Size
			out[i].Count++
		}
	}
	return out
}

// bring takes files in. When the document reads one of them it is opened again; otherwise the trainer is asked what
// the first that can be read holds, and a model is made for it.
func (s *Store) bring(a Bring) []session.Command {
	for _, file := range a.Files {
		if i := slices.IndexFunc(s.Brought, func(b File) bool { return b.Name == file.Name }); i >= 0 {
			s.Brought[i] = file
		} else {
			s.Brought = append(s.Brought, file)
		}
	}
	wanted := text(s.Value("data.source.file"))
	for _, file := range a.Files {
		if wanted != "" && (file.Name == wanted || strings.HasPrefix(file.Name, wanted+"/")) {
			if len(s.Problems) > 0 {
				return nil
			}
			return s.open(false)
		}
	}
	if a.Instead {
		if i := slices.IndexFunc(a.Files, func(f File) bool { return slices.Contains(ReadersOf(f.Name, false), s.Source()) }); i >= 0 {
			return s.set("data.source.file", config.Text(a.Files[i].Name))
		}
	}
	if commands, found := s.bringIDX(a.Files); found {
		return commands
	}
	for _, file := range a.Files {
		if typ := endings[strings.ToLower(path.Ext(file.Name))]; typ != "" && typ != "idx" { // which comes in pairs
			top, _, within := strings.Cut(file.Name, "/")
			if within && typ != "images" {
				top = file.Name
			}
			if typ == "images" && !within && strings.ToLower(path.Ext(file.Name)) != ".zip" {
				s.Notice = "notice.folder" // a picture alone has no class
				return nil
			}
			return s.lookAt(typ, top)
		}
	}
	if len(a.Files) > 0 {
		s.Notice = "notice.unread"
	}
	return nil
}

// lookAt asks the trainer about a file; more is further settings of its source.
func (s *Store) lookAt(typ, file string, more ...config.Member) []session.Command {
	if s.Worker != Alive {
		return nil
	}
	source := config.Obj(config.Member{Key: "type", Value: config.Text(typ)})
	if file == "" {
		file = typ // one that makes its samples
	} else {
		source.Members = append(source.Members, config.Member{Key: "file", Value: config.Text(file)})
	}
	source.Members = append(source.Members, more...)
	s.looking, s.about = string(source.Append(nil, "")), file
	s.Notice = ""
	return []session.Command{{Look: &session.Look{Source: s.looking}}}
}

// Looking is the file that the trainer is finding out about; "" for none.
func (s *Store) Looking() string {
	if s.looking == "" {
		return ""
	}
	return s.about
}

// drop lets files go. What was read of them stays in the trainer.
func (s *Store) drop(name string) {
	s.Brought = slices.DeleteFunc(s.Brought, func(f File) bool { return f.Name == name || strings.HasPrefix(f.Name, name+"/") })
}

// seen makes a document for a file of which the trainer told.
func (s *Store) seen(e *session.Seen) []session.Command {
	if e.Source != s.looking {
		return nil
	}
	s.looking = ""
	source, err := config.Parse([]byte(cmp.Or(e.Instead, e.Source)))
	if err != nil {
		return nil
	}
	s.touch(OnDocument, OnShell)
	s.Error, s.Editor = nil, false
	name := strings.TrimSuffix(path.Base(s.about), path.Ext(s.about))
	text := format(starter(name, source, e))
	s.came(Load{Text: text})
	out := s.edit(text, false)
	s.Node = s.opening()
	return out
}
