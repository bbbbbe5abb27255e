package render

import (
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// verticalWriter writes a block a row, with a line a column: for rows wider than the screen.
type verticalWriter struct {
	stream
	opts   Options
	labels []string // padded names with their separator
	name   int      // width of the names
	rows   int64
}

var _ Writer = (*verticalWriter)(nil)

func (w *verticalWriter) Begin(cols []Column) error {
	w.begin(cols, &form{null: paint(w.opts.Color, dim, "NULL"), text: appendSafe})
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = Safe(c.Name)
		w.name = max(w.name, textWidth(names[i]))
	}
	for _, n := range names {
		pad := strings.Repeat(" ", w.name-textWidth(n))
		w.labels = append(w.labels, paint(w.opts.Color, bold, n)+pad+" │ ")
	}
	return nil
}

func (w *verticalWriter) Write(b *column.Batch) error {
	w.bind(b)
	for i := range b.N {
		w.rows++
		w.heading()
		for j := range w.cells {
			w.buf = append(w.buf, w.labels[j]...)
			w.buf = w.cells[j].append(w.buf, i)
			w.buf = append(w.buf, '\n')
		}
		if err := w.spill(); err != nil {
			return err
		}
	}
	return w.flush()
}

// heading draws the rule above a record: ─[ 12 ]─┬─────.
func (w *verticalWriter) heading() {
	from := len(w.buf)
	w.buf = append(w.buf, "─[ "...)
	w.buf = strconv.AppendInt(w.buf, w.rows, 10)
	w.buf = append(w.buf, " ]"...)
	title := len(w.buf) - from - len("─") + 1
	if title <= w.name+1 {
		w.line(w.name + 1 - title)
		w.buf = append(w.buf, "┬"...)
	}
	w.line(24)
	w.buf = append(w.buf, '\n')
}

func (w *verticalWriter) line(width int) {
	for range width {
		w.buf = append(w.buf, "─"...)
	}
}

func (w *verticalWriter) End() error { return w.flush() }
