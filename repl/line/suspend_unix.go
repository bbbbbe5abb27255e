//go:build unix

package line

import "syscall"

const canSuspend = true

// stop stops this process and those that were started with it, until they are told to continue.
func stop() { _ = syscall.Kill(0, syscall.SIGTSTP) }
