package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/files"
	"github.com/credsql/credsql/tables/memory"
)

// result is an answer as text: "NULL", or "=" and the value.
type result struct {
	rows  [][]string
	types []string
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
		pg.must(t, inPostgres(stmt))
	}
	list := fixtureTables(t, stmts)
	source, err := files.New(files.Config{Paths: []string{"../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	list = append(list, pg.copyTable(t, source, "iam_credential_report"))
	pg.must(t, "SET default_transaction_read_only = on")
	return memorySource(t, list)
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

// answer asks PostgreSQL, in its own words.
func (pg *postgres) answer(stmt string) (result, error) {
	all := pg.conn.Exec(context.Background(), inPostgres(stmt))
	var out result
	for all.NextResult() {
		r := all.ResultReader()
		for _, f := range r.FieldDescriptions() {
			out.types = append(out.types, pg.types[f.DataTypeOID])
		}
		for r.NextRow() {
			row := make([]string, 0, len(out.types))
			for _, cell := range r.Values() {
				if cell == nil {
					row = append(row, "NULL")
				} else {
					row = append(row, "="+string(cell))
				}
			}
			out.rows = append(out.rows, row)
		}
	}
	return out, all.Close()
}

// sqlState is the code of PostgreSQL's error.
func sqlState(err error) (string, bool) {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code, true
	}
	return "", err != nil
}

// inPostgres is a statement in PostgreSQL's words, outside of quotes and comments: for it user is a function unless it is quoted, and DECIMAL
// without digits is a number of any length, where DDSQL's is a 64-bit double; DDSQL's VARCHAR is its text.
func inPostgres(stmt string) string {
	var b strings.Builder
	for i := 0; i < len(stmt); {
		n := 1
		switch c := stmt[i]; {
		case c == '\'' || c == '"':
			if end := strings.IndexByte(stmt[i+1:], c); end >= 0 {
				n = end + 2
			}
		case strings.HasPrefix(stmt[i:], "--"):
			if n = strings.IndexByte(stmt[i:], '\n'); n < 0 {
				n = len(stmt) - i
			}
		case isWord(c):
			for n = 1; i+n < len(stmt) && isWord(stmt[i+n]); n++ {
			}
			b.WriteString(postgresWord(stmt[i:i+n], stmt[i+n:]))
			i += n
			continue
		}
		b.WriteString(stmt[i : i+n])
		i += n
	}
	return b.String()
}

func postgresWord(word, after string) string {
	switch strings.ToLower(word) {
	case "user":
		return `"user"`
	case "decimal":
		if !strings.HasPrefix(after, "(") {
			return "double precision"
		}
	case "varchar":
		if !strings.HasPrefix(after, "(") {
			return "text"
		}
	}
	return word
}

func isWord(c byte) bool {
	return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= 0x80
}
