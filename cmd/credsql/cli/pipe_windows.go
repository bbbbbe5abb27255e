package cli

import (
	"errors"
	"syscall"
)

// noData is ERROR_NO_DATA: the pipe is being closed.
const noData = syscall.Errno(232)

// brokenPipe says whether an output has no reader any more.
func brokenPipe(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, noData)
}
