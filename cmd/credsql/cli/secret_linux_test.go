package cli

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/credsql/credsql/repl/ptytest"
)

// echoes says whether a terminal shows what is typed.
func echoes(t *testing.T, terminal *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// waitForEcho waits until a terminal shows what is typed, or until it does not.
func waitForEcho(t *testing.T, terminal *os.File, shown bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); echoes(t, terminal) != shown; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("that what is typed is shown is still %v", !shown)
		}
	}
}

// endRead ends a read that nobody waits for any more. It puts the terminal back by its number, when it is over: before that the
// terminal must not be closed, lest the number be another's.
func endRead(t *testing.T, screen *ptytest.Terminal, terminal *os.File) {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	state.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(int(terminal.Fd()), unix.TCSETS, state); err != nil {
		t.Fatal(err)
	}
	screen.Type("\r")
	waitForEcho(t, terminal, true)
}

// TestReadSecret: what is typed is read and not shown, and the terminal is afterwards as it was.
func TestReadSecret(t *testing.T) {
	t.Parallel()
	screen, program := ptytest.Open(t, 60, 5)
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer)
	go func() {
		text, err := readSecret(t.Context(), program, program, "MFA code: ")
		got <- answer{text, err}
	}()
	waitForEcho(t, program, false)
	screen.Type(" 730194 \r")
	if a := <-got; a.text != "730194" || a.err != nil {
		t.Errorf("got %q, %v", a.text, a.err)
	}
	if !echoes(t, program) {
		t.Error("the terminal still hides what is typed")
	}
	screen.WaitFor("MFA code:")
	screen.Screen(func(s *ptytest.Screen) {
		if strings.Contains(s.All(), "7") {
			t.Errorf("the code is on the screen: %q", s.All())
		}
	})
}

// TestReadSecretIsGivenUp: an interrupt ends the question and gives the terminal back.
func TestReadSecretIsGivenUp(t *testing.T) {
	t.Parallel()
	screen, program := ptytest.Open(t, 60, 5)
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error)
	go func() {
		_, err := readSecret(ctx, program, program, "MFA code: ")
		got <- err
	}()
	waitForEcho(t, program, false)
	cancel()
	if err := <-got; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if !echoes(t, program) {
		t.Error("the terminal still hides what is typed")
	}
	endRead(t, screen, program)
}
