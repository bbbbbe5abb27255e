package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/files"
)

// recorder is a source that writes down what is asked of it.
type recorder struct {
	tables.Source
	mu  sync.Mutex
	log []string
}

func (r *recorder) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

func (r *recorder) Snapshot(ctx context.Context, need tables.Need) (tables.Snapshot, error) {
	accounts := "all"
	if need.Accounts != nil {
		slices.Sort(need.Accounts)
		accounts = fmt.Sprint(need.Accounts)
	}
	if need.Rows > 0 {
		accounts += fmt.Sprintf(", the first %d rows", need.Rows)
	}
	for _, name := range need.Tables {
		r.note("need %s (%s) accounts %s", name, strings.Join(need.Columns[name], ", "), accounts)
	}
	s, err := r.Source.Snapshot(ctx, need)
	return &recordedSnapshot{s, r}, err
}

type recordedSnapshot struct {
	tables.Snapshot
	recorder *recorder
}

func (s *recordedSnapshot) Open(ctx context.Context, table string, req tables.Request) (tables.Scan, error) {
	accounts := "all"
	if req.Accounts != nil {
		accounts = fmt.Sprint(req.Accounts)
	}
	scan, err := s.Snapshot.Open(ctx, table, req)
	return &recordedScan{scan, s.recorder, fmt.Sprintf("%s: %d columns, accounts %s", table, len(req.Columns), accounts)}, err
}

type recordedScan struct {
	tables.Scan
	recorder *recorder
	what     string
}

func (s *recordedScan) Read(ctx context.Context, i int) (*column.Batch, error) {
	b, err := s.Scan.Read(ctx, i)
	if err == nil {
		s.recorder.note("read %s: %d rows", s.what, b.N)
	}
	return b, err
}

// TestReadsOnlyWhatIsNeeded: the accounts and columns that a statement does not need are neither asked for nor read, and what is
// known without a scan is not scanned. An account may be left out only if no row of it can be in the answer.
func TestReadsOnlyWhatIsNeeded(t *testing.T) {
	t.Parallel()
	const one, two = "100000000017", "112233440028"
	for _, c := range []struct {
		sql  string
		want []string
	}{
		{"SELECT count(*) FROM aws.iam_credential_report", []string{"need aws.iam_credential_report () accounts all"}},
		{"SELECT count(*) AS n, 1 AS one FROM aws.iam_credential_report r", []string{"need aws.iam_credential_report () accounts all"}},
		{"SELECT user FROM aws.iam_credential_report WHERE account_id = '" + one + "'", []string{
			"need aws.iam_credential_report (account_id, user) accounts [" + one + "]",
			"read aws.iam_credential_report: 2 columns, accounts [" + one + "]: 73 rows"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE '" + two + "' = account_id AND mfa_active", []string{
			"need aws.iam_credential_report (account_id, mfa_active) accounts [" + two + "]",
			"read aws.iam_credential_report: 2 columns, accounts [" + two + "]: 65 rows"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE account_id IN ('" + one + "', '" + two + "', 'nobody') AND account_id <> 'x'", []string{
			"need aws.iam_credential_report (account_id) accounts [" + one + " " + two + " nobody]",
			"read aws.iam_credential_report: 1 columns, accounts [" + one + " " + two + " nobody]: 138 rows"}},
		{"SELECT a.user FROM aws.iam_credential_report a JOIN aws.iam_credential_report b USING (account_id) WHERE a.account_id = '" + one + "' LIMIT 0", []string{
			"need aws.iam_credential_report (account_id, user) accounts all"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE account_id = '" + one + "' OR user = 'nobody'", []string{
			"need aws.iam_credential_report (account_id, user) accounts all",
			"read aws.iam_credential_report: 2 columns, accounts all: 600 rows"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE account_id = '" + one + "' OR (account_id = '" + two + "' AND mfa_active)", []string{
			"need aws.iam_credential_report (account_id, mfa_active) accounts [" + one + " " + two + "]",
			"read aws.iam_credential_report: 2 columns, accounts [" + one + " " + two + "]: 138 rows"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE NOT account_id = '" + one + "'", []string{
			"need aws.iam_credential_report (account_id) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE account_id = '" + one + "' OR account_id = '" + two + "'", []string{
			"need aws.iam_credential_report (account_id) accounts [" + one + " " + two + "]",
			"read aws.iam_credential_report: 1 columns, accounts [" + one + " " + two + "]: 138 rows"}},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE account_id = '" + one + "' AND account_id = '" + two + "'", []string{
			"need aws.iam_credential_report (account_id) accounts []"}},
		{"SELECT count(*) FROM credsql.accounts a LEFT JOIN aws.iam_credential_report r ON r.account_id = a.account_id AND r.account_id = '" + one + "'", []string{
			"need credsql.accounts (account_id) accounts all", "need aws.iam_credential_report (account_id) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts [" + one + "]: 73 rows",
			"read credsql.accounts: 1 columns, accounts all: 12 rows"}},
		{"SELECT count(*) FROM credsql.accounts a LEFT JOIN aws.iam_credential_report r USING (account_id) WHERE a.account_id = '" + one + "'", []string{
			"need credsql.accounts (account_id) accounts all", "need aws.iam_credential_report (account_id) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows",
			"read credsql.accounts: 1 columns, accounts [" + one + "]: 1 rows"}},
		{"SELECT count(*) FROM credsql.accounts", []string{"need credsql.accounts () accounts all"}},
		{"SELECT upper(user), 1 FROM aws.iam_credential_report LIMIT 3 OFFSET 2", []string{
			"need aws.iam_credential_report (user) accounts all, the first 5 rows",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"WITH r AS (SELECT user AS u FROM aws.iam_credential_report) SELECT u FROM r FETCH FIRST 2 ROWS ONLY", []string{
			"need aws.iam_credential_report (user) accounts all, the first 2 rows",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT count(*) FROM (SELECT user FROM aws.iam_credential_report LIMIT 700) r", []string{
			"need aws.iam_credential_report () accounts all",
			"read aws.iam_credential_report: 0 columns, accounts all: 600 rows"}},
		{"SELECT user FROM aws.iam_credential_report WHERE mfa_active LIMIT 1", []string{
			"need aws.iam_credential_report (mfa_active, user) accounts all",
			"read aws.iam_credential_report: 2 columns, accounts all: 600 rows"}},
		{"SELECT user FROM aws.iam_credential_report ORDER BY 1 LIMIT 1", []string{
			"need aws.iam_credential_report (user) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT DISTINCT user FROM aws.iam_credential_report LIMIT 1", []string{
			"need aws.iam_credential_report (user) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT user, row_number() OVER (ORDER BY arn) FROM aws.iam_credential_report LIMIT 1", []string{
			"need aws.iam_credential_report (arn, user) accounts all",
			"read aws.iam_credential_report: 2 columns, accounts all: 600 rows"}},
		{"SELECT user FROM aws.iam_credential_report ORDER BY arn FETCH FIRST 1 ROW WITH TIES", []string{
			"need aws.iam_credential_report (arn, user) accounts all",
			"read aws.iam_credential_report: 2 columns, accounts all: 600 rows"}},
		{"SELECT max(user) FROM aws.iam_credential_report LIMIT 1", []string{
			"need aws.iam_credential_report (user) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT user FROM aws.iam_credential_report, generate_series(1, 2) LIMIT 1", []string{
			"need aws.iam_credential_report (user) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT user FROM aws.iam_credential_report OFFSET 599", []string{
			"need aws.iam_credential_report (user) accounts all",
			"read aws.iam_credential_report: 1 columns, accounts all: 600 rows"}},
		{"SELECT 1", nil},
	} {
		source, err := files.New(files.Config{Paths: []string{"../examples/reports"}})
		if err != nil {
			t.Fatal(err)
		}
		r := &recorder{Source: source}
		if _, err := queryText(newTestSession(t, r, nil), c.sql); err != nil {
			t.Errorf("%s: %v", c.sql, err)
		}
		if diff := cmp.Diff(c.want, r.log); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.sql, diff)
		}
	}
}
