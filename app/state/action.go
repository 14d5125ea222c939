package state

import (
	"descent/app/language"
	"descent/ml/config"
)

// An Action is something a person did.
type Action interface{ action() }

// What can be done.
type (
	Load struct { // a document replaces the one there is
		Preset string // its name, when it is one
		Text   string
	}
	Edit struct{ Text string } // the text was typed in
	Set  struct {              // a form changed one setting
		Path  string
		Value *config.Value
	}
	SetText struct { // likewise, as typed; Form says how to read it
		Path, Form, Text string
	}
	SetSource struct{ Type string }
	SetOptim  struct{ Type string }
	SetFrom   struct{ Node, Text string } // what a layer reads, names with commas between them
	Rename    struct{ Node, To string }
	Insert    struct { // into a list of the document: "model.nodes", "data.preprocess"
		List, Type string
		At         int
	}
	Remove struct {
		List string
		At   int
	}
	Copy struct {
		List string
		At   int
	}
	Shift struct { // one of a list changes places with its neighbour, the one before when By is below 0
		List   string
		At, By int
	}
	Mend struct{ Fix, Node string }
	Undo struct{}
	Redo struct{}

	Play  struct{}
	Pause struct{}
	Step  struct{}
	Reset struct{}

	SetPace struct {
		Of   string // OfPoints or OfImages
		Rate float64
	}

	Draw    struct{ Stroke []Spot } // the strokes of the pad grew: the last stroke as it is now
	NewLine struct{ At Spot }       // a new stroke begins
	LoadPad struct {
		Pixels []byte
		Index  int
	}
	ClearPad struct{}

	WorkerDied  struct{ Message, Detail string }
	WorkerStart struct{}

	Speak        struct{ Language language.Language }
	Dress        struct{ Theme string }
	Paint        struct{ Palette Palette }
	Show         struct{ Pane string }
	ShowEditor   struct{ Open bool }
	ShowHelp     struct{ Open bool }
	ShowShowcase struct{ Open bool }
	ShowPalette  struct {
		Open bool
		At   int // where in the model's list what is chosen goes
	}
	ShowHint  struct{ Of string }
	ShowTable struct {
		Of   string
		Open bool
	}
	ShowChecks struct{ On bool }
	ShowLog    struct{ On bool }
	Select     struct{ Node string }
	UseKeys    struct{ On bool }
	Notify     struct{ Key string }
)

func (Load) action()         {}
func (Edit) action()         {}
func (Set) action()          {}
func (SetText) action()      {}
func (SetSource) action()    {}
func (SetOptim) action()     {}
func (SetFrom) action()      {}
func (Rename) action()       {}
func (Insert) action()       {}
func (Remove) action()       {}
func (Copy) action()         {}
func (Shift) action()        {}
func (ShowShowcase) action() {}
func (ShowPalette) action()  {}
func (Mend) action()         {}
func (Undo) action()         {}
func (Redo) action()         {}
func (Play) action()         {}
func (Pause) action()        {}
func (Step) action()         {}
func (Reset) action()        {}
func (SetPace) action()      {}
func (Draw) action()         {}
func (NewLine) action()      {}
func (LoadPad) action()      {}
func (ClearPad) action()     {}
func (WorkerDied) action()   {}
func (WorkerStart) action()  {}
func (Speak) action()        {}
func (Dress) action()        {}
func (Paint) action()        {}
func (Show) action()         {}
func (ShowEditor) action()   {}
func (ShowHelp) action()     {}
func (ShowHint) action()     {}
func (ShowTable) action()    {}
func (ShowChecks) action()   {}
func (ShowLog) action()      {}
func (Select) action()       {}
func (UseKeys) action()      {}
func (Notify) action()       {}
