package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"descent/internal/site"

	"github.com/spf13/cobra"
)

func newServe() *cobra.Command {
	var addr, web string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the playground to a browser",
		Long: `Serve the playground to a browser until interrupted (Ctrl+C).

The training happens in the browser, so the server only hands out files. By default it listens on this
machine alone. To let others in, bind it to an address they can reach, and mind that browsers give a page
from another machine all its abilities (shared memory, offline use) only over HTTPS.`,
		Example: `  descent serve
  descent serve --addr 127.0.0.1:9000
  descent serve --addr :8080 --web /srv/descent/web`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serve(cmd, addr, web)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`host:port` to listen on; port 0 picks a free one")
	cmd.Flags().StringVar(&web, "web", "", "`folder` with the built site (default: web here, or beside the program)")
	return cmd
}

func serve(cmd *cobra.Command, addr, web string) error {
	if web == "" {
		web = findWeb()
	}
	listener, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use, perhaps by another descent: stop that, or choose another with --addr", addr)
	}
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	defer listener.Close()

	bound := listener.Addr().(*net.TCPAddr)
	handler, err := site.New(site.Config{Web: web, Loopback: bound.IP.IsLoopback()})
	if err != nil {
		return err
	}
	defer handler.Close()

	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	fmt.Fprintf(cmd.OutOrStdout(), "Descent is at http://%s\n", visitable(bound))

	select {
	case err := <-failed:
		return err
	case <-cmd.Context().Done():
	}
	// Being interrupted is how a server ends; it is no failure.
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return server.Close()
	}
	return nil
}

// visitable is the address to type into a browser on this machine.
func visitable(bound *net.TCPAddr) string {
	if bound.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", bound.Port)
	}
	return bound.String()
}

// findWeb looks for a built site here and beside the program, and falls back to what the error message should name.
func findWeb() string {
	places := []string{"web"}
	if exe, err := os.Executable(); err == nil {
		dir := filepath.Dir(exe)
		places = append(places, filepath.Join(dir, "web"), filepath.Join(dir, "..", "web"))
	}
	for _, dir := range places {
		if _, err := os.Stat(filepath.Join(dir, "app.wasm")); err == nil {
			return dir
		}
	}
	return "web"
}
