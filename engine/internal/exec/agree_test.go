package exec_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
	"github.com/credsql/credsql/engine/sqlerr"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answer is a result as text, one line a row, or the error's code and message.
func answer(lines []string, err error) string {
	if err != nil {
		if e, ok := sqlerr.As(err); ok {
			return "ERROR " + e.Code + " " + e.Message
		}
		return "ERROR " + err.Error()
	}
	return strings.Join(lines, "\n")
}

func line(values []column.Value) string {
	cells := make([]string, len(values))
	for i, v := range values {
		if cells[i] = "NULL"; v != nil {
			cells[i] = string(column.AppendText(nil, v))
		}
	}
	return strings.Join(cells, "|")
}

func byRows(x *fixture, node plan.Node, c *funcs.Ctx) string {
	var lines []string
	for row, err := range rowexec.Run(context.Background(), node, &rowexec.Env{Ctx: c, Snapshot: x}) {
		if err != nil {
			return answer(nil, err)
		}
		lines = append(lines, line(row))
	}
	return answer(lines, nil)
}

func byColumns(x *fixture, node plan.Node, c *funcs.Ctx, workers int) string {
	ctx := context.Background()
	s, err := exec.Open(ctx, node, &exec.Env{Ctx: c, Snapshot: x, Workers: workers})
	if err != nil {
		return answer(nil, err)
	}
	defer s.Close()
	var lines []string
	for {
		b, err := s.Next(ctx)
		if errors.Is(err, io.EOF) {
			return answer(lines, nil)
		}
		if err != nil {
			return answer(nil, err)
		}
		row := make([]column.Value, len(b.Cols))
		for i := range b.N {
			for j, v := range b.Cols {
				row[j] = v.Value(i)
			}
			lines = append(lines, line(row))
		}
	}
}

// goldenStatements are the statements of the row executor's goldens.
func goldenStatements(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../rowexec/testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	var out []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(text), "\n\n") {
			sql, _, ok := strings.Cut(block, "\n----")
			if ok {
				out = append(out, strings.TrimSpace(sql))
			}
		}
	}
	return out
}

// TestGoldensAgree runs the row executor's goldens both ways, in every form of the tables.
func TestGoldensAgree(t *testing.T) {
	t.Parallel()
	statements := append(goldenStatements(t), ownStatements(t, "testdata/*.sql")...)
	for i, f := range forms {
		x := newFixture(t, f)
		workers := 1 + i%4
		for _, sql := range statements {
			agree(t, x, sql, workers)
		}
	}
}

// agree runs a statement both ways.
func agree(t *testing.T, x *fixture, sql string, workers int) {
	t.Helper()
	stmt, c, err := x.bind(sql)
	if err != nil {
		return // goldens hold what the binder refuses as well
	}
	want := byRows(x, stmt.Root, c)
	got := byColumns(x, stmt.Root, c, workers)
	if got != want {
		t.Errorf("%s\n%+v, %d workers\n--- by columns\n%s\n--- by rows\n%s\n%s", sql, x.form, workers, clip(got), clip(want), plan.Format(stmt.Root, nil))
	}
}

func clip(s string) string {
	if len(s) > 1500 {
		return s[:1500] + " …"
	}
	return s
}

// TestLargeAgrees runs what is done in another way when there are many rows.
func TestLargeAgrees(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("rows take their time")
	}
	statements := ownStatements(t, "testdata/large/*.sql")
	fixtures := make([]*fixture, 3)
	for i, f := range []form{{9000, "mixed"}, {20_000, "arena"}, {40_000, "derived"}} {
		fixtures[i] = newFixtureOf(t, f, 36_000)
	}
	for i, sql := range statements {
		agree(t, fixtures[i%len(fixtures)], sql, 1+i%4)
	}
}

// ownStatements are those of files, one a line.
func ownStatements(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no statements: %v", err)
	}
	var out []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, sql := range strings.Split(string(text), "\n") {
			if sql = strings.TrimSpace(sql); sql != "" && !strings.HasPrefix(sql, "--") {
				out = append(out, sql)
			}
		}
	}
	return out
}
