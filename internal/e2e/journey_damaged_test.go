//go:build !js

package e2e

import (
	"fmt"
	"strconv"
	"testing"
)

// written waits until what a tab is working on is written down so that a condition holds of it.
func (p *page) written(desk string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`new Promise((done, fail) => {
		const open = indexedDB.open("descent");
		open.onerror = () => fail(open.error);
		open.onsuccess = () => {
			const db = open.result, all = db.transaction("desks").objectStore("desks").getAll();
			all.onsuccess = () => { db.close(); done(all.result.map((d) => JSON.parse(d.text)).some((desk) => %s)); };
		};
	})`, desk))
}

// tear changes a byte of what is kept.
func tear(shelf, keys string) string {
	return fmt.Sprintf(`new Promise((done, fail) => {
		const open = indexedDB.open("descent");
		open.onerror = () => fail(open.error);
		open.onsuccess = () => {
			const db = open.result, tx = db.transaction(%q, "readwrite"), store = tx.objectStore(%q);
			const cursor = store.openCursor();
			let torn = 0;
			cursor.onsuccess = () => {
				const at = cursor.result;
				if (!at) return;
				if (%s) {
					const v = at.value;
					if (v.text) v.text = v.text.slice(0, -9) + "x" + v.text.slice(-8);
					else new Uint8Array(v.parts[0])[v.size - 5] ^= 1;
					at.update(v);
					torn++;
				}
				at.continue();
			};
			tx.oncomplete = () => { db.close(); done(torn); };
		};
	})`, shelf, shelf, keys)
}

// TestDamagedRuns damages what is kept: the checkpoint before the latest is taken, then none, and others are as they were.
func TestDamagedRuns(t *testing.T) {
	at := home(t)
	p := at.beside(view{})
	p.settled()
	p.trained()
	first := eval[int](p, step)
	p.trained() // into the other slot
	second := eval[int](p, step)
	p.written(hasRun)
	p.gone()
	if n := eval[int](at, tear("checkpoints", `at.value.step == `+strconv.Itoa(second))); n != 1 {
		t.Fatalf("%d records were damaged, want 1", n)
	}
	p = at.beside(view{})
	p.settled()
	p.wait(`document.querySelector("[data-testid=bar-kept-trouble]")?.textContent.includes("the one before it is back")`)
	p.wait(step + " == " + strconv.Itoa(first))
	p.screenshot("runs-older")
	p.gone()
	if n := eval[int](at, tear("checkpoints", `at.value.step == `+strconv.Itoa(first))); n != 1 {
		t.Fatalf("%d records were damaged, want 1", n)
	}
	p = at.beside(view{})
	p.settled()
	p.wait(`document.querySelector("[data-testid=bar-kept-trouble]")?.textContent.includes("could not be brought back")`)
	p.wait(step + " == 0")
	p.trained() // another run
	p.stage("runs")
	p.wait(rows + " == 2")
	p.gone()
	if n := eval[int](at, tear("runs", `!torn`)); n != 1 {
		t.Fatalf("%d records were damaged, want 1", n)
	}
	p = at.beside(view{})
	p.settled()
	p.stage("runs")
	p.wait(`document.querySelector("[data-testid=unread]")`)
	p.wait(rows + " >= 1")
	p.screenshot("runs-unread")
	p.accessible()
	eval[bool](p, `(() => { URL.createObjectURL = (b) => { globalThis.raw = b; return "blob:" + location.origin + "/none"; }; HTMLAnchorElement.prototype.click = () => {}; return true; })()`)
	p.click(testID("unread-save"))
	p.wait(`globalThis.raw?.size > 100`)
	p.click(testID("unread-drop"))
	p.wait(`!document.querySelector("[data-testid=unread]")`)
}
