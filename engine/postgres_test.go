package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/internal/ddsql"
)

// TestPostgres asks PostgreSQL 15 and credsql the same questions, over the same rows, and compares values, types, order where a query has one,
// error against answer, and the SQLSTATE of errors. It runs when the environment variable CREDSQL_POSTGRES holds a connection string of a
// server with the hstore extension, on which it makes schemas of its own. A statement with a comment "differs: reason" must
// differ, one with "code differs: reason" must fail on both sides with different codes: the reasons are the list of where
// credsql departs from PostgreSQL.
func TestPostgres(t *testing.T) {
	address := os.Getenv("CREDSQL_POSTGRES")
	if address == "" {
		t.Skip("CREDSQL_POSTGRES is not set; CI starts a server for this test")
	}
	pg := newPostgres(t, address)
	session := newTestSession(t, pg.fixtures(t), nil)
	paths, err := filepath.Glob("testdata/postgres/*.sql")
	if err != nil || len(paths) == 0 {
		t.Fatal("no statements", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			count, exceptions := 0, 0
			var record strings.Builder
			pieces, _ := Split(string(text))
			for _, p := range pieces {
				stmt := string(text)[p.Start:p.End]
				count++
				x := exceptionOf(stmt)
				d := pg.compare(session, stmt)
				if x.kind != sameNothing && !strings.Contains(stmt, "aws.") {
					record.WriteString(pg.recorded(session, stmt))
				}
				if x.kind != sameAll {
					exceptions++
				}
				msg := x.judge(d)
				if msg == "" && x.kind == sameAll {
					msg = pg.words(session, stmt)
				}
				if msg != "" {
					t.Errorf("%s:%d: %s\n%s", path, 1+strings.Count(string(text)[:p.Start], "\n"), msg, stmt)
				}
			}
			t.Logf("%s: %d statements, %d named exceptions", path, count, exceptions)
			if *update {
				pg.save(t, path, record.String())
			}
		})
	}
}

// sameness is what a statement's two answers must have in common.
type sameness uint8

const (
	sameAll sameness = iota
	sameButCode
	sameNothing
)

// exception is what a statement's comment says about a difference.
type exception struct {
	kind   sameness
	reason string
}

func exceptionOf(stmt string) exception {
	for line := range strings.Lines(stmt) {
		comment, found := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if reason, ok := strings.CutPrefix(comment, "differs: "); found && ok {
			return exception{sameNothing, reason}
		}
		if reason, ok := strings.CutPrefix(comment, "code differs: "); found && ok {
			return exception{sameButCode, reason}
		}
	}
	return exception{}
}

// judge says what is wrong with a difference, or with there being none.
func (x exception) judge(d difference) string {
	switch {
	case x.kind == sameNothing && d.kind == "", x.kind == sameButCode && d.kind == "":
		return "no longer differs (" + x.reason + ")"
	case x.kind == sameNothing && d.kind != "internal", x.kind == sameButCode && d.kind == "code":
		return ""
	case d.kind != "":
		return d.String()
	}
	return ""
}

// save writes PostgreSQL's answers as a file of TestConformance, for where there is no PostgreSQL.
func (pg *postgres) save(t *testing.T, path, cases string) {
	t.Helper()
	fixture, err := os.ReadFile("testdata/postgres/fixture.test")
	if err != nil {
		t.Fatal(err)
	}
	out := "# The answers of PostgreSQL 15 to " + path + ", written by TestPostgres -update.\n\n"
	pieces, _ := ddsql.Split(string(fixture))
	for _, p := range pieces {
		out += "statement ok\n" + string(fixture)[p.Start:p.End] + "\n\n"
	}
	name := "testdata/conformance/" + strings.TrimSuffix(filepath.Base(path), ".sql") + ".test"
	if err := os.WriteFile(name, []byte(out+cases), 0o644); err != nil {
		t.Fatal(err)
	}
}

// recorded is a statement with PostgreSQL's answer as a case of TestConformance. Texts that such a file cannot hold are left out.
func (pg *postgres) recorded(s *Session, stmt string) string {
	kind := exceptionOf(stmt).kind
	stmt = uncommented(stmt)
	want, err := pg.answer(stmt)
	if e, ok := sqlState(err); ok {
		if kind == sameButCode {
			e = ""
		}
		return strings.TrimSpace("statement error "+e) + "\n" + stmt + "\n\n"
	}
	got, err := typedRows(s, stmt)
	if err != nil || len(got.types) == 0 || strings.Contains(stmt, "\n\n") {
		return ""
	}
	letters := columnLetters(got.types)
	sorting := "nosort"
	if !ordered(stmt) {
		sorting = "rowsort"
	}
	out := "query " + strings.ReplaceAll(letters, "B", "T") + " " + sorting + "\n" + stmt + "\n----\n"
	for _, row := range want.rows {
		for i, cell := range row {
			if strings.ContainsAny(cell, "\n\t\r") {
				return ""
			}
			row[i] = recordedCell(cell, letters[i])
		}
		out += strings.Join(row, "\t") + "\n"
	}
	return out + "\n"
}

func columnLetters(types []string) string {
	letters := ""
	for _, t := range types {
		switch t {
		case "bigint":
			letters += "I"
		case "decimal":
			letters += "R"
		case "boolean":
			letters += "B"
		default:
			letters += "T"
		}
	}
	return letters
}

func recordedCell(cell string, letter byte) string {
	switch {
	case cell == "=":
		return "(empty)"
	case letter == 'B' && cell == "=t":
		return "true"
	case letter == 'B' && cell == "=f":
		return "false"
	}
	return strings.TrimSuffix(strings.TrimPrefix(cell, "="), "+00")
}

// uncommented is a statement without the lines before it that are comments.
func uncommented(stmt string) string {
	for strings.HasPrefix(stmt, "--") {
		_, stmt, _ = strings.Cut(stmt, "\n")
	}
	return stmt
}
