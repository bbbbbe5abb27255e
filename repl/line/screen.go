package line

import (
	"io"
	"strconv"
	"strings"
)

// screen draws frames over one another, sending only the rows that changed.
type screen struct {
	out  io.Writer
	rows []row // as they were drawn
	at   cursor
	size int // the width that they were drawn for
}

// draw shows a frame in place of the last.
func (s *screen) draw(f *frame) {
	rows, at := f.window(f.layout())
	var b strings.Builder
	if s.size != f.width && len(s.rows) > 0 {
		s.rewind(&b, f.width)
	}
	s.size = f.width
	s.toTop(&b)
	for i, r := range rows {
		if i > 0 {
			b.WriteString("\r\n")
		}
		if i >= len(s.rows) || s.rows[i] != r {
			b.WriteString("\r" + r.text)
			if r.width < f.width {
				b.WriteString("\x1b[K")
			}
		}
	}
	if len(s.rows) > len(rows) {
		b.WriteString("\r\n\x1b[J\x1b[A")
	}
	move(&b, len(rows)-1-at.row, 'A')
	b.WriteByte('\r')
	move(&b, at.column, 'C')
	s.rows, s.at = rows, at
	s.send(b.String())
}

// toTop moves from the cursor to the first row.
func (s *screen) toTop(b *strings.Builder) {
	move(b, s.at.row, 'A')
	b.WriteByte('\r')
	s.at = cursor{}
}

// rewind moves to the first row of what the terminal has made of the rows after its width changed, and clears from there.
func (s *screen) rewind(b *strings.Builder, width int) {
	above := s.at.column / max(width, 1)
	for _, r := range s.rows[:s.at.row] {
		above += max(1, (r.width+width-1)/max(width, 1))
	}
	move(b, above, 'A')
	b.WriteString("\r\x1b[J")
	s.rows, s.at = nil, cursor{}
}

// leave moves below what was drawn, where other output can begin, and forgets it.
func (s *screen) leave() {
	var b strings.Builder
	move(&b, len(s.rows)-1-s.at.row, 'B')
	b.WriteString("\r\n")
	s.rows, s.at = nil, cursor{}
	s.send(b.String())
}

// clear empties the terminal.
func (s *screen) clear() {
	s.rows, s.at = nil, cursor{}
	s.send("\x1b[H\x1b[2J")
}

// send writes; a terminal that is gone has nobody to be told, and reading will end too.
func (s *screen) send(text string) { _, _ = io.WriteString(s.out, text) }

// move writes the sequence that moves the cursor n cells in a direction.
func move(b *strings.Builder, n int, direction byte) {
	if n > 0 {
		b.WriteString("\x1b[" + strconv.Itoa(n))
		b.WriteByte(direction)
	}
}
