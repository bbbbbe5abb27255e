package cli

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
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
	// Size is the size now of the terminal that Out is; nil: it has Width, and its height is not known.
	Size func() (width, height int)
	// Interrupt gives a context that Ctrl-C ends, until stop is called; nil: nothing does.
	Interrupt func(context.Context) (ctx context.Context, stop context.CancelFunc)

	// Env looks up an environment variable.
	Env func(name string) (value string, set bool)
	// Clock is the time.
	Clock func() time.Time
	// CacheDir, ConfigDir and StateDir are the user's folders for caches, settings and histories; empty: there is none.
	CacheDir, ConfigDir, StateDir string
	// Secret asks the person at the terminal for a line that is not shown; nil: there is nobody to ask.
	Secret func(ctx context.Context, prompt string) (string, error)
	// Transport carries requests to AWS; nil: the network.
	Transport http.RoundTripper
	// Hangup tells a server to read its users and certificates again; nil: SIGHUP does.
	Hangup <-chan os.Signal
	// Memory is how many bytes there are for this process; nil: not known.
	Memory func() int64
}

// System is the IO of this process.
func System() IO {
	s := IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY: isTerminal(os.Stdin), OutTTY: isTerminal(os.Stdout), ErrTTY: isTerminal(os.Stderr),
		Env: os.LookupEnv, Clock: time.Now, Memory: availableMemory,
		Interrupt: func(ctx context.Context) (context.Context, context.CancelFunc) {
			return signal.NotifyContext(ctx, os.Interrupt)
		},
	}
	switch {
	case s.OutTTY:
		s.Size = func() (int, int) {
			width, height, _ := term.GetSize(int(os.Stdout.Fd())) // of a terminal that does not say, both are 0
			return width, height
		}
		s.Width, _ = s.Size()
	case s.ErrTTY:
		s.Width, _, _ = term.GetSize(int(os.Stderr.Fd()))
	}
	if s.InTTY && s.ErrTTY {
		s.Secret = func(ctx context.Context, prompt string) (string, error) {
			return readSecret(ctx, os.Stdin, os.Stderr, prompt)
		}
	}
	s.CacheDir, _ = os.UserCacheDir()
	s.ConfigDir, _ = os.UserConfigDir()
	s.StateDir = stateDir()
	return s
}

// stateDir is where freedesktop.org's base directories have what is worth keeping and is no setting. Empty if there is no home.
func stateDir() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "state")
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
