package credreport

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// SnapshotOptions is what a snapshot needs beside reports.
type SnapshotOptions struct {
	// Now is the time against which the age of reports is shown.
	Now time.Time
	// Converted is how many of the reports, from the first on, have columns: scans give the rows of no others. 0: all.
	Converted int
}

// Snapshot is one consistent view of a set of reports, of at most one report for each account.
type Snapshot struct {
	reports  []*Report
	accounts []tables.Account
	given    []tables.Notice
	columns  ColumnSet // whose notices are told
	now      time.Time

	rows      int64            // of all reports
	byAccount map[string][]int // places in reports
	checked   ColumnSet        // what those have converted that scans read
	chunks    []chunk          // of all reports that have columns
	converted int              // how many those are, from the first on
}

var _ tables.Snapshot = (*Snapshot)(nil)

// NewSnapshot makes a view of the reports, whose rows keep the order of the reports. accounts are the rows of
// credsql.accounts, failed ones included. The notices of the reports follow those given, and may be limited by Concerning.
func NewSnapshot(reports []*Report, accounts []tables.Account, notices []tables.Notice, opts SnapshotOptions) *Snapshot {
	converted := reports
	if opts.Converted > 0 {
		converted = reports[:opts.Converted]
	}
	s := &Snapshot{
		reports: reports, accounts: accounts, given: slices.Clone(notices), columns: AllColumns, now: opts.Now,
		byAccount: make(map[string][]int, len(reports)), checked: AllColumns, chunks: chunksOf(converted), converted: len(converted),
	}
	for i, r := range reports {
		s.byAccount[r.Account()] = append(s.byAccount[r.Account()], i)
		s.rows += int64(r.Rows())
	}
	for _, r := range converted {
		s.checked &= r.checked
	}
	return s
}

// At is the same view at another time: only the age of its reports differs.
func (s *Snapshot) At(now time.Time) *Snapshot {
	out := *s
	out.now = now
	return &out
}

// Concerning is the same view for a statement that reads those columns: notices about values of others are left out, so that
// a statement gets the same warnings whatever was converted before it.
func (s *Snapshot) Concerning(columns ColumnSet) *Snapshot {
	out := *s
	out.columns = columns
	return &out
}

// Open starts a scan of one of the package's tables.
func (s *Snapshot) Open(_ context.Context, table string, req tables.Request) (tables.Scan, error) {
	switch table {
	case TableReport:
		return s.openReport(req)
	case TableAccounts:
		return s.openAccounts(req), nil
	case TableRawReport:
		return s.openRaw(req), nil
	case TableCredentials:
		return s.openCredentials(req)
	}
	return nil, sqlerr.New(sqlerr.CodeUndefinedTable, "relation %q does not exist", table)
}

// RowCount is known for all tables but credsql.credentials.
func (s *Snapshot) RowCount(table string) (n int64, known bool) {
	switch table {
	case TableReport, TableRawReport:
		return s.rows, true
	case TableAccounts:
		return int64(len(s.accounts)), true
	}
	return 0, false
}

// Coverage says which accounts are in this view.
func (s *Snapshot) Coverage() tables.Coverage { return tables.Coverage{Accounts: s.accounts} }

// Notices are those given to NewSnapshot, and those of the reports about the columns that the snapshot concerns.
func (s *Snapshot) Notices() []tables.Notice {
	return append(slices.Clone(s.given), noticesOf(s.reports, s.columns)...)
}

// NotSupported is how many rows of a column of aws.iam_credential_report are NULL because AWS wrote not_supported, in these
// accounts (nil: all). A filter on such a column passes over old reports' root users: who asks should know.
func (s *Snapshot) NotSupported(table, columnName string, accounts []string) int64 {
	c, ok := columnPosition(columnName)
	if table != TableReport || !ok {
		return 0
	}
	var n int
	for _, r := range s.reportsOf(accounts) {
		for _, e := range r.extents {
			if nulls := e.block.sentinels[c]; nulls != nil {
				n += nulls.count(NotSupported, e.from, e.from+e.n)
			}
		}
	}
	return int64(n)
}

// reportsOf are the reports of these accounts, in order; nil: all.
func (s *Snapshot) reportsOf(accounts []string) []*Report {
	if accounts == nil {
		return s.reports
	}
	return s.choose(accounts, len(s.reports))
}

// choose gives those of the first n reports that are of these accounts, in order.
func (s *Snapshot) choose(accounts []string, n int) []*Report {
	var places []int
	for _, id := range accounts {
		places = append(places, s.byAccount[id]...)
	}
	places = slices.DeleteFunc(places, func(place int) bool { return place >= n })
	slices.Sort(places)
	places = slices.Compact(places)
	out := make([]*Report, len(places))
	for i, place := range places {
		out[i] = s.reports[place]
	}
	return out
}

// chunksFor are the chunks of a scan of these accounts.
func (s *Snapshot) chunksFor(accounts []string) []chunk {
	if accounts == nil {
		return s.chunks
	}
	return chunksOf(s.choose(accounts, s.converted))
}

// require refuses a scan of columns that the statement's Need did not name: that is a mistake of the caller.
func (s *Snapshot) require(columns ColumnSet) error {
	if s.checked.Contains(columns &^ Columns(ColTags)) {
		return nil
	}
	return sqlerr.Internal(fmt.Errorf("columns %v were not asked for before the scan", (columns &^ s.checked).Names()))
}
