package funcs_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables/memory"
)

var update = flag.Bool("update", false, "record PostgreSQL's answers anew, by the command in CREDSQL_PSQL (such as psql -d test)")

// TestPostgres compares expressions with the answers that PostgreSQL 15 gave. A file of testdata/postgres holds cases of an expression,
// then indented PostgreSQL's answer, and where ours differs on purpose a line "ours:" with our answer and the reason after "--".
// Lines that start with # are comments.
func TestPostgres(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/postgres/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no case files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			checkFile(t, file)
		})
	}
}

func checkFile(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cases := readCases(string(text))
	if *update {
		record(t, cases)
		if err := os.WriteFile(file, writeCases(cases), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, mode := range []string{"row", "vector"} {
		s := session(t, mode)
		for _, c := range cases {
			if c.expr == "" {
				continue
			}
			want := c.postgres
			if c.ours != "" {
				want, _, _ = strings.Cut(c.ours, " -- ")
			}
			if got := answer(s, c.expr); got != want {
				t.Errorf("%s, %s\n%s\n got %s\nwant %s", file, mode, c.expr, got, want)
			}
		}
	}
}

// pgCase is one expression; a comment has only a comment.
type pgCase struct{ comment, expr, postgres, ours string }

func readCases(text string) []*pgCase {
	var cases []*pgCase
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			cases = append(cases, &pgCase{comment: line})
		case strings.HasPrefix(line, "\tours: "):
			cases[len(cases)-1].ours = strings.TrimPrefix(line, "\tours: ")
		case strings.HasPrefix(line, "\t"):
			cases[len(cases)-1].postgres = line[1:]
		default:
			cases = append(cases, &pgCase{expr: line})
		}
	}
	return cases
}

func writeCases(cases []*pgCase) []byte {
	var b bytes.Buffer
	for _, c := range cases {
		if c.expr == "" {
			fmt.Fprintln(&b, c.comment)
			continue
		}
		fmt.Fprintf(&b, "%s\n\t%s\n", c.expr, c.postgres)
		if c.ours != "" {
			fmt.Fprintf(&b, "\tours: %s\n", c.ours)
		}
	}
	return b.Bytes()
}

func session(t *testing.T, mode string) *engine.Session {
	t.Helper()
	source, err := memory.New()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(engine.Config{Source: source, Settings: map[string]string{"credsql.execution": mode}})
	if err != nil {
		t.Fatal(err)
	}
	return e.NewSession()
}

// answer is an expression's value as text, or its error.
func answer(s *engine.Session, expr string) string {
	v, err := value(s, "SELECT "+expr)
	if e, ok := sqlerr.As(err); ok {
		return "ERROR " + e.Code + " " + e.Message
	}
	if err != nil {
		return "broken: " + err.Error()
	}
	return shown(v)
}

func shown(v column.Value) string {
	if v == nil {
		return "NULL"
	}
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(string(column.AppendText(nil, v)))
}

func value(s *engine.Session, sql string) (column.Value, error) {
	rows, err := s.Query(context.Background(), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var got column.Value
	n := 0
	for {
		b, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if n += b.N; b.N > 0 {
			got = b.Cols[0].Value(0)
		}
	}
	if n != 1 {
		return nil, fmt.Errorf("%d rows", n)
	}
	return got, nil
}

// record asks PostgreSQL. A numeric is shown as the double nearest to it; OFFSET 0 keeps the planner from computing that for other types.
func record(t *testing.T, cases []*pgCase) {
	command := strings.Fields(os.Getenv("CREDSQL_PSQL"))
	if len(command) == 0 {
		t.Fatal("CREDSQL_PSQL is not set")
	}
	var script bytes.Buffer
	script.WriteString("\\set VERBOSITY verbose\n\\pset null NULL\nSET timezone = 'UTC';\n")
	for i, c := range cases {
		if c.expr != "" {
			fmt.Fprintf(&script, "\\echo @@%d\nSELECT replace(replace(CASE WHEN pg_typeof(x) = 'numeric'::regtype THEN x::text::float8::text ELSE x::text END, "+
				"E'\\n', '\\n'), E'\\t', '\\t') FROM (SELECT %s AS x OFFSET 0) q;\n", i, c.expr)
		}
	}
	cmd := exec.Command(command[0], append(command[1:], "-X", "-A", "-t")...)
	cmd.Stdin = &script
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Logf("psql: %v", err)
	}
	blocks := strings.Split(out.String(), "@@")
	for _, block := range blocks[1:] {
		var i int
		head, body, _ := strings.Cut(block, "\n")
		if _, err := fmt.Sscan(head, &i); err != nil {
			t.Fatalf("not a case: %q", block)
		}
		cases[i].postgres = recorded(strings.TrimRight(body, "\n"))
	}
}

var verboseError = regexp.MustCompile(`(?m)^ERROR:  (\w{5}): (.*)$`)

// typeNames puts DDSQL's names for PostgreSQL's into messages.
var typeNames = strings.NewReplacer("pg_catalog.", "", "non-integer", "non-integer", "double precision", "decimal", "numeric", "decimal", "integer", "bigint", "character varying", "varchar",
	"text", "varchar", "timestamp without time zone", "timestamp", "timestamp with time zone", "timestamp")

func recorded(body string) string {
	if m := verboseError.FindStringSubmatch(body); m != nil {
		return "ERROR " + m[1] + " " + typeNames.Replace(m[2])
	}
	return body
}
