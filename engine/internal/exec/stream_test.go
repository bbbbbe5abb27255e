package exec_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/bind"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// endless is a table t(id, g, s) of chunks without end, or of a given number of them.
type endless struct {
	n     int
	reads atomic.Int64
	read  func(i int) (*column.Batch, error)
}

const endlessRows = 4096

func newEndless(n int) *endless {
	e := &endless{n: n}
	e.read = func(i int) (*column.Batch, error) {
		ids, arena := make([]int64, endlessRows), &column.Arena{}
		groups := make([]int64, endlessRows)
		for r := range ids {
			ids[r] = int64(i*endlessRows + r)
			groups[r] = ids[r] * 7919 % 1000
			arena.Append(column.AppendText(nil, ids[r]))
		}
		return &column.Batch{N: endlessRows, Cols: []*column.Vector{
			{Type: column.Int64, N: endlessRows, Ints: ids}, {Type: column.Int64, N: endlessRows, Ints: groups},
			{Type: column.Text, N: endlessRows, Texts: arena},
		}}, nil
	}
	return e
}

var endlessDef = &tables.Def{Schema: "test", Name: "t", AccountColumn: -1, Columns: []tables.Column{
	{Name: "id", Type: column.Int64}, {Name: "g", Type: column.Int64}, {Name: "s", Type: column.Text},
}}

func (e *endless) Open(_ context.Context, _ string, req tables.Request) (tables.Scan, error) {
	return &endlessScan{e, req.Columns}, nil
}
func (e *endless) RowCount(string) (int64, bool) { return 0, false }
func (e *endless) Coverage() tables.Coverage     { return tables.Coverage{} }
func (e *endless) Notices() []tables.Notice      { return nil }

type endlessScan struct {
	*endless
	columns []int
}

func (s *endlessScan) Chunks() int { return s.n }

func (s *endlessScan) Read(_ context.Context, i int) (*column.Batch, error) {
	s.reads.Add(1)
	all, err := s.read(i)
	if err != nil {
		return nil, err
	}
	b := &column.Batch{N: all.N}
	for _, c := range s.columns {
		b.Cols = append(b.Cols, all.Cols[c])
	}
	return b, nil
}

// bindEndless compiles a statement over t.
func bindEndless(t *testing.T, sql string) (*bind.Statement, *exec.Env) {
	t.Helper()
	stmt, c, err := (&fixture{defs: []*tables.Def{endlessDef}}).bind(sql)
	if err != nil {
		t.Fatal(err)
	}
	return stmt, &exec.Env{Ctx: c, Workers: 3}
}

const forever = 1 << 30

// TestCancel ends statements that would never end, at whatever they are.
func TestCancel(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{
		"SELECT id FROM t",
		"SELECT id FROM t WHERE id < 0",
		"SELECT count(*) FROM t WHERE s LIKE '%x%'",
		"SELECT id FROM t ORDER BY g",
		"SELECT id FROM t ORDER BY g LIMIT 10",
		"SELECT g, count(*) FROM t GROUP BY g",
		"SELECT s, count(*) FROM t GROUP BY s",
		"SELECT count(DISTINCT s), array_agg(id) FROM t",
		"SELECT DISTINCT g FROM t",
		"SELECT DISTINCT ON (g) id FROM t",
		"SELECT a.id FROM t a JOIN t b ON a.id = b.g",
		"SELECT count(*) FROM (VALUES (1), (2)) v(x) JOIN t ON t.id < v.x",
		"SELECT id, rank() OVER (ORDER BY g) FROM t",
		"SELECT id FROM t INTERSECT SELECT g FROM t",
		"SELECT (SELECT max(id) FROM t)",
		"SELECT regexp_replace(s, '[0-9]', 'x') FROM t WHERE length(s) > 100",
		"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
		"SELECT count(*) FROM generate_series(1, 1000000000)",
	} {
		t.Run(sql, func(t *testing.T) {
			t.Parallel()
			stmt, env := bindEndless(t, sql)
			env.Snapshot = newEndless(forever)
			ctx, cancel := context.WithCancel(context.Background())
			s, err := exec.Open(ctx, stmt.Root, env)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			stop := time.AfterFunc(30*time.Millisecond, cancel)
			defer stop.Stop()
			for err == nil {
				_, err = s.Next(ctx)
			}
			if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeQueryCanceled {
				t.Fatalf("got %v", err)
			}
			from := time.Now()
			s.Close()
			if d := time.Since(from); d > 20*time.Second { // 100 ms on a machine that does nothing else
				t.Errorf("it took %v to end", d)
			}
		})
	}
}

// TestCloseEarly lets go of a stream that was not read to its end.
func TestCloseEarly(t *testing.T) {
	t.Parallel()
	stmt, env := bindEndless(t, "SELECT id FROM t")
	env.Snapshot = newEndless(forever)
	s, err := exec.Open(context.Background(), stmt.Root, env)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s.Close()
}

// TestLimitReadsNoMore stops the scan once a LIMIT has its rows.
func TestLimitReadsNoMore(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{"SELECT id FROM t LIMIT 5000", "SELECT EXISTS (SELECT 1 FROM t)", "SELECT id FROM t LIMIT 10 OFFSET 5"} {
		stmt, env := bindEndless(t, sql)
		table := newEndless(forever)
		env.Snapshot = table
		if _, err := readAll(stmt.Root, env); err != nil {
			t.Fatal(err)
		}
		if n := table.reads.Load(); n > 50 {
			t.Errorf("%s read %d chunks", sql, n)
		}
	}
}

func readAll(node plan.Node, env *exec.Env) (batches []*column.Batch, err error) {
	s, err := exec.Open(context.Background(), node, env)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	for {
		b, err := s.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return batches, nil
		}
		if err != nil {
			return nil, err
		}
		batches = append(batches, b)
	}
}

// TestErrorOfTheFirstRow gives the error of the first chunk that has one, whatever the workers do.
func TestErrorOfTheFirstRow(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{"SELECT id FROM t", "SELECT count(*) FROM t", "SELECT id FROM t ORDER BY g", "SELECT id FROM t LIMIT 1000000"} {
		for range 20 {
			stmt, env := bindEndless(t, sql)
			table := newEndless(200)
			good := table.read
			table.read = func(i int) (*column.Batch, error) {
				if i%10 == 7 {
					return nil, sqlerr.New(sqlerr.CodeSource, "chunk %d", i)
				}
				return good(i)
			}
			env.Snapshot = table
			if _, err := readAll(stmt.Root, env); err == nil || err.Error() != "chunk 7" {
				t.Fatalf("%s: got %v", sql, err)
			}
		}
	}
}

// TestPanicIsAnError keeps a broken promise of ours from ending the process.
func TestPanicIsAnError(t *testing.T) {
	t.Parallel()
	stmt, env := bindEndless(t, "SELECT id FROM t WHERE id > 5")
	table := newEndless(20)
	table.read = func(int) (*column.Batch, error) { panic("no such luck") }
	env.Snapshot = table
	_, err := readAll(stmt.Root, env)
	if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeInternal || !strings.Contains(e.Message, "no such luck") {
		t.Fatalf("got %v", err)
	}
}

// TestBudget stops statements that hold more than they may, and gives everything back.
func TestBudget(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sql  string
		fits bool
	}{
		{"SELECT id FROM t", true},
		{"SELECT count(*), max(s) FROM t", true},
		{"SELECT g, count(*) FROM t GROUP BY g", true},
		{"SELECT id FROM t ORDER BY g LIMIT 10", true},
		{"SELECT id + 1 FROM t ORDER BY g, s", false},
		{"SELECT s, count(*) FROM t GROUP BY s", false},
		{"SELECT count(DISTINCT s) FROM t", false},
		{"SELECT array_agg(id) FROM t", false},
		{"SELECT DISTINCT ON (s) id FROM t", false},
		{"SELECT count(*) FROM t a JOIN t b ON a.id = b.id", false},
		{"SELECT rank() OVER (ORDER BY id) FROM t", false},
		{"SELECT id FROM t EXCEPT SELECT g FROM t", false},
		{"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id) FROM t", false},
		{"WITH x AS (SELECT id + 1 AS i, s || 'x' AS s FROM t) SELECT count(*) FROM x a, x b WHERE a.i = b.i + 1", false},
	} {
		stmt, env := bindEndless(t, c.sql)
		env.Snapshot, env.Budget = newEndless(100), budget.New(2<<20)
		_, err := readAll(stmt.Root, env)
		e, ok := sqlerr.As(err)
		if refused := ok && e.Code == sqlerr.CodeOutOfMemory; refused == c.fits || !refused && err != nil {
			t.Errorf("%s: got %v, used %d", c.sql, err, env.Budget.Peak())
		}
		if used := env.Budget.Used(); used != 0 {
			t.Errorf("%s: %d bytes are not given back", c.sql, used)
		}
	}
}

// TestBudgetOfRowsMade: rows that are no table's are paid for as they are kept, not when all of them are there.
func TestBudgetOfRowsMade(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{
		"SELECT x FROM t, unnest(ARRAY[id, g]) x ORDER BY x",
		"SELECT x, s FROM t, LATERAL (VALUES (id), (g)) v(x) ORDER BY x",
		"SELECT lag(x) OVER (ORDER BY x) FROM t, json_array_elements_text('[1, 2]') x",
	} {
		stmt, env := bindEndless(t, sql)
		table := newEndless(100)
		env.Snapshot, env.Budget = table, budget.New(2<<20)
		_, err := readAll(stmt.Root, env)
		if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeOutOfMemory {
			t.Errorf("%s: got %v", sql, err)
		}
		if table.reads.Load() == 100 {
			t.Errorf("%s: refused after all was read", sql)
		}
	}
}

// TestProfile counts what each operator did.
func TestProfile(t *testing.T) {
	t.Parallel()
	stmt, env := bindEndless(t, "SELECT g, count(*) AS n FROM t WHERE id < 100000 GROUP BY g ORDER BY n DESC, g LIMIT 5")
	env.Snapshot = newEndless(100)
	now := time.Unix(0, 0)
	env.Workers = 1
	env.Profile = exec.NewProfile(func() time.Time { now = now.Add(time.Millisecond); return now })
	if _, err := readAll(stmt.Root, env); err != nil {
		t.Fatal(err)
	}
	rows := map[string]int64{}
	plan.Walk(stmt.Root, func(n plan.Node) {
		if s, ok := env.Profile.Of(n); ok {
			rows[strings.Fields(plan.Describe(n))[0]] = s.Rows
			if s.Time <= 0 || s.Batches == 0 {
				t.Errorf("%s: %+v", plan.Describe(n), s)
			}
		}
	})
	for op, want := range map[string]int64{"Scan": 409600, "Filter": 100000, "Aggregate": 1000, "Limit": 5} {
		if rows[op] != want {
			t.Errorf("%s gave %d rows, want %d: %v", op, rows[op], want, rows)
		}
	}
	text := exec.Explain(stmt.Root, env.Profile)
	if !strings.Contains(text, "(rows=1000 batches=1 time=") || !strings.Contains(text, "memory=") {
		t.Errorf("got\n%s", text)
	}
}

// TestExplain marks what runs by rows.
func TestExplain(t *testing.T) {
	t.Parallel()
	stmt, _ := bindEndless(t, "SELECT x.i FROM generate_series(1, 3) AS x(i) JOIN t ON t.id = x.i")
	text := exec.Explain(stmt.Root, nil)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if marked := strings.HasSuffix(line, "[by rows]"); marked != strings.Contains(line, "Function scan") {
			t.Errorf("got\n%s", text)
			break
		}
	}
}
