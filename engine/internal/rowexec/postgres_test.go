package rowexec_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/bind"
	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/optimize"
	"github.com/credsql/credsql/engine/internal/rowexec"
	"github.com/credsql/credsql/engine/internal/syntax"
)

// psql is a command that reads statements from its standard input: with it the goldens are rewritten with what PostgreSQL answers.
var psql = flag.String("psql", "", "rewrite the goldens with the answers of this psql `command`")

// TestGoldens runs the statements of testdata/*.golden from text to rows and compares with what PostgreSQL 15 gave. A case is a statement,
// a line ----, and its rows, or "ERROR: message"; a blank line ends it. Rows are compared in any order where the statement has no ORDER BY.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			cases := readGolden(t, path)
			if *psql != "" {
				askPostgres(t, path, cases)
			}
			for _, c := range cases {
				if got := answer(t, c.sql); !sameRows(c.sql, got, c.want) {
					t.Errorf("%s\n got:\n%s\nwant:\n%s", c.sql, got, c.want)
				}
			}
		})
	}
}

type golden struct{ sql, want string }

func readGolden(t *testing.T, path string) []golden {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []golden
	for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		sql, want, _ := strings.Cut(block, "\n----")
		out = append(out, golden{strings.TrimSpace(sql), strings.TrimSpace(want)})
	}
	return out
}

// answer runs a statement and prints its rows as psql does.
func answer(t *testing.T, sql string) string {
	t.Helper()
	f, err := readFixture()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := query(f, sql)
	if err != nil {
		return "ERROR: " + err.Error()
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = line(row)
	}
	return strings.Join(lines, "\n")
}

func query(f *fixture, sql string) ([][]column.Value, error) {
	stmt, c, err := planOf(f, sql)
	if err != nil {
		return nil, err
	}
	return collect(rowexec.Run(context.Background(), stmt.Root, &rowexec.Env{Ctx: c, Snapshot: f}))
}

func planOf(f *fixture, sql string) (*bind.Statement, *funcs.Ctx, error) {
	parsed, err := ddsql.Parse(sql, ddsql.Options{})
	if err != nil {
		return nil, nil, err
	}
	c := &funcs.Ctx{Context: context.Background()}
	stmt, err := bind.Bind(parsed[0].Statement.(*syntax.Query), bind.Config{Catalog: f, Registry: funcs.New(), Ctx: c, HasParams: true})
	if err != nil {
		return nil, nil, err
	}
	stmt.Root = optimize.Rewrite(stmt.Root, c)
	return stmt, c, nil
}

func collect(rows rowexec.Rows) ([][]column.Value, error) {
	var out [][]column.Value
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

func line(row []column.Value) string {
	cells := make([]string, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case nil:
			cells[i] = "NULL"
		case bool:
			cells[i] = fmt.Sprint(v)[:1]
		default:
			cells[i] = string(column.AppendText(nil, v))
		}
	}
	return strings.Join(cells, "|")
}

func sameRows(sql, got, want string) bool {
	parsed, err := ddsql.Parse(sql, ddsql.Options{})
	if err != nil || len(parsed[0].Statement.(*syntax.Query).OrderBy) > 0 {
		return got == want
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func askPostgres(t *testing.T, path string, cases []golden) {
	t.Helper()
	setup, err := os.ReadFile("testdata/setup.sql")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for i := range cases {
		script := string(setup) + "\\pset null NULL\n\\pset tuples_only on\n\\pset format unaligned\n\\set VERBOSITY terse\n\\echo =\n" + cases[i].sql + ";\n"
		cmd := exec.Command("sh", "-c", *psql+" 2>&1")
		cmd.Stdin = strings.NewReader(script)
		text, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		_, answer, _ := strings.Cut(string(text), "=\n")
		if _, message, found := strings.Cut(answer, "ERROR:  "); found {
			message, _, _ = strings.Cut(message, " at character")
			answer = "ERROR: " + message
		}
		cases[i].want = strings.TrimSpace(answer)
		fmt.Fprintf(&out, "%s\n----\n%s\n\n", cases[i].sql, cases[i].want)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
