package credreport

import (
	"slices"

	"github.com/credsql/credsql/tables"
)

// Wanted is what a statement reads, in terms of reports.
type Wanted struct {
	Columns ColumnSet // of aws.iam_credential_report, to be converted; never tags
	Tags    bool
	Hash    bool  // SHA-256 of the reports
	Rows    int64 // how many of the first rows are enough; 0: all are read
	// Standing says that nothing is read but how the reports stand and their raw fields: no row is converted.
	Standing bool
}

// WantedBy says what must be read of reports for a statement's Need. A table without an entry in Need.Columns is read
// whole.
func WantedBy(need tables.Need) Wanted {
	var w Wanted
	for _, table := range need.Tables {
		names, listed := need.Columns[table]
		switch table {
		case TableReport:
			if !listed {
				w.Columns |= AllColumns
			}
			for _, name := range names {
				if position, ok := columnPosition(name); ok {
					w.Columns |= Columns(position)
				}
			}
		case TableCredentials:
			w.Columns |= credentialColumns
		case TableAccounts:
			w.Hash = w.Hash || !listed || slices.Contains(names, "sha256")
		}
	}
	if len(need.Tables) == 1 && need.Tables[0] == TableReport && need.Accounts == nil {
		w.Rows = need.Rows
	}
	w.Standing = !slices.Contains(need.Tables, TableReport) && !slices.Contains(need.Tables, TableCredentials)
	w.Tags = w.Columns.Has(ColTags)
	w.Columns = w.Columns.converted()
	return w
}

// converted is what converting the columns gives: names and ARNs are made together, and tags do not come from reports.
func (s ColumnSet) converted() ColumnSet {
	if s.Has(ColKey) || s.Has(ColARN) {
		s |= Columns(ColKey, ColARN, ColUser)
	}
	return s &^ Columns(ColTags)
}
