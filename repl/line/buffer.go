package line

import (
	"slices"
	"strings"
	"unicode"
)

// buffer is a text with a cursor: pos is the index of the rune that the cursor stands on.
type buffer struct {
	text []rune
	pos  int

	killed []rune
	undo   []state
	last   edit // what the last change was, so that typing a word is one step of undo
}

type state struct {
	text string
	pos  int
}

type edit uint8

const (
	editNone edit = iota
	editType
	editOther
)

// maxUndo bounds the steps that can be taken back, maxUndoBytes what they hold.
const (
	maxUndo      = 100
	maxUndoBytes = 8 << 20
)

func (b *buffer) String() string { return string(b.text) }

// set replaces the text and puts the cursor at its end.
func (b *buffer) set(text string) {
	b.text = []rune(text)
	b.pos = len(b.text)
}

// changing notes the text before a change.
func (b *buffer) changing(kind edit) {
	if kind == editType && b.last == editType {
		return
	}
	b.last = kind
	b.undo = append(b.undo, state{string(b.text), b.pos})
	held := 0
	for i := len(b.undo) - 1; i >= 0; i-- {
		if held += len(b.undo[i].text); held > maxUndoBytes || len(b.undo)-i > maxUndo {
			b.undo = b.undo[i+1:]
			return
		}
	}
}

func (b *buffer) takeBack() {
	if n := len(b.undo); n > 0 {
		b.text, b.pos = []rune(b.undo[n-1].text), b.undo[n-1].pos
		b.undo, b.last = b.undo[:n-1], editNone
	}
}

func (b *buffer) insert(s []rune) {
	kind := editOther
	if len(s) == 1 && !unicode.IsSpace(s[0]) {
		kind = editType
	}
	b.changing(kind)
	b.text = slices.Insert(b.text, b.pos, s...)
	b.pos += len(s)
}

// remove takes the runes from..to out; kill keeps them for yank.
func (b *buffer) remove(from, to int, kill bool) {
	if from >= to {
		return
	}
	b.changing(editOther)
	if kill {
		b.killed = slices.Clone(b.text[from:to])
	}
	b.text = slices.Delete(b.text, from, to)
	b.pos = from
}

// replace puts a text in place of the runes from..to, with the cursor after it.
func (b *buffer) replace(from, to int, s []rune) {
	b.changing(editOther)
	b.text = slices.Replace(b.text, from, to, s...)
	b.pos = from + len(s)
}

// lineStart and lineEnd are of the cursor's line.
func (b *buffer) lineStart() int {
	i := b.pos
	for i > 0 && b.text[i-1] != '\n' {
		i--
	}
	return i
}

func (b *buffer) lineEnd() int {
	i := b.pos
	for i < len(b.text) && b.text[i] != '\n' {
		i++
	}
	return i
}

// left and right are the places one visible character away: a character with its joined marks is one.
func (b *buffer) left() int {
	i := max(0, b.pos-1)
	for i > 0 && joins(b.text[i-1], b.text[i]) {
		i--
	}
	return i
}

func (b *buffer) right() int {
	i := min(len(b.text), b.pos+1)
	for i < len(b.text) && i > 0 && joins(b.text[i-1], b.text[i]) {
		i++
	}
	return i
}

// joins says whether a rune belongs to the visible character before it.
func joins(before, r rune) bool {
	return before == '\u200d' || r == '\u200d' || r >= '\ufe00' && r <= '\ufe0f' || r >= 0x1f3fb && r <= 0x1f3ff ||
		unicode.In(r, unicode.Mn, unicode.Me)
}

func (b *buffer) wordLeft() int {
	i := b.pos
	for i > 0 && !isWord(b.text[i-1]) {
		i--
	}
	for i > 0 && isWord(b.text[i-1]) {
		i--
	}
	return i
}

func (b *buffer) wordRight() int {
	i := b.pos
	for i < len(b.text) && !isWord(b.text[i]) {
		i++
	}
	for i < len(b.text) && isWord(b.text[i]) {
		i++
	}
	return i
}

// spaceLeft is where the run of characters without spaces before the cursor begins, as Ctrl-W takes it.
func (b *buffer) spaceLeft() int {
	i := b.pos
	for i > 0 && unicode.IsSpace(b.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(b.text[i-1]) {
		i--
	}
	return i
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// vertical moves the cursor by a line, keeping its column; false if there is none.
func (b *buffer) vertical(down bool) bool {
	start := b.lineStart()
	column := b.pos - start
	if down {
		end := b.lineEnd()
		if end == len(b.text) {
			return false
		}
		b.pos = end + 1
	} else {
		if start == 0 {
			return false
		}
		b.pos = start - 1
		b.pos = b.lineStart()
	}
	b.pos = min(b.pos+column, b.lineEnd())
	return true
}

// transpose swaps the two characters before the cursor, or those around it.
func (b *buffer) transpose() {
	i := min(b.pos, len(b.text)-1)
	if i < 1 || b.text[i] == '\n' || b.text[i-1] == '\n' {
		return
	}
	b.changing(editOther)
	b.text[i-1], b.text[i] = b.text[i], b.text[i-1]
	b.pos = i + 1
}

// indent is the white space that the cursor's line begins with: a new line begins with the same.
func (b *buffer) indent() string {
	start := b.lineStart()
	s := string(b.text[start:b.pos])
	return s[:len(s)-len(strings.TrimLeft(s, " "))]
}
