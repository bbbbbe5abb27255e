//go:build !unix

package main

// processorClock is not known here.
func processorClock() clock { return wallClock() }
