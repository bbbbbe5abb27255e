package cli

import (
	"context"
	"errors"

	"github.com/credsql/credsql/engine/sqlerr"
)

// The exit codes, which scripts rely on.
const (
	exitOK          = 0
	exitSQL         = 1
	exitUsage       = 2
	exitSource      = 3
	exitTimeout     = 4
	exitRows        = 10
	exitPipe        = 141 // what a shell gives for SIGPIPE
	exitInterrupted = 130
)

// errRows is --fail-on-rows with rows. Nothing is printed for it: the rows are the message.
var errRows = errors.New("there were rows")

// usageError is a command line that makes no sense.
type usageError struct{ error }

// sourceError is reports that cannot be read, whoever found out.
type sourceError struct{ error }

// outputFailed is a result that could not be written.
type outputFailed struct{ error }

// shownError is an error that has been printed where its statement was at hand.
type shownError struct{ error }

func (e usageError) Unwrap() error   { return e.error }
func (e sourceError) Unwrap() error  { return e.error }
func (e shownError) Unwrap() error   { return e.error }
func (e outputFailed) Unwrap() error { return e.error }

// exitCode is the code for an error: the one place that decides. ctx is the command's own: if it has ended, the user did it.
func exitCode(ctx context.Context, err error) int {
	var usage usageError
	var source sourceError
	var output outputFailed
	code := ""
	if e, ok := sqlerr.As(err); ok {
		code = e.Code
	}
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, errRows):
		return exitRows
	case errors.As(err, &output) && brokenPipe(err):
		return exitPipe
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &source), code == sqlerr.CodeSource:
		return exitSource
	case code == sqlerr.CodeQueryCanceled:
		return exitTimeout // the user's own cancel has ended ctx
	default:
		return exitSQL
	}
}
