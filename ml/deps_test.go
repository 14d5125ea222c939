// Package ml holds the test of the dependency rule; the core itself is in the folders below.
package ml

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const module = "descent/"

// base is what every part of the core may stand on.
var base = []string{"ml/tensor", "ml/kernel", "ml/config"}

// layers lists, for each package and the packages in folders below it, what else of this module it may import. An entry
// stands for its subfolders too. Packages under ml/ and wasm/ without an entry are an error: decide where they belong.
var layers = []struct {
	pkg   string
	below [][]string
}{
	{"ml/tensor", nil},
	{"ml/kernel", nil},
	{"ml/config", nil},
	{"ml/python", nil},
	{"ml/graph", [][]string{base}},
	{"ml/op", [][]string{base, {"ml/graph"}}},
	{"ml/nn", [][]string{base, {"ml/graph", "ml/op", "ml/python"}}},
	{"ml/optim", [][]string{base, {"ml/python"}}},
	{"ml/text", [][]string{base}},
	{"ml/pca", nil},
	{"ml/evaluation", [][]string{base}},
	{"ml/data", [][]string{base, {"ml/text"}}},
	{"ml/safetensors", [][]string{base}},
	{"ml/experiment", [][]string{base, {"ml/graph", "ml/op", "ml/nn", "ml/optim", "ml/data", "ml/text"}}},
	{"ml/train", [][]string{base, {"ml/graph", "ml/op", "ml/nn", "ml/optim", "ml/data", "ml/text", "ml/experiment", "ml/safetensors", "ml/evaluation"}}},
	{"ml/generate", [][]string{base, {"ml/graph", "ml/op", "ml/nn", "ml/data", "ml/text", "ml/experiment"}}},
	{"ml/export", [][]string{base, {"ml/graph", "ml/nn", "ml/optim", "ml/data", "ml/experiment", "ml/python", "ml/safetensors"}}},
	{"ml/internal", [][]string{base}}, // what tests share
	{"ml/bench", [][]string{base, {"ml/data", "ml/experiment", "ml/train"}}},
	{"ml/session", [][]string{{"ml"}}},
	{"ml/diagnose", [][]string{base, {"ml/nn", "ml/optim", "ml/data", "ml/experiment", "ml/session"}}},
	{"web/presets", nil},
	{"app/language", [][]string{{"ml/config"}}}, // whose problems it says
	{"app/state", [][]string{{"ml", "app/language"}}},
	{"app/runner", [][]string{{"ml", "app/language", "app/state"}}},
	{"app", [][]string{{"ml", "app", "web/presets", "wasm/idb"}}},
	{"wasm/app", [][]string{{"ml", "app"}}},
	{"wasm/crew", [][]string{{"ml/session", "ml/train"}}},
	{"wasm/idb", nil},
	{"wasm/worker", [][]string{{"ml", "wasm/crew", "wasm/idb"}}},
	{"wasm/pictures", [][]string{{"ml"}}},
}

// denied lists what a package, and all below it, must not reach, not even through others.
var denied = []struct {
	pkg, imports string
	direct       bool // only the package's own imports count
	reason       string
}{
	{"ml", "syscall/js", false, "the core runs natively too; only wasm/ and app/ talk to a browser"},
	{"ml", "net/http", false, "it doubles what the browser has to fetch"},
	{"ml", goApp, false, "the core knows no user interface"},
	{"app/state", "syscall/js", false, "state is plain Go, so that tests need no browser"},
	{"app/state", goApp, false, "state is plain Go, so that tests need no browser"},
	{"app", "net/http", true, "it doubles what the browser has to fetch (go-app's own import is dropped by the linker)"},
	{"wasm/app", "net/http", true, "it doubles what the browser has to fetch (go-app's own import is dropped by the linker)"},
	{"wasm/worker", goApp, false, "every worker would carry the user interface"},
	{"wasm/worker", "net/http", false, "it doubles what every worker has to fetch"},
	{"wasm/worker", "encoding/json", false, "it adds half again to what every worker has to fetch; see ml/config"},
}

const goApp = "github.com/maxence-charriere/go-app/v9/pkg/app"

func TestDependencies(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("needs the go command, which a browser has not")
	}
	for _, target := range []struct {
		name     string
		env      []string
		patterns []string
	}{
		{"native", nil, []string{"./..."}},
		{"js/wasm", []string{"GOOS=js", "GOARCH=wasm"}, []string{"./ml/...", "./app/...", "./wasm/..."}},
	} {
		t.Run(target.name, func(t *testing.T) {
			imports := list(t, target.env, target.patterns)
			for pkg, direct := range imports {
				name, ours := strings.CutPrefix(pkg, module)
				if !ours {
					continue
				}
				checkLayer(t, name, direct)
				for _, d := range denied {
					if !within(name, d.pkg) {
						continue
					}
					if chain := path(imports, pkg, d.imports, d.direct); chain != nil {
						t.Errorf("%s must not import %s: %s", name, d.imports, d.reason)
						t.Logf("it does so by %s", strings.Join(chain, " -> "))
					}
				}
			}
		})
	}
}

func checkLayer(t *testing.T, name string, direct []string) {
	allowed, ok := below(name)
	if !ok {
		if within(name, "ml") && name != "ml" || within(name, "wasm") {
			t.Errorf("%s is in no layer: add it to the table in ml/deps_test.go", name)
		}
		return
	}
	for _, imp := range direct {
		dep, ours := strings.CutPrefix(imp, module)
		if ours && !slices.ContainsFunc(allowed, func(a string) bool { return within(dep, a) }) {
			t.Errorf("%s must not import %s: it may import only %s", name, dep, strings.Join(allowed, ", "))
		}
	}
}

// below returns what the entry that fits the package best allows; a package may always import its own subfolders.
func below(name string) (allowed []string, ok bool) {
	best := -1
	for i, l := range layers {
		if within(name, l.pkg) && (best < 0 || len(l.pkg) > len(layers[best].pkg)) {
			best = i
		}
	}
	if best < 0 {
		return nil, false
	}
	return append(slices.Concat(layers[best].below...), layers[best].pkg), true
}

func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// path returns how from comes to import to, or nil.
func path(imports map[string][]string, from, to string, direct bool) []string {
	if direct {
		if slices.Contains(imports[from], to) {
			return []string{from, to}
		}
		return nil
	}
	came := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		if to == "syscall/js" && standard(queue[0]) {
			continue // on js, much of the standard library stands on it
		}
		for _, next := range imports[queue[0]] {
			if _, seen := came[next]; seen {
				continue
			}
			came[next] = queue[0]
			queue = append(queue, next)
		}
	}
	if _, ok := came[to]; !ok || from == to {
		return nil
	}
	var chain []string
	for p := to; p != ""; p = came[p] {
		chain = append(chain, p)
	}
	slices.Reverse(chain)
	return chain
}

func standard(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return first+"/" != module && !strings.Contains(first, ".")
}

// list returns the imports of every package that the patterns name or lead to, tests not counted.
func list(t *testing.T, env, patterns []string) map[string][]string {
	cmd := exec.Command("go", append([]string{"list", "-e", "-deps", "-json=ImportPath,Imports"}, patterns...)...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	imports := make(map[string][]string)
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return imports
		}
		if err != nil {
			t.Fatalf("reading go list: %v", err)
		}
		imports[p.ImportPath] = p.Imports
	}
}

// What a document says of its data holds only for who opens it through the
// document: its source alone knows nothing of label noise.
func TestDataIsOpenedThroughTheDocument(t *testing.T) {
	for _, root := range []string{".", "../internal", "../wasm", "../app"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || filepath.Base(path) == "deps_test.go" {
				return err
			}
			text, err := os.ReadFile(path)
			if bytes.Contains(text, []byte("Data.Settings.Open(")) {
				t.Errorf("%s opens the settings of the data; call Data.Open", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
