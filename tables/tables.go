// Package tables says what a table, a source and an account are. It knows no SQL: the engine above it plans and computes,
// the packages below it (files, awsiam) read reports.
package tables

import (
	"context"
	"time"

	"github.com/credsql/credsql/engine/column"
)

// Column is one column of a table, with what it means in words a user can read.
type Column struct {
	Name string
	Type column.Type
	Doc  string
}

// Def is a table's shape: all that binding a statement needs, so that nothing is fetched for a statement that is wrong.
type Def struct {
	Schema  string // "aws"
	Name    string // "iam_credential_report"
	Doc     string
	Columns []Column
	// AccountColumn is the index of the column that holds the account id of every row, or -1. An equality or IN on it lets
	// a source read only those accounts.
	AccountColumn int
}

// QualifiedName is the table's name with its schema, "aws.iam_credential_report", as Need and Snapshot use it.
func (d *Def) QualifiedName() string {
	if d.Schema == "" {
		return d.Name
	}
	return d.Schema + "." + d.Name
}

// Need is what one statement reads, collected over all its scans before anything is fetched.
type Need struct {
	Tables []string // qualified names, "aws.iam_credential_report"
	// Accounts limits the statement to these account ids; nil means every account.
	Accounts []string
	// Columns are the names of the columns read, by qualified table. Tags are fetched only if "tags" is among them.
	Columns map[string][]string
	// Rows is how many rows of its one table the statement reads at most, from the first one on and whatever they hold; 0: all. A source
	// may then give only so many of the first rows, but none that differ from those that it would give otherwise.
	Rows int64
}

// Source gives tables: report files, live accounts, or fixtures.
type Source interface {
	// Tables are the shapes of all tables, always the same for one source.
	Tables() []*Def
	// Snapshot gives one consistent view for one statement, fetching what need asks for. It fails only when nothing at
	// all could be read or ctx ended; a part that failed is in the snapshot's Coverage and Notices.
	Snapshot(ctx context.Context, need Need) (Snapshot, error)
}

// Snapshot is one consistent view of a source's tables. It is safe for concurrent use.
type Snapshot interface {
	// Open starts a scan of a table, by qualified name.
	Open(ctx context.Context, table string, req Request) (Scan, error)
	// RowCount is the exact number of rows of a table, if it is known without a scan.
	RowCount(table string) (n int64, known bool)
	// Coverage says which accounts are in this view.
	Coverage() Coverage
	// Notices are the warnings so far: of loading, and of scans that have been read.
	Notices() []Notice
}

// Request is what one scan wants.
type Request struct {
	Columns  []int    // indexes into Def.Columns, in the order wanted
	Accounts []string // only rows of these accounts; nil: all. A scan may return more rows: the filter stays above it
}

// Scan is a table's rows as chunks that can be read in any order and by several goroutines at once.
type Scan interface {
	Chunks() int
	// Read gives chunk i with exactly the requested columns.
	Read(ctx context.Context, i int) (*column.Batch, error)
}

// State is how an account stands in a snapshot.
type State string

// The states of an account, as credsql.accounts shows them.
const (
	StateFresh      State = "fresh"      // the report is as young as was asked for
	StateStale      State = "stale"      // older than asked for, and AWS has no newer one yet
	StateRefreshing State = "refreshing" // readable, a newer one is on its way
	StateFailed     State = "failed"     // could not be read
	StateSkipped    State = "skipped"    // left out on purpose: suspended, excluded
	StateDenied     State = "denied"     // no permission
	StateFile       State = "file"       // read from a file
)

// Account is one account's standing: a row of credsql.accounts.
type Account struct {
	ID            string
	Name          string
	Partition     string
	Source        string // file path, role ARN or profile
	State         State
	GeneratedTime time.Time // zero: not known
	NextRefresh   time.Time // zero: not known
	Rows          int64
	Attempts      int64
	Error         string
	SHA256        string // of the report's bytes, hex
}

// Coverage says how complete a snapshot is.
type Coverage struct {
	Accounts []Account
}

// Complete says whether every account that was asked for is there.
func (c Coverage) Complete() bool {
	for _, a := range c.Accounts {
		if a.State == StateFailed || a.State == StateDenied {
			return false
		}
	}
	return true
}

// Notice is something a user must know beside the rows: a part that is missing, a value that was not understood.
type Notice struct {
	Message string // names file, line, column and value, or account, as far as they apply
	// Topic is the same for notices that say the same at different times, such as how old a report is; empty: the message is.
	Topic string
	// Incomplete marks a notice about rows or accounts that are missing from the answer: with --strict it is an error.
	Incomplete bool
}
