package engine

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/memory"
)

// TestConformance runs every case of testdata/conformance, and of the files and folders that the environment variable CREDSQL_CASES lists, with
// both executors. A file holds statements in the form of sqllogictest; its CREATE TABLE and INSERT statements fill tables that
// the queries then read like any other.
func TestConformance(t *testing.T) {
	files := caseFiles(t, "testdata/conformance")
	for _, path := range filepath.SplitList(os.Getenv("CREDSQL_CASES")) {
		files = append(files, caseFiles(t, path)...)
	}
	if len(files) == 0 {
		t.Fatal("no case files")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fixture, cases := readCases(t, string(text))
		for _, mode := range []string{"vector", "row"} {
			t.Run(filepath.Base(file)+"/"+mode, func(t *testing.T) {
				failed := 0
				session := conformanceSession(t, fixture, mode)
				for _, c := range cases {
					if msg := c.run(session); msg != "" {
						failed++
						t.Errorf("%s:%d: %s\n%s", file, c.line, msg, c.sql)
					}
				}
				t.Logf("%s, %s: %d passed, %d failed", file, mode, len(cases)-failed, failed)
			})
		}
	}
}

func caseFiles(t *testing.T, path string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(p, ".test") {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// logicCase is one statement with what it must do.
type logicCase struct {
	line      int
	sql       string
	wantError bool
	types     string
	sorted    bool
	want      []string
}

// readCases splits a file into the statements that make its tables and the cases.
func readCases(t *testing.T, text string) (fixture []string, cases []*logicCase) {
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		head := strings.Fields(lines[i])
		if len(head) < 2 || head[0] != "statement" && head[0] != "query" {
			continue
		}
		c := &logicCase{line: i + 1, wantError: head[1] == "error"}
		var sql []string
		for i++; i < len(lines) && lines[i] != "----" && (head[0] == "query" || lines[i] != ""); i++ {
			sql = append(sql, lines[i])
		}
		c.sql = strings.Join(sql, "\n")
		if head[0] == "statement" && head[1] == "ok" {
			fixture = append(fixture, c.sql)
			continue
		}
		if head[0] == "query" {
			c.types, c.sorted = head[1], len(head) > 2 && head[2] == "rowsort"
			for i++; i < len(lines) && lines[i] != ""; i++ {
				c.want = append(c.want, lines[i])
			}
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		t.Fatal("a case file without cases")
	}
	return fixture, cases
}

var (
	createTable = regexp.MustCompile(`(?is)^CREATE TABLE (\w+) \((.*)\)$`)
	insertInto  = regexp.MustCompile(`(?is)^INSERT INTO (\w+) VALUES (.*)$`)
)

func conformanceSession(t *testing.T, fixture []string, mode string) *Session {
	t.Helper()
	source, err := memory.New(fixtureTables(t, fixture)...)
	if err != nil {
		t.Fatal(err)
	}
	return newTestSession(t, source, map[string]string{
		"dd.time_frame_start": "2025-07-10 00:00:00.000+00:00", "dd.time_frame_end": "2025-07-17 00:00:00.000+00:00", "credsql.execution": mode})
}

// fixtureTables makes tables of CREATE TABLE and INSERT statements.
func fixtureTables(t testing.TB, stmts []string) []*memory.Table {
	t.Helper()
	byName := map[string]*memory.Table{}
	var list []*memory.Table
	for _, stmt := range stmts {
		if m := createTable.FindStringSubmatch(stmt); m != nil {
			table := &memory.Table{Def: &tables.Def{Name: m[1], Columns: columnDefs(t, m[2]), AccountColumn: -1}}
			byName[m[1]] = table
			list = append(list, table)
			continue
		}
		m := insertInto.FindStringSubmatch(stmt)
		if m == nil {
			t.Fatalf("not a fixture statement: %s", stmt)
		}
		fill(t, byName[m[1]], m[2])
	}
	return list
}

func newTestSession(t testing.TB, source tables.Source, settings map[string]string) *Session {
	t.Helper()
	e, err := New(Config{Source: source, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	return e.NewSession()
}

func columnDefs(t testing.TB, text string) []tables.Column {
	t.Helper()
	var out []tables.Column
	for _, part := range strings.Split(text, ",") {
		name, typ, _ := strings.Cut(strings.TrimSpace(part), " ")
		base, array := strings.CutSuffix(typ, "[]")
		ct, err := sqltype.FromName(strings.ToLower(base), nil, array)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, tables.Column{Name: strings.Trim(name, `"`), Type: ct})
	}
	return out
}

// fill computes the rows of an INSERT with the engine itself, cast to the table's types.
func fill(t testing.TB, table *memory.Table, values string) {
	t.Helper()
	empty, err := memory.New()
	if err != nil {
		t.Fatal(err)
	}
	casts := make([]string, len(table.Def.Columns))
	for i, c := range table.Def.Columns {
		casts[i] = fmt.Sprintf("CAST(column%d AS %s)", i+1, c.Type)
	}
	rows, err := newTestSession(t, empty, map[string]string{"credsql.execution": "row"}).
		Query(context.Background(), "SELECT "+strings.Join(casts, ", ")+" FROM (VALUES "+values+") v")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for {
		b, err := rows.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		table.Batches = append(table.Batches, b)
	}
}

// run gives "" when the case holds, and otherwise what was wrong.
func (c *logicCase) run(s *Session) string {
	got, err := queryText(s, c.sql)
	if c.wantError {
		if err == nil {
			return fmt.Sprintf("must fail, but gave %q", got)
		}
		return ""
	}
	if err != nil {
		return "error: " + err.Error()
	}
	if c.sorted {
		slices.Sort(got)
		slices.Sort(c.want)
	}
	if len(got) != len(c.want) {
		return fmt.Sprintf("got %d rows, want %d: %q, want %q", len(got), len(c.want), got, c.want)
	}
	for i := range got {
		if !c.same(got[i], c.want[i]) {
			return fmt.Sprintf("row %d: got %q, want %q", i+1, got[i], c.want[i])
		}
	}
	return ""
}

func (c *logicCase) same(got, want string) bool {
	if got == want {
		return true
	}
	g, w := strings.Split(got, "\t"), strings.Split(want, "\t")
	if len(g) != len(w) || len(g) != len(c.types) {
		return false
	}
	for i := range g {
		if g[i] != w[i] && !(c.types[i] != 'T' && sameNumber(g[i], w[i])) {
			return false
		}
	}
	return true
}

func sameNumber(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y))
}

// queryText runs a statement and gives a line of text for each row: columns between tabs, NULL, (empty), true and false.
func queryText(s *Session, sql string) ([]string, error) {
	rows, err := s.Query(context.Background(), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []string{}
	for {
		b, err := rows.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		for i := range b.N {
			cells := make([]string, len(b.Cols))
			for c, v := range b.Cols {
				cells[c] = cellText(v.Value(i))
			}
			out = append(out, strings.Join(cells, "\t"))
		}
	}
}

func cellText(v column.Value) string {
	switch x := v.(type) {
	case nil:
		return "NULL"
	case bool:
		return strconv.FormatBool(x)
	case string:
		if x == "" {
			return "(empty)"
		}
	}
	return string(column.AppendText(nil, v))
}
