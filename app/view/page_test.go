package view

import (
	"strings"
	"testing"

	"descent/app/language"
	"descent/app/runner"
	"descent/app/state"
	"descent/ml/config"
	"descent/ml/session"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// The server draws the page as well, before there is a browser.
func TestServerDrawsPage(t *testing.T) {
	page := &Page{}
	tester := goapp.NewServerTester(page)
	defer tester.Close()
	tester.Consume()
	html := goapp.HTMLString(page)
	for _, want := range []string{"<h1", "Descent", "354 parameters", "Learning rate", "<main"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page that the server draws has no %s", want)
		}
	}
	if strings.Contains(html, " style=") {
		t.Error("an element has a style attribute, which the content security policy forbids")
	}
}

// drawn is the page as HTML, in whatever state.
func drawn(t *testing.T, s *state.Store) string {
	t.Helper()
	page := &Page{core: &Core{Store: s, runner: &runner.Fake{}}}
	page.core.page = page
	body := page.Render()
	tester := goapp.NewServerTester(body)
	defer tester.Close()
	tester.Consume()
	return goapp.HTMLString(body)
}

// Whatever the state, in either language, the page can be drawn, and says what it has to.
func TestEveryStateDraws(t *testing.T) {
	text := func(name string) string {
		b, _ := presets.Text(name)
		return string(b)
	}
	for _, test := range []struct {
		name    string
		do      []state.Action
		hear    []session.Event
		en, zh  string
		without string
	}{
		{name: "first", en: "What the model thinks", zh: "模型的看法", without: "bar-"},
		{name: "images", do: []state.Action{state.Load{Preset: "keras-convnet", Text: text("keras-convnet")}}, en: "Draw a digit", zh: "画一个数字"},
		{name: "drawn digits", do: []state.Action{state.SetSource{Type: "digits"}, state.Show{Pane: state.PaneData}}, en: "They are not handwritten", zh: "并非手写"},
		{name: "regression", do: []state.Action{state.SetSource{Type: "reg_gauss"}}, en: "the value the model gives", zh: "数值", without: "reading-accuracy"},
		{name: "not JSON", do: []state.Action{state.Edit{Text: "{"}}, en: "This experiment cannot run yet", zh: "这个实验还不能运行"},
		{name: "empty text", do: []state.Action{state.Edit{Text: ""}}, en: "This experiment cannot run yet", zh: "这个实验还不能运行"},
		{name: "empty object", do: []state.Action{state.Edit{Text: "{}"}}, en: "is missing", zh: "缺少这一项"},
		{name: "null", do: []state.Action{state.Edit{Text: "null"}}, en: "This experiment cannot run yet", zh: "这个实验还不能运行"},
		{name: "editor", do: []state.Action{state.ShowEditor{Open: true}}, en: "The experiment as JSON", zh: "实验的 JSON 文档"},
		{name: "hint", do: []state.Action{state.ShowHint{Of: "train.batch"}}, en: "How many samples one step learns from.", zh: "每一步从多少个样本中学习。"},
		{name: "draft", do: []state.Action{state.SetText{Path: "train.batch", Form: "int", Text: "many"}}, en: "This wants a number.", zh: "这里需要一个数。"},
		{name: "bad batch", do: []state.Action{state.Set{Path: "train.batch", Value: config.Num(0)}}, en: "smallest allowed", zh: "小于允许的最小值"},
		{name: "dead", do: []state.Action{state.WorkerDied{Message: "out of memory", Detail: "goroutine 1"}}, en: "Start it again", zh: "重新启动"},
		{name: "no data", hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {State: &session.State{Phase: session.Empty},
			Error: &session.Error{Code: session.NoData, Message: "404"}}}, en: "Use drawn digits instead", zh: "改用程序绘制的数字"},
		{name: "diverged", hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {State: &session.State{Phase: session.Failed},
			Error: &session.Error{Code: session.NotFinite, Message: "NaN"}}}, en: "Training diverged", zh: "训练发散了", without: "bar-error"},
		{name: "diverged, seen from another stage", do: []state.Action{state.Show{Pane: state.PaneModel}}, hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {State: &session.State{Phase: session.Failed},
			Error: &session.Error{Code: session.NotFinite, Message: "NaN"}}}, en: "Try a smaller learning rate", zh: "更小的学习率"},
		{name: "broken file", hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {State: &session.State{Phase: session.Empty},
			Error: &session.Error{Code: session.NoData, Message: "a.csv: it is empty", Said: &session.Said{Text: "a.csv: it is empty",
				Format: "%s: %s", Args: []session.Said{{Text: "a.csv"}, {Text: "it is empty", Format: "it is empty"}}}}}}, en: "a.csv: it is empty", zh: "a.csv：文件是空的"},
		{name: "settings of a file", hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {State: &session.State{Phase: session.Empty},
			Error: &session.Error{Code: session.NoData, Message: "data.source.file: is missing", Problems: []session.Problem{{Field: "data.source.file",
				Message: "is missing", Said: &session.Said{Text: "is missing", Format: "is missing"}}}}}}, en: "data.source.file: is missing", zh: "data.source.file: 缺少这一项"},
		{name: "refused", hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {Error: &session.Error{Code: session.Refused, Message: "training failed; reset it first",
			Said: &session.Said{Text: "training failed; reset it first", Format: "training failed; reset it first"}}}}, en: "training failed; reset it first", zh: "请先恢复初始权重"},
		{name: "ended early", hear: []session.Event{{Hello: &session.Hello{Version: 1}}, {Model: &session.Model{}, State: &session.State{Phase: session.Done, Stopped: "the target was reached: loss 0.1",
			Said: &session.Said{Text: "the target was reached: loss 0.1", Format: "the target was reached: %s %.6g", Args: []session.Said{{Text: "loss", Format: "metric.loss"}, {Text: "0.1"}}}}}},
			en: "the target was reached: loss 0.1", zh: "已达到目标：损失 0.1"},
		{name: "another run beside this one", do: []state.Action{state.Compare{Runs: []state.Overlay{{Name: "an older run", Colour: "class-3",
			Valid: state.Curve{Points: []session.Point{{Curve: "validation", Step: 5, Loss: 0.4321, Accuracy: 0.5}}}}}}}, en: `an older run</span>`, zh: "0.4321"},
		{name: "tables", do: []state.Action{state.ShowTable{Of: "loss", Open: true}}, en: "<table", zh: "<table"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for l, want := range map[language.Language]string{language.English: test.en, language.Chinese: test.zh} {
				s := state.New("spiral-mlp", text("spiral-mlp"))
				s.Apply(state.Speak{Language: l})
				for _, a := range test.do {
					s.Apply(a)
				}
				for _, e := range test.hear {
					s.Reduce(e)
				}
				html := drawn(t, s)
				if !strings.Contains(html, want) {
					t.Errorf("%s: the page does not say %q", l, want)
				}
				if test.without != "" && strings.Contains(html, test.without) {
					t.Errorf("%s: the page has %q", l, test.without)
				}
			}
		})
	}
}

// Every stage draws, with every kind of data.
func TestStages(t *testing.T) {
	for _, preset := range []string{"spiral-mlp", "iris-mlp", "keras-convnet", "gpt-sonnets", "addition-lstm"} {
		for _, pane := range []string{state.PaneData, state.PaneModel, state.PaneTrain, state.PaneEvaluate, state.PaneRuns} {
			text, _ := presets.Text(preset)
			s := state.New(preset, string(text))
			s.Apply(state.Show{Pane: pane})
			html := drawn(t, s)
			if !strings.Contains(html, `data-pane="`+pane+`"`) || strings.Count(html, `aria-current="page"`) != 1 {
				t.Errorf("%s: the stage %s is not the one that is marked", preset, pane)
			}
			if strings.Count(html, `id="stage"`) != 1 {
				t.Errorf("%s, %s: there is not one main part", preset, pane)
			}
		}
	}
}

// Sliders find back the values they set.
func TestScales(t *testing.T) {
	for name, s := range map[string]scale{"decades": decades{-5, 0}, "doubling": doubling{10}, "even": even{0, 50, 5}, "fine": even{0, 0.95, 0.05}} {
		for i := 0; i <= s.last(); i++ {
			if back := s.position(s.value(i)); back != i {
				t.Errorf("%s: position %d is %v, which is position %d", name, i, s.value(i), back)
			}
		}
	}
	if v := (decades{-5, 0}).value(45); v != 1 {
		t.Errorf("the learning rate ends at %v, want 1", v)
	}
}
