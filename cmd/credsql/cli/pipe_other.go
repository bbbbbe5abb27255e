//go:build !windows

package cli

import (
	"errors"
	"syscall"
)

// brokenPipe says whether an output has no reader any more, as with head, where the signal for that is ignored.
func brokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
