package sqlerr

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// lineWidth is how many terminal cells of the statement's line are shown where no width is given; a longer line is cut around the place.
const lineWidth = 72

// Render is the error in lines, as psql shows one: code and message, the line of text with a caret under the place, detail and
// hint. text is what e.Pos counts in. It ends with a line feed. Message, detail and hint may hold what a user or a report
// wrote; who shows them on a terminal makes them safe.
func (e *Error) Render(text string) string { return e.RenderWidth(text, 0) }

// RenderWidth is Render for a terminal of so many cells, in which the line with the caret does not wrap; 0: not known.
func (e *Error) RenderWidth(text string, width int) string {
	var b strings.Builder
	b.WriteString("ERROR " + e.Code + ": " + e.Message + "\n")
	if e.Pos > 0 && e.Pos <= len(text)+1 {
		renderPlace(&b, text, e.Pos-1, width)
	}
	if e.Detail != "" {
		b.WriteString("DETAIL: " + e.Detail + "\n")
	}
	if e.Hint != "" {
		b.WriteString("HINT: " + e.Hint + "\n")
	}
	return b.String()
}

// renderPlace shows the line around a byte offset with a caret below it.
func renderPlace(b *strings.Builder, text string, offset, width int) {
	start := strings.LastIndexByte(text[:offset], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	before, after := flatten(text[start:offset]), flatten(text[offset:end])
	title := "LINE " + strconv.Itoa(strings.Count(text[:start], "\n")+1) + ": "
	room := lineWidth
	if width > 0 {
		room = max(width-len(title), lineWidth/3)
	}
	before, after = window(before, after, room)
	b.WriteString(title + before + after + "\n")
	b.WriteString(strings.Repeat(" ", len(title)+uniseg.StringWidth(before)) + "^\n")
}

// flatten makes every character that is not printable a space, so that the caret stands where it should.
func flatten(s string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) && r != '\u200d' {
			return ' '
		}
		return r
	}, strings.TrimRight(s, "\r"))
}

// window cuts a line that is too long: at the end first, then at the start, each cut marked with dots.
func window(before, after string, width int) (string, string) {
	if uniseg.StringWidth(before)+uniseg.StringWidth(after) <= width {
		return before, after
	}
	if room := width * 2 / 3; uniseg.StringWidth(before) > room {
		before = "..." + tail(before, room-3)
	}
	if room := width - uniseg.StringWidth(before); uniseg.StringWidth(after) > room {
		after = head(after, room-3) + "..."
	}
	return before, after
}

// head is as much of the start of s as fits into width cells.
func head(s string, width int) string {
	g := uniseg.NewGraphemes(s)
	end := 0
	for g.Next() {
		if width -= g.Width(); width < 0 {
			break
		}
		_, end = g.Positions()
	}
	return s[:end]
}

// tail is as much of the end of s as fits into width cells.
func tail(s string, width int) string {
	drop := uniseg.StringWidth(s) - width
	g := uniseg.NewGraphemes(s)
	start := 0
	for drop > 0 && g.Next() {
		drop -= g.Width()
		_, start = g.Positions()
	}
	return s[start:]
}
