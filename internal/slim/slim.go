//go:build !js

// Package slim makes the programs that a browser fetches smaller.
package slim

import (
	"errors"
	"slices"
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
func Program(program []byte) ([]byte, error) {
	m, err := parseModule(program)
	if err != nil {
		return nil, err
	}
	data := slices.IndexFunc(m, func(s section) bool { return s.id == sectionData })
	code := slices.IndexFunc(m, func(s section) bool { return s.id == sectionCode })
	if data < 0 || code < 0 {
		return nil, errors.New("the program lacks its code or its data")
	}
	start, memory, err := m[data].memory()
	if err != nil {
		return nil, err
	}
	f, err := functionsOf(memory, start)
	if err != nil {
		return nil, err
	}
	dead := make([]bool, len(f.records))
	for k := range dead {
		name := f.name(k)
		dead[k] = strings.HasSuffix(name, "@simd0") || idle(name)
	}
	if err := f.drop(dead); err != nil {
		return nil, err
	}
	if m[code].body, err = m[code].without(dead); err != nil {
		return nil, err
	}
	m[data].body = oneSegment(start, memory)
	return m.bytes(), nil
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
