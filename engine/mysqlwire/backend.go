package mysqlwire

import (
	"context"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
)

// Backend answers the statements of clients.
type Backend interface {
	// NewSession starts a session for a client that has proved who it is.
	NewSession(client Client) (Session, error)
	// Split cuts a text into its statements.
	Split(text string) []Span
	// Disputed finds a string literal that would be another one, or end elsewhere, if backslashes were escapes, as some
	// client libraries believe whatever the server says. The offset is that of the backslash.
	Disputed(text string) (offset int, found bool)
}

// Span is a statement's place in a text.
type Span struct{ Start, End int }

// Client is who a session is for, and what it may ask of the server.
type Client = engine.Client

// Control is what statements such as SHOW PROCESSLIST and KILL ask for.
type Control = engine.Control

// Process is one connection.
type Process = engine.Process

// Session is one client's session. It is used by one goroutine at a time.
type Session interface {
	// Query starts one statement. Values arrive while Rows are read. The text of an error's position is the statement.
	Query(ctx context.Context, text string) (Rows, error)
	// Prepare checks a statement whose parameters are written as question marks.
	Prepare(ctx context.Context, text string) (Statement, error)
	// UseDatabase makes a schema the current one.
	UseDatabase(name string) error
	// Fields are the columns of a table, for COM_FIELD_LIST.
	Fields(table string) ([]Column, error)
	// State is what answers say about the session.
	State() State
	// Reset forgets all that statements have changed.
	Reset()
}

// State is what a client is told about its session with every answer.
type State struct {
	Autocommit, InTransaction bool
	Database                  string
}

// Statement is a prepared statement.
type Statement interface {
	// Params is how many parameters it has.
	Params() int
	// Columns are the result's, as far as they are known without values.
	Columns() []Column
	// Query runs it. A value is nil, bool, int64, float64, string or column.Timestamp, whatever the client has sent.
	Query(ctx context.Context, params []column.Value) (Rows, error)
}

// Rows is an answer. A statement without a result set has no columns.
type Rows interface {
	Columns() []Column
	// Next gives some more rows; io.EOF after the last.
	Next() (*column.Batch, error)
	// Canceled is the error that the statement ends with if it was canceled or its time is over: it is asked while rows are written, which
	// may take longer than computing them.
	Canceled() error
	// Kind is what the statement was: "query", "show", "set", ….
	Kind() string
	// Warnings is how many there are, complete after the last row.
	Warnings() int
	// Accounts are those that the statement reads, for the audit log.
	Accounts() []string
	Close()
}

// Column is a column of an answer.
type Column struct {
	Name string
	Type column.Type
	// Schema, Table and Origin name the table column behind it, where there is one.
	Schema, Table, Origin string
	// Key says that the column is its table's primary key, NotNull that it has no NULL.
	Key, NotNull bool
	// Declared refines what Type cannot say about answers that are about the server.
	Declared Declared
}

// Declared is a MySQL type that has no column type of its own.
type Declared = engine.Native
