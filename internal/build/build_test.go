//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func TestPackIsDeterministic(t *testing.T) {
	data := bytes.Repeat([]byte("digits "), 1000)
	var a, b bytes.Buffer
	if err := errors.Join(pack(&a, data), pack(&b, data)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("equal input gives different bytes")
	}
	z, err := gzip.NewReader(&a)
	if err != nil {
		t.Fatal(err)
	}
	if z.Name != "" || !z.ModTime.IsZero() {
		t.Errorf("the header names %q at %v", z.Name, z.ModTime)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, data) {
		t.Errorf("unpacking gives %d bytes, %v", len(got), err)
	}
}

func TestWriteFileLeavesNoHalves(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "sub", "file")
	fault := errors.New("fault")
	err := writeFile(name, func(w io.Writer) error {
		io.WriteString(w, "half")
		return fault
	})
	if !errors.Is(err, fault) {
		t.Errorf("error %v, want %v", err, fault)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "sub", "*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestUpdateKeepsUnchangedFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	for _, step := range []struct {
		text    string
		changed bool
	}{{"one", true}, {"one", false}, {"two", true}} {
		if changed, err := update(name, []byte(step.text)); changed != step.changed || err != nil {
			t.Errorf("update to %q: changed %v, %v; want %v", step.text, changed, err, step.changed)
		}
	}
}

// TestTwins checks that a twin is made once, and again when its original changes.
func TestTwins(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.js")
	for i, text := range []string{"first", "second"} {
		at := time.Now().Add(time.Duration(i) * time.Hour).Truncate(time.Second)
		if err := errors.Join(os.WriteFile(name, []byte(text), 0o644), os.Chtimes(name, at, at)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := twins(name, info, 5); err != nil {
				t.Fatal(err)
			}
		}
		f, err := os.Open(name + ".br")
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(brotli.NewReader(f))
		f.Close()
		if string(got) != text || err != nil {
			t.Errorf("the twin of %q holds %q, %v", text, got, err)
		}
		if info, err := os.Stat(name + ".gz"); err != nil || !info.ModTime().Equal(at) {
			t.Errorf("the twin has another time than its original: %v", err)
		}
	}
}

// The table of flowers is made only of the flowers it should be.
func TestIrisTable(t *testing.T) {
	for _, raw := range []string{`{}`, `[]`, `[[5.1, 3.5, 1.4, 0.2, "setosa"]]`, `[["5.1", 3.5, 1.4, 0.2, "setosa"]]`} {
		if table, err := irisTable([]byte(raw)); err == nil {
			t.Errorf("%s became %q", raw, table)
		}
	}
	raw, err := os.ReadFile(filepath.Join("..", "..", irisFrom))
	if err != nil {
		t.Skip("the flowers are not there; `make build` fetches them")
	}
	table, err := irisTable(raw)
	if err != nil || bytes.Count(table, []byte("\n")) != 151 || !bytes.Contains(table, []byte("\n5.1,3.5,1.4,0.2,setosa\n")) {
		t.Errorf("%d bytes, %v", len(table), err)
	}
}

// Texts are made only of what they should be made of.
func TestTexts(t *testing.T) {
	for name, refused := range map[string]func([]byte) ([]byte, error){"sonnets": sonnetsText, "names": namesText, "poems": poemsText(2), "languages": languagesTable} {
		for _, raw := range []string{"", "exports.x = 3", `x = [{"number": 1, "lines": ["a"]}];`, `x = [{"number": 2, "lines": []}];`, "one poem", "\xff\xfe"} {
			if text, err := refused([]byte(raw)); err == nil {
				t.Errorf("%s: %q became %q", name, raw, text)
			}
		}
	}
	poems, err := poemsText(2)([]byte("\x1b[32m《感遇》\x1b[m\n\x1b[33m作者：张九龄\x1b[m\n兰叶春葳蕤，桂华秋皎洁。\n%\n题目:《塞上》\r\n\n鸣骹直上一千尺\n%\n"))
	if want := "《感遇》\n作者：张九龄\n兰叶春葳蕤，桂华秋皎洁。\n\n题目:《塞上》\n\n鸣骹直上一千尺\n"; err != nil || string(poems) != want {
		t.Errorf("%q, %v, want %q", poems, err, want)
	}
	var pages bytes.Buffer
	for i, l := range languages {
		fmt.Fprintf(&pages, "<html data-code=%q>\n<p>Of all &quot;equal&quot; Rights, one</p><p>two</p>\n", l.file)
		for n := range 300 { // words that differ from language to language
			fmt.Fprintf(&pages, "<p>%c%c%c word Word</p>\n", 'a'+i, 'a'+n/26, 'a'+n%26)
		}
	}
	table, err := languagesTable(pages.Bytes())
	if want := "text,language\nof all equal,Catalan\naaa word word,Catalan\naab word"; err != nil || !strings.HasPrefix(string(table), want) {
		t.Errorf("%.80q, %v, want %q", table, err, want)
	}
	if strings.Count(string(table), "of all equal") != 1 || strings.Count(string(table), ",Turkish\n") != 300 {
		t.Errorf("%q", table)
	}
	if _, err := languagesTable(bytes.Replace(pages.Bytes(), []byte("dan"), []byte("den"), 1)); err == nil || !strings.Contains(err.Error(), "no page in Danish") {
		t.Errorf("pages without Danish: %v", err)
	}
	for _, have := range texts[:2] {
		raw, err := os.ReadFile(filepath.Join("..", "..", have.from))
		if err != nil {
			t.Skip("the texts are not there; `make build` fetches them")
		}
		text, err := have.convert(raw)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		switch have.name {
		case "sonnets.txt":
			if len(lines) != 2155+153+1 || lines[0] != "From fairest creatures we desire increase," || lines[14] != "" || lines[15] != "When forty winters shall besiege thy brow," {
				t.Errorf("%d lines, %q", len(lines), lines[:16])
			}
		case "names.txt":
			if !slices.IsSorted(lines[:len(lines)-1]) || !slices.Contains(lines, "emma") || strings.Trim(string(text), "abcdefghijklmnopqrstuvwxyz\n") != "" {
				t.Errorf("%d names, %q", len(lines), lines[:16])
			}
		}
	}
}
