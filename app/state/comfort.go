package state

import (
	"strings"

	"descent/ml/session"
)

// Comfort is the commands at hand: keys, the search for them, and the tour.
type Comfort struct {
	Keys      map[string]string // what a command's key is, by its name
	Listening string            // the command that waits for its new key
	Clash     string            // the command that already has the key that was pressed
	Searching bool              // the search for commands is open
	Tour      int               // the step of the tour, from 1; 0 when there is none
}

// Names of the commands that have a key.
const (
	DoPlay     = "play"
	DoStep     = "step"
	DoReset    = "reset"
	DoHelp     = "help"
	DoData     = "stage-data"
	DoModel    = "stage-model"
	DoTrain    = "stage-train"
	DoEvaluate = "stage-evaluate"
	DoRuns     = "stage-runs"
)

// Keyed is the commands that have a key, in the order of the help.
var Keyed = []string{DoPlay, DoStep, DoReset, DoHelp, DoData, DoModel, DoTrain, DoEvaluate, DoRuns}

// usualKeys is the keys at first.
func usualKeys() map[string]string {
	return map[string]string{DoPlay: " ", DoStep: "s", DoReset: "r", DoHelp: "?",
		DoData: "1", DoModel: "2", DoTrain: "3", DoEvaluate: "4", DoRuns: "5"}
}

// TourSteps is how many steps the tour has.
const TourSteps = 5

type (
	ShowCommands struct{ Open bool }
	ShowTour     struct{ At int }     // 0 ends it
	Listen       struct{ For string } // the next key is for this command; "" takes it back
	Bind         struct{ Command, Key string }
	UsualKeys    struct{}                         // all keys as they were at first
	TakeKeys     struct{ Keys map[string]string } // those of an earlier visit
)

func (ShowCommands) action() {}
func (ShowTour) action()     {}
func (Listen) action()       {}
func (Bind) action()         {}
func (UsualKeys) action()    {}
func (TakeKeys) action()     {}

// comfort does what concerns them.
func (s *Store) comfort(a Action) []session.Command {
	s.touch(OnShell)
	switch a := a.(type) {
	case ShowCommands:
		s.Searching = a.Open
	case ShowTour:
		s.Tour, s.Help = a.At, false
		if s.Tour < 0 || s.Tour > TourSteps {
			s.Tour = 0
		}
		if stage := tourStage[s.Tour]; stage != "" {
			s.Pane = stage
		}
	case Listen:
		s.Listening, s.Clash = a.For, ""
	case Bind:
		s.bind(a)
	case TakeKeys:
		s.takeKeys(a.Keys)
	case UsualKeys:
		s.Keys, s.Listening, s.Clash = usualKeys(), "", ""
	}
	return s.look() // the tour may have gone to another stage
}

// tourStage is where the thing is that a step of the tour is about.
var tourStage = [TourSteps + 1]string{"", PaneTrain, PaneTrain, PaneTrain, PaneTrain, PaneEvaluate}

// bind gives a command a key, unless another has it or it does not print: Tab, Escape and the arrows belong to the page.
func (s *Store) bind(a Bind) {
	key := normalKey(a.Key)
	if len([]rune(key)) != 1 || s.Keys[a.Command] == "" {
		return
	}
	if of := s.Bound(key); of != "" && of != a.Command {
		s.Clash = of
		return
	}
	s.Keys[a.Command] = key
	s.Listening, s.Clash = "", ""
}

// takeKeys sets all keys at once, unless two commands would have the same.
func (s *Store) takeKeys(keys map[string]string) {
	next, taken := usualKeys(), map[string]bool{}
	for command := range next {
		if key := normalKey(keys[command]); len([]rune(key)) == 1 {
			next[command] = key
		}
		if taken[next[command]] {
			return
		}
		taken[next[command]] = true
	}
	s.Keys = next
}

// Bound returns the command of a key, or "".
func (s *Store) Bound(key string) string {
	key = normalKey(key)
	for _, command := range Keyed {
		if s.Keys[command] == key {
			return command
		}
	}
	return ""
}

// normalKey makes one of a letter's two cases.
func normalKey(key string) string { return strings.ToLower(key) }
