package cli

import (
	"context"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// readSecret asks on a terminal for a line that is not shown. When ctx ends the terminal is as it was before; the read that
// nobody waits for any more ends with the process or with the next line.
func readSecret(ctx context.Context, in *os.File, out io.Writer, prompt string) (string, error) {
	fd := int(in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	if _, err := io.WriteString(out, prompt); err != nil {
		return "", err
	}
	type answer struct {
		line []byte
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		got <- answer{line, err}
	}()
	defer func() { _, _ = io.WriteString(out, "\n") }()
	select {
	case a := <-got:
		return strings.TrimSpace(string(a.line)), a.err
	case <-ctx.Done():
		_ = term.Restore(fd, before)
		return "", context.Cause(ctx)
	}
}
