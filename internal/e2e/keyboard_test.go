//go:build !js

package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	pagecmd "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A person uses the page with the mouse, or with the keyboard alone. With the keyboard nothing is given the focus by the
// test: what cannot be reached by pressing keys fails.
type person struct {
	*page
	keys bool
}

// both tries a journey with the mouse and with the keyboard alone, each in a fresh profile.
func both(t *testing.T, journey func(t *testing.T, p *person)) {
	origin := serve(t).URL
	for _, way := range []string{"mouse", "keys"} {
		t.Run(way, func(t *testing.T) {
			p := &person{open(t, origin, view{}), way == "keys"}
			p.wait(ready)
			p.wait(prepared)
			p.wait(`document.querySelector(".tour")`)
			if p.keys {
				p.press(kb.Escape)
			} else {
				p.click(testID("tour-skip"))
			}
			p.wait(`!document.querySelector(".tour")`)
			journey(t, p)
		})
	}
}

// mostTabs is how often a person is asked to press Tab to get from one thing to the next.
const mostTabs = 60

// tabTo presses Tab until the element has the focus, or Shift+Tab where it comes before what has the focus.
func (p *page) tabTo(selector string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelector(%q) && !document.querySelector(%q).disabled`, selector, selector))
	modifiers := []chromedp.Modifier{}
	if eval[bool](p, fmt.Sprintf(`!!(document.activeElement.compareDocumentPosition(document.querySelector(%q)) & Node.DOCUMENT_POSITION_PRECEDING)`, selector)) {
		modifiers = append(modifiers, chromedp.ModifierShift)
	}
	for presses := range mostTabs + 1 {
		if eval[bool](p, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			if presses > 0 {
				p.t.Logf("%s is %d presses of Tab away", selector, presses)
			}
			return
		}
		p.do("pressing Tab", chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(modifiers...)))
	}
	p.t.Fatalf("after %d presses of Tab %s does not have the focus, but %s", mostTabs, selector,
		eval[string](p, `document.activeElement.outerHTML.slice(0, 200)`))
}

// command searches for a command with Ctrl+K, and takes the one with that id, which must come first.
func (p *page) command(search, id string) {
	p.t.Helper()
	p.holding("k", chromedp.ModifierCtrl)
	p.wait(`document.getElementById("commands").open && document.activeElement.id == "commands-find"`)
	p.press(search)
	p.wait(fmt.Sprintf(`document.querySelector("#commands-list [aria-selected=true]")?.id == "command-%s"`, id))
	p.pressEnter()
	p.wait(`!document.getElementById("commands").open`)
}

// stroke presses a key as a keyboard does: what the page does with the key on its way down is known before a character
// comes of it.
func (p *page) stroke(name, text string) {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: name, Text: text, WindowsVirtualKeyCode: int64(text[0])}
	if key.WindowsVirtualKeyCode >= 'a' {
		key.WindowsVirtualKeyCode -= 'a' - 'A'
	}
	up := key
	up.Type, up.Text = input.DispatchKeyEventTypeKeyUp, ""
	p.do("pressing "+name, call(input.DispatchKeyEvent.Method, key), call(input.DispatchKeyEvent.Method, up))
}

func (p *page) pressEnter() { p.t.Helper(); p.stroke("Enter", "\r") }

// typeOver types a text in place of what stands in the field that has the focus.
func (p *page) typeOver(text string) {
	p.t.Helper()
	p.holding("a", chromedp.ModifierCtrl)
	for _, r := range text {
		p.stroke(string(r), string(r))
	}
	p.wait(fmt.Sprintf(`document.activeElement.value == %q`, text))
}

// push presses a button: a click, or Tab as often as it takes and Enter.
func (p *person) push(id string) {
	p.t.Helper()
	selector := testID(id)
	p.wait(fmt.Sprintf(`document.querySelector(%q)?.disabled == false`, selector))
	if !p.keys {
		p.click(selector)
		return
	}
	p.tabTo(string(selector))
	p.pressEnter()
}

// pick chooses an entry of a menu, by keyboard with the arrow keys.
func (p *person) pick(id, value string) {
	p.t.Helper()
	if !p.keys {
		p.choose(id, value)
		return
	}
	p.tabTo("#" + id)
	at := eval[int](p.page, fmt.Sprintf(`[...document.getElementById(%q).options].findIndex((o) => o.value == %q)`, id, value))
	p.press(kb.Home)
	for i := range at {
		p.wait(fmt.Sprintf(`document.getElementById(%q).selectedIndex == %d && document.activeElement.id == %q`, id, i, id))
		p.press(kb.ArrowDown)
	}
	p.wait(fmt.Sprintf(`document.getElementById(%q).value == %q`, id, value))
}

// enter goes to a stage; by keyboard with its number, after which the next Tab goes into the stage.
func (p *person) enter(stage string) {
	p.t.Helper()
	if !p.keys {
		p.stage(stage)
		return
	}
	p.press(map[string]string{"data": "1", "model": "2", "train": "3", "evaluate": "4", "runs": "5"}[stage])
	p.wait(fmt.Sprintf(`document.querySelector(".app").dataset.pane == %q && document.activeElement.id == "columns"`, stage))
}

// train has training begin, unless it goes on from before by itself, and waits until it has: Play is pressed once.
func (p *person) train() {
	p.t.Helper()
	p.wait(`!document.querySelector("[data-testid='run.play']").disabled`)
	p.shown()
	if eval[string](p.page, `document.querySelector("[data-testid='run.play']").getAttribute("aria-label")`) == "Train" {
		if p.keys {
			p.command("train", "play")
		} else {
			p.click(testID("run.play"))
		}
	}
	p.wait(steps + " > 0")
}

// fullSpeed has training go as fast as it can.
func (p *person) fullSpeed() {
	p.t.Helper()
	switch {
	case eval[string](p.page, `document.getElementById("pace").value`) == "0":
	case p.keys:
		p.command("full speed", "pace-0")
	default:
		p.choose("pace", "0")
	}
	p.wait(`document.getElementById("pace").value == "0"`)
}

// bringOwn chooses a file in the browser's own dialogue, which is opened with a click or a key.
func (p *person) bringOwn(file string) {
	p.t.Helper()
	p.enter("data")
	p.do("answering the dialogue of files", call(pagecmd.CommandSetInterceptFileChooserDialog, pagecmd.SetInterceptFileChooserDialogParams{Enabled: true}))
	if p.keys {
		p.tabTo("#own-files")
		p.pressEnter()
	} else {
		p.click("label:has(> #own-files)")
	}
	select {
	case field := <-p.choosers:
		p.do("choosing the file", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			return t.Call(ctx, dom.CommandSetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, BackendNodeID: field}, nil)
		}))
	case <-time.After(patience):
		p.t.Fatal("no dialogue of files opens")
	}
}
