//go:build !js

// Command build fetches and makes what the site needs under web/: the wasm programs, the trainer's companion,
// wasm_exec.js, the bundled libraries, the data sets, and compressed twins of what is worth compressing. Every step looks first
// whether its result is there already, so a second run takes a second.
//
//	go run ./internal/build           make the site
//	go run ./internal/build companion make only the companions of the worker, for the tests under Node.js
//	go run ./internal/build tools     see that the tests' tools are there, or install them
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	quality := flag.Int("brotli", 9, "brotli quality, 1 to 11; 11 saves a tenth more and takes ten times as long")
	flag.Parse()

	if err := run(flag.Args(), *quality); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(args []string, quality int) error {
	if _, err := os.Stat("go.mod"); err != nil {
		return fmt.Errorf("run this from the root of the repository, where go.mod is")
	}
	switch {
	case len(args) == 0:
		return site(quality)
	case len(args) == 1 && args[0] == "companion":
		return writeCompanions()
	case len(args) == 1 && args[0] == "tools":
		return tools()
	}
	return fmt.Errorf("unknown arguments %q: say nothing, companion, or tools", args)
}

// site makes everything under web/. The order matters in one place: compression comes last.
func site(quality int) error {
	if err := fetchPackages(); err != nil {
		return err
	}
	if err := bundle(); err != nil {
		return err
	}
	if err := packMNIST(); err != nil {
		return err
	}
	if err := makeIris(); err != nil {
		return err
	}
	if err := makeTexts(); err != nil {
		return err
	}
	if err := copyFashion(); err != nil {
		return err
	}
	if err := drawMontages(); err != nil {
		return err
	}
	if err := compileWasm(); err != nil {
		return err
	}
	return compress(quality)
}

// say reports one step; there is nothing to say about a step that had nothing to do.
func say(format string, args ...any) {
	fmt.Printf("  "+format+"\n", args...)
}
