//go:build !js

package slim

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// crash recovers from one panic, works the garbage collector, and dies of another panic.
const crash = `package main

import (
	"fmt"
	"runtime"
)

type list struct {
	next *list
	text string
}

func try(n int) (err error) {
	defer func() { err = fmt.Errorf("recovered: %v", recover()) }()
	fmt.Println([]int{1, 2}[n])
	return nil
}

func deeper(l *list) { fmt.Println(l.next.next.text) }

func main() {
	fmt.Println(try(7))
	var l *list
	for i := range 100000 {
		l = &list{l, fmt.Sprint(i)}
		if i%10000 == 0 {
			runtime.GC()
		}
	}
	fmt.Println(l.next.text)
	deeper(&list{})
}
`

// build compiles crash to dir/fat.wasm.
func build(t *testing.T, dir string) (program []byte) {
	t.Helper()
	for name, text := range map[string]string{"go.mod": "module crash\ngo 1.27\n", "main.go": crash} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fat := filepath.Join(dir, "fat.wasm")
	build := exec.Command("go", "build", "-o", fat)
	build.Dir, build.Env = dir, append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program, err := os.ReadFile(fat)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// A slimmed program does what it did; its traces name functions, but no lines.
func TestProgram(t *testing.T) {
	dir := t.TempDir()
	program := build(t, dir)
	fat := filepath.Join(dir, "fat.wasm")
	small, err := Program(program)
	if err != nil {
		t.Fatal(err)
	}
	slimmed := filepath.Join(dir, "slim.wasm")
	if err := os.WriteFile(slimmed, small, 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := func(name string) (stdout, stderr string) {
		var out, errs bytes.Buffer
		cmd := exec.Command("node", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), name)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err == nil {
			t.Errorf("%s ended well", name)
		}
		return out.String(), errs.String()
	}
	before, trace := run(fat)
	if !strings.HasPrefix(before, "recovered: runtime error: index out of range [7] with length 2\n99998\n") || !strings.Contains(trace, "main.go:19") {
		t.Fatalf("the program itself wrote %q and %s", before, trace)
	}
	after, trace := run(slimmed)
	if after != before {
		t.Errorf("the slimmed program wrote %q, want %q", after, before)
	}
	if !strings.Contains(trace, "main.deeper(") || !strings.Contains(trace, "main.main()") || strings.Contains(trace, "main.go") {
		t.Errorf("the slimmed program's trace should name functions and no files:\n%s", trace)
	}
	packed := func(b []byte) int {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		if _, err := z.Write(b); err != nil {
			t.Fatal(err)
		}
		z.Close()
		return out.Len()
	}
	if a, b := packed(program), packed(small); b > a*9/10 {
		t.Errorf("packed, the program takes %d bytes, and %d when slimmed", a, b)
	}
	if again, err := Program(small); err != nil || !bytes.Equal(again, small) {
		t.Errorf("slimming twice changes it again (%v)", err)
	}
	for _, cut := range []int{0, 4, 8, 20, len(small) / 2, len(small) - 1} {
		if _, err := Program(small[:cut]); err == nil {
			t.Errorf("the first %d bytes of it were taken for a program", cut)
		}
	}
}

// What a browser makes of the module is the memory that was packed, bit for bit.
func TestUnpacker(t *testing.T) {
	dir := t.TempDir()
	program := build(t, dir)
	p, err := parseProgram(program)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.functions.compact(); err != nil {
		t.Fatal(err)
	}
	small, err := Program(program)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "slim.wasm")
	if err := os.WriteFile(file, small, 0o644); err != nil {
		t.Fatal(err)
	}
	const read = `
		const fs = require("fs"), [file, start, size] = process.argv.slice(1);
		const module = new WebAssembly.Module(fs.readFileSync(file)), imports = {};
		for (const i of WebAssembly.Module.imports(module)) (imports[i.module] ??= {})[i.name] = () => {};
		const memory = new Uint8Array(new WebAssembly.Instance(module, imports).exports.mem.buffer);
		fs.writeFileSync(file + ".memory", memory.subarray(+start, +start + +size));
		if (memory.subarray(+start + +size).some(b => b != 0)) throw new Error("the memory behind is not zero");`
	if out, err := exec.Command("node", "-e", read, file, strconv.FormatUint(p.start, 10), strconv.Itoa(len(p.memory))).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(file + ".memory")
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		if got[i] != p.memory[i] {
			t.Fatalf("byte %d of %d is %d, want %d; the table of functions begins at %d and that of buckets at %d",
				i, len(p.memory), got[i], p.memory[i], p.functions.end, p.functions.buckets)
		}
	}
}
