package mysqlwire

import (
	"context"
	"strconv"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// statements are a connection's prepared statements.
type statements struct {
	byID   map[uint32]*prepared
	lastID uint32
	bytes  int // of texts and long data
}

// prepared is one prepared statement.
type prepared struct {
	statement Statement
	text      string
	// types are of the last execution that sent them: later ones may leave them out.
	types []paramType
	// long is what COM_STMT_SEND_LONG_DATA has brought for the next execution, by parameter.
	long map[int][]byte
	// failed is long data that could not be kept; the next execution reports it, because sending has no answer.
	failed error
}

// paramType is the type in which a client sends a parameter.
type paramType struct {
	code     byte
	unsigned bool
}

// bound is a prepared statement with its values.
type bound struct {
	statement Statement
	params    []column.Value
}

func (b *bound) query(ctx context.Context) (Rows, error) { return b.statement.Query(ctx, b.params) }

// maxParams is what the protocol's 16 bits can count.
const maxParams = 1<<16 - 1

// prepare answers COM_STMT_PREPARE.
func (c *conn) prepare(data []byte) error {
	text := string(data)
	limits := &c.server.config.Limits
	switch {
	case len(c.stmts.byID) >= limits.Statements:
		c.writeErrorPacket(mysql.ER_MAX_PREPARED_STMT_COUNT_REACHED, stateOf(mysql.ER_MAX_PREPARED_STMT_COUNT_REACHED),
			"the connection has "+strconv.Itoa(limits.Statements)+" prepared statements, and may have no more; close some")
		return nil
	case c.stmts.bytes+len(text) > limits.StatementBytes:
		c.writeError(errStatementBytes(limits.StatementBytes))
		return nil
	}
	statement, err := c.prepareStatement(text)
	if err != nil {
		c.reject(text, err)
		return nil
	}
	if c.stmts.byID == nil {
		c.stmts.byID = map[uint32]*prepared{}
	}
	c.stmts.lastID++
	c.stmts.byID[c.stmts.lastID] = &prepared{statement: statement, text: text}
	c.stmts.bytes += len(text)
	return c.writePrepared(c.stmts.lastID, statement)
}

func errStatementBytes(limit int) error {
	return sqlerr.New(sqlerr.CodeConfigurationLimit, "the connection's prepared statements and their long data take more than %d bytes", limit).
		WithHint("close some")
}

func (c *conn) prepareStatement(text string) (Statement, error) {
	if err := c.tooLong(text); err != nil {
		return nil, err
	}
	if at, found := c.server.config.Backend.Disputed(text); found {
		return nil, sqlerr.New(sqlerr.CodeSyntax, "a backslash in a string is a character here and an escape to others").At(at).
			WithHint("make it a parameter")
	}
	ctx, end := c.begin(text)
	defer end()
	statement, err := c.session.Prepare(ctx, text)
	if err != nil {
		return nil, cause(ctx, err)
	}
	if n := statement.Params(); n > maxParams {
		return nil, sqlerr.New(sqlerr.CodeTooComplex, "%d parameters, where %d are allowed", n, maxParams)
	}
	return statement, nil
}

// writePrepared answers with the statement's number, its parameters and its columns.
func (c *conn) writePrepared(id uint32, statement Statement) error {
	params, columns := statement.Params(), statement.Columns()
	buf := append(c.out.begin(), mysql.OK_HEADER, byte(id), byte(id>>8), byte(id>>16), byte(id>>24),
		byte(len(columns)), byte(len(columns)>>8), byte(params), byte(params>>8), 0, 0, 0)
	if err := c.out.end(buf); err != nil {
		return err
	}
	if params > 0 {
		marks := make([]Column, params)
		for i := range marks {
			marks[i].Name = "?"
		}
		if err := c.writeDefinitions(marks); err != nil {
			return err
		}
	}
	if len(columns) > 0 {
		return c.writeDefinitions(columns)
	}
	return nil
}

// find gives a command's statement, whose number it begins with.
func (s *statements) find(p *payload) *prepared { return s.byID[p.uint32()] }

func (c *conn) unknownStatement(command string) error {
	c.writeErrorPacket(mysql.ER_UNKNOWN_STMT_HANDLER, stateOf(mysql.ER_UNKNOWN_STMT_HANDLER), "Unknown prepared statement handler given to "+command)
	return nil
}

// cursorFlags are kinds of cursors that change rows or go back. A read-only cursor is answered with all rows, as MySQL does where it
// has none.
const cursorFlags = mysql.CURSOR_TYPE_FOR_UPDATE | mysql.CURSOR_TYPE_SCROLLABLE

// execute answers COM_STMT_EXECUTE.
func (c *conn) execute(data []byte) error {
	p := payload{rest: data}
	s := c.stmts.find(&p)
	flags := p.uint8()
	p.take(4) // how often: always once
	switch {
	case p.bad:
		return c.malformed()
	case s == nil:
		return c.unknownStatement("mysqld_stmt_execute")
	case flags&cursorFlags != 0:
		c.writeError(sqlerr.NotSupported("a cursor that updates or scrolls"))
		return nil
	}
	params, err := s.params(&p)
	c.forgetLong(s)
	switch {
	case p.bad:
		return c.malformed()
	case err != nil:
		c.reject(s.text, err)
		return nil
	}
	_, err = c.statement(s.text, &bound{statement: s.statement, params: params}, true, false)
	return err
}

// sendLongData takes a part of a parameter's value. It has no answer.
func (c *conn) sendLongData(data []byte) error {
	p := payload{rest: data}
	s, param := c.stmts.find(&p), int(p.uint16())
	if p.bad || s == nil || param >= s.statement.Params() {
		return nil
	}
	limit := c.server.config.Limits.StatementBytes
	if c.stmts.bytes+len(p.rest) > limit {
		s.failed = errStatementBytes(limit)
		return nil
	}
	if s.long == nil {
		s.long = map[int][]byte{}
	}
	s.long[param] = append(s.long[param], p.rest...)
	c.stmts.bytes += len(p.rest)
	return nil
}

// forgetLong drops the long data of a statement: it serves for one execution.
func (c *conn) forgetLong(s *prepared) {
	for _, b := range s.long {
		c.stmts.bytes -= len(b)
	}
	s.long, s.failed = nil, nil
}

func (c *conn) resetStatement(data []byte) error {
	p := payload{rest: data}
	s := c.stmts.find(&p)
	if s == nil {
		return c.unknownStatement("mysqld_stmt_reset")
	}
	c.forgetLong(s)
	return c.writeOK(false, 0)
}

// closeStatement has no answer.
func (c *conn) closeStatement(data []byte) error {
	p := payload{rest: data}
	id := p.uint32()
	if s := c.stmts.byID[id]; s != nil {
		c.forgetLong(s)
		c.stmts.bytes -= len(s.text)
		delete(c.stmts.byID, id)
	}
	return nil
}
