package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExitCodes(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()

	for _, test := range []struct {
		args []string
		code int
		says string // a part of what goes to stderr
	}{
		{nil, ExitOK, ""},
		{[]string{"--help"}, ExitOK, ""},
		{[]string{"serve", "--help"}, ExitOK, ""},
		{[]string{"fly"}, ExitUsage, `unknown command "fly"`},
		{[]string{"serve", "--colour"}, ExitUsage, "descent serve --help"},
		{[]string{"serve", "extra"}, ExitUsage, "extra"},
		{[]string{"serve", "--addr", "127.0.0.1:0", "--web", "/nowhere"}, ExitNotFound, "make build"},
		{[]string{"serve", "--addr", "127.0.0.1:0", "--web", t.TempDir()}, ExitNotFound, "make build"},
		{[]string{"serve", "--addr", taken.Addr().String()}, ExitFailure, "--addr"},
		{[]string{"serve", "--addr", "nonsense"}, ExitFailure, "cannot listen"},
	} {
		var stdout, stderr bytes.Buffer
		if code := Run(context.Background(), test.args, &stdout, &stderr); code != test.code {
			t.Errorf("%q: exit code %d, want %d; stderr: %s", test.args, code, test.code, &stderr)
		}
		if !strings.Contains(stderr.String(), test.says) {
			t.Errorf("%q: stderr %q does not say %q", test.args, &stderr, test.says)
		}
	}
}

func TestExitCodeOfErrors(t *testing.T) {
	for _, test := range []struct {
		err  error
		code int
	}{
		{errors.New("any"), ExitFailure},
		{fmt.Errorf("model.json: %w", fs.ErrNotExist), ExitNotFound},
		{fmt.Errorf("model.json: %w", Invalid(errors.New("bad shape"))), ExitInvalid},
		{fmt.Errorf("training: %w", context.Canceled), ExitInterrupted},
	} {
		if code := exitCode(test.err); code != test.code {
			t.Errorf("%v: exit code %d, want %d", test.err, code, test.code)
		}
	}
}

// TestServe reads the line that is printed once the server listens, fetches the page there, and interrupts.
func TestServe(t *testing.T) {
	web := t.TempDir()
	for _, name := range []string{"app.wasm", "worker.wasm", "wasm_exec.js"} {
		if err := os.WriteFile(filepath.Join(web, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	stdout, w := io.Pipe()
	ended := make(chan int, 1)
	var stderr bytes.Buffer
	go func() { ended <- Run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--web", web}, w, &stderr) }()

	var url string
	if _, err := fmt.Fscanf(stdout, "Descent is at %s\n", &url); err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("GET %s: %s", url, resp.Status)
	}
	cancel()
	if code := <-ended; code != ExitOK {
		t.Errorf("interrupted: exit code %d, want %d; stderr: %s", code, ExitOK, &stderr)
	}
}
