package engine

import (
	"os"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/sqlerr"
)

// TestDialectPage runs every line of SQL in docs/dialect.md with both executors: after "--" is its answer, the cells of its one row between bars, or
// ERROR and a SQLSTATE.
func TestDialectPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/dialect.md")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, mode := range []string{"vector", "row"} {
		s := newTestSession(t, memorySource(t, nil), map[string]string{"credsql.execution": mode})
		fenced := false
		for line := range strings.Lines(string(page)) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "```") {
				fenced = line == "```sql"
				continue
			}
			if !fenced {
				continue
			}
			sql, want, found := strings.Cut(line, "-- ")
			if !found {
				t.Errorf("no answer: %s", line)
				continue
			}
			count++
			if got := oneAnswer(s, strings.TrimSpace(sql)); got != want {
				t.Errorf("%s: %s\n got %s\nwant %s", mode, sql, got, want)
			}
		}
	}
	if count < 60 {
		t.Errorf("only %d lines", count)
	}
}

// oneAnswer is the one row of an answer, or the error's code.
func oneAnswer(s *Session, sql string) string {
	lines, err := queryText(s, sql)
	if e, ok := sqlerr.As(err); ok {
		return "ERROR " + e.Code
	}
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\t", " | ")
}
