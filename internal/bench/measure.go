//go:build !js

package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"descent/internal/companion"
	"descent/internal/slim"
)

//go:embed page
var page embed.FS

// tools is what the measurements run with, made once.
type tools struct {
	dir      string // holds descent, bench.wasm, wasm_exec.js, the companions and what is under page
	envs     []string
	chromium *chromium
}

// A measurement runs one job somewhere and returns the JSON lines that came out.
type measurement struct {
	name string
	run  func(context.Context) ([]byte, error)
}

func prepare(ctx context.Context, envs, companions []string) (*tools, error) {
	for _, c := range companions {
		if !slices.Contains([]string{"best", "none", "simd128", "relaxed"}, c) {
			return nil, fmt.Errorf("-companion %s: there are none, simd128, relaxed and best", c)
		}
	}
	for _, env := range envs {
		if !slices.Contains([]string{"native", "node", "chromium"}, env) {
			return nil, fmt.Errorf("-env %s: there are native, node and chromium", env)
		}
	}
	dir, err := os.MkdirTemp("", "descent-bench-")
	if err != nil {
		return nil, err
	}
	t := &tools{dir: dir, envs: envs}
	fail := func(err error) (*tools, error) {
		t.close()
		return nil, err
	}
	if err := build(ctx, nil, filepath.Join(dir, "descent"), "."); err != nil {
		return fail(err)
	}
	if len(envs) == 1 && envs[0] == "native" {
		return t, nil
	}
	if err := build(ctx, []string{"GOOS=js", "GOARCH=wasm"}, filepath.Join(dir, "bench.wasm"), "./internal/bench/wasm", append(slim.Flags(), "-tags=companion")...); err != nil {
		return fail(err)
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return fail(err)
	}
	files := map[string][]byte{"companion.wasm": companion.Module(false), "companion-relaxed.wasm": companion.Module(true)}
	if files["companion.js"], err = os.ReadFile(filepath.Join("web", "companion.js")); err != nil {
		return fail(err)
	}
	if files["wasm_exec.js"], err = os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")); err != nil {
		return fail(err)
	}
	for _, name := range []string{"worker.js", "node.js"} {
		if files[name], err = page.ReadFile("page/" + name); err != nil {
			return fail(err)
		}
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			return fail(err)
		}
	}
	if slices.Contains(envs, "chromium") {
		if t.chromium, err = startChromium(ctx, dir); err != nil {
			return fail(err)
		}
	}
	return t, nil
}

func (t *tools) close() {
	if t.chromium != nil {
		t.chromium.close()
	}
	os.RemoveAll(t.dir)
}

func build(ctx context.Context, env []string, out, pkg string, flags ...string) error {
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-o", out}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, pkg)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// measurements lists where a job is measured, ours and the peers in turns.
func (t *tools) measurements(o options, j job) []measurement {
	var list []measurement
	for _, env := range t.envs {
		switch env {
		case "native":
			for _, n := range o.threads {
				if j.workload == "sgemm" && n > 1 {
					continue // one product runs on one core
				}
				list = append(list, measurement{fmt.Sprintf("native, %d threads", n), func(ctx context.Context) ([]byte, error) { return t.native(ctx, j, n) }})
			}
		case "node", "chromium":
			for _, c := range o.companions {
				name := env
				if c != "best" {
					name += ", companion " + c
				}
				if env == "node" {
					list = append(list, measurement{name, func(ctx context.Context) ([]byte, error) {
						return output(exec.CommandContext(ctx, "node", filepath.Join(t.dir, "node.js"), c, j.String()))
					}})
					continue
				}
				for _, n := range o.threads {
					if j.workload == "sgemm" && n > 1 {
						continue
					}
					list = append(list, measurement{fmt.Sprintf("%s, %d workers", name, n), func(ctx context.Context) ([]byte, error) {
						return t.chromium.measure(ctx, j, c, n)
					}})
				}
			}
		}
	}
	for _, p := range o.peers {
		if p.has(j) {
			list = append(list, measurement{p.name, func(ctx context.Context) ([]byte, error) { return p.measure(ctx, o.peerDir, j) }})
		}
	}
	return list
}

// native runs the job on so many cores and no more: the garbage collector is kept to them too.
func (t *tools) native(ctx context.Context, j job, threads int) ([]byte, error) {
	args := []string{"bench", "--json", "--threads", fmt.Sprint(threads)}
	if j.workload == "sgemm" {
		args = append(args, j.workload+"-"+fmt.Sprint(j.batch))
	} else {
		args = append(args, j.workload, "--batch", fmt.Sprint(j.batch))
	}
	cmd := exec.CommandContext(ctx, filepath.Join(t.dir, "descent"), args...)
	cmd.Env = append(os.Environ(), fmt.Sprint("GOMAXPROCS=", threads))
	return output(cmd)
}

func output(cmd *exec.Cmd) ([]byte, error) {
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, strings.TrimSpace(errs.String()))
	}
	return out, nil
}
