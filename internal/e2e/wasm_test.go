//go:build !js

package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestInstantiate compiles and instantiates every program of the site under node. Go 1.27 can link a module that only
// fails at this point, when simd is used in a package-level initialiser.
func TestInstantiate(t *testing.T) {
	web := webDir(t)
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("node is missing: install Node.js 18 or newer (on Debian: apt-get install nodejs)")
	}
	programs, err := filepath.Glob(filepath.Join(web, "*.wasm"))
	if err != nil || len(programs) < 2 {
		t.Fatalf("%s holds %d wasm programs, want app and worker (%v)", web, len(programs), err)
	}
	for _, wasm := range programs {
		if strings.HasPrefix(filepath.Base(wasm), "companion") {
			continue // no program; the worker below runs with it
		}
		t.Run(filepath.Base(wasm), func(t *testing.T) {
			args := []string{"testdata/instantiate.js", filepath.Join(web, "wasm_exec.js"), wasm}
			if filepath.Base(wasm) == "worker.wasm" {
				args = append(args, "event") // it must also run until it states where it is
			}
			if out, err := exec.Command("node", args...).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
