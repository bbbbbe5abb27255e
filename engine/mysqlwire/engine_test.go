package mysqlwire

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	gomysql "github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables/files"
)

// reports is an engine over the example reports.
func reports(t testing.TB) *engine.Engine {
	t.Helper()
	source, err := files.New(files.Config{Paths: []string{"../../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(engine.Config{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// table reads all rows as text, a line each.
func table(rows *sql.Rows) (string, error) {
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(strings.Join(names, "|") + "\n")
	cells := make([]sql.RawBytes, len(names))
	into := make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return "", err
		}
		for i, c := range cells {
			if i > 0 {
				b.WriteByte('|')
			}
			if c == nil {
				b.WriteString("NULL")
			} else {
				b.Write(c)
			}
		}
		b.WriteByte('\n')
	}
	return b.String(), rows.Err()
}

// TestBothProtocols: text and binary rows read back as the same text, and as what the engine says itself.
func TestBothProtocols(t *testing.T) {
	t.Parallel()
	e := reports(t)
	_, addr := serving(t, Config{Backend: FromEngine(e)})
	db := opened(t, addr)
	ctx := context.Background()
	for _, query := range []string{
		"SELECT * FROM aws.iam_credential_report ORDER BY arn",
		"SELECT * FROM credsql.accounts ORDER BY account_id",
		"SELECT * FROM credsql.credentials ORDER BY arn, kind, slot",
		"SELECT account_id, count(*), avg(length(user)), bool_or(mfa_active) FROM aws.iam_credential_report GROUP BY 1 ORDER BY 1",
		"SELECT ARRAY['a', 'b\"', NULL], INTERVAL '1 year 2 days 03:04:05.6', '10.0.0.0/8'::inet, '{\"a\": 1}'::json, NULL, 1.5, 1e20, true, false",
		"SELECT TIMESTAMP '2025-01-05 10:20:30.000001', TIMESTAMP '1969-12-31 23:59:59.5', TIMESTAMP '9999-12-31', TIMESTAMP '0001-01-01'",
		"SELECT tags FROM aws.iam_credential_report WHERE tags IS NOT NULL ORDER BY arn",
		"SELECT repeat('x', n) FROM (VALUES (0), (250), (251), (65535), (65536), (70000)) v(n)",
		"SELECT user FROM aws.iam_credential_report WHERE false",
	} {
		rows, err := db.QueryContext(ctx, query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		text, err := table(rows)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		}
		statement, err := db.PrepareContext(ctx, query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		if rows, err = statement.QueryContext(ctx); err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		binary, err := table(rows)
		if err != nil || text != binary {
			t.Errorf("%s: text\n%s\nbinary (%v)\n%s", query, text, err, binary)
		}
		if direct := asked(t, e, query); text != direct {
			t.Errorf("%s: over the wire\n%s\nfrom the engine\n%s", query, text, direct)
		}
		_ = statement.Close()
	}
}

// asked answers a query without the wire, in table's form.
func asked(t *testing.T, e *engine.Engine, query string) string {
	t.Helper()
	rows, err := e.NewSession().Query(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	return rowsAsWire(t, rows)
}

// rowsAsWire reads an answer of the engine in table's form.
func rowsAsWire(t *testing.T, rows *engine.Rows) string {
	t.Helper()
	var b strings.Builder
	for i, c := range rows.Columns {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(c.Name)
	}
	b.WriteByte('\n')
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range batch.N {
			for j, v := range batch.Cols {
				if j > 0 {
					b.WriteByte('|')
				}
				b.WriteString(asWire(v.Value(i)))
			}
			b.WriteByte('\n')
		}
	}
}

// asWire is a value as MySQL clients show it, made by other means than the server's.
func asWire(v column.Value) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case bool:
		if v {
			return "1"
		}
		return "0"
	case column.Timestamp:
		return time.UnixMicro(int64(v)).UTC().Format("2006-01-02 15:04:05.000000")
	case *column.HStore:
		var parts []string
		for _, p := range v.Pairs() {
			value := any(p.Value)
			if p.Null {
				value = nil
			}
			parts = append(parts, jsonOf(p.Key)+": "+jsonOf(value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case *column.List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, jsonOf(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return string(column.AppendText(nil, v))
}

func jsonOf(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return strings.TrimSpace(b.String())
}

// TestParameters: every type that drivers send, in places of every kind.
func TestParameters(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: FromEngine(reports(t))})
	db := opened(t, addr)
	moment := time.Date(2025, 1, 5, 10, 20, 30, 123456000, time.UTC)
	for _, c := range []struct {
		query string
		args  []any
		want  string // of the one cell, or the error
	}{
		{"SELECT ?::bigint + 1", []any{41}, "42"},
		{"SELECT ?::bigint + 1", []any{41.0}, "42"},
		{"SELECT ?::bigint + 1", []any{"41"}, "42"},
		{"SELECT 1 + ?", []any{1.5}, "Error 1292 (22P02): a parameter of value \"1.5\" cannot be used as bigint at character 12; parameter $1 is used as bigint"},
		{"SELECT 1 + ?", []any{uint64(1 << 63)}, "Error 1690 (22003): value \"9223372036854775808\" is out of range for type bigint at character 12; parameter $1 is used as bigint"},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE mfa_active = ? AND user = '<root_account>' AND account_id = ?", []any{1, "100000000017"}, "1"},
		{"SELECT count(*) FROM aws.iam_credential_report WHERE mfa_active = ? AND user = '<root_account>' AND account_id = ?", []any{true, "100000000017"}, "1"},
		{"SELECT NOT ?", []any{1.0}, "0"}, // mysql2 sends every number as a double
		{"SELECT NOT ?", []any{0.5}, "Error 1292 (22P02): a parameter of value \"0.5\" cannot be used as boolean at character 12; parameter $1 is used as boolean"},
		{"SELECT NOT ?", []any{"true"}, "0"},
		{"SELECT ? > TIMESTAMP '2025-01-05 10:20:30'", []any{moment}, "1"},
		{"SELECT ?::timestamp", []any{moment}, "2025-01-05 10:20:30.123456"},
		{"SELECT TIMESTAMP '2025-01-31' + ?::interval", []any{"1 month"}, "2025-02-28 00:00:00.000000"},
		{"SELECT x FROM (VALUES (1),(2),(3)) v(x) WHERE x IN (?, ?) ORDER BY x DESC LIMIT ?", []any{1, 3, 1}, "3"},
		{"SELECT 'O''Brien' LIKE ?", []any{"O'%"}, "1"},
		{"SELECT ?", []any{`\' OR 1=1 -- `}, `\' OR 1=1 -- `},
		{"SELECT length(?)", []any{`\d`}, "2"},
		{"SELECT ? || 'b'", []any{nil}, "NULL"},
		{"SELECT length(?)", []any{strings.Repeat("é", 100_000)}, "100000"},
		{"SELECT ('a=>1, b=>2'::hstore -> ?)", []any{"b"}, "2"},
		{"SELECT ?", []any{[]byte("bytes")}, "bytes"},
		{"SELECT ?", []any{"\xff"}, "Error 1105 (22021): invalid byte sequence for encoding \"UTF8\"; hint: send text as UTF-8, without NUL"},
	} {
		if got := firstCell(db, c.query, c.args); got != c.want {
			t.Errorf("%s with %.80v:\ngot  %.200s\nwant %s", c.query, c.args, got, c.want)
		}
	}
}

// TestCreateTable: what SHOW CREATE TABLE gives is SQL, with the quotes of the comments doubled.
func TestCreateTable(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: FromEngine(reports(t))})
	for _, table := range []string{"aws.iam_credential_report", "credsql.accounts", "credsql.credentials", "credsql.raw_report"} {
		var name, create string
		if err := opened(t, addr).QueryRow("SHOW CREATE TABLE "+table).Scan(&name, &create); err != nil {
			t.Fatal(err)
		}
		comments := regexp.MustCompile(`(?m) COMMENT[ =]'(?:[^']|'')+',?$`)
		lines := strings.Count(create, " COMMENT")
		if found := len(comments.FindAllString(create, -1)); found != lines || lines < 5 {
			t.Errorf("%s: %d comments of %d are SQL:\n%s", table, found, lines, create)
		}
	}
}

func firstCell(db *sql.DB, query string, args []any) string {
	var cell sql.NullString
	if err := db.QueryRow(query, args...).Scan(&cell); err != nil {
		return err.Error()
	}
	if !cell.Valid {
		return "NULL"
	}
	return cell.String
}

// TestBooleanDefinition: a boolean is described as a table's TINYINT(1) is: Connector/J takes one with BINARY_FLAG for bytes.
func TestBooleanDefinition(t *testing.T) {
	t.Parallel()
	def := appendDefinition(nil, &Column{Name: "b", Type: column.Bool})
	length, tail := def[len(def)-10:len(def)-6], def[len(def)-6:]
	if string(length) != "\x01\x00\x00\x00" || string(tail) != "\x01\x00\x00\x00\x00\x00" {
		t.Errorf("length %x, type, flags and decimals %x", length, tail)
	}
}

// TestDefinitions: how columns are described, in the words of MySQL's protocol: database, table, name and name in the table, type, collation
// (63 binary, 46 utf8mb4_bin, since texts are compared by their bytes), length, flags and decimals.
func TestDefinitions(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: FromEngine(reports(t))})
	c := loggedIn(t, addr)
	c.command(3, `SELECT _key, user AS u, mfa_active, user_creation_time, tags, 1 AS n, 1.5 AS d, TIMESTAMP '2026-01-02' AS day, INTERVAL '1 day' AS i,
		'10.0.0.1'::inet AS a, ARRAY[1] AS l, '{}'::json AS j, NULL AS nothing FROM aws.iam_credential_report LIMIT 1`)
	want := []string{
		"aws.iam_credential_report _key/_key type 253 collation 46 length 65532 flags 3 decimals 0",
		"aws.iam_credential_report u/user type 253 collation 46 length 65532 flags 0 decimals 0",
		"aws.iam_credential_report mfa_active/mfa_active type 1 collation 63 length 1 flags 0 decimals 0",
		"aws.iam_credential_report user_creation_time/user_creation_time type 7 collation 63 length 26 flags 128 decimals 6",
		"aws.iam_credential_report tags/tags type 245 collation 46 length 4294967295 flags 144 decimals 0",
		". n/ type 8 collation 63 length 20 flags 128 decimals 0",
		". d/ type 5 collation 63 length 22 flags 128 decimals 31",
		". day/ type 7 collation 63 length 26 flags 128 decimals 6",
		". i/ type 253 collation 46 length 65532 flags 0 decimals 0",
		". a/ type 253 collation 46 length 65532 flags 0 decimals 0",
		". l/ type 245 collation 46 length 4294967295 flags 144 decimals 0",
		". j/ type 245 collation 46 length 4294967295 flags 144 decimals 0",
		". nothing/ type 253 collation 46 length 65532 flags 0 decimals 0",
	}
	if n := c.read(); len(n) != 1 || int(n[0]) != len(want) {
		t.Fatalf("%d columns: %q", len(want), n)
	}
	for _, w := range want {
		f, err := gomysql.FieldData(c.read()).Parse()
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%s.%s %s/%s type %d collation %d length %d flags %d decimals %d",
			f.Schema, f.OrgTable, f.Name, f.OrgName, f.Type, f.Charset, f.ColumnLength, f.Flag, f.Decimal)
		if got != w || string(f.Table) != string(f.OrgTable) {
			t.Errorf("\ngot  %s\nwant %s", got, w)
		}
	}
}
