//go:build !js

package companion

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestLEB128(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{
		{0, "\x00"}, {1, "\x01"}, {127, "\x7f"}, {128, "\x80\x01"}, {624485, "\xe5\x8e\x26"}, {1<<32 - 1, "\xff\xff\xff\xff\x0f"},
	} {
		if got := unsigned(c.n); string(got) != c.want {
			t.Errorf("unsigned(%d) = %x, want %x", c.n, got, c.want)
		}
	}
	for _, c := range []struct {
		n    int
		want string
	}{
		{0, "\x00"}, {1, "\x01"}, {-1, "\x7f"}, {63, "\x3f"}, {64, "\xc0\x00"}, {-64, "\x40"}, {-65, "\xbf\x7f"},
		{-123456, "\xc0\xbb\x78"}, {1<<31 - 1, "\xff\xff\xff\xff\x07"}, {-1 << 31, "\x80\x80\x80\x80\x78"},
	} {
		if got := signed(c.n); string(got) != c.want {
			t.Errorf("signed(%d) = %x, want %x", c.n, got, c.want)
		}
	}
}

// TestModulesAreValid has an engine read both modules, which checks the type of every instruction.
func TestModulesAreValid(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is missing; `make test` installs it")
	}
	const read = `
		const [file] = process.argv.slice(1), bytes = require("fs").readFileSync(file);
		try {
			const m = new WebAssembly.Module(bytes);
			console.log(JSON.stringify({imports: WebAssembly.Module.imports(m), exports: WebAssembly.Module.exports(m)}));
		} catch (err) { console.log(JSON.stringify({error: String(err)})); }`
	for _, c := range []struct {
		name    string
		relaxed bool
		flags   []string
	}{
		{"simd128", false, nil},
		{"relaxed", true, []string{"--experimental-wasm-relaxed-simd"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := exec.Command("node", append(c.flags, "-e", "0")...).Output(); err != nil {
				c.flags = nil // it has been part of the engine for long
			}
			module := Module(c.relaxed)
			file := filepath.Join(t.TempDir(), "a.wasm")
			if err := os.WriteFile(file, module, 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command("node", append(c.flags, "-e", read, file)...).Output()
			if err != nil {
				t.Fatal(err)
			}
			type item struct{ Module, Name, Kind string }
			var got struct {
				Error            string
				Imports, Exports []item
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatalf("%v in %s", err, out)
			}
			if got.Error != "" {
				t.Fatal(got.Error)
			}
			if len(got.Imports) != 1 || got.Imports[0] != (item{"go", "mem", "memory"}) {
				t.Errorf("the module imports %+v", got.Imports)
			}
			if want := kernels(c.relaxed); len(got.Exports) != len(want) || got.Exports[0] != (item{"", want[0].name, "function"}) {
				t.Errorf("the module exports %+v", got.Exports)
			}
			if !bytes.Equal(module, Module(c.relaxed)) {
				t.Error("a second module has other bytes")
			}
		})
	}
}

// TestKernelsAreWhatGoImports compares the types of the module's functions with what ml/kernel declares. JavaScript
// stands between the two, and would let any number of them pass.
func TestKernelsAreWhatGoImports(t *testing.T) {
	want := make(map[string]string)
	files, err := filepath.Glob("../../ml/kernel/companion*_wasm.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files of ml/kernel, %v", len(files), err)
	}
	for _, file := range files {
		maps.Copy(want, imports(t, file))
	}
	delete(want, "variant") // companion.js answers it
	for _, relaxed := range []bool{false, true} {
		got := make(map[string]string)
		for _, f := range kernels(relaxed) {
			got[f.name] = string(f.signature())
		}
		if !maps.Equal(got, want) {
			t.Errorf("relaxed %v: types are %q, ml/kernel declares %q", relaxed, got, want)
		}
	}

	script, err := os.ReadFile("../../web/companion.js")
	if err != nil {
		t.Fatal(err)
	}
	forwards := regexp.MustCompile(`= \((a[a-z, ]*)\) =>`).FindSubmatch(script)
	if forwards == nil {
		t.Fatal("companion.js forwards no arguments that this test could find")
	}
	n := strings.Count(string(forwards[1]), ",") + 1
	for _, f := range kernels(false) {
		if len(f.params) > n {
			t.Errorf("%s has %d parameters, companion.js forwards %d", f.name, len(f.params), n)
		}
	}
}

// imports returns the type of each function that a file imports from the companion.
func imports(t *testing.T, name string) map[string]string {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Doc == nil {
			continue
		}
		for _, comment := range f.Doc.List {
			as, ok := strings.CutPrefix(comment.Text, "//go:wasmimport companion ")
			if !ok {
				continue
			}
			like := function{params: types(f.Type.Params)}
			if f.Type.Results != nil {
				like.results = types(f.Type.Results)
			}
			found[as] = string(like.signature())
		}
	}
	return found
}

func types(fields *ast.FieldList) (kinds []byte) {
	for _, field := range fields.List {
		kind := byte(typeI32)
		if id, ok := field.Type.(*ast.Ident); ok && id.Name == "float32" {
			kind = typeF32
		}
		for range max(1, len(field.Names)) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func TestSetWantsAVariable(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a sum was set")
		}
	}()
	f := newFunction("f", false)
	x := f.intVar()
	set(f, x.plus(1), x)
}
