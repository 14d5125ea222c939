//go:build !js

package e2e

import (
	"context"
	"fmt"
	"testing"

	browsercmd "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// may answers beforehand whether the page may use the camera: "granted" or "denied".
func (p *page) may(use browsercmd.PermissionSetting) {
	p.t.Helper()
	p.do("answering about the camera", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		var info target.GetTargetInfoResult
		if err := t.Call(ctx, target.CommandGetTargetInfo, target.GetTargetInfoParams{}, &info); err != nil {
			return err
		}
		return t.Call(ctx, browsercmd.CommandSetPermission, browsercmd.SetPermissionParams{
			Permission: &browsercmd.PermissionDescriptor{Name: "camera"}, Setting: use, Origin: p.origin,
			BrowserContextID: info.TargetInfo.BrowserContextID}, nil)
	}))
}

// TestCamera films two classes, and tries the model of them on what the camera sees. The browser's camera is a test
// picture that moves.
func TestCamera(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.may("granted")
	p.stage("data")
	p.click(testID("make-own"))
	p.click(testID("make-film"))
	p.click(testID("camera-on"))
	p.wait(`document.getElementById("camera").videoWidth > 0`)
	const hold = `(() => {
		const b = document.querySelector("[data-testid=camera-hold]");
		return b.dispatchEvent(new PointerEvent("%s", {bubbles: true}));
	})()`
	for _, class := range []string{"0", "1"} {
		p.click(testID("class-" + class))
		eval[bool](p, fmt.Sprintf(hold, "pointerdown"))
		p.wait(`parseInt(document.querySelector("[data-testid=made-` + class + `]").textContent) >= 12`)
		eval[bool](p, fmt.Sprintf(hold, "pointerup"))
	}
	p.screenshot("camera")
	p.click(testID("make-use"))
	p.wait(`document.querySelector(".preset-name").textContent != "Spiral"`)
	p.wait(prepared)
	p.stage("train")
	p.click(testID("run.step"))
	p.wait(`+` + text("step") + ` >= 1`)
	p.stage("evaluate")
	p.click(testID("picture-camera"))
	p.wait(`document.querySelectorAll("[data-testid=picture-answer] .guess, .try-picture .guess").length >= 2 ||
		/%/.test(document.querySelector("[data-testid=picture-camera]").closest("section").textContent)`)
	p.screenshot("camera-tried")
}
