package rowexec_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/tables"
)

// fixture is the tables of testdata/setup.sql, which PostgreSQL is set up with for the same goldens. Each chunk holds three rows.
type fixture struct {
	defs  []*tables.Def
	rows  map[string][][]column.Value
	opens int
}

var (
	createForm = regexp.MustCompile(`^create temp table (\w+) \((.*)\);$`)
	insertForm = regexp.MustCompile(`^insert into (\w+) values$`)
	types      = map[string]column.Type{"bigint": column.Int64, "text": column.Text, "double": column.Float64, "boolean": column.Bool,
		"timestamp": column.TimestampT}
)

func readFixture() (*fixture, error) {
	text, err := os.ReadFile("testdata/setup.sql")
	if err != nil {
		return nil, err
	}
	f := &fixture{rows: map[string][][]column.Value{}}
	var into *tables.Def
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if m := createForm.FindStringSubmatch(line); m != nil {
			f.defs = append(f.defs, define(m[1], m[2]))
		} else if m := insertForm.FindStringSubmatch(line); m != nil {
			into = f.Table("", m[1])
		} else if err := f.insert(into, line); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func define(name, columns string) *tables.Def {
	def := &tables.Def{Schema: "test", Name: name, AccountColumn: -1}
	for _, c := range strings.Split(columns, ", ") {
		fields := strings.Fields(c)
		def.Columns = append(def.Columns, tables.Column{Name: fields[0], Type: types[fields[1]]})
	}
	return def
}

func (f *fixture) insert(into *tables.Def, line string) error {
	var row []column.Value
	for i, text := range strings.Split(strings.Trim(line, "(),;"), ",") {
		if text == "null" {
			row = append(row, nil)
			continue
		}
		v, err := sqltype.Parse(strings.Trim(text, "'"), into.Columns[i].Type)
		if err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
		row = append(row, v)
	}
	f.rows[into.Name] = append(f.rows[into.Name], row)
	return nil
}

// Table and Names make the fixture a catalog.
func (f *fixture) Table(_, name string) *tables.Def {
	for _, d := range f.defs {
		if d.Name == name {
			return d
		}
	}
	return nil
}

func (f *fixture) Names() []string { return nil }

var _ tables.Snapshot = (*fixture)(nil)

func (f *fixture) Open(_ context.Context, table string, req tables.Request) (tables.Scan, error) {
	f.opens++
	def := f.Table("", strings.TrimPrefix(table, "test."))
	return &chunks{def: def, columns: req.Columns, rows: f.rows[def.Name]}, nil
}

func (f *fixture) RowCount(string) (int64, bool) { return 0, false }
func (f *fixture) Coverage() tables.Coverage     { return tables.Coverage{} }
func (f *fixture) Notices() []tables.Notice      { return nil }

// chunks is a scan.
type chunks struct {
	def     *tables.Def
	columns []int
	rows    [][]column.Value
}

const chunkRows = 3

func (c *chunks) Chunks() int { return (len(c.rows) + chunkRows - 1) / chunkRows }

func (c *chunks) Read(_ context.Context, i int) (*column.Batch, error) {
	rows := c.rows[i*chunkRows : min((i+1)*chunkRows, len(c.rows))]
	b := &column.Batch{N: len(rows)}
	for _, at := range c.columns {
		v := column.NewBuilder(c.def.Columns[at].Type, len(rows))
		for _, row := range rows {
			v.Append(row[at])
		}
		b.Cols = append(b.Cols, v.Vector())
	}
	return b, nil
}
