// Package cli is the credsql command: flags, sources, statements in, results out, exit codes. It is the one place that wires
// everything, and the only one that owns flags and exit codes; Main runs it whole, so that tests do.
package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/repl/render"
)

// app is one run of the command.
type app struct {
	io     IO
	source sourceFlags
	query  queryFlags
	output outputFlags
	config configFlags
	// groups are the flags that every command has.
	groups []flagGroup
	// configFile is the configuration file that was read; empty: none.
	configFile string
	// started says that a command's own code runs: an error before that is one of the command line.
	started bool
	// ctx is the command's: it ends when the user interrupts it.
	ctx context.Context
}

// Main runs the command and gives its exit code. args are without the program's name. ctx ends when the process is to end.
func Main(ctx context.Context, args []string, streams IO) int {
	a := &app{io: streams, ctx: ctx}
	a.limitHeap()
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !a.started {
		err = usageError{err}
	}
	code := exitCode(a.ctx, err)
	a.report(cmd, err, code)
	return code
}

// report tells the error. What ends by the user's hand, by a reader who has enough, or for its rows, needs no words.
func (a *app) report(cmd *cobra.Command, err error, code int) {
	var shown shownError
	switch {
	case code == exitOK, code == exitInterrupted, code == exitRows, code == exitPipe, errors.As(err, &shown):
		return
	}
	message := err.Error()
	if sql, ok := sqlerr.As(err); ok {
		message = sql.Render("")
	} else {
		message = "credsql: " + message + "\n"
	}
	if code == exitUsage {
		message += "Run '" + cmd.CommandPath() + " --help' for usage.\n"
	}
	a.print(render.SafeLines(message))
}
