package credreport

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// accountsScan reads credsql.accounts, which is one chunk.
type accountsScan struct {
	snapshot *Snapshot
	accounts []tables.Account
	columns  []int
}

func (s *Snapshot) openAccounts(req tables.Request) tables.Scan {
	scan := &accountsScan{snapshot: s, accounts: s.accounts, columns: req.Columns}
	if req.Accounts != nil {
		scan.accounts = nil
		for _, a := range s.accounts {
			if slices.Contains(req.Accounts, a.ID) {
				scan.accounts = append(scan.accounts, a)
			}
		}
	}
	return scan
}

// Chunks is 1.
func (s *accountsScan) Chunks() int { return 1 }

// Read gives the chunk.
func (s *accountsScan) Read(ctx context.Context, _ int) (*column.Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	batch := &column.Batch{N: len(s.accounts)}
	columns := accountsDef().Columns
	for _, c := range s.columns {
		b := column.NewBuilder(columns[c].Type, len(s.accounts))
		for i := range s.accounts {
			b.Append(accountValues[c](s.snapshot, &s.accounts[i]))
		}
		batch.Cols = append(batch.Cols, b.Vector())
	}
	return batch, nil
}

// accountValues give the columns of accountsDef, in its order.
var accountValues = []func(*Snapshot, *tables.Account) column.Value{
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(a.ID) },
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(a.Name) },
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(a.Partition) },
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(a.Source) },
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(string(a.State)) },
	func(_ *Snapshot, a *tables.Account) column.Value { return timeOrNull(a.GeneratedTime) },
	func(s *Snapshot, a *tables.Account) column.Value { return s.age(a) },
	func(_ *Snapshot, a *tables.Account) column.Value { return timeOrNull(a.NextRefresh) },
	func(_ *Snapshot, a *tables.Account) column.Value { return a.Rows },
	func(_ *Snapshot, a *tables.Account) column.Value { return attempts(a) },
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(a.Error) },
	func(_ *Snapshot, a *tables.Account) column.Value { return textOrNull(a.SHA256) },
	func(s *Snapshot, a *tables.Account) column.Value { return s.checkedOf(a) },
}

func textOrNull(s string) column.Value {
	if s == "" {
		return nil
	}
	return s
}

func timeOrNull(t time.Time) column.Value {
	if t.IsZero() {
		return nil
	}
	return column.Timestamp(t.UnixMicro())
}

func attempts(a *tables.Account) column.Value {
	if a.State == tables.StateFile || a.Attempts == 0 {
		return nil
	}
	return a.Attempts
}

// age is now minus the time of generation, as PostgreSQL subtracts timestamps: whole days and the rest.
func (s *Snapshot) age(a *tables.Account) column.Value {
	if a.GeneratedTime.IsZero() || s.now.IsZero() {
		return nil
	}
	const day = 24 * 60 * 60 * 1_000_000
	micros := s.now.UnixMicro() - a.GeneratedTime.UnixMicro()
	return column.Interval{Days: int32(micros / day), Micros: micros % day}
}

// checkedOf says which columns of the account's report were converted; NULL without a report.
func (s *Snapshot) checkedOf(a *tables.Account) column.Value {
	places := s.byAccount[a.ID]
	if len(places) == 0 {
		return nil
	}
	switch checked := s.reports[places[0]].checked; checked {
	case AllColumns.converted():
		return "all"
	case 0:
		return "none"
	default:
		return strings.Join(checked.Names(), ",")
	}
}
