package budget

import (
	"context"
	"errors"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Canceled is nil while ctx lives, and then the error that the statement ends with: the context's cause if that is a user's error
// already, otherwise PostgreSQL's words for a timeout or for a cancel request.
func Canceled(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	cause := context.Cause(ctx)
	if _, ok := sqlerr.As(cause); ok {
		return cause
	}
	if errors.Is(cause, context.DeadlineExceeded) {
		return sqlerr.New(sqlerr.CodeQueryCanceled, "canceling statement due to statement timeout").Wrap(cause)
	}
	return sqlerr.New(sqlerr.CodeQueryCanceled, "canceling statement due to user request").Wrap(cause)
}
