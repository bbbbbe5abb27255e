package mysqlwire

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/credsql/credsql/engine"
)

var update = flag.Bool("update", false, "rewrite the wanted refusals of testdata/wire")

// recorded is one statement of what a client sends.
type recorded struct {
	text string
	// refused is the error that it must get; empty for none.
	refused string
	// prepared says that the client sends it as a prepared statement only.
	prepared bool
}

const refusedMark = "-- refused: "

// readRecording reads a file of testdata/wire: statements that end with a semicolon at a line's end, and comment lines.
func readRecording(t *testing.T, path string) (list []recorded) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var next recorded
	var lines []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case len(lines) == 0 && strings.HasPrefix(line, refusedMark):
			next.refused = strings.TrimPrefix(line, refusedMark)
		case len(lines) == 0 && strings.HasPrefix(line, "-- (COM_STMT_PREPARE)"):
			next.prepared = true
		case len(lines) == 0 && (strings.HasPrefix(line, "-- ") || line == ""):
		default:
			lines = append(lines, line)
			if strings.HasSuffix(line, ";") {
				next.text = strings.TrimSuffix(strings.Join(lines, "\n"), ";")
				list = append(list, next)
				next, lines = recorded{}, nil
			}
		}
	}
	if len(lines) > 0 || len(list) == 0 {
		t.Fatalf("%s: %d statements, and %q at the end", path, len(list), lines)
	}
	return list
}

// TestReplay sends what each client sends, as text and as prepared statements. All is answered but for the refusals that the file
// lists, both protocols give the same rows, and the engine gives them too when it is asked without a wire.
func TestReplay(t *testing.T) {
	t.Parallel()
	e := reports(t)
	_, addr := serving(t, Config{Backend: FromEngine(e)})
	files, err := filepath.Glob("testdata/wire/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".sql"), func(t *testing.T) {
			t.Parallel()
			inAWS := func(c *mysql.Config) { c.DBName = "aws"; c.MultiStatements = true }
			text, binary := pinned(t, opened(t, addr, inAWS)), pinned(t, opened(t, addr, inAWS))
			got := map[string]string{}
			for _, r := range readRecording(t, path) {
				answer, err := replayText(t.Context(), text, r)
				refusal := ""
				if err != nil {
					refusal = err.Error()
				}
				got[r.text] = refusal
				if refusal != r.refused && !*update {
					t.Errorf("%s\nrefused: %s\nwanted:  %s", r.text, refusal, r.refused)
				}
				again, err := replayBinary(t.Context(), binary, r)
				if direct, ok := askedDirectly(t, e, r); ok && err == nil && !volatile(r.text) && direct != answer {
					t.Errorf("%s\nover the wire:\n%s\nfrom the engine:\n%s", r.text, answer, direct)
				}
				if (err == nil) != (refusal == "") {
					t.Errorf("%s\nas text: %s\nprepared: %v", r.text, refusal, err)
				} else if err == nil && !volatile(r.text) && answer != again {
					t.Errorf("%s\nas text:\n%s\nprepared:\n%s", r.text, answer, again)
				}
			}
			if *update {
				writeRefusals(t, path, got)
			}
		})
	}
}

// askedDirectly answers a query over our tables without the wire.
func askedDirectly(t *testing.T, e *engine.Engine, r recorded) (string, bool) {
	t.Helper()
	rows, err := e.NewClientSession(engine.Client{MySQL: true}).Query(t.Context(), r.text)
	if err != nil {
		return "", false
	}
	defer rows.Close()
	if rows.Kind() != "query" {
		return "", false
	}
	return rowsAsWire(t, rows), true
}

// volatile statements answer about the moment, or the connection.
func volatile(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range []string{"now()", "connection_id", "processlist", "status", "utc_timestamp", "sysdate", "unix_timestamp()", "warnings", "found_rows", "explain analyze"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// arguments fill a prepared statement's parameters.
func arguments(r recorded) []any {
	var args []any
	for i := range strings.Count(r.text, "?") {
		if i == 0 {
			args = append(args, "backup-dev")
		} else {
			args = append(args, 5)
		}
	}
	if !r.prepared {
		return nil
	}
	return args
}

func replayText(ctx context.Context, c *sql.Conn, r recorded) (string, error) {
	if r.prepared {
		return replayBinary(ctx, c, r)
	}
	return answerOf(c.QueryContext(ctx, r.text))
}

func replayBinary(ctx context.Context, c *sql.Conn, r recorded) (string, error) {
	if strings.Count(r.text, ";") > 0 { // several statements cannot be prepared
		return answerOf(c.QueryContext(ctx, r.text))
	}
	s, err := c.PrepareContext(ctx, r.text)
	if err != nil {
		return "", err
	}
	defer s.Close()
	return answerOf(s.QueryContext(ctx, arguments(r)...))
}

func answerOf(rows *sql.Rows, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return table(rows)
}

// writeRefusals puts what was refused into the file.
func writeRefusals(t *testing.T, path string, refusals map[string]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, refusedMark) {
			continue
		}
		if r := refusals[strings.TrimSuffix(strings.TrimSuffix(line, "\n"), ";")]; r != "" {
			fmt.Fprintln(&out, refusedMark+r)
		}
		out.WriteString(line)
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
