package line_test

import (
	"strings"
	"testing"

	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/ptytest"
)

// screens types keys and compares the screen when it is as expected; one that never is fails with what is there.
func (s *shell) screens(t *testing.T, keys, want string) {
	t.Helper()
	s.Type(keys)
	want = strings.Trim(want, "\n") + "\n"
	s.Wait("such screen\n"+want, func(got string) bool { return got == want })
}

func (s *shell) cursorAt(t *testing.T, row, column int) {
	t.Helper()
	s.Screen(func(screen *ptytest.Screen) {
		if r, c := screen.Cursor(); r != row || c != column {
			t.Errorf("the cursor is at row %d, column %d; want %d, %d\n%s", r, c, row, column, screen)
		}
		if len(screen.Unknown) > 0 {
			t.Errorf("unknown sequences %q", screen.Unknown)
		}
	})
}

func TestLinesOnTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 20, 8, line.NewHistory(10), "")
	s.screens(t, "one\rtwo日本", `
fruit> one
(    > two日本`)
	s.cursorAt(t, 1, 14)
	s.screens(t, "\x1b[D\x1b[Dx", `
fruit> one
(    > twox日本`)
	s.cursorAt(t, 1, 11)
	s.screens(t, "\x05abcdef", `
fruit> one
(    > twox日本abcde
f`)
	s.cursorAt(t, 2, 1)
	s.screens(t, "\x7f", `
fruit> one
(    > twox日本abcde`)
	s.cursorAt(t, 2, 0) // the row is full
	s.screens(t, "\x15.\r", `
fruit> one
(    > .
fruit>`)
	s.screens(t, "next", `
fruit> one
(    > .
fruit> next`)
	s.screens(t, "\x03", `
fruit> one
(    > .
fruit> next^C
fruit>`)
}

// TestTallerThanTheScreen: a text of more rows than there are shows those around the cursor.
func TestTallerThanTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 20, 4, line.NewHistory(10), "")
	s.screens(t, "1\r2\r3\r4\r5\r6", `
(    > 3
(    > 4
(    > 5
(    > 6`)
	s.screens(t, "\x1b[5~x", `
fruit> x1
(    > 2
(    > 3
(    > 4`)
	s.cursorAt(t, 0, 8)
	s.screens(t, "\x1b[6~.\r", `
(    > 4
(    > 5
(    > 6.
fruit>`)
}

func TestMenuOnTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 30, 8, line.NewHistory(10), "")
	s.screens(t, "AP\t", `
fruit> AP
  apple    a fruit
  apricot  a fruit`)
	s.screens(t, "\t", `
fruit> apple
> apple    a fruit
  apricot  a fruit`)
	s.screens(t, "\x1b[B", `
fruit> apricot
  apple    a fruit
> apricot  a fruit`)
	s.screens(t, " ", `
fruit> apricot
  apple    a fruit
  apricot  a fruit
  banana   a fruit
  cherry   a fruit`)
	s.screens(t, "x", `
fruit> apricot x`)
}

func TestHistoryOnTheScreen(t *testing.T) {
	t.Parallel()
	h := line.NewHistory(10)
	for _, text := range []string{"apple.", "banana\nbread.", "cherry."} {
		if err := h.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	s := start(t, 30, 8, h, "")
	s.screens(t, "draft\x1b[A", "fruit> cherry.")
	s.screens(t, "\x1b[A", `
fruit> banana
(    > bread.`)
	s.screens(t, "\x1b[A\x1b[A", "fruit> apple.")
	s.screens(t, "\x1b[A", "fruit> apple.")
	s.screens(t, "\x1b[B\x1b[B\x1b[B", "fruit> draft")
	s.screens(t, "\x15ba", "fruit> banana") // suggested, and not there yet
	s.cursorAt(t, 0, 9)
	s.screens(t, "\x05", `
fruit> banana
(    > bread.`)
	s.screens(t, "\x12", `
fruit> banana
(    > bread.
history:`)
	s.screens(t, "RR", `
fruit> cherry.
history: RR`)
	s.cursorAt(t, 0, 10)
	s.screens(t, "\x7f\x12", `
fruit> banana
(    > bread.
history: R`)
	s.screens(t, "zz", `
fruit> banana
(    > bread.
not in the history: Rzz`)
	s.screens(t, "\x03", `
fruit> banana
(    > bread.`)
	s.screens(t, "\x12pp\r", `
fruit> apple.
fruit>`)
	if got := <-s.read; got != "apple." {
		t.Error(got)
	}
}

// TestPasteOnTheScreen: what is pasted is one piece of text, whatever it holds, and runs only when the user says so.
func TestPasteOnTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 30, 8, line.NewHistory(10), "")
	s.Paste("a.\nb\t\x1b[31mc.\nd.")
	s.screens(t, "", `
fruit> a.
(    > b    [31mc.
(    > d.`)
	s.Type("\r")
	if got := <-s.read; got != "a.\nb    [31mc.\nd." {
		t.Errorf("%q", got)
	}
	s.prompted(2)
	long := strings.Repeat("0123456789abcdef\n", 4096) + "."
	s.Paste(long)
	s.Type("\r")
	if got := <-s.read; got != long {
		t.Errorf("%d bytes, want %d", len(got), len(long))
	}
	s.WaitOutput("no bracketed paste", func(out string) bool { return strings.Count(out, "\x1b[?2004l") >= 2 })
}

func TestInitialText(t *testing.T) {
	t.Parallel()
	s := start(t, 30, 8, line.NewHistory(10), "a\nb.")
	s.screens(t, "", `
fruit> a
(    > b.`)
	s.Type("\r")
	if got := <-s.read; got != "a\nb." {
		t.Errorf("%q", got)
	}
}

func TestClearTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 30, 8, line.NewHistory(10), "")
	s.screens(t, "a.\r", `
fruit> a.
fruit>`)
	s.screens(t, "b", `
fruit> a.
fruit> b`)
	s.screens(t, "\x0c", "fruit> b")
	s.screens(t, "c", "fruit> bc")
}

// TestResize: after the terminal has wrapped its rows anew, the text is drawn once, below what was there before.
func TestResize(t *testing.T) {
	t.Parallel()
	s := start(t, 30, 8, line.NewHistory(10), "")
	s.screens(t, "a.\r", `
fruit> a.
fruit>`)
	s.screens(t, "one two three\rfour five six", `
fruit> a.
fruit> one two three
(    > four five six`)
	s.resize(12, 8)
	s.screens(t, "", `
fruit> a.
fruit> one t
wo three
(    > four
five six`)
	s.screens(t, "\x1b[5~x", `
fruit> a.
fruit> xone
two three
(    > four
five six`)
	s.resize(30, 8)
	s.screens(t, "\x1b[6~y.", `
fruit> a.
fruit> xone two three
(    > four five sixy.`)
}

// TestIndent: a new line begins as the one before, unless its text came faster than anybody types.
func TestIndent(t *testing.T) {
	t.Parallel()
	s := start(t, 30, 8, line.NewHistory(10), "")
	s.screens(t, "  a\r", `
fruit>   a
(    >`)
	s.screens(t, "b\r", `
fruit>   a
(    >   b
(    >`)
	s.Type("\x15.\r")
	if got := <-s.read; got != "  a\n  b\n." {
		t.Errorf("%q", got)
	}
}
