package line_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/creack/pty"

	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/ptytest"
)

// fruit is an assistant for a language of fruits: a text is whole when it ends with a full stop.
type fruit struct{}

func (fruit) Done(text string) bool { return text == "" || strings.HasSuffix(text, ".") }

func (fruit) Paint(text string, _ int) []line.Span {
	if i := strings.Index(text, "apple"); i >= 0 {
		return []line.Span{{Start: i, End: i + 5, Style: line.Keyword}}
	}
	return nil
}

func (fruit) Open(text string) []string {
	lines := make([]string, strings.Count(text, "\n"))
	for i := range lines {
		lines[i] = "("
	}
	return lines
}

func (fruit) Complete(text string, pos int) line.Completion {
	start := strings.LastIndexAny(text[:pos], " \n") + 1
	c := line.Completion{Start: start, End: pos}
	for _, name := range []string{"apple", "apricot", "banana", "cherry"} {
		if strings.HasPrefix(name, strings.ToLower(text[start:pos])) {
			c.Items = append(c.Items, line.Item{Text: name, Note: "a fruit"})
		}
	}
	return c
}

// shell reads texts on a terminal of its own.
type shell struct {
	*ptytest.Terminal
	read    chan string
	history *line.History
	resized func()
}

// resize makes the terminal another size and tells the editor.
func (s *shell) resize(width, height int) {
	s.Resize(width, height)
	s.resized()
}

func start(t *testing.T, width, height int, history *line.History, initial string) *shell {
	t.Helper()
	term, program := ptytest.Open(t, width, height)
	s := &shell{Terminal: term, read: make(chan string, 16), history: history}
	e, err := line.New(line.Config{
		OnResize: func(changed func()) { s.resized = changed },
		In:       program, Out: program, Color: true, History: history, Assistant: fruit{},
		Size: func() (int, int) {
			h, w, _ := pty.Getsize(program)
			return w, h
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	prompts := line.Prompts{
		First: []line.Segment{{Text: "fruit> ", Style: line.Prompt}},
		Next:  func(open string) line.Segment { return line.Segment{Text: open + "    > "} },
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			text, err := e.Read(ctx, prompts, initial)
			initial = ""
			switch {
			case errors.Is(err, line.ErrInterrupt):
				s.read <- "interrupted: " + text
			case errors.Is(err, io.EOF):
				return
			default:
				_ = history.Add(text)
				s.read <- text
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		_ = e.Close()
	})
	s.prompted(1)
	return s
}

// prompted waits until the prompt has been shown so many times: before that, the terminal is not ready for keys.
func (s *shell) prompted(times int) {
	s.WaitOutput("prompt", func(out string) bool { return strings.Count(out, pasteOn) == times && strings.HasSuffix(out, "C") })
}

// pasteOn is what an editor sends when it begins to read.
const pasteOn = "\x1b[?2004h"

// TestKeys types keys and compares what was read.
func TestKeys(t *testing.T) {
	const (
		left, right, up, down = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
		home, end             = "\x1b[H", "\x1bOF"
	)
	for name, c := range map[string]struct{ keys, want string }{
		"plain":                   {"fig.\r", "fig."},
		"several lines":           {"a\rb\r\x20c.\r", "a\nb\n c."},
		"insert in the middle":    {"ac." + left + left + "b\r", "abc."},
		"home and end":            {"b." + home + "a" + end + left + "c\r", "abc."},
		"home is the line's":      {"a\rc." + home + "b\r", "a\nbc."},
		"up to the line before":   {"ab\rcd." + up + "x" + down + "\r", "abx\ncd."},
		"kill and yank":           {"one two.\x01\x0b\x19\x19\r", "one two.one two."},
		"kill to the start":       {"one\x15two.\r", "two."},
		"kill a word":             {"one two\x17three.\r", "one three."},
		"alt-b, alt-d":            {"one two_x three.\x1bb\x1bb\x1bd\r", "one  three."},
		"control-left":            {"one two.\x1b[1;5Dx\r", "one xtwo."},
		"alt-backspace":           {"one two\x1b\x7f.\r", "one ."},
		"delete":                  {"abc." + home + "\x1b[3~\r", "bc."},
		"delete on an empty line": {"\x1b[3~a.\r", "a."},
		"transpose":               {"ba\x14.\r", "ab."},
		"undo":                    {"one two\x17\x1f.\r", "one two."},
		"alt-enter":               {"a.\x1b\rb.\r", "a.\nb."},
		"wide characters":         {"日本." + left + left + "x\r", "日x本."},
		"an emoji is one":         {"a👩‍👩‍👧." + left + "\x7f\r", "a."},
		"unknown sequences":       {"a\x1b[24~\x1b[?1;2c\x1b[I.\r", "a."},
		"nul":                     {"a\x00b.\r", "ab."},
		"complete one":            {"ba\t.\r", "banana."},
		"choose":                  {"ap\t\t\t\r.\r", "apricot."},
		"choose back":             {"\x1b[Z\t\x1b[Z\r.\r", "cherry."},
		"typing narrows":          {"ap\tr\t.\r", "apricot."},
		"cancel a menu":           {"ap\t\x03.\r", "ap."},
		"interrupt":               {"abc\x03", "interrupted: abc"},
		"type ahead":              {"a.\rb.\r", "a."},
		"invalid bytes":           {"a\xff\xfeb.\r", "ab."},
		"private characters":      {"a\U0010f001b.\r", "ab."},
		"control-d deletes":       {"ab." + home + "\x04\r", "b."},
		"empty":                   {"\r", ""},
		"line feed ends as well":  {"a.\n", "a."},
		"page up and down":        {"a\rb.\x1b[5~x\x1b[6~\r", "xa\nb."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, 40, 10, line.NewHistory(10), "")
			s.Type(c.keys)
			if got := <-s.read; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
