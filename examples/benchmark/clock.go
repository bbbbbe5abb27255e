package main

import (
	"runtime"
	"time"
)

// clock tells how much time was spent so far.
type clock func() time.Duration

// wallClock is the time that passes.
func wallClock() clock {
	begun := time.Now()
	return func() time.Duration { return time.Since(begun) }
}

// heldBytes is what is on the heap and in use.
func heldBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
