package engine

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/memory"
)

// TestConformance runs every case of testdata/conformance, and of the files and folders that the environment variable CREDSQL_CASES
// lists, with both executors. It prints a line for each case that fails and one for each file with its counts, which go test shows
// with -v. A file holds statements in the form of sqllogictest; its CREATE TABLE and INSERT statements fill tables that the queries
// then read like any other.
func TestConformance(t *testing.T) {
	files := caseFiles(t, "testdata/conformance")
	for _, path := range listedPaths(os.Getenv("CREDSQL_CASES")) {
		files = append(files, caseFiles(t, path)...)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fixture, cases := readCases(t, string(text))
			failed := map[*logicCase]bool{}
			for _, mode := range []string{"vector", "row"} {
				session := conformanceSession(t, fixture, mode)
				for _, c := range cases {
					if msg := c.run(session); msg != "" {
						failed[c] = true
						t.Fail()
						fmt.Printf("FAIL %s:%d: %s: %s: %s\n", file, c.line, mode, msg, oneLine(c.sql))
					}
				}
			}
			fmt.Printf("%s: %d passed, %d failed\n", file, len(cases)-len(failed), len(failed))
		})
	}
}

func oneLine(sql string) string { return strings.Join(strings.Fields(sql), " ") }

func conformanceSession(t *testing.T, fixture []string, mode string) *Session {
	t.Helper()
	source, err := memory.New(fixtureTables(t, fixture)...)
	if err != nil {
		t.Fatal(err)
	}
	return newTestSession(t, source, map[string]string{
		"dd.time_frame_start": "2025-07-10 00:00:00.000+00:00", "dd.time_frame_end": "2025-07-17 00:00:00.000+00:00", "credsql.execution": mode})
}

func newTestSession(t testing.TB, source tables.Source, settings map[string]string) *Session {
	t.Helper()
	e, err := New(Config{Source: source, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	return e.NewSession()
}

// run gives "" when the case holds, and otherwise what was wrong.
func (c *logicCase) run(s *Session) string {
	got, err := queryText(s, c.sql)
	if c.wantError {
		if err == nil {
			return fmt.Sprintf("must fail, but gave %q", got)
		}
		if e, ok := sqlerr.As(err); c.code != "" && (!ok || e.Code != c.code) {
			return fmt.Sprintf("must fail with %s, not: %v", c.code, err)
		}
		return ""
	}
	if err != nil {
		return "error: " + err.Error()
	}
	if !c.wantRows {
		return ""
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
	}
	if text := string(column.AppendText(nil, v)); text != "" {
		return text
	}
	return "(empty)"
}
