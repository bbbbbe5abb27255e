package engine

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables/files"
)

// buffering is what each operator holds much with: s has 7,200 rows of about 85 bytes that no table has.
var buffering = map[string]string{
	"sort":                 "SELECT k FROM s ORDER BY k DESC, u",
	"sort of a join":       "SELECT a.k FROM s a JOIN s b ON a.u = b.u ORDER BY b.k",
	"top-n":                "SELECT k || 'x' FROM s ORDER BY k LIMIT 5000",
	"group":                "SELECT k, count(*) FROM s GROUP BY k",
	"grouping sets":        "SELECT k, u, count(*) FROM s GROUP BY CUBE (k, u)",
	"min":                  "SELECT k, min(u), max(k) FROM s GROUP BY k",
	"count distinct":       "SELECT count(DISTINCT k) FROM s",
	"sum distinct":         "SELECT sum(DISTINCT n * 1000 + length(k || u)), array_agg(DISTINCT k) FROM s",
	"array_agg":            "SELECT array_agg(k) FROM s",
	"array_agg ordered":    "SELECT n, array_agg(k ORDER BY u) FROM s GROUP BY n",
	"string_agg":           "SELECT length(string_agg(k, ',')) FROM s",
	"percentile":           "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY k) FROM s",
	"join build":           "SELECT count(*) FROM aws.iam_credential_report r LEFT JOIN s ON s.k = r.arn",
	"join of both":         "SELECT count(*) FROM s a JOIN s b ON a.k = b.k",
	"outer join":           "SELECT count(*) FROM s a FULL JOIN s b ON a.k = b.k",
	"cross join":           "SELECT count(*) FROM credsql.accounts a CROSS JOIN s WHERE s.k || a.account_id = 'x'",
	"semi join":            "SELECT count(*) FROM s WHERE k IN (SELECT k || '' FROM s)",
	"anti join":            "SELECT count(*) FROM s WHERE NOT EXISTS (SELECT 1 FROM s b WHERE b.k = s.k || 'x')",
	"not in":               "SELECT count(*) FROM s WHERE k NOT IN (SELECT k || 'x' FROM s)",
	"union":                "SELECT k FROM s UNION SELECT u FROM s",
	"intersect":            "SELECT k FROM s INTERSECT SELECT k FROM s",
	"except all":           "SELECT k FROM s EXCEPT ALL SELECT k || 'x' FROM s",
	"distinct":             "SELECT DISTINCT k, u FROM s",
	"distinct on":          "SELECT DISTINCT ON (k) u FROM s",
	"window":               "SELECT row_number() OVER (ORDER BY k), k FROM s",
	"window aggregate":     "SELECT max(k) OVER (PARTITION BY n ORDER BY u), k FROM s",
	"window frame":         "SELECT array_agg(k) OVER (ORDER BY k ROWS 3 PRECEDING) FROM s",
	"materialised CTE":     "WITH c AS (SELECT k || u AS k FROM s) SELECT count(*) FROM c a JOIN c b ON a.k = b.k",
	"recursive CTE":        "WITH RECURSIVE c(k, n) AS (SELECT k, 1 FROM s UNION ALL SELECT k || 'x', n + 1 FROM c WHERE n < 9) SELECT count(*) FROM c",
	"recursive CTE, union": "WITH RECURSIVE c(k) AS (SELECT 'x' UNION SELECT k || 'x' FROM c) SELECT count(*) FROM c",
	"sorted series":        "SELECT g FROM generate_series(1, 100000) g ORDER BY g DESC",
	"array subquery":       "SELECT cardinality(ARRAY(SELECT k FROM s))",
	"correlated":           "SELECT count(*) FROM (SELECT a.user, (SELECT array_agg(b.k) FROM s b WHERE b.u <> a.user) AS l FROM aws.iam_credential_report a) t WHERE cardinality(l) = 1",
	"quantified":           "SELECT count(*) FROM aws.iam_credential_report WHERE user > ALL (SELECT k FROM s)",
	"long texts":           "SELECT count(DISTINCT length(repeat(k, 10000))) FROM s GROUP BY repeat(k, 1000)",
}

const manyTexts = `(SELECT upper(a.arn || b.account_id) AS k, a.user AS u, length(a.arn) AS n FROM aws.iam_credential_report a CROSS JOIN credsql.accounts b)`

// withMany puts the rows in the place of s.
func withMany(sql string) string {
	for _, alias := range []string{" a", " b"} {
		sql = strings.ReplaceAll(sql, " s"+alias, " "+manyTexts+alias)
	}
	for _, before := range []string{"FROM s", "JOIN s"} {
		sql = strings.ReplaceAll(sql+" ", before+" ", before[:5]+manyTexts+" s ")
		sql = strings.ReplaceAll(sql, before+")", before[:5]+manyTexts+" s)")
	}
	return sql
}

// drained reads a statement to its end without keeping its rows.
func drained(s *Session, sql string) error {
	rows, err := s.Query(context.Background(), sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for err == nil {
		_, err = rows.Next()
	}
	if err == io.EOF {
		return nil
	}
	return err
}

func sampleEngine(t *testing.T, c Config) *Engine {
	t.Helper()
	source, err := files.New(files.Config{Paths: []string{"../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	c.Source = source
	e, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestEveryOperatorPays: what holds rows, by columns and by rows, ends with a clear error when it may hold little, gives everything back.
func TestEveryOperatorPays(t *testing.T) {
	t.Parallel()
	small := sampleEngine(t, Config{MaxMemory: 200 << 10, TotalMemory: 1 << 30})
	for name, sql := range buffering {
		for _, execution := range []string{"vector", "row"} {
			t.Run(name+" by "+execution, func(t *testing.T) {
				t.Parallel()
				s := small.NewSession()
				if err := s.Set(settingExecution, execution); err != nil {
					t.Fatal(err)
				}
				err := drained(s, withMany(sql))
				if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeOutOfMemory || e.Hint == "" {
					t.Errorf("got %v", err)
				}
			})
		}
	}
	t.Cleanup(func() {
		if held := small.pool.Used(); held != 0 {
			t.Errorf("%d bytes were not given back", held)
		}
	})
}

// TestStatementsShareMemory: many statements at one time hold no more than they may together; who comes too late is told so, and all can be
// asked again.
func TestStatementsShareMemory(t *testing.T) {
	t.Parallel()
	e := sampleEngine(t, Config{MaxMemory: 8 << 20, TotalMemory: 9 << 20})
	sql := withMany("SELECT k FROM s ORDER BY k DESC, u")
	var waiting sync.WaitGroup
	outcomes := make([]error, 12)
	for i := range outcomes {
		waiting.Go(func() { outcomes[i] = drained(e.NewSession(), sql) })
	}
	waiting.Wait()
	for i, err := range outcomes {
		if e, ok := sqlerr.As(err); err != nil && (!ok || e.Code != sqlerr.CodeOutOfMemory || !strings.Contains(e.Detail, "together")) {
			t.Errorf("statement %d: got %v", i, err)
		}
	}
	if held := e.pool.Used(); held != 0 {
		t.Errorf("%d bytes were not given back", held)
	}
	for i := range 3 {
		if err := drained(e.NewSession(), sql); err != nil {
			t.Error(fmt.Sprint("alone, ", i), err)
		}
	}
}
