//go:build !unix

package line

const canSuspend = false

func stop() {}
