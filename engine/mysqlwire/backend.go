package mysqlwire

import (
	"context"
	"time"

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
type Client struct {
	// ID is the connection's number, which KILL takes.
	ID uint32
	// User and Host are for USER(), PROCESSLIST and the audit log.
	User, Host string
	// Accounts are those whose rows the user may see; nil for all.
	Accounts []string
	// Server is what the session may ask of the server around it.
	Server Control
}

// Control is what statements such as SHOW PROCESSLIST and KILL ask for. It only ever shows and touches what the asking user may.
type Control interface {
	// Processes are the user's own connections.
	Processes() []Process
	// Kill ends the statement of a connection of the same user, or the connection.
	Kill(id uint64, queryOnly bool) error
	// Status is SHOW STATUS, by name.
	Status() map[string]string
}

// Process is one connection.
type Process struct {
	ID                   uint32
	User, Host, Database string
	// Command is "Query" or "Sleep", Since when that began.
	Command string
	Since   time.Time
	// Statement is what runs; empty for none.
	Statement string
}

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
	Reset() error
	// Close ends the session.
	Close()
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
	// Summary says what there is to say beside the rows, complete after the last.
	Summary() Summary
	Close()
}

// Summary is for the audit log, the metrics and the warning count.
type Summary struct {
	// Kind is what the statement was: "query", "show", "set", ….
	Kind string
	// Accounts are those that the answer read.
	Accounts []string
	Warnings int
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
type Declared uint8

// The refinements. The values of a DeclaredDate column are timestamps, of the others text.
const (
	DeclaredNone Declared = iota
	DeclaredDate
	DeclaredTime
	DeclaredDecimal
	DeclaredUnsigned
	DeclaredBlob
)
