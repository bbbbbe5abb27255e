package rowexec_test

import (
	"strconv"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/rowexec"
)

const benchRows = 100_000

// benchFixture is the goldens' tables with many rows in t.
func benchFixture(b *testing.B) *fixture {
	f, err := readFixture()
	if err != nil {
		b.Fatal(err)
	}
	rows := make([][]column.Value, benchRows)
	for i := range rows {
		id := int64(i)
		rows[i] = []column.Value{id, "g" + strconv.Itoa(i%500), id * 7919 % 1000, float64(i) / 3, i%3 == 0, column.Timestamp(id * 1e9)}
	}
	f.rows["t"] = rows
	return f
}

func BenchmarkRun(b *testing.B) {
	f := benchFixture(b)
	for _, c := range []struct{ name, sql string }{
		{"filter", "SELECT id FROM t WHERE n > 990 AND b"},
		{"group", "SELECT g, count(*), sum(n), max(f) FROM t GROUP BY g"},
		{"sort", "SELECT id FROM t ORDER BY n, id DESC"},
		{"join", "SELECT count(*) FROM t a JOIN t b ON a.id = b.n"},
		{"notIn", "SELECT count(*) FROM t WHERE id NOT IN (SELECT n FROM t WHERE n > 5)"},
		{"correlated", "SELECT count(*) FROM t WHERE id > (SELECT max(u.id) FROM u WHERE u.t_id = t.n)"},
		{"rank", "SELECT max(r) FROM (SELECT rank() OVER (PARTITION BY g ORDER BY n) AS r FROM t) s"},
		{"runningSum", "SELECT max(r) FROM (SELECT sum(n) OVER (ORDER BY id) AS r FROM t) s"},
		{"slidingMax", "SELECT max(r) FROM (SELECT max(n) OVER (ORDER BY id ROWS BETWEEN 5000 PRECEDING AND CURRENT ROW) AS r FROM t) s"},
		{"recursive", "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 100000) SELECT sum(n) FROM r"},
	} {
		b.Run(c.name, func(b *testing.B) {
			stmt, fctx, err := planOf(f, c.sql)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				for _, err := range rowexec.Run(b.Context(), stmt.Root, &rowexec.Env{Ctx: fctx, Snapshot: f}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
		})
	}
}
