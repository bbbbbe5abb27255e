package mysqlwire

import (
	"context"
	"io"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/sqlerr"
)

// query answers COM_QUERY: every statement of the text until one fails.
func (c *conn) query(data []byte) error {
	text := string(data)
	backend := c.server.config.Backend
	if err := c.tooLong(text); err != nil {
		c.reject(text, err)
		return nil
	}
	if at, found := backend.Disputed(text); found {
		c.reject(text, sqlerr.New(sqlerr.CodeSyntax, "a backslash in a string is a character here and an escape to others").At(at).
			WithHint("send values with prepared statements; or double the quotes in a string, and write it without backslashes"))
		return nil
	}
	spans := backend.Split(text)
	if len(spans) == 0 {
		spans = []Span{{0, len(text)}} // nothing, or comments: the backend says what to make of it
	}
	if len(spans) > 1 && c.caps&mysql.CLIENT_MULTI_STATEMENTS == 0 {
		c.reject(text, sqlerr.Syntax("several statements in one text").At(spans[1].Start).
			WithHint("the client has not asked for CLIENT_MULTI_STATEMENTS"))
		return nil
	}
	for i, span := range spans {
		ok, err := c.statement(text[span.Start:span.End], nil, false, i < len(spans)-1)
		if err != nil || !ok {
			return err
		}
	}
	return nil
}

// tooLong refuses a text by its length, before anybody reads it.
func (c *conn) tooLong(text string) error {
	if limit := c.server.config.Limits.Text; len(text) > limit {
		return sqlerr.New(sqlerr.CodeTooComplex, "statement is too complex: %d bytes, where %d are allowed", len(text), limit).
			WithHint("make long values parameters of a prepared statement")
	}
	return nil
}

// reject answers a text that is not given to the backend.
func (c *conn) reject(text string, err error) {
	ex := c.newExecution(text, nil)
	ex.fail(c.writeError(err))
	ex.conclude()
}

// statement runs one statement and writes its answer. ok is false when it failed, of which the client has been told; an error ends the connection.
func (c *conn) statement(text string, prepared *bound, binary, more bool) (ok bool, err error) {
	ex := c.newExecution(text, prepared)
	defer ex.conclude()
	start := func(ctx context.Context) (Rows, error) { return c.session.Query(ctx, text) }
	if prepared != nil {
		start = prepared.query
	}
	ctx, end := c.begin(text)
	defer end()
	rows, err := start(ctx)
	if err != nil {
		ex.fail(c.writeError(cause(ctx, err)))
		return false, nil
	}
	defer rows.Close()
	w := resultWriter{conn: c, rows: rows, binary: binary, more: more, execution: ex}
	err = w.write(ctx)
	ex.kind = rows.Kind()
	if c.server.audit != nil {
		ex.accounts = rows.Accounts()
	}
	switch {
	case err == nil:
		return true, nil
	case c.out.err != nil: // the client does not listen any more
		ex.outcome = "gone"
		return false, c.out.err
	}
	ex.fail(c.writeError(cause(ctx, err)))
	return false, nil
}

// cause is why a statement was canceled, where the error says only that it was.
func cause(ctx context.Context, err error) error {
	if why, ok := sqlerr.As(context.Cause(ctx)); ok {
		return why
	}
	return err
}

// drainRows reads a statement that has no columns to its end.
func drainRows(rows Rows) error {
	for {
		switch _, err := rows.Next(); err {
		case nil:
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}
