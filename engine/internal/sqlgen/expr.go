package sqlgen

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// expr makes an expression of a type, with at most so many levels below it.
func (g *generator) expr(t column.Type, e *env, depth int) string {
	g.size++
	if g.untyped && !t.IsList() && g.chance(2) {
		t = one(g.choices, every) // a type error, on both sides
	}
	if depth <= 0 || g.size > maxSize {
		return g.leaf(t, e)
	}
	if made := g.made[e][t]; len(made) > 0 && g.chance(8) {
		return g.echo(one(g.choices, made))
	}
	sql := g.fresh(t, e, depth)
	g.remember(e, t, sql)
	return sql
}

// remember keeps an expression for echo. One with a query inside gives names, which would be there twice, and one with a window function
// may be the only one.
func (g *generator) remember(e *env, t column.Type, sql string) {
	if strings.Contains(sql, "SELECT") || strings.Contains(sql, " OVER (") || len(sql) > 300 {
		return
	}
	if g.made == nil {
		g.made = map[*env]map[column.Type][]string{}
	}
	if g.made[e] == nil {
		g.made[e] = map[column.Type][]string{}
	}
	g.made[e][t] = append(g.made[e][t], sql)
}

// echoed are constants that one may stand in for the other, wherever they stand.
var echoed = []string{"'a'", "'b'", "'ab'", "'a b'", "1200000", "1300000", "BIGINT '1'", "BIGINT '2'", "'1 mon'", "'1 day'", "DESC", "ASC"}

// echo is an expression like an earlier one, or the very same: what is equal is computed once, and what only looks so must not be.
func (g *generator) echo(sql string) string {
	from, to := one(g.choices, echoed), one(g.choices, echoed)
	if from[0] != to[0] || strings.HasPrefix(from, "'1 ") != strings.HasPrefix(to, "'1 ") {
		return sql
	}
	return strings.ReplaceAll(sql, from, to)
}

// fresh makes an expression of any form.
func (g *generator) fresh(t column.Type, e *env, depth int) string {
	switch g.n(12) {
	case 0, 1, 2:
		return g.leaf(t, e)
	case 3, 4, 5:
		return g.call(t, e, depth)
	case 6:
		return g.conditional(t, e, depth)
	case 7:
		return g.special(t, e, depth)
	case 8:
		return g.subquery(t, e)
	case 9:
		return g.cast(t, e, depth)
	}
	if e.input != nil && g.chance(80) {
		return g.aggregate(t, e, depth)
	}
	if e.total != nil {
		return g.window(t, e, depth)
	}
	return g.call(t, e, depth)
}

// exact is an expression whose type in PostgreSQL is the very type, not one that an operator would convert.
func (g *generator) exact(t column.Type, e *env, depth int) string {
	sql := g.expr(t, e, depth)
	if t == column.Int64 || t == column.Float64 || t == column.Text {
		return cast(sql, t)
	}
	return sql
}

// leaf is a column, or a constant.
func (g *generator) leaf(t column.Type, e *env) string {
	fields := e.of(t)
	if len(fields) > 0 && !g.chance(15) {
		f := one(g.choices, fields)
		if g.chance(15) && e.named(f) {
			return f.name
		}
		return f.sql
	}
	if e.input != nil && g.chance(40) {
		return g.aggregate(t, e, 0)
	}
	return g.literal(t)
}

func (g *generator) conditional(t column.Type, e *env, depth int) string {
	x := func() string { return g.expr(t, e, depth-1) }
	switch g.n(6) {
	case 0:
		return "COALESCE(" + list(x(), x()) + ")"
	case 1:
		return "CASE WHEN " + g.condition(e, depth-1) + " THEN " + x() + " ELSE " + x() + " END"
	case 2:
		return "CASE WHEN " + g.condition(e, depth-1) + " THEN " + x() + " WHEN " + g.condition(e, depth-1) + " THEN " + x() + " END"
	case 3:
		s := g.comparable()
		return "CASE " + g.expr(s, e, depth-1) + " WHEN " + g.expr(s, e, depth-1) + " THEN " + x() + " ELSE " + x() + " END"
	}
	if !isSortable(t) {
		return "COALESCE(" + list(x(), x(), x()) + ")"
	}
	if g.n(2) == 0 {
		return "NULLIF(" + list(x(), x()) + ")"
	}
	return one(g.choices, []string{"GREATEST(", "LEAST("}) + list(x(), x(), x()) + ")"
}

// comparable is a type with an order, mostly a simple one.
func (g *generator) comparable() column.Type {
	if g.chance(20) {
		return one(g.choices, sortable)
	}
	return one(g.choices, sortable[:5])
}

// casts are the conversions that cannot fail.
var casts = map[column.Kind][]column.Type{
	column.KindText:    {column.Int64, column.Float64, column.Bool, column.TimestampT, column.IntervalT, column.InetT, column.JSON, column.HStoreT, texts, ints},
	column.KindFloat64: {column.Int64},
	column.KindInt64:   {column.Float64},
	column.KindJSON:    {column.HStoreT},
}

func (g *generator) cast(t column.Type, e *env, depth int) string {
	from := casts[t.Kind]
	if g.risky && g.chance(30) {
		from = every
	}
	if len(from) == 0 || g.config.Postgres && (t == column.JSON || t == column.HStoreT) {
		return g.call(t, e, depth)
	}
	s := one(g.choices, from)
	if g.config.Postgres && (t == column.Bool) != (s == column.Bool) && s != column.Text && t != column.Text || t == column.Int64 && s == column.Float64 {
		s = column.Text // only INTEGER is a boolean there, and halves of a double are rounded to even
		if !g.risky {
			return g.call(t, e, depth)
		}
	}
	if g.chance(50) {
		return "(" + g.exact(s, e, depth-1) + ")::" + t.String()
	}
	return cast(g.exact(s, e, depth-1), t)
}

// special makes what is not a function: predicates of a boolean, subscripts, arrays, fields of times.
func (g *generator) special(t column.Type, e *env, depth int) string {
	switch t {
	case column.Bool:
		return g.condition(e, depth)
	case column.Float64:
		return g.extract(e, depth)
	case texts, ints:
		return g.arrayValue(t, e, depth)
	case column.Int64:
		return "(" + g.expr(ints, e, depth-1) + ")[" + g.index() + "]"
	case column.Text:
		if g.n(2) == 0 {
			return "(" + g.expr(texts, e, depth-1) + ")[" + g.index() + "]"
		}
		return g.substring(e, depth)
	}
	return g.call(t, e, depth)
}

func (g *generator) index() string { return one(g.choices, []string{"1", "2", "3", "0", "-1", "10"}) }

func (g *generator) substring(e *env, depth int) string {
	s := g.expr(column.Text, e, depth-1)
	switch g.n(3) {
	case 0:
		return "SUBSTRING(" + s + " FROM " + g.small() + " FOR " + one(g.choices, []string{"1", "2", "0", "5"}) + ")"
	case 1:
		return "POSITION(" + g.expr(column.Text, e, depth-1) + " IN " + s + ")::varchar"
	}
	return "TRIM(" + one(g.choices, []string{"LEADING", "TRAILING", "BOTH"}) + " 'a' FROM " + s + ")"
}

func (g *generator) small() string { return one(g.choices, []string{"1", "0", "2", "3", "-1", "7"}) }

var (
	timeUnits = []string{"day", "hour", "minute", "second", "epoch", "doy", "week", "month", "quarter", "year", "milliseconds", "microseconds", "isodow", "isoyear", "decade", "century"}
	spanUnits = []string{"day", "hour", "minute", "second", "epoch", "month", "year", "milliseconds"}
)

func (g *generator) extract(e *env, depth int) string {
	if g.n(3) == 0 {
		return cast("EXTRACT("+one(g.choices, spanUnits)+" FROM "+g.expr(column.IntervalT, e, depth-1)+")", column.Float64)
	}
	return cast("EXTRACT("+one(g.choices, timeUnits)+" FROM "+g.expr(column.TimestampT, e, depth-1)+")", column.Float64)
}

func (g *generator) arrayValue(t column.Type, e *env, depth int) string {
	switch g.n(4) {
	case 0:
		var items []string
		for range 1 + g.n(3) {
			items = append(items, g.exact(t.ElemType(), e, depth-1))
		}
		return "ARRAY[" + list(items...) + "]"
	case 1:
		return "(" + g.expr(t, e, depth-1) + ")[" + g.small() + ":" + g.small() + "]"
	case 2:
		if e.depth > 0 {
			sql, out := g.query([]column.Type{t.ElemType()}, e.inner(), queryLimits{depth: e.depth - 1, sorted: true})
			return cast("ARRAY(SELECT "+out[0].name+" FROM ("+sql+") "+g.alias("q")+" ORDER BY 1)", t)
		}
	}
	return strings.TrimSpace(g.literal(t))
}
