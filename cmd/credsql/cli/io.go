package cli

import (
	"context"
	"io"
	"net/http"
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
	// Width is the width in cells of the terminal that Out or else Err is; 0: not known.
	Width int

	// Env looks up an environment variable.
	Env func(name string) (value string, set bool)
	// Clock is the time.
	Clock func() time.Time
	// CacheDir is the user's folder for caches; empty: there is none.
	CacheDir string
	// Secret asks the person at the terminal for a line that is not shown; nil: there is nobody to ask.
	Secret func(ctx context.Context, prompt string) (string, error)
	// Transport carries requests to AWS; nil: the network.
	Transport http.RoundTripper
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
	switch {
	case s.OutTTY:
		s.Width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	case s.ErrTTY:
		s.Width, _, _ = term.GetSize(int(os.Stderr.Fd()))
	}
	if s.InTTY && s.ErrTTY {
		s.Secret = func(ctx context.Context, prompt string) (string, error) {
			return readSecret(ctx, os.Stdin, os.Stderr, prompt)
		}
	}
	s.CacheDir, _ = os.UserCacheDir()
	return s
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
