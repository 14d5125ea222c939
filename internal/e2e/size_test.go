//go:build !js

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"
)

// TestSize holds what a browser has to fetch to its budget, in bytes of brotli at its best. Who goes beyond one first looks
// what has been linked (docs/performance.md says how), and lowers a limit when a program has become smaller.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("brotli at its best takes a minute")
	}
	web := webDir(t)
	for name, limit := range map[string]int{
		"app.wasm":               2_250_000, // the aim is 2,500,000
		"worker.wasm":            1_130_000, // the aim is 1,200,000
		"pictures.wasm":          460_000,
		"companion.wasm":         12_000,
		"companion-relaxed.wasm": 12_000,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, err := os.ReadFile(filepath.Join(web, name))
			if err != nil {
				t.Fatal(err)
			}
			var packed bytes.Buffer
			z := brotli.NewWriterOptions(&packed, brotli.WriterOptions{Quality: 11, LGWin: 24})
			if _, err := z.Write(program); err != nil {
				t.Fatal(err)
			}
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes, of %d at most", packed.Len(), limit)
			if packed.Len() > limit {
				t.Errorf("%d bytes, want at most %d", packed.Len(), limit)
			}
		})
	}
}
