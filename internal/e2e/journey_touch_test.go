//go:build !js

package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// finger puts a finger down, moves it, or takes it away.
func (p *page) finger(kind input.DispatchTouchEventType, x, y float64) {
	p.t.Helper()
	points := []*input.TouchPoint{{X: x, Y: y}}
	if kind == input.DispatchTouchEventTypeTouchEnd {
		points = []*input.TouchPoint{}
	}
	p.do("a finger", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
		return err
	}))
}

// swipe moves a finger from one element to another, and rests first where it is to take up what it is on.
func (p *page) swipe(from, to string, rest bool) {
	p.t.Helper()
	a, b := p.middleOf(from)
	r := eval[[]float64](p, fmt.Sprintf(`(() => {
		const r = document.querySelector(%q).getBoundingClientRect();
		return [r.left + r.width / 2, r.top + r.height / 2];
	})()`, to))
	p.finger(input.DispatchTouchEventTypeTouchStart, a, b)
	if rest {
		p.wait(`document.querySelector(".ghost")`)
	}
	for _, share := range []float64{0.1, 0.3, 0.6, 0.9, 1} {
		p.finger(input.DispatchTouchEventTypeTouchMove, a+(r[0]-a)*share, b+(r[1]-b)*share)
		time.Sleep(20 * time.Millisecond)
	}
	if rest {
		p.screenshot("touch-held")
	}
	p.finger(input.DispatchTouchEventTypeTouchEnd, 0, 0)
}

// TestModelByTouch has a finger that rests on a layer take it to another edge and draw an edge from a dot, one that does
// not scroll, and one that taps select.
func TestModelByTouch(t *testing.T) {
	p := open(t, serve(t).URL, view{width: 390, height: 844, mobile: true})
	p.modelOf("keras-mlp")
	p.shown()
	ids := `[...document.querySelectorAll("[data-node]")].map(b => b.dataset.node).join(" ")`
	before := strings.Fields(eval[string](p, ids))
	if len(before) < 4 {
		t.Fatalf("the layers are %q", before)
	}
	last := before[len(before)-1]
	layer := before[len(before)-2]
	reads := func(of string) string {
		return eval[string](p, fmt.Sprintf(`document.querySelector("[data-node='%s']").getAttribute("aria-label")`, of))
	}
	was := reads(layer)

	// Too soon: the page scrolls, and the model stays.
	at := `[document.scrollingElement.scrollTop, document.querySelector("#graph").scrollTop, ...[...document.querySelectorAll("main, section")].map(e => e.scrollTop)].join()`
	p.middleOf(fmt.Sprintf("[data-node='%s']", layer))
	stood := eval[string](p, at)
	p.swipe(fmt.Sprintf("[data-node='%s']", layer), fmt.Sprintf("[data-node='%s']", last), false)
	p.wait(fmt.Sprintf(`(%s) != %q`, at, stood))
	if got := reads(layer); got != was {
		t.Errorf("a finger that scrolls made %q of %q", got, was)
	}
	if eval[bool](p, `!!document.querySelector(".ghost")`) {
		t.Error("a finger that scrolls holds a layer")
	}

	// What was thrown comes to rest first.
	p.wait(fmt.Sprintf(`new Promise((done) => {
		const before = %s;
		setTimeout(() => done(before === %s), 200);
	})`, at, at))
	// The layers of this model stand in one column, and edge k goes to the k-th of them.
	p.swipe(fmt.Sprintf("[data-node='%s']", layer), fmt.Sprintf("#edge-add-%d", len(before)-3), true)
	p.wait(fmt.Sprintf(`document.querySelector("[data-node='%s']").getAttribute("aria-label").includes("reads %s")`, layer, before[len(before)-4]))
	p.wait(`!document.querySelector(".ghost")`)

	// What is tapped afterwards is selected: no click is swallowed.
	x, y := p.middleOf(fmt.Sprintf("[data-node='%s']", last))
	p.finger(input.DispatchTouchEventTypeTouchStart, x, y)
	p.finger(input.DispatchTouchEventTypeTouchEnd, x, y)
	p.wait(fmt.Sprintf(`document.querySelector("[data-node='%s']").getAttribute("aria-pressed") == "true"`, last))

	// From the dot of the one to the layer below the next: it reads past what stood between.
	p.swipe(fmt.Sprintf("[data-port='%s']", layer), fmt.Sprintf("[data-node='%s']", last), false)
	p.wait(fmt.Sprintf(`document.querySelector("[data-node='%s']").getAttribute("aria-label").includes("reads %s")`, last, layer))
}
