// Command credsql answers SQL over AWS IAM credential reports.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/credsql/credsql/cmd/credsql/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	code := cli.Main(ctx, os.Args[1:], cli.System())
	os.Exit(code)
}
