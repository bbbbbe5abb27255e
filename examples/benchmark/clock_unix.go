//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorClock is the time that this process has used of all cores. On a machine that does other work as well, it says more than
// the time that passes.
func processorClock() clock {
	return func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
}
