package line

import (
	"io"

	"github.com/chzyer/readline"
)

// plumb sets readline up: keys come through our decoder, its drawing goes nowhere, and every key is told to us.
func (e *Editor) plumb() (*readline.Instance, error) {
	var raw *readline.State
	fd := int(e.config.In.Fd())
	return readline.NewEx(&readline.Config{
		Stdin: e.input, Stdout: io.Discard, Stderr: io.Discard,
		HistoryLimit: -1, DisableAutoSaveHistory: true,
		// Not interactive means to readline that there is nothing to draw.
		FuncIsTerminal: func() bool { return false },
		FuncGetWidth:   func() int { return 1 << 20 },
		FuncMakeRaw: func() (err error) {
			raw, err = readline.MakeRaw(fd)
			return err
		},
		FuncExitRaw: func() error {
			if raw == nil {
				return nil
			}
			return readline.Restore(fd, raw)
		},
		FuncOnWidthChanged:  func(func()) { e.config.OnResize(e.resized) },
		FuncFilterInputRune: e.filter,
		Listener:            readline.FuncListener(e.listen),
	})
}

// filter sees a key before readline does. It turns into keys of our own those that end a line for readline and are not to; readline
// stops reading after them until it is kicked.
func (e *Editor) filter(key rune) (rune, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	was := key
	switch key {
	case enter, lineFeed:
		key = e.enters()
	case ctrlC:
		if e.menu != nil || e.search != nil {
			key = keyCancel
		}
	}
	if key != was {
		e.readline.Terminal.KickRead()
	}
	return key, true
}

// enters is what Enter means now.
func (e *Editor) enters() rune {
	switch {
	case e.menu != nil && e.menu.chosen >= 0:
		return keyAccept
	case e.search != nil:
		e.search = nil
	}
	e.menu = nil
	if e.config.Assistant.Done(e.buf.String()) {
		return enter
	}
	return keyNewline
}

// listen is told of every key after readline has handled it, and gives readline the text as we have it.
func (e *Editor) listen(_ []rune, _ int, key rune) (text []rune, pos int, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if key != 0 {
		e.input.handled()
	}
	switch {
	case !e.reading, key == enter, key == lineFeed, key == ctrlC:
		return nil, 0, false
	case key == 0: // Readline begins
	case key == keyClear:
		e.screen.clear()
	case key == keySuspend:
		e.suspend()
	default:
		e.press(key)
	}
	// The prompt is drawn whatever waits: the key that ended the text before may not have been told of yet, and no other need come.
	if key == 0 || !e.input.waiting() {
		e.draw()
	}
	return append([]rune(nil), e.buf.text...), e.buf.pos, true
}

// resized redraws for the new width.
func (e *Editor) resized() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.reading {
		e.draw()
	}
}

// suspend stops the process, as Ctrl-Z does in the shell that started it, and goes on when that wakes it.
func (e *Editor) suspend() {
	if !canSuspend {
		return
	}
	e.screen.leave()
	e.screen.send(pasteOff)
	_ = e.readline.Terminal.ExitRawMode()
	stop()
	_ = e.readline.Terminal.EnterRawMode()
	e.screen.send(pasteOn)
}
