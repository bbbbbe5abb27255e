package cli

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// IO is all that the command has to do with the world outside: nothing below reads a clock, the environment or a terminal.
type IO struct {
	In  io.Reader
	Out io.Writer // results, and nothing else
	Err io.Writer // warnings, errors, coverage

	// InTTY, OutTTY and ErrTTY say which of them are terminals.
	InTTY, OutTTY, ErrTTY bool
	// Width is the terminal's width in cells; 0: not known.
	Width int

	// Env looks up an environment variable.
	Env func(name string) (value string, set bool)
	// Clock is the time.
	Clock func() time.Time
	// CacheDir is the user's folder for caches; empty: there is none.
	CacheDir string
	// Memory is how many bytes there are for this process; nil: not known.
	Memory func() int64
}

// System is the IO of this process.
func System() IO {
	s := IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY: isTerminal(os.Stdin), OutTTY: isTerminal(os.Stdout), ErrTTY: isTerminal(os.Stderr),
		Env: os.LookupEnv, Clock: time.Now, Memory: availableMemory,
	}
	if s.OutTTY {
		s.Width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	s.CacheDir, _ = os.UserCacheDir()
	return s
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
