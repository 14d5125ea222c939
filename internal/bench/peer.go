//go:build !js

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A peer is another system's benchmark.
type peer struct {
	name    string
	command []string
	only    []string // workloads; all when empty
}

// parsePeer reads name=command, or name:workload+workload=command for one that knows only some.
func parsePeer(s string) (peer, error) {
	name, command, ok := strings.Cut(s, "=")
	p := peer{name: name, command: strings.Fields(command)}
	if n, only, some := strings.Cut(name, ":"); some {
		p.name, p.only = n, strings.Split(only, "+")
	}
	if !ok || p.name == "" || len(p.command) == 0 || !strings.Contains(command, "{}") {
		return p, fmt.Errorf("a peer is name=command, with {} where the workload stands")
	}
	return p, nil
}

// has reports whether the peer measures a job. Peers measure all batches and sizes of a workload at once, so only one
// of ours asks them.
func (p peer) has(j job) bool {
	first := j.workload != "mnist-cnn" && j.workload != "sgemm" || j.batch == 128 || j.batch == 256
	return first && (len(p.only) == 0 || slices.Contains(p.only, j.workload))
}

func (p peer) measure(ctx context.Context, dir string, j job) ([]byte, error) {
	args := slices.Clone(p.command)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "{}", j.workload)
	}
	// VAR=value in front of the command is its environment.
	var env []string
	for len(args) > 1 && strings.Contains(args[0], "=") {
		env, args = append(env, args[0]), args[1:]
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	return output(cmd)
}
