//go:build !js

// Package slim makes the programs that a browser fetches smaller.
package slim

import (
	"errors"
	"strings"
)

// Program makes a program that Go's linker wrote for js/wasm smaller to fetch, without changing what it does.
//
// The linker cuts the initial memory into a segment for each run of bytes that are not zero, a hundred thousand of them,
// and each costs eight bytes that hardly compress. They become one segment again; a browser unpacks its zeros in no time.
//
// What only stack traces read is dropped: which file, line and inlined function an instruction came from, and which
// arguments a function has. A trace names its functions as before, but for those inlined into another, and says ?:0
// where it gave the file and line. What the garbage collector and panics need stays as it is.
//
// What go-app's import of net/http brings of public-key cryptography is linked because its packages have variables that
// lead to it, and never runs, since in a browser it is the browser that speaks TLS. It loses its bodies, but for what
// the packages do when a program starts.
//
// Package simd compiles each function twice, for vectors and for a machine without (NAME@simd0). A WebAssembly module
// with vectors does not load on a machine without, so the second kind never runs, and loses its body.
//
// Calls and jumps are written so that they look alike (rewrite).
//
// The table of functions is made when the module starts, of the part of it that does not follow from the rest (unpacker).
func Program(b []byte) ([]byte, error) {
	p, err := parseProgram(b)
	if err != nil {
		return nil, err
	}
	if p.module.find(sectionStart) >= 0 {
		return b, nil // it was made smaller before, since Go's linker writes no such section
	}
	single, err := p.functions.compact()
	if err != nil {
		return nil, err
	}
	unpacker := p.functions.unpacker(p.start, single)
	if err := p.functions.stream(single); err != nil {
		return nil, err
	}
	p.module[p.module.find(sectionData)].body = oneSegment(p.start, p.memory)
	m, err := p.module.starting(unpacker)
	if err != nil {
		return nil, err
	}
	return m.bytes(), nil
}

// A program is a module with its initial memory, which begins at start, and what is known of its functions.
type program struct {
	module    module
	start     uint64
	memory    []byte
	functions *functions
}

// parseProgram reads a program and drops what it does not need. Of one that was made smaller before it reads the module.
func parseProgram(b []byte) (p program, err error) {
	if p.module, err = parseModule(b); err != nil || p.module.find(sectionStart) >= 0 {
		return p, err
	}
	data, code := p.module.find(sectionData), p.module.find(sectionCode)
	if data < 0 || code < 0 {
		return p, errors.New("the program lacks its code or its data")
	}
	if p.start, p.memory, err = p.module[data].memory(); err != nil {
		return p, err
	}
	if p.functions, err = functionsOf(p.memory, p.start); err != nil {
		return p, err
	}
	dead := make([]bool, len(p.functions.records))
	for k := range dead {
		name := p.functions.name(k)
		dead[k] = strings.HasSuffix(name, "@simd0") || idle(name)
	}
	p.functions.drop(dead)
	if p.module[code].body, err = p.module[code].without(dead); err != nil {
		return p, err
	}
	p.module[code].body, err = p.module[code].rewritten()
	return p, err
}

// idlePackages are never used in a browser once they are initialised.
var idlePackages = []string{
	"crypto/internal/fips140/ecdsa", "crypto/internal/fips140/nistec", "crypto/internal/fips140/nistec/fiat",
}

// idle reports whether a function belongs to one of them, and not to its initialisation.
func idle(name string) bool {
	for _, pkg := range idlePackages {
		if rest, ok := strings.CutPrefix(name, pkg+"."); ok {
			return !strings.HasPrefix(rest, "init") && !strings.HasPrefix(rest, "map.init")
		}
	}
	return false
}
