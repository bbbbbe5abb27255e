package engine

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/files"
)

// exampleSource is the example reports.
func exampleSource(t *testing.T) tables.Source {
	t.Helper()
	source, err := files.New(files.Config{Paths: []string{"../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// narrow is a client that may see two accounts of the example.
var narrow = []string{"100000000017", "577215664095"}

func narrowSession(t *testing.T, accounts []string) *Session {
	t.Helper()
	e, err := New(Config{Source: exampleSource(t), Settings: map[string]string{"credsql.at": "2026-01-15"}})
	if err != nil {
		t.Fatal(err)
	}
	return e.NewClientSession(Client{MySQL: true, User: "narrow", Accounts: accounts})
}

// said is all that a statement tells its client: column names, values, errors, warnings, accounts.
func said(s *Session, sql string) string {
	rows, err := s.Query(context.Background(), sql)
	if err != nil {
		return err.Error()
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
			return b.String() + err.Error()
		}
		for _, v := range batch.Cols {
			// Every value of a dictionary, seen or not, is within a statement's reach.
			if coded, ok := v.Texts.(*column.Coded); ok {
				b.WriteString(strings.Join(coded.Dict.Values(), "\n"))
			}
			for i := range batch.N {
				b.WriteString(cellText(v.Value(i)) + "\n")
			}
		}
	}
	summary := rows.Summary()
	for _, n := range summary.Notices {
		b.WriteString(n.Message + "\n")
	}
	for _, a := range summary.Coverage.Accounts {
		b.WriteString(a.ID + " " + a.Source + " " + a.Error + "\n")
	}
	return b.String() + strings.Join(rows.Accounts(), "\n")
}

// secrets are texts of accounts that the narrow client must not see: ids, and names that occur in no account of its own.
func secrets(t *testing.T) []string {
	t.Helper()
	all, err := New(Config{Source: exampleSource(t)})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]map[string]bool{}
	rows, err := all.NewSession().Query(context.Background(), "SELECT account_id, account_id, user, arn FROM aws.iam_credential_report")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for {
		b, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.N {
			for _, v := range b.Cols[1:] {
				if seen[v.Text(i)] == nil {
					seen[v.Text(i)] = map[string]bool{}
				}
				seen[v.Text(i)][b.Cols[0].Text(i)] = true
			}
		}
	}
	var own strings.Builder
	for text, accounts := range seen {
		if slices.ContainsFunc(slices.Collect(maps.Keys(accounts)), func(id string) bool { return slices.Contains(narrow, id) }) {
			own.WriteString(text + "\n")
		}
	}
	var out []string
	for text := range seen {
		if len(text) > 5 && !strings.Contains(own.String(), text) {
			out = append(out, text)
		}
	}
	if len(out) < 100 {
		t.Fatalf("only %d secrets", len(out))
	}
	return out
}

// TestAccountsOfOthersAreOutOfReach tries to get at other accounts' rows, counts, names and warnings by every way that there is.
func TestAccountsOfOthersAreOutOfReach(t *testing.T) {
	t.Parallel()
	hidden := secrets(t)
	for _, sql := range []string{
		"SELECT * FROM aws.iam_credential_report",
		"SELECT * FROM credsql.accounts",
		"SELECT * FROM credsql.credentials",
		"SELECT * FROM credsql.raw_report",
		"SELECT user, arn FROM aws.iam_credential_report WHERE account_id = '112233440028'",
		"SELECT user, arn FROM aws.iam_credential_report WHERE account_id IN ('112233440028', '123123120039') OR true",
		"SELECT user FROM aws.iam_credential_report",
		"SELECT DISTINCT account_id FROM aws.iam_credential_report",
		"SELECT account_id, count(*) FROM aws.iam_credential_report GROUP BY ROLLUP(account_id)",
		"SELECT min(arn), max(arn), min(user), max(user), min(account_id), max(account_id) FROM aws.iam_credential_report",
		"SELECT string_agg(DISTINCT account_id, ',') FROM aws.iam_credential_report",
		"SELECT * FROM (SELECT * FROM aws.iam_credential_report) x FULL JOIN credsql.accounts a USING (account_id)",
		"SELECT (SELECT string_agg(account_id, ',') FROM credsql.accounts)",
		"WITH RECURSIVE r AS (SELECT account_id FROM credsql.accounts UNION SELECT account_id FROM aws.iam_credential_report) SELECT * FROM r",
		"SELECT a.account_id FROM credsql.accounts a, LATERAL (SELECT * FROM aws.iam_credential_report r WHERE r.account_id <> a.account_id) x",
		"SELECT array_agg(user) OVER () FROM aws.iam_credential_report",
		"SELECT user::bigint FROM aws.iam_credential_report",
		"SELECT arn::timestamp FROM aws.iam_credential_report ORDER BY arn DESC",
		"SELECT 1 / (CASE WHEN account_id LIKE '1%' THEN 0 ELSE 1 END) FROM aws.iam_credential_report",
		"SELECT mode() WITHIN GROUP (ORDER BY account_id) FROM aws.iam_credential_report",
		"EXPLAIN ANALYZE SELECT * FROM aws.iam_credential_report",
		"EXPLAIN SELECT * FROM aws.iam_credential_report WHERE account_id = '112233440028'",
		"SELECT `arn` FROM `aws`.`iam_credential_report`",
		"TABLE iam_credential_report",
		"SELECT * FROM information_schema.TABLES",
		"SELECT * FROM information_schema.STATISTICS",
		"SELECT * FROM information_schema.PROCESSLIST",
		"SHOW TABLE STATUS FROM aws",
		"SHOW STATUS", "SHOW PROCESSLIST", "SHOW VARIABLES", "SHOW WARNINGS",
		"SELECT * FROM mysql.user",
	} {
		for _, mode := range []string{"vector", "row"} {
			s := narrowSession(t, narrow)
			if err := s.Set("credsql.execution", mode); err != nil {
				t.Fatal(err)
			}
			got := said(s, sql) + said(s, "SHOW WARNINGS") + said(s, "SELECT TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES")
			for _, secret := range hidden {
				if strings.Contains(got, secret) && !strings.Contains(sql, secret) {
					t.Errorf("%s (%s) tells of %q", sql, mode, secret)
					break
				}
			}
		}
	}
}

// TestRestrictedAnswers: what remains is what the whole source has for these accounts.
func TestRestrictedAnswers(t *testing.T) {
	t.Parallel()
	whole := narrowSession(t, nil)
	for _, c := range []struct{ narrow, whole string }{
		{"SELECT * FROM aws.iam_credential_report ORDER BY arn", "SELECT * FROM aws.iam_credential_report WHERE account_id IN ('100000000017', '577215664095') ORDER BY arn"},
		{"SELECT count(*) FROM aws.iam_credential_report", "SELECT count(*) FROM aws.iam_credential_report WHERE account_id IN ('100000000017', '577215664095')"},
		{"SELECT user, count(*) FROM aws.iam_credential_report GROUP BY 1 ORDER BY 1", "SELECT user, count(*) FROM aws.iam_credential_report WHERE account_id IN ('100000000017', '577215664095') GROUP BY 1 ORDER BY 1"},
		{"SELECT account_id FROM credsql.accounts ORDER BY 1", "SELECT account_id FROM credsql.accounts WHERE account_id IN ('100000000017', '577215664095') ORDER BY 1"},
		{"SELECT * FROM credsql.credentials ORDER BY arn, kind, slot", "SELECT * FROM credsql.credentials WHERE account_id IN ('100000000017', '577215664095') ORDER BY arn, kind, slot"},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE account_id = '112233440028'", "SELECT 0 AS count"},
	} {
		for _, mode := range []string{"vector", "row"} {
			s := narrowSession(t, narrow)
			_ = s.Set("credsql.execution", mode)
			if got, want := answer(s, c.narrow), answer(whole, c.whole); got != want {
				t.Errorf("%s (%s)\ngot\n%s\nwant\n%s", c.narrow, mode, got, want)
			}
		}
	}
	if got := answer(narrowSession(t, []string{}), "SELECT count(*) FROM aws.iam_credential_report"); !strings.Contains(got, "\n0\n") {
		t.Errorf("a client of no account counts %s", got)
	}
}

// TestRestrictedNotices: warnings are about the client's accounts or say no more than that something is missing.
func TestRestrictedNotices(t *testing.T) {
	t.Parallel()
	r := restrict(exampleSource(t), narrow).(*restricted)
	s := &restrictedSnapshot{source: r, under: &noticing{notices: []tables.Notice{
		{Message: "account 100000000017: line 3: odd value"},
		{Message: "account 112233440028: line 3: odd value", Incomplete: true},
		{Message: "/reports/secret.csv line 9: \"someone\" is no date", Incomplete: true},
		{Message: "/reports/secret.csv line 10: \"someone\" is no date"},
	}}}
	got := s.Notices()
	if len(got) != 2 || got[0].Message != "account 100000000017: line 3: odd value" || got[1].Message != "a report could not be read in full" || !got[1].Incomplete {
		t.Errorf("%+v", got)
	}
}

// noticing is a snapshot that has nothing but notices.
type noticing struct {
	tables.Snapshot
	notices []tables.Notice
}

func (n *noticing) Notices() []tables.Notice { return n.notices }
