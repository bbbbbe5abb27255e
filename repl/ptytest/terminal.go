package ptytest

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// patience bounds each wait. It is long because machines of CI are slow; a wait ends as soon as what it waits for is there.
const patience = 90 * time.Second

// Terminal is a pseudo-terminal with a screen.
type Terminal struct {
	t       testing.TB
	control *os.File
	gone    chan struct{} // closed when the program has ended; nil: it is this process

	mu      sync.Mutex
	changed *sync.Cond
	screen  *Screen
	ended   bool
	closing bool
	watched chan struct{} // closed when nothing is read any more
	output  strings.Builder
}

// Open makes a terminal and its end for a program in this process.
func Open(t testing.TB, width, height int) (term *Terminal, program *os.File) {
	t.Helper()
	control, program, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	term = newTerminal(t, control, width, height)
	term.setSize(width, height)
	t.Cleanup(func() { _ = program.Close() })
	return term, program
}

// Start runs a command on a terminal. It is ended with the test.
func Start(t testing.TB, cmd *exec.Cmd, width, height int) *Terminal {
	t.Helper()
	control, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	term := newTerminal(t, control, width, height)
	term.gone = make(chan struct{})
	go func() {
		defer close(term.gone)
		_ = cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-term.gone
	})
	return term
}

func newTerminal(t testing.TB, control *os.File, width, height int) *Terminal {
	term := &Terminal{t: t, control: control, screen: NewScreen(width, height), watched: make(chan struct{})}
	term.changed = sync.NewCond(&term.mu)
	go term.watch()
	t.Cleanup(func() { _ = control.Close() })
	return term
}

// watch shows what the program writes.
func (t *Terminal) watch() {
	defer close(t.watched)
	buf := make([]byte, 4096)
	for {
		n, err := t.control.Read(buf)
		t.mu.Lock()
		_, _ = t.screen.Write(buf[:n])
		t.output.Write(buf[:n])
		t.ended = err != nil
		done := err != nil || t.closing
		t.changed.Broadcast()
		t.mu.Unlock()
		if done {
			return
		}
	}
}

// Type sends keys.
func (t *Terminal) Type(keys string) {
	t.t.Helper()
	if _, err := t.control.WriteString(keys); err != nil {
		t.t.Fatal(err)
	}
}

// Paste sends a text as terminals do: bracketed, if the program asked for that.
func (t *Terminal) Paste(text string) {
	t.t.Helper()
	t.mu.Lock()
	bracketed := t.screen.Paste
	t.mu.Unlock()
	text = strings.ReplaceAll(text, "\n", "\r")
	if bracketed {
		text = "\x1b[200~" + text + "\x1b[201~"
	}
	t.Type(text)
}

// Resize changes the terminal's size, which the program is told by a signal.
func (t *Terminal) Resize(width, height int) {
	t.t.Helper()
	t.mu.Lock()
	t.screen.Resize(width, height)
	t.mu.Unlock()
	t.setSize(width, height)
}

func (t *Terminal) setSize(width, height int) {
	t.t.Helper()
	if err := pty.Setsize(t.control, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		t.t.Fatal(err)
	}
}

// Wait waits until the screen is as wanted, and gives it.
func (t *Terminal) Wait(what string, wanted func(screen string) bool) string {
	t.t.Helper()
	ok := t.until(func() bool { return wanted(t.screen.String()) })
	t.mu.Lock()
	defer t.mu.Unlock()
	if !ok {
		t.t.Fatalf("no %s on the screen (ended: %v):\n%s", what, t.ended, t.screen.All())
	}
	return t.screen.String()
}

// waitScreen waits until the screen is as wanted. wanted must not call the terminal.
func (t *Terminal) waitScreen(what string, wanted func(*Screen) bool) {
	t.t.Helper()
	if !t.until(func() bool { return wanted(t.screen) }) {
		t.mu.Lock()
		defer t.mu.Unlock()
		out := t.output.String()
		t.t.Fatalf("no %s\nbut (ended: %v, unknown: %q):\n%s\nafter %q", what, t.ended, t.screen.Unknown, t.screen.Styled(), out[max(0, len(out)-3000):])
	}
}

// WaitOutput waits until the bytes that the program wrote are as wanted.
func (t *Terminal) WaitOutput(what string, wanted func(output string) bool) {
	t.t.Helper()
	if !t.until(func() bool { return wanted(t.output.String()) }) {
		t.t.Fatalf("no %s in the output %q", what, t.Output())
	}
}

// until waits until a condition holds, which it asks with the lock held; false if the program ended or patience did before.
func (t *Terminal) until(holds func() bool) bool {
	late := false
	timer := time.AfterFunc(patience, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		late = true
		t.changed.Broadcast()
	})
	defer timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	for !holds() {
		if t.ended || late {
			return false
		}
		t.changed.Wait()
	}
	return true
}

// WaitFor waits until a text is on the screen.
func (t *Terminal) WaitFor(text string) string {
	t.t.Helper()
	return t.Wait(fmt.Sprintf("%q", text), func(s string) bool { return strings.Contains(s, text) })
}

// WaitLast waits until the last row with text is this one.
func (t *Terminal) WaitLast(row string) string {
	t.t.Helper()
	return t.Wait(fmt.Sprintf("last row %q", row), func(s string) bool { return lastRow(s) == row })
}

func lastRow(screen string) string {
	screen = strings.TrimSuffix(screen, "\n")
	return screen[strings.LastIndexByte(screen, '\n')+1:]
}

// WaitEnd waits until the program has ended, and gives all that it showed.
func (t *Terminal) WaitEnd() string {
	t.t.Helper()
	if !t.until(func() bool { return t.ended }) {
		t.t.Fatal("the program has not ended")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.All()
}

// Close hangs the terminal up. A program that edits is made to draw before that, because what is being read cannot be closed.
func (t *Terminal) Close() {
	t.t.Helper()
	t.mu.Lock()
	t.closing = true
	width, height := t.screen.width, t.screen.height
	t.mu.Unlock()
	t.setSize(width-1, height)
	select {
	case <-t.watched:
	case <-time.After(patience):
		t.t.Fatal("the program does not draw")
	}
	_ = t.control.Close()
}

// WaitExit waits until the program of Start has ended, whether or not it could write what it had to say.
func (t *Terminal) WaitExit() {
	t.t.Helper()
	select {
	case <-t.gone:
	case <-time.After(patience):
		t.t.Fatal("the program has not ended")
	}
}

// Screen calls f with the screen as it is. f must not call the terminal.
func (t *Terminal) Screen(f func(*Screen)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(t.screen)
}

// Output is every byte that the program wrote.
func (t *Terminal) Output() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.output.String()
}
