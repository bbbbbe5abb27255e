package credreport

import (
	"context"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// RawFunc gives the bytes of a report again, the same as were decoded.
type RawFunc func(ctx context.Context) ([]byte, error)

// Report is one account's report, decoded. It is read-only and safe for concurrent use.
type Report struct {
	file    *File
	section *section
	extents []extent
	checked ColumnSet
	doubts  []doubt
	tags    []*column.HStore // one a row, nil for not known; nil: of no row
}

// extent is rows of a report in a block. Only a report of more rows than a block has several.
type extent struct {
	block   *block
	from, n int
}

// Account is the account id: twelve digits.
func (r *Report) Account() string { return r.section.account }

// Partition is the AWS partition of the account: aws, aws-us-gov, aws-cn.
func (r *Report) Partition() string { return r.section.partition }

// File is the file or other source that the report was read from.
func (r *Report) File() string { return r.file.Name }

// GeneratedTime is when AWS made the report; zero if not known.
func (r *Report) GeneratedTime() time.Time { return r.file.GeneratedTime }

// SHA256 is the hexadecimal hash of the report's bytes (of the whole file, if it holds several accounts); empty if it was
// not computed.
func (r *Report) SHA256() string { return r.file.SHA256 }

// Rows is the number of users, root included.
func (r *Report) Rows() int { return r.section.rows }

// Checked is the columns whose values have been converted.
func (r *Report) Checked() ColumnSet { return r.checked }

// Notices are about columns that are not known or not there, and values that were not understood.
func (r *Report) Notices() []tables.Notice { return noticesOf([]*Report{r}, AllColumns) }

// Standing is the report as a row of credsql.accounts in that state. Name, NextRefresh and Attempts are left for the caller.
func (r *Report) Standing(state tables.State) tables.Account {
	return tables.Account{
		ID: r.Account(), Partition: r.Partition(), Source: r.File(), State: state,
		GeneratedTime: r.GeneratedTime(), Rows: int64(r.Rows()), SHA256: r.SHA256(),
	}
}

// WithTags is the same report with the tags of its users, by ARN. A user without tags has an empty HStore; one that is not
// in the map, or is nil in it, has tags that are not known: NULL. Root has no tags. The columns are shared, not copied.
// The ARNs must have been converted.
func (r *Report) WithTags(byARN map[string]*column.HStore) *Report {
	out := *r
	out.tags = make([]*column.HStore, 0, r.Rows())
	none := column.NewHStore(nil)
	for _, e := range r.extents {
		arns := e.block.columns[ColARN]
		for i := e.from; i < e.from+e.n; i++ {
			arn := arns.Text(i)
			tags := byARN[arn]
			if tags == nil && isRoot(arn) {
				tags = none
			}
			out.tags = append(out.tags, tags)
		}
	}
	return &out
}

// isRoot says whether a valid ARN is that of an account's root user.
func isRoot(arn string) bool {
	const root = ":root"
	return len(arn) > len(root) && arn[len(arn)-len(root):] == root
}
