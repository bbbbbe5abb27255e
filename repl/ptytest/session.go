package ptytest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Session is a file of keys and of the screens that they lead to:
//
//	# what this shows
//	size 80x24
//	run credsql --demo
//	» SELECT us<Tab>
//	demo> SELECT user
//
// A line that begins with » has keys that are typed in one piece; the lines after it are the screen that is waited for, without the empty ones at its end. «» in place of » compares the screen with its styles, ‹1;34› before what has one. Keys that are
// no characters are named: <Enter> <Tab> <Up> <C-c> <Esc>; <Paste>…</Paste> is pasted, <Resize 60x20> makes the terminal another
// size, and \n, \t, \x07, \u202e, \\ are what they are in Go, \e is an escape.
type Session struct {
	path   string
	header []string
	// Width and Height are the terminal's.
	Width, Height int
	// Command is the program and its arguments, Env what its environment has beside that of every session.
	Command, Env []string
	steps        []step
}

// step is keys and the screen after them.
type step struct {
	keys   string
	styled bool
	want   string
}

// ReadSession reads a file.
func ReadSession(path string) (*Session, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &Session{path: path, Width: 80, Height: 24}
	for number, line := range strings.Split(strings.TrimRight(string(content), "\n"), "\n") {
		if err := s.take(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number+1, err)
		}
	}
	for i := range s.steps {
		s.steps[i].want = strings.TrimRight(s.steps[i].want, "\n") + "\n"
	}
	return s, nil
}

// take reads a line.
func (s *Session) take(line string) error {
	keys, isKeys := strings.CutPrefix(line, "» ")
	styledKeys, isStyled := strings.CutPrefix(line, "«» ")
	n := len(s.steps)
	switch {
	case isStyled:
		s.steps = append(s.steps, step{keys: styledKeys, styled: true})
	case isKeys:
		s.steps = append(s.steps, step{keys: keys})
	case n > 0:
		s.steps[n-1].want += line + "\n"
	default:
		s.header = append(s.header, line)
		return s.setting(line)
	}
	return nil
}

// setting reads a line before the first keys.
func (s *Session) setting(line string) error {
	name, rest, _ := strings.Cut(line, " ")
	switch name {
	case "", "#":
	case "size":
		_, err := fmt.Sscanf(rest, "%dx%d", &s.Width, &s.Height)
		return err
	case "run":
		s.Command = strings.Fields(rest)
	case "env":
		s.Env = append(s.Env, rest)
	default:
		return fmt.Errorf("%q is no setting", name)
	}
	return nil
}

// Play types the keys on a terminal and fails at the first screen that does not come.
func (s *Session) Play(t testing.TB, term *Terminal) {
	t.Helper()
	for _, st := range s.steps {
		what := fmt.Sprintf("such screen after %q in %s:\n%s", st.keys, s.path, st.want)
		term.press(st.keys)
		term.waitScreen(what, func(screen *Screen) bool { return st.shown(screen) == st.want })
		term.Screen(func(screen *Screen) {
			if len(screen.Unknown) > 0 {
				t.Fatalf("%s: unknown sequences %q", what, screen.Unknown)
			}
		})
	}
}

func (st *step) shown(screen *Screen) string {
	if st.styled {
		return screen.Styled()
	}
	return screen.String()
}

// Record types the keys and writes the file anew with the screens that come.
func (s *Session) Record(t testing.TB, term *Terminal) {
	t.Helper()
	var b strings.Builder
	b.WriteString(strings.Join(s.header, "\n") + "\n")
	for _, st := range s.steps {
		term.press(st.keys)
		term.settle()
		mark := "» "
		if st.styled {
			mark = "«» "
		}
		b.WriteString(mark + st.keys + "\n")
		term.Screen(func(screen *Screen) { b.WriteString(st.shown(screen)) })
	}
	if err := os.WriteFile(s.path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// settle waits until nothing has been written for a while. Only recording does: a test knows what it waits for.
func (t *Terminal) settle() {
	const quiet = 1500 * time.Millisecond
	for size := -1; size != len(t.Output()); time.Sleep(quiet) {
		size = len(t.Output())
	}
}

// press types keys that are written as in a session, those between pastes and other sizes in one piece.
func (t *Terminal) press(keys string) {
	t.t.Helper()
	typed := ""
	send := func() {
		if typed != "" {
			t.Type(typed)
		}
		typed = ""
	}
	defer send()
	for keys != "" {
		before, rest, named := strings.Cut(keys, "<")
		typed += t.plain(before)
		if !named {
			return
		}
		var name string
		name, keys, _ = strings.Cut(rest, ">")
		switch size, resize := strings.CutPrefix(name, "Resize "); {
		case resize:
			send()
			w, h, _ := strings.Cut(size, "x")
			width, _ := strconv.Atoi(w)
			height, _ := strconv.Atoi(h)
			t.Resize(width, height)
		case name == "Paste":
			send()
			var text string
			text, keys, _ = strings.Cut(keys, "</Paste>")
			t.Paste(t.plain(text))
		default:
			typed += t.key(name)
		}
	}
}

// plain is a text whose escapes are replaced.
func (t *Terminal) plain(text string) string {
	t.t.Helper()
	quoted := strings.NewReplacer(`\e`, `\x1b`, `"`, `\"`, `\\`, `\\`).Replace(text)
	s, err := strconv.Unquote(`"` + quoted + `"`)
	if err != nil {
		t.t.Fatalf("%q: %v", text, err)
	}
	return s
}

// key is what a terminal sends for a key.
func (t *Terminal) key(name string) string {
	t.t.Helper()
	if c, ok := strings.CutPrefix(name, "C-"); ok && len(c) == 1 {
		return string(rune(c[0] & 0x1f))
	}
	sequence, ok := keys[name]
	if !ok {
		t.t.Fatalf("no key is called %q", name)
	}
	return sequence
}

var keys = map[string]string{
	"Enter": "\r", "Tab": "\t", "BackTab": "\x1b[Z", "Esc": "\x1b\x1b", "Back": "\x7f", "Delete": "\x1b[3~", "lt": "<", "gt": ">",
	"Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "End": "\x1b[F",
	"A-Enter": "\x1b\r", "A-b": "\x1bb", "A-f": "\x1bf", "PageUp": "\x1b[5~", "PageDown": "\x1b[6~", "C-Left": "\x1b[1;5D", "C-Right": "\x1b[1;5C",
}
