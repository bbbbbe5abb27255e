package line

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/chzyer/readline"
)

// ErrInterrupt is Read ended by Ctrl-C. At the end of the input it is io.EOF.
var ErrInterrupt = errors.New("interrupted")

// Config says what an editor works with. All fields are needed that have no default.
type Config struct {
	In  *os.File  // the terminal
	Out io.Writer // the same
	// Size is the terminal's, in cells.
	Size func() (width, height int)
	// OnResize has a function called when the size changes. Default: on the signal that terminals send.
	OnResize func(changed func())
	// Color allows ANSI colours.
	Color     bool
	History   *History
	Assistant Assistant
	// Unfinished is what is shown when Enter is pressed on an empty line of a text that is not whole, and the first time that a text goes
	// on though nothing is open in it; open is what is. Default: nothing is.
	Unfinished func(open string) string
}

// Prompts are what stands before the lines of one text.
type Prompts struct {
	First []Segment
	// Next makes the prompt of a later line from what is open where it begins.
	Next func(open string) Segment
}

// Editor reads texts from a terminal. Read must be called by one goroutine at a time.
type Editor struct {
	config   Config
	readline *readline.Instance
	input    *input

	mu      sync.Mutex // readline works in goroutines of its own
	reading bool
	prompts Prompts
	buf     buffer
	screen  screen
	menu    *menu
	search  *search
	past    int // the history entry that is shown; as many as there are: none
	draft   string
	painted painted
	told    bool // what ends a text
}

// painted is the last text that was coloured, because moving the cursor does not change it.
type painted struct {
	text  string
	pos   int
	spans []Span
	open  []string
	known bool
}

// bracketed paste on and off
const (
	pasteOn  = "\x1b[?2004h"
	pasteOff = "\x1b[?2004l"
)

// New makes an editor. Close must be called to give the terminal back.
func New(config Config) (*Editor, error) {
	if config.OnResize == nil {
		config.OnResize = readline.DefaultOnWidthChanged
	}
	e := &Editor{config: config, screen: screen{out: config.Out}}
	e.input = newInput(config.In)
	rl, err := e.plumb()
	if err != nil {
		return nil, err
	}
	e.readline = rl
	return e, nil
}

// Close ends a Read that is under way and gives the terminal back.
func (e *Editor) Close() error {
	e.input.Close()
	return e.readline.Close()
}

// Read reads one text: as much as the assistant finds whole. initial is there to be edited. ctx ends it with io.EOF.
func (e *Editor) Read(ctx context.Context, prompts Prompts, initial string) (string, error) {
	e.begin(prompts, initial)
	stop := context.AfterFunc(ctx, func() { _ = e.input.Close() })
	defer stop()
	e.screen.send(pasteOn)
	e.readline.Operation.SetBuffer(initial)
	_, err := e.readline.Readline()
	text := e.finish(err)
	e.screen.send(pasteOff)
	switch {
	case errors.Is(err, readline.ErrInterrupt):
		return text, ErrInterrupt
	case err != nil, e.input.ended.Load():
		return text, io.EOF // what readline makes of a text without its end is no text
	}
	return text, nil
}

func (e *Editor) begin(prompts Prompts, initial string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.prompts, e.reading = prompts, true
	e.buf = buffer{killed: e.buf.killed}
	e.buf.set(initial)
	e.menu, e.search = nil, nil
	e.past = len(e.config.History.Entries())
	e.painted = painted{}
}

// finish draws the text as it stays on the screen, with what ended it.
func (e *Editor) finish(err error) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.reading = false
	e.menu, e.search = nil, nil
	e.buf.pos = len(e.buf.text)
	f := e.frame()
	f.ghost = ""
	switch {
	case errors.Is(err, readline.ErrInterrupt):
		f.ghost = "^C"
	case err != nil:
		f.ghost = "^D"
	}
	f.pos = len(f.text)
	e.screen.draw(f)
	e.screen.leave()
	return e.buf.String()
}

// draw shows the text as it is.
func (e *Editor) draw() { e.screen.draw(e.frame()) }

func (e *Editor) frame() *frame {
	width, height := e.config.Size()
	text := e.buf.String()
	pos := len(string(e.buf.text[:e.buf.pos]))
	e.paint(text, pos)
	f := &frame{
		width: width, height: height, color: e.config.Color, prompt: e.prompts.First,
		text: text, spans: e.painted.spans, pos: pos, ghost: e.ghost(),
	}
	for _, open := range e.painted.open {
		f.next = append(f.next, e.prompts.Next(open))
	}
	if e.menu != nil {
		f.below = e.menu.lines()
	}
	if e.search != nil {
		f.below = [][]Segment{e.search.line(e.config.Color)}
	}
	return f
}

// maxPainted is the longest text, in bytes, that is coloured: it is looked at anew with every key.
const maxPainted = 64 << 10

// paint asks for the text's colours, if it or the cursor is another.
func (e *Editor) paint(text string, pos int) {
	p := &e.painted
	if p.known && p.text == text && p.pos == pos {
		return
	}
	if !p.known || p.text != text {
		p.open = e.config.Assistant.Open(text)
	}
	p.spans = nil
	if e.config.Color && len(text) <= maxPainted {
		p.spans = e.config.Assistant.Paint(text, pos)
	}
	p.text, p.pos, p.known = text, pos, true
}
