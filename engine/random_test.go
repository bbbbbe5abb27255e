package engine

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/sqlgen"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/memory"
)

// TestRandom answers random queries with both executors, over tables in chunks of several sizes, and compares; with PostgreSQL too where the
// environment variable CREDSQL_POSTGRES holds a connection string. CREDSQL_RANDOM is how many queries, 2,000 without it, and
// CREDSQL_RANDOM_FROM the first one's number. A query that fails is made smaller and shown.
func TestRandom(t *testing.T) {
	count, first := envInt(t, "CREDSQL_RANDOM", 2000), envInt(t, "CREDSQL_RANDOM_FROM", 1)
	bench := newRandomBench(t)
	stats := map[string]int{}
	for seed := first; seed < first+count; seed++ {
		config := bench.config(seed%4 != 0)
		q := sqlgen.Random(config, uint64(seed))
		d := bench.check(q, seed, stats)
		if d.kind == "" {
			continue
		}
		stats["differ: "+d.kind]++
		t.Errorf("query %d: %v\n%s", seed, d, q.SQL)
		small := q
		sqlgen.Shrink(q.Trace, 400, func(trace []uint32) bool {
			tried := sqlgen.Replay(config, trace)
			if e := bench.check(tried, seed, map[string]int{}); e.kind != d.kind {
				return false
			}
			small = tried
			return true
		})
		small.Trace = nil
		t.Errorf("query %d made smaller: %v\n%s", seed, bench.check(small, seed, stats), small.SQL)
	}
	keys := make([]string, 0, len(stats))
	for k, n := range stats {
		keys = append(keys, fmt.Sprintf("%s: %d", k, n))
	}
	slices.Sort(keys)
	t.Logf("%d queries from %d: %s", count, first, strings.Join(keys, ", "))
}

func envInt(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(name, err)
	}
	return n
}

// randomBench is everybody who answers: sessions over the same rows in chunks of different sizes, by column and by row, and PostgreSQL.
type randomBench struct {
	defs     []*tables.Def
	registry *funcs.Registry
	vector   []*Session
	row      *Session
	pg       *postgres
}

func newRandomBench(t *testing.T) *randomBench {
	t.Helper()
	b := &randomBench{registry: funcs.New()}
	for _, chunk := range []int{1000, 1, 4, 64} {
		list, err := sqlgen.Tables(1, chunk)
		if err != nil {
			t.Fatal(err)
		}
		e, err := New(Config{Source: memorySource(t, list), Timeout: 20 * time.Second, Workers: 3})
		if err != nil {
			t.Fatal(err)
		}
		s := e.NewSession()
		if err := s.Set("credsql.execution", "vector"); err != nil {
			t.Fatal(err)
		}
		b.vector = append(b.vector, s)
		if b.row != nil {
			continue
		}
		b.row = e.NewSession()
		if err := b.row.Set("credsql.execution", "row"); err != nil {
			t.Fatal(err)
		}
		for _, table := range list {
			b.defs = append(b.defs, table.Def)
		}
		if address := os.Getenv("CREDSQL_POSTGRES"); address != "" {
			b.pg = newPostgres(t, address)
			for _, table := range list {
				b.pg.load(t, "fixture."+table.Def.Name, table)
			}
		}
	}
	return b
}

func (b *randomBench) config(postgres bool) sqlgen.Config {
	return sqlgen.Config{Tables: b.defs, Registry: b.registry, Postgres: postgres}
}

// check compares the answers to a query. What it saw is counted in stats.
func (b *randomBench) check(q sqlgen.Query, seed int, stats map[string]int) difference {
	got, err := typedRows(b.vector[seed%len(b.vector)], q.SQL)
	if e, ok := sqlerr.As(err); err != nil && (!ok || e.Code == sqlerr.CodeInternal) {
		return differ("internal", "%v", err)
	}
	if tooLate(err) {
		stats["too late"]++
		return difference{}
	}
	if err == nil {
		stats["answers"]++
	} else {
		stats["errors"]++
	}
	if d := executors(q, got, err, b.row); d.kind != "" {
		return d
	}
	if b.pg == nil || seed%4 == 0 {
		return difference{}
	}
	stats["asked PostgreSQL"]++
	want, pgErr := b.pg.answer(q.SQL)
	if code, _ := sqlState(pgErr); code == sqlerr.CodeQueryCanceled {
		stats["too late for PostgreSQL"]++
		return difference{}
	}
	noNoise(got)
	noNoise(want)
	d := b.pg.judge(got, err, want, pgErr, ordered(q.SQL))
	switch {
	case d.kind == "code" && (q.Untyped || unresolvedHere(err) && unresolvedByPostgres(pgErr)):
		stats["refused in another place"]++
		return difference{}
	case d.kind == "outcome" && err == nil && q.Untyped && unresolvedByPostgres(pgErr):
		// PostgreSQL has an operator for more types, and a quoted text for any type is no VARCHAR there.
		stats["answers what is ambiguous to PostgreSQL"]++
		return difference{}
	case d.kind == "code" && (atRunTime(err) || atRunTime(pgErr)), d.kind == "outcome" && (q.Risky || q.Untyped) && (atRunTime(err) || atRunTime(pgErr)):
		// Literals are read before types are checked, and rows are not computed in the same order.
		stats["fails elsewhere first"]++
		return difference{}
	}
	return d
}

// unresolved are the codes of statements whose types do not fit: where there are several such places either may be told first.
var unresolved = map[string]bool{sqlerr.CodeDatatypeMismatch: true, sqlerr.CodeUndefinedFunction: true, sqlerr.CodeAmbiguousFunction: true,
	sqlerr.CodeCannotCoerce: true, sqlerr.CodeIndeterminateType: true}

func unresolvedHere(err error) bool {
	e, ok := sqlerr.As(err)
	return ok && unresolved[e.Code]
}

func unresolvedByPostgres(err error) bool {
	code, _ := sqlState(err)
	return unresolved[code]
}

// executors compares with the row executor, whose order of rows the other one keeps.
func executors(q sqlgen.Query, got result, err error, row *Session) difference {
	want, rowErr := typedRows(row, q.SQL)
	if tooLate(rowErr) {
		return difference{}
	}
	if (err != nil) != (rowErr != nil) {
		if (q.Risky || q.Untyped) && (atRunTime(err) || atRunTime(rowErr)) {
			return difference{}
		}
		return differ("executors", "by column: %s; by row: %s", outcome(got, err), outcome(want, rowErr))
	}
	if len(got.rows) != len(want.rows) {
		return differ("executors", "by column %d rows %q, by row %d rows %q", len(got.rows), head(got.rows), len(want.rows), head(want.rows))
	}
	oneZero(got.rows)
	oneZero(want.rows)
	for i := range got.rows {
		if !slices.Equal(got.rows[i], want.rows[i]) {
			return differ("executors", "row %d by column %q, by row %q", i+1, got.rows[i], want.rows[i])
		}
	}
	return difference{}
}

// noNoise makes of what PostgreSQL's rounding leaves of nothing the zero that it is.
func noNoise(r result) {
	for _, row := range r.rows {
		for i, cell := range row {
			if x, err := strconv.ParseFloat(strings.TrimPrefix(cell, "="), 64); err == nil && math.Abs(x) < 1e-12 && i < len(r.types) &&
				sameType("decimal", r.types[i]) {
				row[i] = "=0"
			}
		}
	}
}

func tooLate(err error) bool {
	e, ok := sqlerr.As(err)
	return ok && (e.Code == sqlerr.CodeQueryCanceled || e.Code == sqlerr.CodeTooComplex)
}

// atRunTime says whether an error came from a value, not from the statement.
func atRunTime(err error) bool {
	if code, ok := sqlState(err); ok && code != "" {
		return strings.HasPrefix(code, "22") || code == "21000" || code == "XX000" // hstore has no codes
	}
	e, ok := sqlerr.As(err)
	return ok && (strings.HasPrefix(e.Code, "22") || e.Code == sqlerr.CodeCardinality)
}

// load makes a table of PostgreSQL with the rows of ours.
func (pg *postgres) load(t testing.TB, name string, table *memory.Table) {
	t.Helper()
	var cols, rows []string
	for _, c := range table.Def.Columns {
		cols = append(cols, fmt.Sprintf("%q %s", c.Name, inPostgres(c.Type.String())))
	}
	pg.must(t, "CREATE TABLE "+name+" ("+strings.Join(cols, ", ")+")")
	for _, b := range table.Batches {
		for i := range b.N {
			var cells []string
			for _, v := range b.Cols {
				cells = append(cells, quoted(v.Value(i)))
			}
			rows = append(rows, "("+strings.Join(cells, ", ")+")")
		}
	}
	if len(rows) > 0 {
		pg.must(t, "INSERT INTO "+name+" VALUES "+strings.Join(rows, ", "))
	}
	pg.must(t, "ANALYZE "+name)
}
