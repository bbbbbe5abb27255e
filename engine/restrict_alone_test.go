package engine

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/files"
)

// sourceOf is a source of report files.
func sourceOf(t *testing.T, paths ...string) tables.Source {
	t.Helper()
	source, err := files.New(files.Config{Paths: paths})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// clientOf is a MySQL client's session over a source, fixed in time.
func clientOf(t *testing.T, source tables.Source, accounts []string, mode string) *Session {
	t.Helper()
	e, err := New(Config{Source: source, Settings: map[string]string{"credsql.at": "2026-01-15", "credsql.execution": mode}, MaxMemory: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return e.NewClientSession(Client{MySQL: true, User: "narrow", Accounts: accounts})
}

// durations are what differs from run to run; work is how an answer was come by: in how many batches, or from counts that are at hand.
var (
	durations = regexp.MustCompile(`\d+(\.\d+)?(ns|µs|ms|s)\b`)
	work      = regexp.MustCompile(` \(rows=(\d+) .*`)
)

// visible is how many rows the two accounts have.
const visible = 126

// lines is what a statement tells, in order.
func lines(s *Session, sql string) string {
	rows, err := s.Query(context.Background(), sql)
	if err != nil {
		return err.Error() + "\n"
	}
	defer rows.Close()
	var b strings.Builder
	for _, c := range rows.Columns {
		b.WriteString(c.Name + "\n")
	}
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return b.String() + err.Error() + "\n"
		}
		for i := range batch.N {
			for _, v := range batch.Cols {
				b.WriteString(cellText(v.Value(i)) + "|")
			}
			b.WriteString("\n")
		}
	}
	for _, n := range rows.Summary().Notices {
		b.WriteString(n.Message + "\n")
	}
	return b.String() + strings.Join(rows.Accounts(), "\n") + "\n"
}

// saidAll is all that a statement tells, asked as text and prepared, with the warnings after it and the row counts that are known then.
func saidAll(s *Session, sql string) string {
	var b strings.Builder
	b.WriteString(lines(s, sql))
	if p, err := s.Prepare(sql); err != nil {
		b.WriteString(err.Error())
	} else if rows, err := p.Query(context.Background()); err != nil {
		b.WriteString(err.Error())
	} else {
		rows.Close()
	}
	for _, after := range []string{"SHOW WARNINGS", "SHOW STATUS", "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS IN (0, 2, 126) FROM information_schema.TABLES WHERE TABLE_SCHEMA IN ('aws', 'credsql') ORDER BY 2", "SELECT FOUND_ROWS()"} {
		b.WriteString(lines(s, after))
	}
	return durations.ReplaceAllString(b.String(), "some time")
}

// roundabout are ways to reports that are not the plain one.
var roundabout = []string{
	"SELECT * FROM aws.iam_credential_report",
	"SELECT * FROM credsql.accounts", "SELECT * FROM credsql.credentials", "SELECT * FROM credsql.raw_report",
	"SELECT count(*) FROM aws.iam_credential_report", "SELECT count(*) FROM credsql.raw_report", "SELECT count(*) FROM credsql.accounts",
	"SELECT COUNT(*) FROM `aws`.`iam_credential_report`",
	"EXPLAIN ANALYZE SELECT * FROM aws.iam_credential_report", "EXPLAIN ANALYZE SELECT count(*) FROM aws.iam_credential_report",
	"EXPLAIN ANALYZE SELECT user FROM credsql.raw_report WHERE account_id = '112233440028'",
	"EXPLAIN ANALYZE SELECT DISTINCT user FROM aws.iam_credential_report ORDER BY user LIMIT 3",
	"EXPLAIN ANALYZE SELECT a.user FROM aws.iam_credential_report a JOIN credsql.accounts b USING (account_id)",
	"EXPLAIN SELECT * FROM credsql.accounts WHERE account_id IN ('112233440028', '123123120039')",
	// Of counts it is told that they are not known.
	"SELECT TABLE_NAME, TABLE_ROWS IN (0, 2, 126), AVG_ROW_LENGTH = 0 FROM information_schema.TABLES WHERE TABLE_SCHEMA IN ('aws', 'credsql') ORDER BY TABLE_NAME", "SELECT * FROM information_schema.STATISTICS",
	"SELECT * FROM information_schema.COLUMN_STATISTICS", "SELECT * FROM information_schema.INNODB_TABLESTATS", "SHOW TABLE STATUS FROM credsql WHERE `Rows` NOT IN (0, 2, 126)",
	"SHOW INDEX FROM aws.iam_credential_report", "ANALYZE TABLE aws.iam_credential_report", "CHECKSUM TABLE aws.iam_credential_report",
	"SELECT min(user), max(user), min(account_id), max(account_id), min(user_creation_time), max(password_last_used) FROM aws.iam_credential_report",
	"SELECT * FROM aws.iam_credential_report WHERE user LIKE '%' AND user NOT LIKE 'zzz%' ORDER BY arn DESC LIMIT 5",
	"SELECT account_id FROM aws.iam_credential_report GROUP BY GROUPING SETS ((account_id), ())",
	"SELECT user FROM aws.iam_credential_report WHERE account_id = ANY (ARRAY['112233440028', '100000000017']) ORDER BY arn",
	"SELECT account_id FROM credsql.accounts UNION SELECT account_id FROM credsql.raw_report UNION ALL SELECT account_id FROM credsql.credentials ORDER BY 1",
	"SELECT EXISTS (SELECT 1 FROM aws.iam_credential_report WHERE account_id = '112233440028')",
	"SELECT user, (SELECT count(*) FROM aws.iam_credential_report b WHERE b.user = a.user) FROM aws.iam_credential_report a ORDER BY arn",
	"WITH RECURSIVE r(n) AS (SELECT count(*) FROM credsql.raw_report UNION ALL SELECT n - 10 FROM r WHERE n > 0) SELECT count(*) FROM r",
	"SELECT x.* FROM credsql.accounts a, LATERAL (SELECT max(arn) AS m FROM aws.iam_credential_report r WHERE r.account_id >= a.account_id) x ORDER BY 1",
	"SELECT ntile(3) OVER (ORDER BY arn), rank() OVER (ORDER BY account_id), count(*) OVER () FROM aws.iam_credential_report ORDER BY arn",
	"SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY user) FROM aws.iam_credential_report",
	"SELECT count(DISTINCT user), count(DISTINCT account_id) FROM aws.iam_credential_report",
	"SELECT CAST(user AS BIGINT) FROM aws.iam_credential_report ORDER BY arn DESC",
	"SELECT 1 / (length(user) - 5) FROM aws.iam_credential_report ORDER BY arn DESC",
	"SELECT (SELECT user FROM aws.iam_credential_report)", // more than one row
	"SELECT user FROM aws.iam_credential_report WHERE user = 'no such' OR password_enabled IS NULL",
	"SELECT nothing FROM aws.iam_credential_report", "SELECT arm FROM aws.iam_credential_report", "SELECT * FROM aws.iam_credential_reports",
	"SELECT repeat(string_agg(arn, ''), 100000) FROM aws.iam_credential_report", // too much memory
	"SET credsql.strict = on", "SELECT count(*) FROM aws.iam_credential_report WHERE mfa_active",
	"SET credsql.allow_partial = on", "SET SQL_SELECT_LIMIT = 1", "SELECT user FROM aws.iam_credential_report ORDER BY arn", "SELECT FOUND_ROWS()",
	"SET @x = (SELECT count(*) FROM aws.iam_credential_report)", "SELECT @x", "SELECT * FROM mysql.user", "SHOW PROCESSLIST",
	"SELECT * FROM aws.iam_credential_report TABLESAMPLE SYSTEM (50)", "TABLE credsql.accounts",
}

// TestRestrictedAnswersAreThoseOfOneAlone: a client that may see two accounts is told, by every way, what it would be told if there were no others:
// rows, counts, plans with their counts, statistics, warnings, errors.
func TestRestrictedAnswersAreThoseOfOneAlone(t *testing.T) {
	t.Parallel()
	const dir = "../examples/reports"
	alone := sourceOf(t, filepath.Join(dir, narrow[0]+".csv"), filepath.Join(dir, narrow[1]+".csv"))
	for _, mode := range []string{"vector", "row"} {
		among := clientOf(t, sourceOf(t, dir), narrow, mode)
		only := clientOf(t, alone, nil, mode)
		for _, sql := range roundabout {
			got, want := saidAll(among, sql), saidAll(only, sql)
			for _, m := range work.FindAllStringSubmatch(got, -1) {
				if n, err := strconv.Atoi(m[1]); err != nil || n > visible {
					t.Errorf("%s (%s) has seen %s rows", sql, mode, m[1])
				}
			}
			got, want = work.ReplaceAllString(got, ""), work.ReplaceAllString(want, "")
			if got != want {
				t.Errorf("%s (%s): alone, and among others\n%.3000s", sql, mode, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
			}
		}
	}
}

// TestBrokenReportsOfOthers: a report that cannot be read is not told of to those whose it is not: neither its name nor what is in it.
func TestBrokenReportsOfOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good, err := os.ReadFile("../examples/reports/" + narrow[0] + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		narrow[0] + ".csv":             string(good),
		"112233440028-secret.csv":      "user,arn\nhidden-name,nonsense\n",
		"another-secret.csv":           "this is no report of hidden-name",
		"third-secret.json":            `{"Content": "hidden-name"`,
		"987654321098-late-secret.csv": string(good[:len(good)/2]) + "hidden-name,arn:aws:iam::987654321098:user/hidden-name,not a date",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, accounts := range [][]string{{narrow[0]}, {narrow[1]}, {}} {
		for _, strict := range []string{"on", "off"} {
			s := clientOf(t, sourceOf(t, dir), accounts, "auto")
			said(s, "SET credsql.strict = "+strict)
			for _, sql := range roundabout {
				if got := saidAll(s, sql); strings.Contains(got, "secret") || strings.Contains(got, "hidden-name") || strings.Contains(got, "987654321098") {
					t.Errorf("%s of %v, strict %s, tells\n%.1000s", sql, accounts, strict, got)
				}
			}
		}
	}
}
