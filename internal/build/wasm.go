//go:build !js

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"descent/internal/companion"
	"descent/internal/slim"
)

// flags are what the go command is told for a program besides. web/worker.js gives the worker its companion; the page
// plans models but never computes one, so it does without the vectorised kernels.
var flags = map[string][]string{
	"worker": append(slim.Flags(), "-tags=companion"),
	"app":    append(slim.PageFlags(), "-tags=page"),
}

// compileWasm compiles each program under wasm/ to web/NAME.wasm, and takes wasm_exec.js from the toolchain that
// compiled them: the two must match.
func compileWasm() error {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("asking go for its GOROOT: %w", err)
	}
	runtime, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return fmt.Errorf("this Go installation has no lib/wasm/wasm_exec.js: %w", err)
	}
	if _, err := update("web/wasm_exec.js", runtime); err != nil {
		return err
	}

	if err := writeCompanions(); err != nil {
		return err
	}

	mains, err := filepath.Glob("wasm/*/main.go")
	if err != nil {
		return err
	}
	for _, main := range mains {
		dir := filepath.Dir(main)
		name := filepath.Base(dir)
		if err := compile(dir, "web/"+name+".wasm", flags[name]...); err != nil {
			return err
		}
	}
	return nil
}

// writeCompanions writes both variants of the companion of the worker.
func writeCompanions() error {
	for name, relaxed := range map[string]bool{"web/companion.wasm": false, "web/companion-relaxed.wasm": true} {
		if _, err := update(name, companion.Module(relaxed)); err != nil {
			return err
		}
	}
	return nil
}

// compile leaves an unchanged program's file alone; the go command's own cache makes that quick.
func compile(dir, out string, flags ...string) error {
	tmp, err := os.MkdirTemp("", "descent-build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	built := filepath.Join(tmp, "a.wasm")

	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", built}, flags...)
	cmd := exec.Command("go", append(args, "./"+dir)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("compiling %s for the browser: %w", dir, err)
	}
	data, err := os.ReadFile(built)
	if err != nil {
		return err
	}
	if data, err = slim.Program(data); err != nil {
		return fmt.Errorf("making %s smaller: %w", dir, err)
	}
	changed, err := update(out, data)
	if changed && err == nil {
		say("%s: %.1f MB", out, float64(len(data))/1e6)
	}
	return err
}
