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
		if err = w.batch(ctx, batch, columns); err != nil {
			return err
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
func (w *resultWriter) batch(ctx context.Context, b *column.Batch, columns []Column) error {
	limits := &w.conn.server.config.Limits
	if limits.Rows > 0 && w.execution.rows+int64(b.N) > limits.Rows {
		return sqlerr.New(sqlerr.CodeConfigurationLimit, "the answer has more than %d rows", limits.Rows).WithHint("add a LIMIT, or narrow the query")
	}
	cells := make([]cell, len(columns))
	for i := range columns {
		var err error
		if cells[i], err = newCell(b.Cols[i], columns[i].Declared, w.binary); err != nil {
			return err
		}
	}
	appendRow := appendTextRow
	if w.binary {
		appendRow = appendBinaryRow
	}
	out := &w.conn.out
	begun, looked := out.total(), int64(0)
	for i := range b.N {
		if err := out.end(appendRow(out.begin(), cells, i)); err != nil {
			return err
		}
		w.execution.rows++
		if written := out.total() - begun; written-looked >= flushSize || i == b.N-1 {
			w.execution.bytes += written - looked
			looked = written
			if err := w.mayGoOn(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayGoOn ends an answer that nobody waits for any more, whose time is over, or that grows over the server's bound.
func (w *resultWriter) mayGoOn(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if most := w.conn.server.config.Limits.Bytes; most > 0 && w.execution.bytes > most {
		return sqlerr.New(sqlerr.CodeConfigurationLimit, "the answer has more than %d bytes", most).WithHint("add a LIMIT, or ask for fewer columns")
	}
	return w.rows.Canceled()
}
