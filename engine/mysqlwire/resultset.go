package mysqlwire

import (
	"context"
	"io"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// resultWriter writes an answer as it is computed, from column batches to packets.
type resultWriter struct {
	conn      *conn
	rows      Rows
	binary    bool // the prepared statements' form of values
	more      bool // another answer follows
	execution *execution
}

// write writes the answer. Its error is the statement's, or the connection's, which out.err then holds.
func (w *resultWriter) write(ctx context.Context) error {
	columns := w.rows.Columns()
	if len(columns) == 0 {
		if err := drainRows(w.rows); err != nil {
			return err
		}
		return w.conn.writeOK(w.more, w.warnings())
	}
	// The first batch is asked for before the columns are written: most errors come with it, and are then the whole answer.
	batch, err := w.rows.Next()
	if err != nil && err != io.EOF {
		return err
	}
	if err := w.header(columns); err != nil {
		return err
	}
	for err == nil {
		if err = w.batch(batch, columns); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		batch, err = w.rows.Next()
	}
	if err != io.EOF {
		return err
	}
	return w.conn.writeEOF(w.more, w.warnings(), false)
}

func (w *resultWriter) warnings() uint16 { return uint16(min(w.rows.Warnings(), 0xffff)) }

func (w *resultWriter) header(columns []Column) error {
	out := &w.conn.out
	if err := out.end(mysql.AppendLengthEncodedInteger(out.begin(), uint64(len(columns)))); err != nil {
		return err
	}
	return w.conn.writeDefinitions(columns)
}

func (c *conn) writeDefinitions(columns []Column) error {
	for i := range columns {
		if err := c.out.end(appendDefinition(c.out.begin(), &columns[i])); err != nil {
			return err
		}
	}
	return c.writeEOF(false, 0, true)
}

// batch writes some rows.
func (w *resultWriter) batch(b *column.Batch, columns []Column) error {
	if err := w.admit(b); err != nil {
		return err
	}
	cells := make([]cell, len(columns))
	for i := range columns {
		var err error
		if cells[i], err = newCell(b.Cols[i], columns[i].Declared, w.binary); err != nil {
			return err
		}
	}
	from := w.conn.out.written + int64(len(w.conn.out.buf))
	appendRow := appendTextRow
	if w.binary {
		appendRow = appendBinaryRow
	}
	out := &w.conn.out
	for i := range b.N {
		if err := out.end(appendRow(out.begin(), cells, i)); err != nil {
			return err
		}
	}
	w.execution.rows += int64(b.N)
	w.execution.bytes += w.conn.out.written + int64(len(w.conn.out.buf)) - from
	return nil
}

// admit refuses an answer that grows over the server's bounds.
func (w *resultWriter) admit(b *column.Batch) error {
	limits := &w.conn.server.config.Limits
	switch {
	case limits.Rows > 0 && w.execution.rows+int64(b.N) > limits.Rows:
		return sqlerr.New(sqlerr.CodeConfigurationLimit, "the answer has more than %d rows", limits.Rows).WithHint("add a LIMIT, or narrow the query")
	case limits.Bytes > 0 && w.execution.bytes > limits.Bytes:
		return sqlerr.New(sqlerr.CodeConfigurationLimit, "the answer has more than %d bytes", limits.Bytes).WithHint("add a LIMIT, or ask for fewer columns")
	}
	return nil
}
