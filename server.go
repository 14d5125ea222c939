//go:build !js

// Descent trains neural networks in a browser tab, and natively for what outgrows the tab. This is the program for the
// native side; `descent --help` says what it can do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"descent/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	os.Exit(cli.Run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
