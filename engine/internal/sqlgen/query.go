package sqlgen

import (
	"fmt"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// queryLimits says what a query must be like.
type queryLimits struct {
	depth  int
	single bool // gives at most one row
	sorted bool // all its columns can be ordered by
}

// query makes a query whose columns have the types wanted, or any; in is empty but for what is around the query. It gives the columns' names
// and types.
func (g *generator) query(want []column.Type, in *env, l queryLimits) (string, []field) {
	in.depth = l.depth
	with := ""
	if l.depth > 0 && g.chance(12) {
		with = g.with(in)
	}
	if want == nil {
		for range 1 + g.n(4) {
			t := g.comparable()
			if !l.sorted && g.chance(20) {
				t = g.anyType()
			}
			want = append(want, t)
		}
	}
	if l.single {
		return spaced(with, g.oneRow(want, in)), names(want)
	}
	comparable := true
	for _, t := range want {
		comparable = comparable && isSortable(t)
	}
	body := ""
	switch {
	case comparable && l.depth > 0 && g.chance(15):
		body = g.setOperation(want, in)
	case g.chance(3):
		body = g.values(want, in)
	default:
		body = g.selectBlock(want, in, comparable)
	}
	if comparable && g.chance(35) {
		body += g.order(len(want))
	}
	return spaced(with, body), names(want)
}

func names(types []column.Type) []field {
	var out []field
	for i, t := range types {
		out = append(out, field{name: fmt.Sprintf("c%d", i+1), typ: t})
	}
	return out
}

// order sorts by every column, so that the first rows are the same rows everywhere.
func (g *generator) order(width int) string {
	left := make([]int, width)
	for i := range left {
		left[i] = i + 1
	}
	var keys []string
	for len(left) > 0 {
		i := g.n(len(left))
		keys = append(keys, one(g.choices, []string{"", "", "c"})+fmt.Sprint(left[i])+g.direction())
		left = append(left[:i], left[i+1:]...)
	}
	sql := " ORDER BY " + list(keys...)
	switch g.n(6) {
	case 3:
		return sql + " LIMIT " + one(g.choices, []string{"3", "1", "0", "10", "NULL"})
	case 4:
		return sql + " LIMIT 4 OFFSET " + one(g.choices, []string{"1", "0", "5", "100"})
	case 5:
		return sql + one(g.choices, []string{" OFFSET 2", " FETCH FIRST 2 ROWS ONLY", " FETCH FIRST 2 ROWS WITH TIES"})
	}
	return sql
}

// oneRow is a query of at most one row.
func (g *generator) oneRow(want []column.Type, in *env) string {
	if len(want) == 1 && isSortable(want[0]) && g.n(2) == 0 {
		return g.selectBlock(want, in, true) + " ORDER BY 1" + g.direction() + " LIMIT 1"
	}
	from, fields := g.from(in)
	rows := &env{fields: fields, outer: in.outer, ctes: in.ctes, depth: in.depth - 1}
	own := &env{fields: fields, depth: in.depth - 1} // an aggregate of outer columns only would leave this query as many rows as it has
	groups := &env{input: own, outer: in.outer, ctes: in.ctes, depth: in.depth - 1}
	var items []string
	for i, t := range want {
		sql := "CAST(max(" + cast(g.leaf(t, own), column.Text) + ") AS " + strings.ToUpper(t.String()) + ")"
		if len(g.calls.aggregates[t]) > 0 {
			sql = g.aggregate(t, groups, 1)
		}
		items = append(items, fmt.Sprintf("%s AS c%d", sql, i+1))
	}
	return spaced("SELECT", list(items...), from, g.where(rows))
}

func (g *generator) where(rows *env) string {
	if g.n(2) == 0 {
		return ""
	}
	return "WHERE " + g.condition(rows, 2)
}

func (g *generator) setOperation(want []column.Type, in *env) string {
	arm := func() string {
		sql := g.selectBlock(want, &env{outer: in.outer, ctes: in.ctes, depth: in.depth - 1}, true)
		if g.chance(20) {
			return "(" + sql + g.order(len(want)) + ")"
		}
		return sql
	}
	combine := func() string {
		return " " + one(g.choices, []string{"UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"}) + " "
	}
	sql := arm()
	for range 1 + g.n(2) {
		if g.chance(20) {
			sql += combine() + "(" + arm() + combine() + arm() + ")"
		} else {
			sql += combine() + arm()
		}
	}
	return sql
}

func (g *generator) values(want []column.Type, in *env) string {
	e := &env{outer: in.outer, ctes: in.ctes}
	var rows []string
	for range 1 + g.n(3) {
		var items []string
		for _, t := range want {
			items = append(items, g.exact(t, e, 1))
		}
		rows = append(rows, "("+list(items...)+")")
	}
	// VALUES names its columns itself; what is around asks for c1, c2, ….
	var cols []string
	for i := range want {
		cols = append(cols, fmt.Sprintf("column%d AS c%d", i+1, i+1))
	}
	return "SELECT " + list(cols...) + " FROM (VALUES " + list(rows...) + ") " + g.alias("v")
}

// with makes one or two definitions, and leaves them in in.
func (g *generator) with(in *env) string {
	if g.chance(30) {
		return g.recursive(in)
	}
	var defs []string
	for range 1 + g.n(2) {
		name := g.alias("c")
		sql, out := g.query(nil, &env{outer: in.outer, ctes: in.ctes}, queryLimits{depth: in.depth - 1})
		materialized := one(g.choices, []string{"", "", "MATERIALIZED ", "NOT MATERIALIZED "})
		defs = append(defs, name+" AS "+materialized+"("+sql+")")
		in.ctes = append(append([]relation(nil), in.ctes...), relation{name, out})
	}
	return "WITH " + list(defs...)
}

// recursive counts up beside values that it computes from the round before.
func (g *generator) recursive(in *env) string {
	name := g.alias("r")
	t := one(g.choices, []column.Type{column.Text, column.Int64, column.Bool})
	fields := []field{{name: "n", typ: column.Int64}, {name: "x", typ: t}}
	step := &env{fields: qualified(name, fields), outer: in.outer}
	union := one(g.choices, []string{"UNION ALL", "UNION"})
	from := name
	if g.chance(30) {
		from += " CROSS JOIN (VALUES (1), (2)) " + g.alias("v")
	}
	sql := fmt.Sprintf("WITH RECURSIVE %s(n, x) AS (SELECT BIGINT '1', %s %s SELECT n + 1, %s FROM %s WHERE n < %s)", name,
		cast(g.literal(t), t), union, cast(g.expr(t, step, 2), t), from, one(g.choices, []string{"4", "1", "3"}))
	in.ctes = append(append([]relation(nil), in.ctes...), relation{name, fields})
	return strings.TrimSpace(sql)
}
