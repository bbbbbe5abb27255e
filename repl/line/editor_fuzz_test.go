package line

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/credsql/credsql/repl/ptytest"
)

// words is an assistant that finds every text whole, has a bracket open everywhere, colours every second word and completes all.
type words struct{}

func (words) Done(string) bool { return true }

func (words) Open(text string) []string {
	return strings.Split(strings.Repeat("(,", strings.Count(text, "\n"))+"'", ",")
}

func (words) Paint(text string, _ int) (spans []Span) {
	for i := 0; i+6 < len(text); i += 6 {
		if utf8.RuneStart(text[i]) && utf8.RuneStart(text[i+3]) {
			spans = append(spans, Span{i, i + 3, Keyword})
		}
	}
	return spans
}

func (words) Complete(text string, pos int) Completion {
	start := strings.LastIndexAny(text[:pos], " \n") + 1
	c := Completion{Start: start, End: pos, Items: []Item{{"日本語", "wide"}, {"apple", "a fruit\x1b[2J"}, {"ape", ""}, {"x\ny", "two lines"}}}
	switch pos % 5 {
	case 0:
		c.Items = c.Items[:1]
	case 1:
		c = Completion{Start: pos, End: pos, Note: "nothing there"}
	}
	return c
}

// FuzzEditor: whatever keys come in whatever order, the cursor is in the text, and what was drawn step by step is what would be drawn
// at once. The first bytes are the terminal's size; 0xff resizes it.
func FuzzEditor(f *testing.F) {
	f.Add([]byte("\x14\x04SELECT 'a\rb\x1b[A\x1b[A\x1b[C日本\x1b[D\x7f\t\t\t\r\x12a\x12\x1b\x1b\x15\x0b\x19\x1f\x1f"))
	f.Add([]byte("\x03\x02\x1b[200~x\n\n\ny\x1b[201~\x1b[5~\xff\x1b[6~\t\x1b[Z\x03\x1b[3~\x1b\r\x17\x1bd\x14"))
	f.Add([]byte("\x28\x08👩‍👩‍👧é\x1b[D\x1b[D\x14\x01\x05\x12zz\x7f\x7f\x7f\x07"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 2 || len(data) > 400 {
			return
		}
		width, height := 2+int(data[0])%90, 1+int(data[1])%30
		history := NewHistory(5)
		for _, text := range []string{"apple pie", "two\nlines", "日本 fish"} {
			_ = history.Add(text)
		}
		var sent bytes.Buffer
		e := &Editor{screen: screen{out: &sent}, input: &input{}, config: Config{
			History: history, Assistant: words{}, Color: data[0]%2 == 0, Size: func() (int, int) { return width, height },
			Unfinished: func(open string) string { return "not whole: " + open },
		}}
		e.begin(Prompts{First: []Segment{{"in> ", Prompt}}, Next: func(open string) Segment { return Segment{open + " > ", Faint} }}, "")
		shown := ptytest.NewScreen(width, height)
		for _, part := range bytes.SplitAfter(data[2:], []byte{0xff}) {
			for _, key := range e.input.decoder.feed(bytes.TrimSuffix(part, []byte{0xff})) {
				e.key(key)
				e.draw()
				check(t, e, shown, &sent)
			}
			if bytes.HasSuffix(part, []byte{0xff}) {
				width = 2 + (width*7+3)%90
				shown = ptytest.NewScreen(width, height) // how terminals wrap is tested with real ones
				e.screen.rows, e.screen.at = nil, cursor{}
				e.draw()
				check(t, e, shown, &sent)
			}
		}
	})
}

// key does what readline and its filter make of a key.
func (e *Editor) key(key rune) {
	switch {
	case key == enter || key == lineFeed:
		if key = e.enters(); key == enter {
			return
		}
	case key == ctrlC:
		if e.menu == nil && e.search == nil {
			return
		}
		key = keyCancel
	}
	switch key {
	case keyClear, keySuspend:
	default:
		e.press(key)
	}
}

// check compares the screen with one on which the text is drawn at once.
func check(t *testing.T, e *Editor, shown *ptytest.Screen, sent *bytes.Buffer) {
	t.Helper()
	if e.buf.pos < 0 || e.buf.pos > len(e.buf.text) {
		t.Fatalf("cursor %d of %d", e.buf.pos, len(e.buf.text))
	}
	for _, r := range e.buf.text {
		if r != '\n' && !isText(r) {
			t.Fatalf("%q has %q", string(e.buf.text), r)
		}
	}
	_, _ = shown.Write(sent.Bytes())
	sent.Reset()
	width, height := e.config.Size()
	fresh := ptytest.NewScreen(width, height)
	once := screen{out: fresh}
	once.draw(e.frame())
	if len(shown.Unknown) > 0 {
		t.Fatalf("sequences %q", shown.Unknown)
	}
	row, column := shown.Cursor()
	freshRow, freshColumn := fresh.Cursor()
	if column != freshColumn || row < freshRow {
		t.Fatalf("%q: cursor at %d, %d; drawn at once at %d, %d\n%s\nwant\n%s", string(e.buf.text), row, column, freshRow, freshColumn, shown, fresh)
	}
	rows := strings.Split(shown.Styled(), "\n")
	rows = rows[min(row-freshRow, len(rows)):]
	if got, want := strings.Join(rows, "\n"), fresh.Styled(); strings.TrimRight(got, "\n") != strings.TrimRight(want, "\n") {
		t.Fatalf("%q:\n%s\nwant\n%s", string(e.buf.text), got, want)
	}
}
