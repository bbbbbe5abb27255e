package line

// press handles one key. It draws nothing.
func (e *Editor) press(key rune) {
	if e.search != nil && e.searching(key) {
		return
	}
	if e.menu != nil && e.choosing(key) {
		return
	}
	switch {
	case key == keyPaste:
		e.buf.insert([]rune(e.input.takePaste()))
	case key == keyNewline:
		e.newline()
	case key == keyTab:
		e.openMenu()
	case key == keyUp:
		e.up()
	case key == keyDown:
		e.down()
	case key == keySearch:
		e.openSearch()
	case key == keyRight && e.buf.pos == len(e.buf.text), key == keyEnd && e.buf.pos == len(e.buf.text):
		e.buf.insert([]rune(e.ghost()))
	case e.moves(key), e.deletes(key):
	case !isKey(key) && isText(key):
		e.buf.insert([]rune{key})
	}
}

// newline begins a line, indented as the one before, but not inside of a text or a comment, nor when more keys wait: a terminal that
// knows no bracketed paste sends a text with the spaces that it has.
func (e *Editor) newline() {
	if e.input.waiting() {
		e.buf.insert([]rune{'\n'})
		return
	}
	indent := e.buf.indent()
	list := e.config.Assistant.Open(string(e.buf.text[:e.buf.pos]) + "\n")
	open := list[len(list)-1]
	if open != "" && open != "(" {
		indent = ""
	}
	e.tellUnfinished(open)
	e.buf.insert([]rune("\n" + indent))
}

// tellUnfinished says what a text lacks: who presses Enter on an empty line expected something to happen.
func (e *Editor) tellUnfinished(open string) {
	if e.config.Unfinished == nil || e.buf.pos != len(e.buf.text) {
		return
	}
	if e.buf.lineStart() == e.buf.pos || open == "" && !e.told {
		e.told = e.told || open == ""
		e.menu = &menu{note: e.config.Unfinished(open), chosen: -1}
	}
}

// moves handles the keys that move the cursor.
func (e *Editor) moves(key rune) bool {
	b := &e.buf
	switch key {
	case keyLeft:
		b.pos = b.left()
	case keyRight:
		b.pos = b.right()
	case keyHome:
		b.pos = b.lineStart()
	case keyEnd:
		b.pos = b.lineEnd()
	case keyWordLeft:
		b.pos = b.wordLeft()
	case keyWordRight:
		b.pos = b.wordRight()
	case keyPageUp:
		b.pos = 0
	case keyPageDown:
		b.pos = len(b.text)
	default:
		return false
	}
	b.last = editNone
	return true
}

// deletes handles the keys that take text out, and those that bring it back.
func (e *Editor) deletes(key rune) bool {
	b := &e.buf
	switch key {
	case backspace, ctrlH:
		b.remove(b.left(), b.pos, false)
	case keyDelete, ctrlD:
		b.remove(b.pos, b.right(), false)
	case keyBackspaceWord:
		b.remove(b.wordLeft(), b.pos, true)
	case keyDeleteWord:
		b.remove(b.pos, b.wordRight(), true)
	case ctrlW:
		b.remove(b.spaceLeft(), b.pos, true)
	case ctrlU:
		b.remove(b.lineStart(), b.pos, true)
	case ctrlK:
		b.remove(b.pos, max(b.lineEnd(), min(b.pos+1, len(b.text))), true)
	case ctrlY:
		b.insert(b.killed)
	case ctrlT:
		b.transpose()
	case keyUndo:
		b.takeBack()
	default:
		return false
	}
	return true
}

// choosing handles a key while the menu is open, and reports whether it was the menu's.
func (e *Editor) choosing(key rune) bool {
	switch {
	case len(e.menu.items) == 0: // a note, which has been read
		e.menu = nil
		return key == keyEscape || key == keyCancel
	case key == keyTab || key == keyDown:
		e.choose(1)
	case key == keyBackTab || key == keyUp:
		e.choose(-1)
	case key == keyEscape || key == keyCancel || key == keyAccept:
		e.menu = nil
	case !isKey(key) && isText(key):
		e.buf.insert([]rune{key})
		e.refreshMenu()
	case key == backspace || key == ctrlH:
		e.deletes(key)
		e.refreshMenu()
	default:
		e.menu = nil
		return false
	}
	return true
}

// up goes a line up, or from the first line to the text before in the history.
func (e *Editor) up() {
	if e.buf.vertical(false) || e.past == 0 {
		return
	}
	entries := e.config.History.Entries()
	if e.past == len(entries) {
		e.draft = e.buf.String()
	}
	e.past--
	e.buf.set(entries[e.past])
}

// down goes a line down, or from the last line to the next text of the history.
func (e *Editor) down() {
	entries := e.config.History.Entries()
	if e.buf.vertical(true) || e.past >= len(entries) {
		return
	}
	e.past++
	if e.past == len(entries) {
		e.buf.set(e.draft)
		return
	}
	e.buf.set(entries[e.past])
}

// ghost is how the history would have the text go on.
func (e *Editor) ghost() string {
	if !e.config.Color || e.buf.pos != len(e.buf.text) || e.menu != nil || e.search != nil {
		return ""
	}
	return e.config.History.rest(e.buf.String())
}
