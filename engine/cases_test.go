package engine

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/memory"
)

// listedPaths are the paths of a list, whose separator is a comma or that of PATH.
func listedPaths(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == os.PathListSeparator })
}

// caseFiles are a file, or the *.test files of a folder and those below it. A relative path may begin in this folder or in the
// module's root, where whoever calls go test stands.
func caseFiles(t *testing.T, path string) []string {
	t.Helper()
	if _, err := os.Stat(path); err != nil && !filepath.IsAbs(path) {
		path = filepath.Join("..", path)
	}
	var out []string
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (p == path || strings.HasSuffix(p, ".test")) {
			out = append(out, p)
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: no case files (%v)", path, err)
	}
	return out
}

// logicCase is one statement with what it must do.
type logicCase struct {
	line      int
	sql       string
	wantError bool
	code      string // the error's SQLSTATE, where the file says it
	wantRows  bool   // false: it must only succeed
	types     string
	sorted    bool
	want      []string
}

// readCases splits a file into the statements that make its tables and the cases.
func readCases(t *testing.T, text string) (fixture []string, cases []*logicCase) {
	t.Helper()
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		head := strings.Fields(lines[i])
		if len(head) == 0 || strings.HasPrefix(head[0], "#") {
			continue
		}
		if len(head) < 2 || head[0] != "statement" && head[0] != "query" {
			t.Fatalf("line %d is no case: %s", i+1, lines[i])
		}
		c := &logicCase{line: i + 1, wantError: head[1] == "error", wantRows: head[0] == "query"}
		if c.wantError && len(head) > 2 && sqlStateText.MatchString(head[2]) {
			c.code = head[2]
		}
		var sql []string
		for i++; i < len(lines) && lines[i] != "----" && (c.wantRows || lines[i] != ""); i++ {
			sql = append(sql, lines[i])
		}
		c.sql = strings.TrimSuffix(strings.Join(sql, "\n"), ";")
		if !c.wantRows && (createTable.MatchString(c.sql) || insertInto.MatchString(c.sql)) && !c.wantError {
			fixture = append(fixture, c.sql)
			continue
		}
		if c.wantRows {
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
	sqlStateText = regexp.MustCompile(`^[0-9A-Z]{5}$`)
	createTable  = regexp.MustCompile(`(?is)^CREATE TABLE ([\w."]+)\s*\((.*)\)$`)
	insertInto   = regexp.MustCompile(`(?is)^INSERT INTO ([\w."]+)\s*VALUES\s*(.*)$`)
	// columnDef is a column's name, its type with any modifiers, and constraints, which say nothing about an answer.
	columnDef = regexp.MustCompile(`(?i)^("[^"]+"|\w+)\s+([\w ]+?)\s*(?:\(([\d, ]+)\))?\s*(\[\])?(?:\s+(?:NOT NULL|NULL|PRIMARY KEY|UNIQUE))*$`)
)

// fixtureTables makes tables of CREATE TABLE and INSERT statements.
func fixtureTables(t testing.TB, stmts []string) []*memory.Table {
	t.Helper()
	byName := map[string]*memory.Table{}
	var list []*memory.Table
	for _, stmt := range stmts {
		if m := createTable.FindStringSubmatch(stmt); m != nil {
			name := strings.ReplaceAll(m[1], `"`, "")
			def := &tables.Def{Name: name, Columns: columnDefs(t, m[2]), AccountColumn: -1}
			if schema, bare, qualified := strings.Cut(name, "."); qualified {
				def.Schema, def.Name = schema, bare
			}
			byName[name] = &memory.Table{Def: def}
			list = append(list, byName[name])
			continue
		}
		m := insertInto.FindStringSubmatch(stmt)
		if m == nil || byName[strings.ReplaceAll(m[1], `"`, "")] == nil {
			t.Fatalf("not a fixture statement: %s", stmt)
		}
		fill(t, byName[strings.ReplaceAll(m[1], `"`, "")], m[2])
	}
	return list
}

// columnDefs reads what stands between the parentheses of a CREATE TABLE.
func columnDefs(t testing.TB, text string) []tables.Column {
	t.Helper()
	var out []tables.Column
	for _, part := range splitOutside(text) {
		m := columnDef.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			t.Fatalf("not a column: %s", part)
		}
		var mods []string
		if m[3] != "" {
			mods = strings.Split(strings.ReplaceAll(m[3], " ", ""), ",")
		}
		ct, err := sqltype.FromName(strings.ToLower(m[2]), mods, m[4] != "")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, tables.Column{Name: strings.Trim(m[1], `"`), Type: ct})
	}
	return out
}

// splitOutside splits at the commas that are not between parentheses.
func splitOutside(text string) []string {
	depth := 0
	return strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return r == ',' && depth == 0
	})
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
