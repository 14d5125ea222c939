//go:build !js

package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"descent/internal/companion"

	"github.com/chromedp/chromedp"
)

//go:embed page/*.js
var scripts embed.FS

// prepare puts all that a worker needs into one folder.
func prepare(dir string) error {
	for name, relaxed := range map[string]bool{"companion.wasm": false, "companion-relaxed.wasm": true} {
		if err := os.WriteFile(filepath.Join(dir, name), companion.Module(relaxed), 0o644); err != nil {
			return err
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("asking go for its GOROOT: %w", err)
	}
	page, err := fs.Sub(scripts, "page")
	if err != nil {
		return err
	}
	for _, from := range []struct {
		files fs.FS
		name  string
	}{
		{page, "worker.js"}, {page, "compare.js"}, {os.DirFS("web"), "companion.js"},
		{os.DirFS(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm")), "wasm_exec.js"},
	} {
		data, err := fs.ReadFile(from.files, from.name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, from.name), data, 0o644); err != nil {
			return err
		}
	}
	cmd := exec.Command("go", "build", "-tags", "companion", "-o", filepath.Join(dir, "program.wasm"), "./internal/bench/program")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return nil
}

func inNode(dir string, s Settings, report func(Result) error) error {
	settings, err := json.Marshal(s)
	if err != nil {
		return err
	}
	var stderr bytes.Buffer
	cmd := exec.Command("node", filepath.Join(dir, "compare.js"), dir+"/", string(settings))
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	failed := each(json.NewDecoder(out), "node", report)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("%w\n%s", err, &stderr)
	}
	return failed
}

// each hands on the results of one environment.
func each(d *json.Decoder, env string, report func(Result) error) error {
	for d.More() {
		var r Result
		if err := d.Decode(&r); err != nil {
			return err
		}
		r.Env = env
		if err := report(r); err != nil {
			return err
		}
	}
	return nil
}

// measurement runs compare.js in the page and returns its results as lines.
const measurement = `(async () => {
	let lines = "";
	await compare({create: () => new Worker("worker.js"), base: "", ...%s, report: (r) => { lines += JSON.stringify(r) + "\n"; }});
	return lines;
})()`

func inChromium(dir string, s Settings, report func(Result) error) error {
	settings, err := json.Marshal(s)
	if err != nil {
		return err
	}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, `<!doctype html><script src="compare.js"></script>`)
			return
		}
		files.ServeHTTP(w, r)
	}))
	defer server.Close()

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(ctx)
	defer cancel()
	for _, workload := range s.Workloads {
		one := s
		one.Workloads = []string{workload}
		if settings, err = json.Marshal(one); err != nil {
			return err
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
			return err
		}
		lines, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(measurement, settings), chromedp.EvalAwaitPromise))
		if err != nil {
			return fmt.Errorf("measuring %s: %w", workload, err)
		}
		if err := each(json.NewDecoder(strings.NewReader(lines)), "chromium", report); err != nil {
			return err
		}
	}
	return nil
}
