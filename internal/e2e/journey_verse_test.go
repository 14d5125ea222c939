//go:build !js

package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What the lines of a verse are made of: somebody, what it does, and to whom.
var (
	who  = []string{"the moon", "a river", "the wind", "an old tree", "the night", "a small bird"}
	does = []string{"sings of", "waits for", "remembers", "turns to", "carries"}
)

// verse writes a text of its own into a file: lines of a few words that follow a pattern, which a model can find.
func verse(t *testing.T) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < 40_000 {
		fmt.Fprintf(&b, "%s %s %s,\n", who[r.IntN(len(who))], does[r.IntN(len(does))], who[r.IntN(len(who))])
	}
	file := filepath.Join(t.TempDir(), "verse.txt")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// verselike is how many whole lines a text has, not counting the first and the last, which may be cut off, and how many
// of them are made as those of the verse are.
func verselike(text string) (lines, good int) {
	for i, line := range strings.Split(text, "\n") {
		if i == 0 {
			continue
		}
		lines++
		head, ends := strings.CutSuffix(line, ",")
		fits := slices.ContainsFunc(who, func(w string) bool {
			rest, ok := strings.CutPrefix(head, w+" ")
			return ok && slices.ContainsFunc(does, func(d string) bool {
				whom, ok := strings.CutPrefix(rest, d+" ")
				return ok && slices.Contains(who, whom)
			})
		})
		if ends && fits {
			good++
		}
	}
	return max(0, lines-1), good
}

// wordsOf is how many words a text has, and how many of them the verse has too.
func wordsOf(text string) (words, known int) {
	own := strings.Fields(strings.Join(append(slices.Clone(who), does...), " "))
	for _, w := range strings.Fields(text) {
		words++
		if slices.Contains(own, strings.TrimSuffix(w, ",")) {
			known++
		}
	}
	return words, known
}

// TestJourneyVerse brings a text of one's own: the page makes a small GPT for it, whose samples get better while it
// trains, until it writes lines as the text has them.
func TestJourneyVerse(t *testing.T) {
	file := verse(t)
	both(t, func(t *testing.T, p *person) {
		p.bringOwn(file)
		p.wait(`document.querySelector(".preset-name").textContent == "verse"`)
		p.wait(prepared)
		p.enter("train")
		p.fullSpeed()
		p.wait(`document.querySelectorAll(".written-sample").length == 1`) // before the first step
		p.train()
		p.waitFor(`parseFloat(`+text("loss")+`) < 0.205`, 4*time.Minute)
		t.Logf("after %d steps the loss is %.2f", eval[int](p.page, steps), p.trainLoss())
		p.wait(`document.querySelectorAll(".written-sample").length >= 3`)
		if p.keys {
			p.command("pause", "play")
			p.wait(prepared)
			p.command("go to evaluate", "stage-evaluate")
			p.tabTo("#prompt")
			p.typeOver("the")
			p.tabTo("#write-tokens")
			p.typeOver("300")
			p.tabTo("[data-testid=write]")
			p.pressEnter()
		} else {
			p.click(testID("run.play"))
			p.wait(prepared)
			p.stage("evaluate")
			p.change("write-tokens", "300")
			p.click("#prompt")
			p.typeOver("the")
			p.click(testID("write"))
		}
		p.waitFor(`(({run, busy}) => run == 1 && busy == "false")(document.querySelector(".written").dataset)`, time.Minute)
		text := strings.ReplaceAll(eval[string](p.page, written), "⏎", "") // the mark at the end of a line
		lines, good := verselike(text)
		t.Logf("%d of %d lines are as those of the text:\n%s", good, lines, text)
		words, known := wordsOf(text)
		// How many lines are whole goes by chance and by the step at which training was stopped; nobody writes one who has not learned.
		if lines < 5 || good < 1 || 3*known < 2*words {
			t.Errorf("%d of %d lines are as those of the text, and %d of %d words:\n%s", good, lines, known, words, text)
		}
		eval[bool](p.page, `document.querySelector(".writing").scrollIntoView(), true`)
		p.shot("verse")
	})
}
