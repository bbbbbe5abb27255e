package render

import (
	"fmt"
	"strconv"

	"github.com/credsql/credsql/engine/column"
)

// tableWriter draws a box. It needs every width before the first line, so it holds the rows it shows: with MaxRows set, the
// first and the last half of them, whatever the size of the result.
type tableWriter struct {
	stream
	opts Options
	head [][]tableCell
	tail [][]tableCell // a ring of the last rows
	next int           // the place of the oldest row in a full ring
	rows int64
}

// tableCell is a value as it is shown, without padding.
type tableCell struct {
	text  string
	width int
	null  bool
}

var _ Writer = (*tableWriter)(nil)

func (w *tableWriter) Begin(cols []Column) error {
	w.begin(cols, &form{null: "NULL", text: appendSafe})
	return nil
}

// halves are how many rows are held of the start and of the end; 0, 0 means all in head.
func (w *tableWriter) halves() (head, tail int) {
	return (w.opts.MaxRows + 1) / 2, w.opts.MaxRows / 2
}

func (w *tableWriter) Write(b *column.Batch) error {
	w.bind(b)
	head, tail := w.halves()
	for i := 0; i < b.N; i++ {
		switch {
		case w.opts.MaxRows <= 0 || len(w.head) < head:
			w.head = append(w.head, w.row(i))
		case b.N-i > tail:
			i = b.N - tail - 1 // only the last rows can be shown
		case len(w.tail) < tail:
			w.tail = append(w.tail, w.row(i))
		default:
			w.tail[w.next] = w.row(i)
			w.next = (w.next + 1) % tail
		}
	}
	w.rows += int64(b.N)
	return nil
}

func (w *tableWriter) row(i int) []tableCell {
	row := make([]tableCell, len(w.cells))
	for j := range w.cells {
		c := &w.cells[j]
		w.buf = c.append(w.buf[:0], i)
		row[j] = w.cell(string(w.buf), c.v.IsNull(i))
	}
	return row
}

// cell measures a safe text, and cuts what no layout could show, so that long values are not held.
func (w *tableWriter) cell(s string, null bool) tableCell {
	if w.opts.Width > 0 {
		s = clip(s, w.opts.Width)
	}
	return tableCell{text: s, width: textWidth(s), null: null}
}

func (w *tableWriter) End() error {
	w.buf = w.buf[:0]
	if len(w.cols) == 0 { // SELECT FROM t
		w.buf = fmt.Appendf(w.buf, "no columns in %d rows\n", w.rows)
		return w.flush()
	}
	names, types := w.headings()
	w.tail = append(w.tail[w.next:], w.tail[:w.next]...)
	t := box{
		cols: w.cols, names: names, types: types, color: w.opts.Color, bare: w.opts.NoTypes, limit: w.opts.Width,
		layout: fit(w.natural(names, types), w.opts.Width),
	}
	w.buf = t.draw(w.buf, w.head, w.tail, w.footer(&t))
	return w.flush()
}

func (w *tableWriter) headings() (names, types []tableCell) {
	for _, c := range w.cols {
		names = append(names, w.cell(Safe(c.Name), false))
		types = append(types, w.cell(c.Type.String(), false))
	}
	return names, types
}

// natural is the width of each column's widest cell.
func (w *tableWriter) natural(names, types []tableCell) []int {
	widths := make([]int, len(w.cols))
	measure := func(row []tableCell) {
		for j, c := range row {
			widths[j] = max(widths[j], c.width)
		}
	}
	measure(names)
	if !w.opts.NoTypes {
		measure(types)
	}
	for _, row := range w.head {
		measure(row)
	}
	for _, row := range w.tail {
		measure(row)
	}
	return widths
}

// footer says what was left out; it is empty if nothing was.
func (w *tableWriter) footer(t *box) string {
	s := ""
	if shown := int64(len(w.head) + len(w.tail)); shown < w.rows {
		s = fmt.Sprintf("%d rows (%d shown)", w.rows, shown)
		t.cut = true
	}
	if shown := len(t.layout.shown); shown < len(w.cols) {
		if s != "" {
			s += "  "
		}
		s += strconv.Itoa(len(w.cols)) + " columns (" + strconv.Itoa(shown) + " shown)"
	}
	return s
}
