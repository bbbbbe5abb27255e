package exec_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/bind"
	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/optimize"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/tables"
)

// form is how a fixture lays its tables out: the same rows must give the same answers in every form.
type form struct {
	chunk int    // rows a chunk
	text  string // plain, coded, arena, derived, or mixed: another one for each chunk
}

var forms = []form{{1, "plain"}, {3, "coded"}, {2, "mixed"}, {7, "arena"}, {64, "derived"}, {200, "coded"}, {1000, "mixed"}}

// fixture is the row executor's tables (its goldens' setup.sql), and a larger one of random rows, r.
type fixture struct {
	form form
	defs []*tables.Def
	rows map[string][][]column.Value
	dict *column.Dict
}

var (
	createForm = regexp.MustCompile(`^create temp table (\w+) \((.*)\);$`)
	insertForm = regexp.MustCompile(`^insert into (\w+) values$`)
	typeNames  = map[string]column.Type{"bigint": column.Int64, "text": column.Text, "double": column.Float64, "boolean": column.Bool,
		"timestamp": column.TimestampT}
)

func newFixture(t testing.TB, f form) *fixture { return newFixtureOf(t, f, 300) }

// newFixtureOf makes r of n rows.
func newFixtureOf(t testing.TB, f form, n int) *fixture {
	t.Helper()
	text, err := os.ReadFile("../rowexec/testdata/setup.sql")
	if err != nil {
		t.Fatal(err)
	}
	x := &fixture{form: f, rows: map[string][][]column.Value{}, dict: column.NewDict()}
	var into *tables.Def
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if m := createForm.FindStringSubmatch(line); m != nil {
			x.defs = append(x.defs, define(m[1], m[2]))
		} else if m := insertForm.FindStringSubmatch(line); m != nil {
			into = x.Table("", m[1])
		} else if err := x.insert(into, line); err != nil {
			t.Fatal(err)
		}
	}
	x.addRandom(n)
	return x
}

func define(name, columns string) *tables.Def {
	def := &tables.Def{Schema: "test", Name: name, AccountColumn: -1}
	for _, c := range strings.Split(columns, ", ") {
		fields := strings.Fields(c)
		def.Columns = append(def.Columns, tables.Column{Name: fields[0], Type: typeNames[fields[1]]})
	}
	return def
}

func (x *fixture) insert(into *tables.Def, line string) error {
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
	x.rows[into.Name] = append(x.rows[into.Name], row)
	return nil
}

// addRandom makes table r: few and many distinct texts, numbers with repeats and extremes, NULLs everywhere.
func (x *fixture) addRandom(n int) {
	def := define("r", "id bigint, few text, many text, n bigint, f double, b boolean, at timestamp, one text, none bigint")
	x.defs = append(x.defs, def)
	rnd := rand.New(rand.NewPCG(1, 2))
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1e300, -2.5}
	or := func(v column.Value) column.Value {
		if rnd.IntN(8) == 0 {
			return nil
		}
		return v
	}
	for i := range n {
		f := float64(rnd.IntN(40)) / 4
		if rnd.IntN(20) == 0 {
			f = odd[rnd.IntN(len(odd))]
		}
		x.rows["r"] = append(x.rows["r"], []column.Value{
			int64(i), or([]string{"", "red", "green", "Blue", "blue", "äöü"}[rnd.IntN(6)]), or(fmt.Sprintf("user-%d", rnd.IntN(n/2))),
			or(int64(rnd.IntN(20) - 5)), or(f), or(rnd.IntN(2) == 0), or(column.Timestamp(1.7e15) + column.Timestamp(rnd.IntN(50)*86400e6)),
			"const", nil,
		})
	}
}

func (x *fixture) Table(_, name string) *tables.Def {
	for _, d := range x.defs {
		if d.Name == name {
			return d
		}
	}
	return nil
}

func (x *fixture) Names() []string { return nil }

var _ tables.Snapshot = (*fixture)(nil)

func (x *fixture) Open(_ context.Context, table string, req tables.Request) (tables.Scan, error) {
	def := x.Table("", strings.TrimPrefix(table, "test."))
	return &chunks{fixture: x, def: def, columns: req.Columns, rows: x.rows[def.Name]}, nil
}

func (x *fixture) RowCount(table string) (int64, bool) {
	return int64(len(x.rows[strings.TrimPrefix(table, "test.")])), true
}
func (x *fixture) Coverage() tables.Coverage { return tables.Coverage{} }
func (x *fixture) Notices() []tables.Notice  { return nil }

// chunks is a scan; its last chunk is empty.
type chunks struct {
	*fixture
	def     *tables.Def
	columns []int
	rows    [][]column.Value
}

func (c *chunks) Chunks() int { return (len(c.rows)+c.form.chunk-1)/c.form.chunk + 1 }

func (c *chunks) Read(_ context.Context, i int) (*column.Batch, error) {
	from := min(i*c.form.chunk, len(c.rows))
	rows := c.rows[from:min(from+c.form.chunk, len(c.rows))]
	b := &column.Batch{N: len(rows)}
	for _, at := range c.columns {
		v := column.NewBuilder(c.def.Columns[at].Type, len(rows))
		for _, row := range rows {
			v.Append(row[at])
		}
		b.Cols = append(b.Cols, c.shaped(v.Vector(), i))
	}
	return b, nil
}

// shaped gives a vector the fixture's form; one value for all rows becomes a constant.
func (c *chunks) shaped(v *column.Vector, chunk int) *column.Vector {
	same := v.N > 0
	for i := range v.N {
		same = same && v.Value(i) == v.Value(0)
	}
	if same {
		return column.ConstVector(v.Type, v.Value(0), v.N)
	}
	if v.Type.Kind != column.KindText || v.N == 0 {
		return v
	}
	text := c.form.text
	if text == "mixed" {
		text = []string{"plain", "coded", "arena", "derived"}[chunk%4]
	}
	switch plain := v.Texts; text {
	case "coded":
		coded := &column.Coded{Dict: c.dict}
		for i := range v.N {
			coded.Codes = append(coded.Codes, c.dict.Code([]byte(plain.At(i))))
		}
		v.Texts = coded
	case "arena":
		arena := &column.Arena{}
		for i := range v.N {
			arena.Append([]byte(plain.At(i)))
		}
		v.Texts = arena
	case "derived":
		v.Texts = derived{plain}
	}
	return v
}

// derived makes its texts anew, as a table's own kind of column may.
type derived struct{ column.Strings }

func (d derived) At(i int) string { return strings.Clone(d.Strings.At(i)) }

// bind compiles a statement over the fixture.
func (x *fixture) bind(sql string) (*bind.Statement, *funcs.Ctx, error) {
	parsed, err := ddsql.Parse(sql, ddsql.Options{})
	if err != nil {
		return nil, nil, err
	}
	c := &funcs.Ctx{Context: context.Background(), Now: 1.7e15}
	stmt, err := bind.Bind(parsed[0].Statement.(*syntax.Query), bind.Config{Catalog: x, Registry: funcs.New(), Ctx: c, HasParams: true})
	if err != nil {
		return nil, nil, err
	}
	stmt.Root = optimize.Rewrite(stmt.Root, c)
	return stmt, c, nil
}
