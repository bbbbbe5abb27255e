package engine

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/files"
	"github.com/credsql/credsql/tables/memory"
)

// TestPostgres asks PostgreSQL 15 and credsql the same questions, over the same rows, and compares values, types, order where a query has one, and
// error against answer. It runs when the environment variable CREDSQL_POSTGRES holds a connection string of a server with the hstore
// extension, on which it makes a schema of its own. A statement with a comment "differs: reason" must differ: the reasons are the
// list of where credsql departs from PostgreSQL.
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
				_, reason, excepted := strings.Cut(stmt, "-- differs:")
				difference := pg.compare(session, stmt)
				line := 1 + strings.Count(string(text)[:p.Start], "\n")
				if !excepted && !strings.Contains(stmt, "aws.") {
					record.WriteString(pg.recorded(session, stmt))
				}
				switch {
				case excepted && difference == "":
					t.Errorf("%s:%d: no longer differs (%s)\n%s", path, line, strings.TrimSpace(strings.SplitN(reason, "\n", 2)[0]), stmt)
				case excepted:
					exceptions++
				case difference != "":
					t.Errorf("%s:%d: %s\n%s", path, line, difference, stmt)
				}
			}
			t.Logf("%s: %d statements, %d named exceptions", path, count, exceptions)
			if *update {
				pg.save(t, path, record.String())
			}
		})
	}
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
	stmt = uncommented(stmt)
	rows, _, err := pg.answer(stmt)
	if err != nil {
		return "statement error\n" + stmt + "\n\n"
	}
	_, types, err := typedRows(s, stmt)
	if err != nil || strings.Contains(stmt, "\n\n") {
		return ""
	}
	letters, sorting := "", "nosort"
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
	if !ordered(stmt) {
		sorting = "rowsort"
	}
	out := "query " + strings.ReplaceAll(letters, "B", "T") + " " + sorting + "\n" + stmt + "\n----\n"
	for _, row := range rows {
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

// postgres is a server that answers over the same fixtures.
type postgres struct {
	conn  *pgconn.PgConn
	types map[uint32]string
}

func newPostgres(t testing.TB, address string) *postgres {
	t.Helper()
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	pg := &postgres{conn: conn, types: map[uint32]string{}}
	pg.must(t, `CREATE EXTENSION IF NOT EXISTS hstore; DROP SCHEMA IF EXISTS aws CASCADE; DROP SCHEMA IF EXISTS fixture CASCADE;
		CREATE SCHEMA aws; CREATE SCHEMA fixture; SET search_path = fixture, public; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD';
		SET intervalstyle = 'postgres'; SET lc_messages = 'C'; SET statement_timeout = '20s'`)
	rows, err := conn.Exec(ctx, "SELECT oid, format_type(oid, NULL) FROM pg_type").ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[0].Rows {
		oid, _ := strconv.ParseUint(string(r[0]), 10, 32)
		pg.types[uint32(oid)] = string(r[1])
	}
	return pg
}

func (pg *postgres) must(t testing.TB, sql string) {
	t.Helper()
	if _, err := pg.conn.Exec(context.Background(), sql).ReadAll(); err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
}

// fixtures makes the tables of testdata/postgres/fixture.test and the example reports on both sides.
func (pg *postgres) fixtures(t testing.TB) tables.Source {
	t.Helper()
	text, err := os.ReadFile("testdata/postgres/fixture.test")
	if err != nil {
		t.Fatal(err)
	}
	var stmts []string
	pieces, _ := ddsql.Split(string(text))
	for _, p := range pieces {
		stmt := string(text)[p.Start:p.End]
		stmts = append(stmts, stmt)
		pg.must(t, strings.ReplaceAll(strings.ReplaceAll(stmt, " DECIMAL", " double precision"), "DECIMAL[]", "double precision[]"))
	}
	list := fixtureTables(t, stmts)
	source, err := files.New(files.Config{Paths: []string{"../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	return memorySource(t, append(list, pg.copyTable(t, source, "iam_credential_report")))
}

func memorySource(t testing.TB, list []*memory.Table) tables.Source {
	t.Helper()
	source, err := memory.New(list...)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// copyTable reads a table of the aws schema through credsql and writes it to PostgreSQL.
func (pg *postgres) copyTable(t testing.TB, source tables.Source, name string) *memory.Table {
	t.Helper()
	out := &memory.Table{}
	for _, d := range source.Tables() {
		if d.Name == name {
			out.Def = d
		}
	}
	cols := make([]string, len(out.Def.Columns))
	for i, c := range out.Def.Columns {
		cols[i] = fmt.Sprintf("%q %s", c.Name, strings.ReplaceAll(c.Type.String(), "decimal", "double precision"))
	}
	pg.must(t, "CREATE TABLE aws."+name+" ("+strings.Join(cols, ", ")+")")
	var values strings.Builder
	rows, err := newTestSession(t, source, nil).Query(context.Background(), "SELECT * FROM aws."+name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for b, err := rows.Next(); err == nil; b, err = rows.Next() {
		out.Batches = append(out.Batches, b)
		for i := range b.N {
			for c, v := range b.Cols {
				values.WriteString([]string{", (", ", "}[min(c, 1)])
				values.WriteString(quoted(v.Value(i)))
			}
			values.WriteString(")")
		}
	}
	pg.must(t, "INSERT INTO aws."+name+" VALUES "+values.String()[2:])
	return out
}

func quoted(v column.Value) string {
	if v == nil {
		return "NULL"
	}
	return "'" + strings.ReplaceAll(string(column.AppendText(nil, v)), "'", "''") + "'"
}

// compare says how the two answers to a statement differ; "" when they agree.
func (pg *postgres) compare(s *Session, stmt string) string {
	want, wantTypes, pgErr := pg.answer(stmt)
	got, gotTypes, err := typedRows(s, stmt)
	if (err != nil) != (pgErr != nil) {
		return fmt.Sprintf("credsql: %s; PostgreSQL: %s", outcome(got, err), outcome(want, pgErr))
	}
	if err != nil {
		if e, ok := sqlerr.As(err); !ok || e.Code == sqlerr.CodeInternal {
			return "internal error: " + err.Error()
		}
		return ""
	}
	for i := range gotTypes {
		if i < len(wantTypes) && !sameType(gotTypes[i], wantTypes[i]) {
			return fmt.Sprintf("column %d: type %s, PostgreSQL has %s", i+1, gotTypes[i], wantTypes[i])
		}
	}
	if !ordered(stmt) {
		sortRows(got)
		sortRows(want)
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%d rows, PostgreSQL has %d: %q, PostgreSQL %q", len(got), len(want), head(got), head(want))
	}
	for i := range got {
		if !sameRow(got[i], want[i]) {
			return fmt.Sprintf("row %d: %q, PostgreSQL has %q", i+1, got[i], want[i])
		}
	}
	return ""
}

func head(rows [][]string) [][]string { return rows[:min(len(rows), 5)] }

func outcome(rows [][]string, err error) string {
	if err != nil {
		return "error " + err.Error()
	}
	return fmt.Sprintf("%d rows %q", len(rows), head(rows))
}

func sortRows(rows [][]string) {
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(strings.Join(a, "\x00"), strings.Join(b, "\x00")) })
}

// answer asks PostgreSQL, for which user is a function unless it is quoted.
func (pg *postgres) answer(stmt string) (rows [][]string, types []string, err error) {
	results, err := pg.conn.Exec(context.Background(), quoteUser(stmt)).ReadAll()
	if err != nil {
		return nil, nil, err
	}
	for _, f := range results[0].FieldDescriptions {
		types = append(types, pg.types[f.DataTypeOID])
	}
	for _, r := range results[0].Rows {
		row := make([]string, len(r))
		for i, cell := range r {
			row[i] = "NULL"
			if cell != nil {
				row[i] = "=" + string(cell)
			}
		}
		rows = append(rows, row)
	}
	return rows, types, nil
}

// quoteUser puts double quotes around the name user outside of quotes and comments.
func quoteUser(stmt string) string {
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(stmt); i++ {
		c := stmt[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote == 0 && strings.HasPrefix(strings.ToLower(stmt[i:]), "user") && !isWord(stmt, i-1) && !isWord(stmt, i+4):
			b.WriteString(`"user"`)
			i += 3
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isWord(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] == '_' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] >= '0' && s[i] <= '9')
}

func typedRows(s *Session, stmt string) (rows [][]string, types []string, err error) {
	r, err := s.Query(context.Background(), stmt)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	for _, c := range r.Columns {
		types = append(types, c.Type.String())
	}
	for b, err := r.Next(); ; b, err = r.Next() {
		if b == nil {
			if r.err != nil {
				return nil, nil, err
			}
			return rows, types, nil
		}
		for i := range b.N {
			row := make([]string, len(b.Cols))
			for c, v := range b.Cols {
				row[c] = "NULL"
				switch x := v.Value(i).(type) {
				case nil:
				case bool:
					row[c] = "=" + strconv.FormatBool(x)[:1]
				default:
					row[c] = "=" + string(column.AppendText(nil, x))
				}
			}
			rows = append(rows, row)
		}
	}
}

// ordered says whether the statement itself, not a part in parentheses, has an ORDER BY.
func ordered(stmt string) bool {
	depth := 0
	upper := strings.ToUpper(stmt)
	for i := range upper {
		switch upper[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && strings.HasPrefix(upper[i:], "ORDER BY") {
			return true
		}
	}
	return false
}

func sameType(ours, theirs string) bool {
	switch theirs {
	case "integer", "smallint":
		theirs = "bigint"
	case "numeric":
		// DDSQL has no numeric: its sums of BIGINT stay BIGINT, everything else is DECIMAL.
		return ours == "decimal" || ours == "bigint"
	case "double precision", "real":
		theirs = "decimal"
	case "text", "character varying", "name", "unknown", `"char"`, "character":
		theirs = "varchar"
	case "timestamp without time zone", "timestamp with time zone":
		theirs = "timestamp"
	case "jsonb":
		theirs = "json"
	case "cidr":
		theirs = "inet"
	}
	if elem, ok := strings.CutSuffix(theirs, "[]"); ok {
		base, isList := strings.CutSuffix(ours, "[]")
		return isList && sameType(base, elem)
	}
	return ours == theirs
}

func sameRow(a, b []string) bool {
	for i := range a {
		if i >= len(b) || a[i] != b[i] && !sameCell(a[i], b[i]) {
			return false
		}
	}
	return len(a) == len(b)
}

// sameCell compares numbers as numbers, and times with time zone without it.
func sameCell(a, b string) bool {
	a, b = strings.TrimPrefix(a, "="), strings.TrimPrefix(b, "=")
	if strings.TrimSuffix(b, "+00") == a {
		return true
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y))
}
