package state

import "descent/ml/session"

// Apply does what a person asked for, and returns the commands that follow from it.
func (s *Store) Apply(a Action) []session.Command {
	return append(s.apply(a), s.demand()...)
}

func (s *Store) apply(a Action) []session.Command {
	switch a := a.(type) {
	case Load:
		s.touch(OnDocument)
		return s.load(a)
	case Edit:
		s.touch(OnDocument)
		return s.move("text", a.Text)
	case Set:
		s.touch(OnDocument)
		return s.set(a.Path, a.Value)
	case SetText:
		s.touch(OnDocument)
		return s.setText(a)
	case SetSource:
		s.touch(OnDocument)
		return s.setSource(a.Type)
	case SetOptim:
		s.touch(OnDocument)
		return s.setOptimizer(a.Type)
	case SetFrom, Rename, Insert, Remove, Copy, Shift:
		s.touch(OnDocument, OnShell)
		return s.arrange(a)
	case ShowTab, Mark, Join, FindFor:
		return s.build(a)
	case AddAfter, AddOn, Branch, Connect, Unconnect, Rewire, MoveOn, MoveAlong, Duplicate, TakeOut:
		s.touch(OnDocument, OnShell)
		return s.wire(a)
	case Mend:
		s.touch(OnDocument)
		return s.mend(a)
	case Undo:
		s.touch(OnDocument)
		return s.undo()
	case Redo:
		s.touch(OnDocument)
		return s.redo()
	case Bring:
		s.touch(OnDocument, OnShell)
		return s.bring(a)
	case Study:
		s.touch(OnDocument, OnShell)
		return s.lookAt(a.Type, a.File)
	case Drop:
		s.touch(OnDocument)
		s.drop(a.Name)
	case ShowData, Find, TurnFound, Pick, ListThem, DrawAgain, NextWay:
		return s.browse(a)
	case Film, CameraIs, SetFilm, MakeClass, NameClass, DropClass, ChooseClass, Scribble, NewScribble, WipeOut, AddDrawing, AddFrame, DropMade, DropAllMade, BringBack, UseMade:
		return s.making(a)
	case Relabel, Exclude, ForgetEdits:
		s.touch(OnDocument, OnShelf)
		return s.amend(a)
	case Play, Pause, Step, Reset:
		s.touch(OnRun, OnStats)
		return s.run(a)
	case SetPace:
		return s.pace(a)
	case ShowSpeed:
		return s.timing(a)
	case Paint:
		s.palette = a.Palette // the page itself takes its colours from the style sheet
		return s.look()
	case LookInto, Choose, ChooseHead, ReadText, ReadSample, ShowInSolid, Fit:
		return s.inside(a)
	case Deepen, Widen, Activate:
		s.touch(OnDocument, OnShell)
		return s.shape(a)
	case OpenInside, FocusUnit, PinUnit, ViewLayer, ViewTile, ViewChannel, ViewDrawing, ViewSample, SpreadOf, TurnPage, ProjectOf:
		return s.view(a)
	case ShowCommands, ShowTour, Listen, Bind, UsualKeys, TakeKeys:
		return s.comfort(a)
	case Write, StopWriting, SetWriting, SetSampling:
		return s.write(a)
	case Compare, Smooth, SetAxis, ShowLogX, RecallCharts, Measure, ShowIn, Zoom, ZoomBy:
		return s.chart(a)
	case Evaluate, AskToOpen, OpenTest, RecallTest, Examine, MoreCases, ShowCase, TraceOf, ExplainCase, ExplainPicture, ExplainPad, ExplainRows,
		SetThreshold, SortClasses, ToCell:
		return s.judge(a)
	case TakeRow, FillIn, TypeIn, TakePicture:
		return s.try(a)
	case Await, Found, Stamp, RenameRun, TypeName, StarRun, DeleteRun, UndoDelete, ForgetDeleted, SortRuns, FilterRuns, OnlyStarred, MarkRun,
		OpenRun, ResumeRun, BranchRun, AddRun, DropUnread, Dismiss, NotKept, LeavePage:
		return s.runsDo(a)
	case Cure:
		s.touch(OnDocument, OnShell, OnRun, OnStats)
		return s.cure(a.Fix)
	case Draw, NewLine, LoadPad, ClearPad:
		s.touch(OnPad)
		out := s.draw(a)
		if s.Drawing {
			out = append(out, s.look()...)
		}
		return out
	case WorkerDied:
		s.touch(OnRun, OnStats)
		s.Worker, s.resume, s.Pad.asked, s.Measuring, s.Reasoning = Dead, false, false, "", false
		s.touch(OnEvaluate)
		s.Failure = Failure{a.Message, a.Detail}
		s.State.Phase = session.Empty
	case WorkerStart:
		s.touch(OnRun, OnStats)
		s.Worker, s.Failure, s.Error = Starting, Failure{}, nil
		s.forget()
	case Speak:
		if s.Language != a.Language {
			s.touch(OnShell)
			s.Language = a.Language
		}
	case Dress:
		if s.Theme != a.Theme {
			s.touch(OnShell)
			s.Theme = a.Theme
		}
	case UseKeys:
		if s.Shortcuts != a.On {
			s.touch(OnShell)
			s.Shortcuts = a.On
		}
	default:
		s.touch(OnShell)
		return s.show(a)
	}
	return nil
}

// run is the four buttons of the run bar. One that makes no sense now does nothing: keys can be pressed at any time.
func (s *Store) run(a Action) []session.Command {
	switch a.(type) {
	case Play:
		if s.Running() {
			return nil
		}
		if s.Opening() {
			s.resume, s.paced = true, false // as soon as it is ready
			return nil
		}
		if !s.Playable() {
			return nil
		}
		s.Error, s.paced = nil, false
		run := session.Command{Run: &session.Run{Rate: s.Pace()}}
		commands := append(s.begin(), run)
		s.State.Phase, s.Recovered = session.Running, nil // seen at once; the trainer will say the same
		if s.single {
			s.single = false
			return append([]session.Command{{Pause: &session.Pause{}}}, commands...) // or it would end with that step
		}
		return commands
	case Pause:
		s.resume = false
		if s.State.Phase != session.Running {
			return nil
		}
		s.State.Phase = session.Ready
		return []session.Command{{Pause: &session.Pause{}}}
	case Step:
		if !s.Playable() {
			return nil
		}
		if s.State.Phase == session.Running {
			s.State.Phase = session.Ready
			return []session.Command{{Pause: &session.Pause{}}}
		}
		s.single = true
		return append(s.begin(), session.Command{Run: &session.Run{Steps: 1}})
	case Reset:
		if !s.Resettable() {
			return nil
		}
		return s.rewind()
	}
	return nil
}

// show is about the page only, but for the test points, which the trainer has to send.
func (s *Store) show(a Action) []session.Command {
	switch a := a.(type) {
	case Show:
		s.Pane = a.Pane
		if s.Tour > 0 && tourStage[s.Tour] != a.Pane {
			s.Tour = 0 // who goes elsewhere needs it no longer
		}
		return append(s.look(), s.upToDate()...)
	case ShowEditor:
		s.Editor = a.Open
	case ShowHelp:
		s.Help = a.Open
	case ShowShowcase:
		s.Showcase, s.Help = a.Open, s.Help && !a.Open
	case ShowPalette:
		s.Palette, s.PaletteAt, s.Slot = a.Open, a.At, Slot{}
	case ShowHint:
		if s.Hint == a.Of {
			a.Of = ""
		}
		s.Hint = a.Of
	case ShowTable:
		s.Tables[a.Of] = a.Open
	case ShowChecks:
		s.ChecksToo = a.On
		return s.look()
	case ShowLog:
		s.Log = a.On
	case Select:
		if s.Node == a.Node {
			a.Node = ""
		}
		s.Node = a.Node
		return s.enter(a.Node)
	case Notify:
		s.Notice = a.Key
	}
	return nil
}
