package repl

import (
	"fmt"
	"io"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/render"
)

// listed is a result that the shell makes itself: rows of text.
type listed struct {
	columns []render.Column
	batch   *column.Batch
}

var _ Rows = (*listed)(nil)

func textRows(headings []string, rows [][]string) *listed {
	l := &listed{batch: &column.Batch{N: len(rows)}}
	for i, h := range headings {
		l.columns = append(l.columns, render.Column{Name: h, Type: column.Text})
		b := column.NewBuilder(column.Text, len(rows))
		for _, r := range rows {
			b.Append(r[i])
		}
		l.batch.Cols = append(l.batch.Cols, b.Vector())
	}
	return l
}

// Columns are the headings.
func (l *listed) Columns() []render.Column { return l.columns }

// Canceled is never an error: the rows are there.
func (*listed) Canceled() error { return nil }

// Next gives all rows at once.
func (l *listed) Next() (*column.Batch, error) {
	if l.batch == nil || l.batch.N == 0 {
		return nil, io.EOF
	}
	b := l.batch
	l.batch = nil
	return b, nil
}

// Notices are none.
func (l *listed) Notices() []string { return nil }

// Footer is none: the rows say all.
func (l *listed) Footer(bool) string { return "" }

// Close does nothing.
func (l *listed) Close() {}

// plural is a number of things.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
