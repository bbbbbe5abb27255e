package engine

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables/files"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden answers the statements of every file below testdata/golden over the example reports, with both executors, and compares with what the
// file says. In a file a case is a statement, a line of four dashes, and what it gives: column names and types, then rows, or the error
// as a person sees it; a blank line ends it. Lines that begin with # before a case are its title.
func TestGolden(t *testing.T) {
	err := filepath.WalkDir("testdata/golden", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		t.Run(strings.TrimPrefix(path, "testdata/golden/"), func(t *testing.T) { runGolden(t, path) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runGolden(t *testing.T, path string) {
	t.Parallel()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	row := answered(t, string(old), "row")
	vector := answered(t, string(old), "vector")
	if row != vector {
		t.Errorf("the executors disagree:\nrow:\n%s\nvector:\n%s", row, vector)
	}
	if *update {
		if err := os.WriteFile(path, []byte(row), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if row != string(old) {
		t.Errorf("%s: got\n%s\nwant\n%s", path, row, old)
	}
}

// answered is the text of a golden file with its answers computed anew.
func answered(t *testing.T, text, mode string) string {
	t.Helper()
	session := exampleSession(t, map[string]string{"credsql.execution": mode, "credsql.at": "2026-11-23 12:00:00"})
	var out bytes.Buffer
	cases := 0
	for _, block := range strings.Split(strings.TrimRight(text, "\n"), "\n\n") {
		question, _, found := strings.Cut(block, "\n----")
		if !found {
			t.Fatalf("a block without a line of four dashes: %q", block)
		}
		cases++
		var sql []string
		for _, line := range strings.Split(question, "\n") {
			if !strings.HasPrefix(line, "#") {
				sql = append(sql, line)
			}
		}
		if out.Len() > 0 {
			out.WriteString("\n")
		}
		out.WriteString(question + "\n----\n" + answer(session, strings.Join(sql, "\n")))
	}
	if cases == 0 {
		t.Fatal("a golden file without cases")
	}
	return out.String()
}

func answer(s *Session, sql string) string {
	rows, err := s.Query(context.Background(), sql)
	if err != nil {
		return rendered(err, sql)
	}
	names := make([]string, len(rows.Columns))
	for i, c := range rows.Columns {
		names[i] = c.Name + ":" + c.Type.String()
	}
	rows.Close()
	if len(names) == 0 {
		return "ok\n"
	}
	lines, err := queryText(s, sql)
	if err != nil {
		return rendered(err, sql)
	}
	return strings.Join(append([]string{strings.Join(names, "\t")}, lines...), "\n") + "\n"
}

func rendered(err error, sql string) string {
	e, ok := sqlerr.As(err)
	if !ok {
		return "not a user's error: " + err.Error() + "\n"
	}
	return e.Render(sql)
}

// exampleSession is a session over the example reports.
func exampleSession(t testing.TB, settings map[string]string) *Session {
	t.Helper()
	source, err := files.New(files.Config{Paths: []string{"../examples/reports"}, Now: func() time.Time {
		return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return newTestSession(t, source, settings)
}
