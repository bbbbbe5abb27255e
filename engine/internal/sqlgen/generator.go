package sqlgen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/tables"
)

// Config says over what queries are made.
type Config struct {
	Tables   []*tables.Def
	Registry *funcs.Registry
	// Postgres leaves out what PostgreSQL lacks or documents otherwise, and casts where its types are finer.
	Postgres bool
}

// Query is a random query.
type Query struct {
	SQL string
	// Risky queries may fail for some rows: which error is seen, and whether one is, may depend on the order of evaluation.
	Risky bool
	// Untyped queries have literals and NULLs without a type, and here and there a wrong one.
	Untyped bool
	// Trace makes the same query by Replay.
	Trace []uint32
}

// Random makes the query of a seed.
func Random(config Config, seed uint64) Query { return newGenerator(config, fromSeed(seed)).run() }

// Replay makes the query of a trace.
func Replay(config Config, trace []uint32) Query {
	return newGenerator(config, fromTrace(trace)).run()
}

// generator makes one query.
type generator struct {
	*choices
	config Config
	calls  *callTable
	// risky allows functions and values that fail; untyped writes literals and NULL without their type.
	risky, untyped bool
	names          int                               // aliases given so far
	made           map[*env]map[column.Type][]string // expressions that a select list has so far
	size           int                               // expressions made so far
}

// maxSize bounds the expressions of one query: after that only leaves are made.
const maxSize = 120

func newGenerator(config Config, c *choices) *generator {
	return &generator{choices: c, config: config, calls: newCallTable(config)}
}

func (g *generator) run() Query {
	g.risky = g.chance(20)
	g.untyped = g.chance(20)
	sql, _ := g.query(nil, &env{}, queryLimits{depth: 3})
	return Query{SQL: sql, Risky: g.risky, Untyped: g.untyped, Trace: g.trace}
}

// alias is a new name.
func (g *generator) alias(prefix string) string {
	g.names++
	return fmt.Sprintf("%s%d", prefix, g.names)
}

// field is something that an expression may name.
type field struct {
	sql  string // how it is written
	name string // how USING names it, and a derived table's column is called
	typ  column.Type
	// plain fields are columns; others are expressions that are grouped by, which a subquery may not repeat.
	plain bool
}

// env is what an expression may use.
type env struct {
	fields []field
	outer  *env
	ctes   []relation
	// input is set in a grouped query: what an aggregate's arguments may use.
	input *env
	// grouped are the keys that GROUPING may ask for.
	grouped []field
	// total is set where window functions may be used: an ORDER BY that leaves no two different rows equal.
	total []string
	// alike says that rows may be equal: then which of them comes first must not show, so that one window function is all.
	alike bool
	// depth is how many more queries may nest.
	depth int
}

// relation is a definition of WITH that may be read.
type relation struct {
	name   string
	fields []field
}

// of are the fields of a type, those of the queries around included.
func (e *env) of(t column.Type) []field {
	var out []field
	for s := e; s != nil; s = s.outer {
		for _, f := range s.fields {
			if f.typ == t && (s == e || f.plain) {
				out = append(out, f)
			}
		}
	}
	return out
}

// named says whether a field's bare name means it here.
func (e *env) named(f field) bool {
	n := 0
	for _, o := range e.fields {
		if o.name == f.name {
			n++
		}
	}
	return n == 1 && f.plain && f.name != "" && slices.Contains(e.fields, f)
}

// inner is e as a query inside an expression of it sees it.
func (e *env) inner() *env { return &env{outer: e, ctes: e.ctes, depth: e.depth - 1} }

// The types of values, in the order of how simple they are.
var (
	texts    = column.ListOf(column.Text)
	ints     = column.ListOf(column.Int64)
	sortable = []column.Type{column.Int64, column.Text, column.Bool, column.Float64, column.TimestampT, column.InetT, column.IntervalT, texts, ints}
	every    = append(append([]column.Type(nil), sortable...), column.JSON, column.HStoreT)
)

func isSortable(t column.Type) bool { return t.Kind != column.KindJSON && t.Kind != column.KindHStore }

func list(items ...string) string { return strings.Join(items, ", ") }

// cast writes a cast; in PostgreSQL's reading of DDSQL's types these are what its own functions give.
func cast(sql string, t column.Type) string {
	return "CAST(" + sql + " AS " + strings.ToUpper(t.String()) + ")"
}
