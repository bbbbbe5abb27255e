// Package ptytest runs a program on a pseudo-terminal for tests: it types, waits for what appears, resizes, and tells what a
// person would see. Only tests import it.
package ptytest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Screen is a terminal's screen: what a program's output looks like. It knows the sequences that shells use, and counts those
// that it does not know.
type Screen struct {
	width, height int
	cells         [][]cell
	style         string // of what is written now, as the sequence has it: 1;34
	row, column   int
	wrap          bool // the next character begins a new row
	scrolled      []string
	rest          string
	// Unknown are the sequences that were not understood.
	Unknown []string
	// Paste says whether bracketed paste is on.
	Paste bool
	bell  int
}

// cell is a place for a character; of a wide character's second half the text is empty.
type cell struct{ text, style string }

// NewScreen is an empty screen.
func NewScreen(width, height int) *Screen {
	s := &Screen{width: width, height: height}
	for range height {
		s.cells = append(s.cells, blank(width))
	}
	return s
}

func blank(width int) []cell {
	row := make([]cell, width)
	for i := range row {
		row[i].text = " "
	}
	return row
}

// Write shows output.
func (s *Screen) Write(p []byte) (int, error) {
	text := s.rest + string(p)
	for len(text) > 0 {
		n := s.step(text)
		if n == 0 {
			break
		}
		text = text[n:]
	}
	s.rest = text
	return len(p), nil
}

// step shows the first character or sequence of text, and gives its length; 0 if it is not complete.
func (s *Screen) step(text string) int {
	switch c := text[0]; {
	case c == '\x1b':
		return s.escape(text)
	case c == '\r':
		s.column, s.wrap = 0, false
	case c == '\n':
		s.lineFeed()
	case c == '\b':
		s.column, s.wrap = max(0, s.column-1), false
	case c == '\a':
		s.bell++
	case c == '\t':
		s.column = min(s.width-1, s.column/8*8+8)
	case c < ' ':
		s.Unknown = append(s.Unknown, strconv.Quote(text[:1]))
	default:
		if !utf8.FullRuneInString(text) {
			return 0
		}
		cluster, _, width, _ := uniseg.FirstGraphemeClusterInString(text, -1)
		s.put(cluster, width)
		return len(cluster)
	}
	return 1
}

func (s *Screen) put(cluster string, width int) {
	if s.wrap || s.column+width > s.width {
		s.column, s.wrap = 0, false
		s.lineFeed()
	}
	if s.cells[s.row][s.column].text == "" { // half of a wide character is none
		s.cells[s.row][s.column-1].text = " "
	}
	s.cells[s.row][s.column] = cell{cluster, s.style}
	for i := 1; i < width; i++ {
		s.cells[s.row][s.column+i] = cell{"", s.style}
	}
	if after := s.column + width; after < s.width && s.cells[s.row][after].text == "" {
		s.cells[s.row][after].text = " "
	}
	if s.column += width; s.column >= s.width {
		s.column, s.wrap = s.width-1, true
	}
}

func (s *Screen) lineFeed() {
	s.wrap = false
	if s.row++; s.row == s.height {
		s.row--
		s.scrolled = append(s.scrolled, text(s.cells[0]))
		s.cells = append(s.cells[1:], blank(s.width))
	}
}

// escape shows the sequence that text begins with.
func (s *Screen) escape(text string) int {
	if len(text) < 2 {
		return 0
	}
	if text[1] != '[' {
		s.Unknown = append(s.Unknown, strconv.Quote(text[:2]))
		return 2
	}
	for i := 2; i < len(text); i++ {
		if text[i] >= 0x40 && text[i] <= 0x7e {
			s.sequence(text[2:i], text[i])
			return i + 1
		}
	}
	return 0
}

func (s *Screen) sequence(params string, final byte) {
	n, err := strconv.Atoi(params)
	if err != nil || n < 1 {
		n = 1
	}
	if final != 'm' {
		s.wrap = false
	}
	switch {
	case final == 'm':
		s.setStyle(params)
	case final == 'A':
		s.row = max(0, s.row-n)
	case final == 'B':
		s.row = min(s.height-1, s.row+n)
	case final == 'C':
		s.column = min(s.width-1, s.column+n)
	case final == 'D':
		s.column = max(0, s.column-n)
	case final == 'H' && params == "":
		s.row, s.column = 0, 0
	case final == 'K' && params == "":
		s.clear(s.row, s.column)
	case final == 'J' && params == "":
		s.clear(s.row, s.column)
		for r := s.row + 1; r < s.height; r++ {
			s.clear(r, 0)
		}
	case final == 'J' && params == "2":
		for r := range s.height {
			s.clear(r, 0)
		}
	case params == "?2004":
		s.Paste = final == 'h'
	default:
		s.Unknown = append(s.Unknown, params+string(final))
	}
}

// setStyle notes how what comes is to look. Our programs set each look from none.
func (s *Screen) setStyle(params string) {
	if params == "0" {
		params = ""
	}
	s.style = params
}

func (s *Screen) clear(row, from int) {
	for i := from; i < s.width; i++ {
		s.cells[row][i] = cell{text: " "}
	}
}

// Resize makes the screen another size, as terminals do: rows that are too long are wrapped, the last rows stay.
func (s *Screen) Resize(width, height int) {
	var rows [][]cell
	at := cursorPlace{}
	for i, r := range s.cells {
		if i == s.row {
			at = cursorPlace{len(rows) + s.column/width, s.column % width}
		}
		r = r[:max(used(r), 1)]
		for len(r) > width {
			rows = append(rows, r[:width])
			r = r[width:]
		}
		rows = append(rows, append(r[:len(r):len(r)], blank(width-len(r))...))
	}
	for len(rows) > height && at.row < len(rows)-1 && empty(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	for len(rows) > height {
		s.scrolled = append(s.scrolled, text(rows[0]))
		rows = rows[1:]
		at.row--
	}
	for len(rows) < height {
		rows = append(rows, blank(width))
	}
	s.cells, s.width, s.height = rows, width, height
	s.row, s.column, s.wrap = max(0, at.row), at.column, false
}

type cursorPlace struct{ row, column int }

// used is how many cells of a row there are before nothing but spaces.
func used(r []cell) int {
	n := len(r)
	for n > 0 && r[n-1].text == " " {
		n--
	}
	return n
}

func empty(r []cell) bool { return used(r) == 0 }

func text(r []cell) string {
	var b strings.Builder
	for _, c := range r[:used(r)] {
		b.WriteString(c.text)
	}
	return b.String()
}

// styled is a row's text with its styles: ‹1;34›SELECT‹› user.
func styled(r []cell) string {
	var b strings.Builder
	style := ""
	for _, c := range r[:used(r)] {
		if c.style != style {
			b.WriteString("‹" + c.style + "›")
			style = c.style
		}
		b.WriteString(c.text)
	}
	if style != "" {
		b.WriteString("‹›")
	}
	return b.String()
}

// String is the screen's rows, without the empty ones at its end. The cursor is not in it.
func (s *Screen) String() string { return s.show(text) }

// Styled is String with the styles of what is shown: ‹1;34›SELECT‹› user.
func (s *Screen) Styled() string { return s.show(styled) }

func (s *Screen) show(row func([]cell) string) string {
	var rows []string
	for _, r := range s.cells {
		rows = append(rows, row(r))
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n") + "\n"
}

// All is String with the rows before it that have scrolled away.
func (s *Screen) All() string {
	if len(s.scrolled) == 0 {
		return s.String()
	}
	return strings.Join(s.scrolled, "\n") + "\n" + s.String()
}

// Cursor is the cursor's place, from 0.
func (s *Screen) Cursor() (row, column int) { return s.row, s.column }
