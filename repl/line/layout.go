package line

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/credsql/credsql/repl/render"
)

// row is one row of the screen: what it looks like, and how many cells of it are used.
type row struct {
	text  string
	width int
}

// cursor is a place on the screen, counted from the first row of what is drawn.
type cursor struct{ row, column int }

// frame is what is to be drawn.
type frame struct {
	width, height int
	color         bool
	prompt        []Segment
	// next are the prompts of the lines after the first.
	next  []Segment
	text  string
	spans []Span
	pos   int // of the cursor, in bytes
	ghost string
	below [][]Segment // rows under the text
}

// layout places a frame's text on rows of its width.
func (f *frame) layout() (rows []row, at cursor) {
	w := &rowWriter{width: max(f.width, 2), color: f.color}
	w.segments(f.prompt)
	at = w.text(f)
	w.ghost(f.ghost)
	w.end()
	for _, line := range f.below {
		w.clipped(line)
		w.end()
	}
	return w.rows, at
}

// window is the part of the rows that the screen can show, with the cursor in it.
func (f *frame) window(rows []row, at cursor) ([]row, cursor) {
	if len(rows) <= f.height || f.height <= 0 {
		return rows, at
	}
	under := min(len(f.below), f.height/2)
	end := min(len(rows), max(at.row+1+under, f.height))
	start := end - f.height
	return rows[start:end], cursor{at.row - start, at.column}
}

// rowWriter fills rows from the left.
type rowWriter struct {
	width int
	color bool
	rows  []row
	buf   strings.Builder
	used  int
	style Style
}

func (w *rowWriter) setStyle(s Style) {
	if s == w.style || !w.color {
		return
	}
	if codes[w.style] != "" {
		w.buf.WriteString(reset)
	}
	w.buf.WriteString(codes[s])
	w.style = s
}

// end finishes a row.
func (w *rowWriter) end() {
	style := w.style
	w.setStyle(Plain)
	w.rows = append(w.rows, row{w.buf.String(), w.used})
	w.buf.Reset()
	w.used = 0
	w.setStyle(style)
}

// room begins a new row if so many cells do not fit.
func (w *rowWriter) room(cells int) {
	if w.used+cells > w.width && w.used > 0 {
		w.end()
	}
}

func (w *rowWriter) put(s string, cells int, style Style) {
	w.room(cells)
	w.setStyle(style)
	w.buf.WriteString(s)
	w.used += cells
}

func (w *rowWriter) segments(list []Segment) {
	for _, s := range list {
		w.run(s.Text, s.Style)
	}
	w.setStyle(Plain)
}

// run puts a text of one style, wrapping it.
func (w *rowWriter) run(s string, style Style) {
	for len(s) > 0 {
		cluster, cells := firstCluster(s)
		s = s[len(cluster):]
		shown, width := visible(cluster, cells)
		w.put(shown, width, style)
	}
}

// clipped puts a line that is cut at the end of the row.
func (w *rowWriter) clipped(list []Segment) {
	for _, seg := range list {
		for s := seg.Text; len(s) > 0; {
			cluster, cells := firstCluster(s)
			s = s[len(cluster):]
			shown, width := visible(cluster, cells)
			if w.used+width > w.width-1 {
				w.put("…", 1, seg.Style)
				w.setStyle(Plain)
				return
			}
			w.put(shown, width, seg.Style)
		}
	}
	w.setStyle(Plain)
}

// text puts the frame's text and finds the cursor.
func (w *rowWriter) text(f *frame) (at cursor) {
	span, found := 0, false
	for i := 0; i < len(f.text); {
		if f.text[i] == '\n' {
			if i == f.pos {
				w.roomForCursor()
				at, found = w.here(), true
			}
			w.setStyle(Plain)
			w.end()
			w.next(f)
			i++
			continue
		}
		for span < len(f.spans) && f.spans[span].End <= i {
			span++
		}
		style := Plain
		if span < len(f.spans) && f.spans[span].Start <= i {
			style = f.spans[span].Style
		}
		cluster, cells := firstCluster(f.text[i:])
		shown, width := visible(cluster, cells)
		w.room(width)
		if !found && f.pos < i+len(cluster) {
			at, found = w.here(), true
		}
		w.put(shown, width, style)
		i += len(cluster)
	}
	w.setStyle(Plain)
	if !found {
		w.roomForCursor()
		at = w.here()
	}
	return at
}

// next puts the prompt of the next line.
func (w *rowWriter) next(f *frame) {
	if len(f.next) > 0 {
		w.segments(f.next[:1])
		f.next = f.next[1:]
	}
}

func (w *rowWriter) here() cursor { return cursor{len(w.rows), w.used} }

// roomForCursor begins a new row if the cursor would stand behind the last cell.
func (w *rowWriter) roomForCursor() {
	if w.used >= w.width {
		w.end()
	}
}

// ghost puts the first line of a suggestion behind the cursor, as far as the row has room.
func (w *rowWriter) ghost(s string) {
	s, _, _ = strings.Cut(s, "\n")
	for len(s) > 0 {
		cluster, cells := firstCluster(s)
		s = s[len(cluster):]
		shown, width := visible(cluster, cells)
		if w.used+width >= w.width {
			break
		}
		w.put(shown, width, Faint)
	}
	w.setStyle(Plain)
}

// firstCluster is the first visible character of s and its width in cells. Text in ASCII, the most common, is measured by hand.
func firstCluster(s string) (cluster string, cells int) {
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	cluster, _, cells, _ = uniseg.FirstGraphemeClusterInString(s, -1)
	return cluster, cells
}

// visible is a character as a terminal may be given it.
func visible(cluster string, cells int) (shown string, width int) {
	if len(cluster) == 1 && cluster[0] >= ' ' && cluster[0] < 0x7f {
		return cluster, 1
	}
	if safe := render.Safe(cluster); safe != cluster {
		return safe, uniseg.StringWidth(safe)
	}
	return cluster, cells
}
